#!/usr/bin/env bash
# query finds a file in the library; compare tells the offset and relation of two files.
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
expect 0 echofold compare --format ndjson "$music/a.flac" "$work/later.mp3"
json 'len(rows) == 1 and abs(rows[0]["offset_s"] - 1.234) < 0.1 and rows[0]["similarity"] >= 0.98'
expect 0 echofold compare --format ndjson "$music/a.flac" "$music/b.flac"
json 'rows[0]["relation"] == "unrelated"'
expect 0 echofold compare "$music/a.flac" "$work/later.mp3"
says "same_recording"
echo text >"$work/text.mp3"
expect 1 echofold compare "$music/a.flac" "$work/text.mp3"
says "$work/text.mp3"
expect 1 echofold query "$work/none.mp3"
says "$work/none.mp3"
