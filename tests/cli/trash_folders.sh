#!/usr/bin/env bash
# Trash and snapshot folders are not part of the library: they are left out, named once, and never hold the keeper.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$music/song.mp3" 20
song 2 "$music/other.flac" 20
convert "$music/song.mp3" "$work/better.flac"

# Each holds a copy that is better by every other rule.
for folder in '#recycle' '$RECYCLE.BIN/S-1-5-21-7' '.Trash-1000/files' 'Rock/#snapshot/GMT+01-2024.01.31/Rock' 'Rock/@eaDir' \
  '@Recycle' '@Recently-Snapshot' '.snapshots/12/snapshot' '.zfs/snapshot/daily' 'lost+found' 'System Volume Information' \
  'RECYCLER/S-1-5' '#RECYCLE' 'Network Trash Folder'; do
  mkdir -p "$music/$folder"
  cp "$work/better.flac" "$music/$folder/song.flac"
done
mkdir "$music/#snapshots" # empty: not reported

expect 0 echofold scan "$music" --format ndjson
json 'sorted(r["path"].rsplit("/", 1)[1] for r in rows) == ["other.flac", "song.mp3"]'
[ "$(grep -c 'trash and snapshot folders' "$work/err")" -eq 1 ] || fail "not named once"
says 'left out 14 trash and snapshot folders:'
says '--include-trash'
expect 0 echofold -q scan "$music"
grep -q 'trash' "$work/err" && fail "named though -q was given"
expect 0 echofold dedupe "$music" --format ndjson
json 'rows == []'

# On request they take part, but a file outside them stays, whatever the other rules say.
expect 0 echofold dedupe "$music" --include-trash --format ndjson
json 'len(rows) == 1 and rows[0]["keep"]["path"].endswith("music/song.mp3") and len(rows[0]["drop"]) == 14'
json 'all("trash or snapshot" in d["why"] for d in rows[0]["drop"])'
expect 0 env ECHOFOLD_INCLUDE_TRASH=true "$ECHOFOLD" --db "$db" scan "$music" --format ndjson
json 'len(rows) == 16 and all(r["status"] == "unchanged" for r in rows)'

# Known from that scan, and left out again: no guard stops this, though it loses most of the known tracks.
expect 0 echofold scan "$music"
says '14 tracks known from there count as missing'
expect 0 echofold dedupe "$music" --format ndjson
json 'rows == []'
expect 0 echofold scan --include-trash "$music" --format ndjson
json 'len(rows) == 16 and all(r["status"] == "unchanged" for r in rows)'

# Emptying them, with and without --include-trash, does not look like an absent disk.
rm -rf "$music"/{'#recycle','$RECYCLE.BIN','.Trash-1000','Rock','@Recycle','@Recently-Snapshot','.snapshots','.zfs','lost+found'}
expect 0 echofold scan --include-trash "$music"

rm -rf "$music"/{'System Volume Information','RECYCLER','#RECYCLE','Network Trash Folder'}
expect 0 echofold scan "$music"
grep -q 'left out' "$work/err" && fail "names what is not there"

# A folder given by name is walked, like a hidden one.
mkdir "$music/#recycle"
cp "$work/better.flac" "$music/#recycle/song.flac"
expect 0 echofold scan "$music/#recycle" --format ndjson
json 'len(rows) == 1'

# Albums may have such names.
mkdir -p "$music/ZZ Top/Recycler" "$music/Alice Cooper/Trash" "$music/Snapshots"
cp "$music/other.flac" "$music/ZZ Top/Recycler/1.flac"
cp "$music/other.flac" "$music/Alice Cooper/Trash/1.flac"
cp "$music/other.flac" "$music/Snapshots/1.flac"
expect 0 echofold scan "$music" --format ndjson
json 'len(rows) == 5'
