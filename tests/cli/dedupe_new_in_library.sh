#!/usr/bin/env bash
# New files in a known folder: it becomes no root, the outermost root's set-aside folder is used, and an emptied
# folder is no alarm. A folder that contains known ones becomes the outermost root, and older runs can still be
# undone.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
lib=$HOME/Music new=$HOME/Music/new
mkdir -p "$lib/a" "$new"
for seed in 1 2 3; do
  song $seed "$work/song$seed.flac" 20
  convert "$work/song$seed.flac" "$work/song$seed.mp3"
done
roots() { expect 0 echofold stats --format ndjson; python3 -c 'import json,sys; print(*[r["path"] for l in open(sys.argv[1]) for r in json.loads(l)["roots"]])' "$work/out"; }
aside() { (cd "$HOME" && find . -path '*/.echofold-duplicates/*' -name '*.mp3' | sed 's|/\.echofold-duplicates/[^/]*/|/ASIDE/|' | LC_ALL=C sort | tr '\n' ' '); }

# First only a part is known, with a run.
cp "$work/song1.flac" "$lib/a/1.flac"
cp "$work/song1.mp3" "$lib/a/1.mp3"
tree "$HOME" >"$work/before"
expect 0 echofold dedupe --apply "$lib/a"
[ "$(aside)" = "./Music/a/ASIDE/1.mp3 " ] || fail "set aside: $(aside)"
# Then the folder that contains it.
cp "$work/song2.flac" "$lib/2.flac"
cp "$work/song2.mp3" "$new/2.mp3"
expect 0 echofold scan "$lib"
says "2 fingerprinted"
expect 0 echofold dedupe --apply "$new"
says "The file here is a copy of a better file in ~/Music."
[ "$(aside)" = "./Music/ASIDE/new/2.mp3 ./Music/a/ASIDE/1.mp3 " ] || fail "set aside: $(aside)"
[ "$(roots)" = "$lib $lib/a" ] || fail "roots: $(roots)"

# The next day, the filed songs have left the folder, which causes no warning: all of them, or all except the new
# ones.
cp "$work/song3.flac" "$lib/3.flac"
for n in $(seq 12); do cp "$work/song3.flac" "$new/$n.flac"; done
expect 0 echofold dedupe "$new" "$lib/3.flac"
says "13 files"
rm "$new"/*.flac
cp "$work/song3.mp3" "$new/3.mp3"
expect 0 echofold dedupe --apply "$new"
says "The file here is a copy of a better file in ~/Music."
rm -f "$new"/*
expect 0 echofold dedupe "$new"
says "No music files here."
expect 0 echofold dedupe
rmdir "$new"
expect 0 echofold dedupe

# All runs are undone, including the oldest, whose folder is now a part of another.
for _ in 1 2 3; do expect 0 echofold undo; done
[ -z "$(find "$HOME" -name .echofold-duplicates)" ] || fail "a set-aside folder is left"
[ -f "$lib/a/1.mp3" ] && [ -f "$new/2.mp3" ] && [ -f "$new/3.mp3" ] || fail "undo did not bring all back"
