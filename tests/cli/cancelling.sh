#!/usr/bin/env bash
# A file whose channels cancel each other is matched with its copies, and never preferred to a sound one.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

song 1 "$music/song.flac" 40
convert "$music/song.flac" "$music/inverted.flac" -af "pan=stereo|c0=c0|c1=-1*c1"
convert "$music/inverted.flac" "$music/inverted.mp3" -b:a 192k
convert "$music/song.flac" "$music/song.mp3" -b:a 192k
song 2 "$music/other.flac" 40
expect 0 echofold scan "$music"
expect 0 echofold plan --format ndjson
json 'len(rows) == 1 and rows[0]["keep"]["path"].endswith("/song.flac")'
json 'sorted(d["path"].rsplit("/")[-1] for d in rows[0]["drop"]) == ["inverted.flac", "inverted.mp3", "song.mp3"]'
json 'all(d["similarity"] > .97 and d["relation"] in ("same_recording", "remaster") for d in rows[0]["drop"])'
is_fate song.mp3 "move: *"
is_fate inverted.mp3 "review: *"
expect 0 echofold pairs --format ndjson
json 'all("other" not in r["a"] + r["b"] for r in rows) and len(rows) == 6'
