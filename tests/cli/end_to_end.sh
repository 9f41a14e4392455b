#!/usr/bin/env bash
# 12 real tracks in 8 formats with different starts: groups and keepers are right, nothing else is touched, undo is
# exact.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
sources=$ECHOFOLD_SOURCE/build/real-music
"$ECHOFOLD_SOURCE/datasets/fetch_music.sh" "$sources" || skip "the music packages can't be fetched"
"$ECHOFOLD_SOURCE/datasets/make_copies.sh" "$sources" "$ECHOFOLD_SOURCE/build/real-copies" --tracks 12 \
  --formats flac,mp3_320,mp3_128,mp3_v0,aac,opus,vorbis,wma,wavpack,alac
cp -a "$ECHOFOLD_SOURCE/build/real-copies/." "$music"
mkdir "$music/other"
echo "notes of the owner" >"$music/other/notes.txt"
song 99 "$music/other/unique.flac"
ln "$music/other/unique.flac" "$music/other/link.flac"
ln -s unique.flac "$music/other/soft.flac"
tree "$music" >"$work/before"

expect 0 echofold scan "$music"
# Each folder is an album here, and would stay complete.
expect 0 echofold plan --scope track --format ndjson
cp "$work/out" "$work/plan"
track='(lambda p: p.rsplit("/")[-1].rsplit(".")[0])'
json 'len(rows) == 12'
json "all($track(d['path']) == $track(r['keep']['path']) for r in rows for d in r['drop'])"
json 'all(len(r["drop"]) == 10 for r in rows)'
json 'all(r["keep"]["path"].rsplit(".")[-1] in ("flac", "wv", "m4a") for r in rows)'
json 'all(d["action"] in ("move", "review") and d["relation"] == "same_recording" for r in rows for d in r["drop"])'
# The fingerprints alone doubt five copies of one track (docs/THRESHOLDS.md, "Short differences"); the ear does not.
json 'all(d["action"] == "move" for r in rows for d in r["drop"])'
moves=$(python3 -c 'import json,sys; print(sum(d["action"] == "move" for l in open(sys.argv[1]) for d in json.loads(l)["drop"]))' "$work/plan")

expect 0 echofold apply "$work/plan"
says "$moves set aside"
# Files that are not losers are unchanged and in place.
python3 - "$work/plan" "$music" >"$work/losers" <<'PY'
import json, sys
for line in open(sys.argv[1]):
    for drop in json.loads(line)["drop"]:
        if drop["action"] == "move":
            print(drop["path"][len(sys.argv[2]) + 1:])
PY
grep -vE '^\./?[^ ]* d ' "$work/before" | grep -vFf "$work/losers" >"$work/kept.before"
(cd "$music" && tree . | grep -v '^\./\.echofold-duplicates\|  \./\.echofold-duplicates' | grep -vE '^\./?[^ ]* d ') >"$work/kept.after"
diff "$work/kept.before" "$work/kept.after" || fail "something else was touched"
while read -r loser; do
  [ ! -e "$music/$loser" ] || fail "$loser is still there"
  [ -e "$music"/.echofold-duplicates/*/"$loser" ] || fail "$loser was not set aside"
done <"$work/losers"
expect 0 echofold plan --scope track --format ndjson
json 'not any(d["action"] == "move" for r in rows for d in r["drop"])'

expect 0 echofold undo
tree "$music" >"$work/after"
diff "$work/before" "$work/after" || fail "undo did not restore the tree"
# What undo brought back stays, until --again.
expect 0 echofold plan --scope track --format ndjson
json 'not any(d["action"] == "move" for r in rows for d in r["drop"])'
expect 0 echofold plan --scope track --again --format ndjson
cmp "$work/out" "$work/plan" || fail "the plan differs after undo"
echo "12 tracks, 132 files: $moves set aside and restored"
