#!/usr/bin/env bash
# The daily job: `dedupe DIR` sets the worse copy aside, on either side, and reports what the new files are.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
lib=$HOME/Music new=$HOME/Downloads/new
mkdir -p "$lib/old" "$new"
for seed in 1 2 3 4; do song $seed "$work/song$seed.flac" 20; done
cp "$work/song1.flac" "$lib/one.flac"
convert "$work/song2.flac" "$lib/two.mp3" -b:a 128k
convert "$work/song2.flac" "$lib/old/two (1).mp3" -b:a 96k
cp "$work/song3.flac" "$lib/three.flac"
expect 0 echofold scan "$lib"

# copied KBPS SEED...: makes a new folder of MP3 files.
copied() {
  local rate=$1
  shift
  rm -rf "$new" && mkdir -p "$new"
  for seed in "$@"; do convert "$work/song$seed.flac" "$new/$seed.mp3" -b:a "$rate"; done
}

# All new files are worse: they are set aside, and the library stays.
copied 192k 1 3
expect 0 echofold dedupe "$new"
says "Both files here are copies of better files in ~/Music."
expect 0 echofold dedupe --format ndjson "$new"
says "Both files here are copies of better files in ~/Music"
json '[(r["keep"]["new"], [d["new"] for d in r["drop"]]) for r in rows] == [(False, [True])] * 2'
json 'all(d["action"] == "move" for r in rows for d in r["drop"])'
tree "$HOME" >"$work/before"
expect 0 echofold dedupe --apply "$new"
[ -z "$(find "$new" -name '*.mp3' -not -path '*/.echofold-duplicates/*')" ] || fail "a worse copy stayed"
[ "$(find "$lib" -type f | wc -l)" -eq 4 ] || fail "the library changed"
expect 0 echofold dedupe --apply "$new"
says "No music files here."
expect 0 echofold undo
tree "$HOME" >"$work/after"
diff "$work/before" "$work/after" || fail "undo did not restore the tree"

# A better file replaces the library's copies; one is new; one is worse; copies within the library are ignored.
copied 192k 1 4
cp "$work/song2.flac" "$new/2.flac"
cp "$new/4.mp3" "$new/4 again.mp3"
expect 0 echofold dedupe --again "$new"
says "Of 4 files here, 1 is a copy of a better file in ~/Music, 1 is a copy of another file here, 1 is better than its copy in ~/Music, 1 is new."
tree "$HOME" >"$work/before"
expect 0 echofold dedupe --again --only-new --format ndjson "$new"
json 'sorted(d["action"] for r in rows for d in r["drop"] if not d["new"]) == ["none", "none"]'
json 'all(d["action"] == "move" for r in rows for d in r["drop"] if d["new"])'
expect 0 echofold dedupe --again --only-new "$new"
says "1 is better than its copy in ~/Music, which stays"
says "only new files are moved"
expect 0 echofold dedupe --again --only-new --apply "$new"
[ -f "$lib/two.mp3" ] && [ -f "$lib/old/two (1).mp3" ] || fail "--only-new moved a file of the library"
[ ! -e "$new/1.mp3" ] || fail "--only-new left a worse new file"
expect 0 echofold undo
expect 0 echofold dedupe --again --apply "$new"
[ ! -e "$lib/two.mp3" ] && [ ! -e "$lib/old/two (1).mp3" ] && [ -f "$new/2.flac" ] || fail "the better file did not replace both"
[ -n "$(find "$lib/.echofold-duplicates" -name two.mp3)" ] || fail "the library's copy is not in its own set-aside folder"
[ -f "$lib/one.flac" ] && [ ! -e "$new/1.mp3" ] || fail "the worse new file did not go"
expect 0 echofold undo
tree "$HOME" >"$work/after"
diff "$work/before" "$work/after" || fail "undo did not restore the tree"

# --keep-path: the better file takes the path of its copy.
expect 0 echofold dedupe --again --apply --keep-path "$new/2.flac"
[ -f "$lib/old/two (1).flac" ] || [ -f "$lib/two.flac" ] || fail "the better file did not get a place in the library"
expect 0 echofold undo

# If copies are equally good, the library's stays, even if its name is worse and its time later.
rm -rf "$new" && mkdir -p "$new/album"
cp "$lib/old/two (1).mp3" "$new/album/two.mp3"
cp "$lib/one.flac" "$new/album/1.flac"
touch -d 2001-01-01 "$new/album"/*
expect 0 echofold dedupe --again --format ndjson "$new"
json 'all(d["new"] for r in rows for d in r["drop"] if d["exact"])'
expect 0 echofold dedupe --again "$new/album/1.flac"
says "The file here is in ~/Music already."
expect 0 echofold dedupe --again --apply "$new/album/1.flac" "$new/album"
[ -f "$lib/one.flac" ] && [ ! -e "$new/album/1.flac" ] || fail "of two equal copies the library's did not stay"
