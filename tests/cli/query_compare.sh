#!/usr/bin/env bash
# query finds a file in the library; compare prints the offset and relation of two files.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$music/a.flac" 60
song 2 "$music/b.flac" 60
expect 0 echofold scan "$music"
convert "$music/a.flac" "$work/later.mp3" -b:a 128k -ss 1.234
expect 0 echofold query --format ndjson "$work/later.mp3"
json 'len(rows) == 1 and rows[0]["b"].endswith("/a.flac") and rows[0]["a"].endswith("/later.mp3")'
json 'rows[0]["relation"] == "same_recording" and abs(rows[0]["offset_s"] + 1.234) < 0.1'
expect 0 echofold query --format ndjson "$music/a.flac"
json 'rows == []'
# A file that has not changed since its scan is not read again.
convert "$music/a.flac" "$music/c.mp3" -b:a 128k
expect 0 echofold scan "$music"
touch -r "$music/c.mp3" "$work/time"
dd if=/dev/zero of="$music/c.mp3" bs=1 count="$(stat -c %s "$music/c.mp3")" conv=notrunc status=none
touch -r "$work/time" "$music/c.mp3"
expect 0 echofold query --format ndjson "$music/c.mp3"
json 'len(rows) == 1 and rows[0]["b"].endswith("/a.flac") and rows[0]["a"].endswith("/c.mp3")'
touch "$music/c.mp3"
expect 1 echofold query "$music/c.mp3"
expect 0 echofold compare --format ndjson "$music/a.flac" "$work/later.mp3"
json 'len(rows) == 1 and abs(rows[0]["offset_s"] - 1.234) < 0.1 and rows[0]["similarity"] >= 0.98'
expect 0 echofold compare --format ndjson "$music/a.flac" "$music/b.flac"
json 'rows[0]["relation"] == "unrelated"'
expect 0 echofold compare "$music/a.flac" "$work/later.mp3"
says "same recording"
echo text >"$work/text.mp3"
expect 1 echofold compare "$music/a.flac" "$work/text.mp3"
says "$work/text.mp3"
expect 2 echofold query "$work/none.mp3"
says "$work/none.mp3"
