#!/usr/bin/env bash
# A lossless file that was decoded from the lossy one beside it is proved, and goes; an original stays.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

song 1 "$work/original.flac" 40
convert "$work/original.flac" "$music/song.mp3" -b:a 192k
convert "$music/song.mp3" "$music/song.flac" -sample_fmt s16

echo "== compare says so"
expect 0 echofold compare "$music/song.flac" "$music/song.mp3"
says "the same by ear; the FLAC is decoded from this very MP3"
expect 0 echofold compare --format ndjson "$music/song.mp3" "$music/song.flac"
json 'rows[0]["decoded"] == "b" and rows[0]["heard"]["equal_s"] == rows[0]["heard"]["compared_s"]'
json '.2 < rows[0]["heard"]["difference_rms"] < .3 and rows[0]["heard"]["difference_max"] <= .6'
json 'rows[0]["heard"]["rounded_s"] > 20'
expect 0 echofold compare --format ndjson "$work/original.flac" "$music/song.mp3"
json 'rows[0]["decoded"] is None and rows[0]["heard"]["rounded_s"] == 0 and rows[0]["heard"]["hearing"] == "same"'
expect 0 echofold compare --no-listen --format ndjson "$music/song.mp3" "$music/song.flac"
json 'rows[0]["decoded"] is None and rows[0]["heard"] is None'

echo "== the MP3 stays; without listening nobody knows"
expect 0 echofold scan "$music"
expect 0 echofold plan --no-listen --format ndjson
is_fate song.mp3 "move: lossy"
expect 0 echofold plan --format ndjson
is_fate song.mp3 "keep: the other was decoded from it"
is_fate song.flac "move: decoded from this very MP3"
expect 0 echofold plan --format ndjson # from what is stored
is_fate song.flac "move: decoded from this very MP3"
expect 0 echofold pairs --format ndjson
json '[row["decoded"] in ("a", "b") for row in rows] == [True]'

echo "== the original wins over both, also over more bits"
cp "$work/original.flac" "$music/original.flac"
convert "$music/song.mp3" "$music/deep.flac" -sample_fmt s32 -bits_per_raw_sample 24
expect 0 echofold dedupe --format ndjson "$music"
is_fate original.flac "keep: *"
is_fate song.mp3 "move: lossy"
is_fate deep.flac "move: decoded MP3"

echo "== a protected copy stays"
rm "$music/original.flac" "$music/deep.flac"
mkdir "$music/safe"
mv "$music/song.flac" "$music/safe"
expect 0 echofold dedupe --protect "$music/safe" --format ndjson "$music"
is_fate song.flac "keep: protected folder"
is_fate song.mp3 "move: outside the protected folders"

echo "== the decoded copy is moved, and comes back"
expect 0 echofold dedupe --apply "$music"
[ ! -e "$music/safe/song.flac" ] && [ -e "$music/song.mp3" ] || fail "the wrong file was moved"
expect 0 echofold undo
[ -e "$music/safe/song.flac" ] || fail "it did not come back"
