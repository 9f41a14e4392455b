#!/usr/bin/env bash
# dedupe without a PATH scans and compares all known folders; unavailable ones are left alone and reported.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
one=$HOME/one two=$HOME/two single=$HOME/single
mkdir "$one" "$two" "$single"
for seed in 1 2 3; do
  song $seed "$work/song$seed.flac" 20
  convert "$work/song$seed.flac" "$work/song$seed.mp3"
done
expect 10 echofold dedupe
cp "$work/song1.flac" "$one/1.flac"
cp "$work/song1.mp3" "$two/1.mp3"
cp "$work/song2.flac" "$single/2.flac"
cp "$work/song3.flac" "$single/3.flac" # never given as a path
expect 0 echofold scan "$one" "$two" "$single/2.flac"
cp "$work/song2.mp3" "$two/2.mp3"
expect 0 echofold dedupe --format ndjson
json 'sorted((r["keep"]["path"].split("/")[-2], r["drop"][0]["path"].split("/")[-2]) for r in rows) == [("one", "two"), ("single", "two")]'
json 'not any(f["new"] for r in rows for f in [r["keep"], *r["drop"]])'
expect 2 echofold dedupe --only-new
says "PATH"

# An absent library provides no keeper, and nothing is moved because of it.
mv "$one" "$work/unplugged"
expect 0 echofold dedupe --apply
says "~/one is away: its 1 track is left as it is"
[ -f "$two/1.mp3" ] && [ ! -e "$two/2.mp3" ] || fail "a file moved for one that is away, or the other did not"
expect 0 echofold dedupe --apply "$two"
says "~/one is away: 1 copy of files here"
says "The file here is new."
[ -f "$two/1.mp3" ] || fail "a file moved for one that is away"
mkdir "$one" # an empty mount point
expect 0 echofold dedupe --apply "$two"
[ -f "$two/1.mp3" ] || fail "a file moved for one that is away"
rmdir "$one"
mv "$work/unplugged" "$one"
expect 0 echofold dedupe --apply "$two"
[ ! -e "$two/1.mp3" ] || fail "the library is back, and the worse copy stayed"
expect 0 echofold undo

# A library file that was retagged since is read again, not refused.
convert "$work/song1.flac" "$one/1.flac" -metadata title=Changed
expect 0 echofold dedupe --again --apply "$two"
says "1 file of the library changed since the last scan: read again"
[ ! -e "$two/1.mp3" ] || fail "the worse copy of a retagged file stayed"
