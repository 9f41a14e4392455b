#!/usr/bin/env bash
# A copy that plays faster is asked about; one whose tempo alone was changed is listed. Neither moves unasked.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

make_copies() {
  song 1 "$music/song.flac" 45
  convert "$music/song.flac" "$music/fast.mp3" -af asetrate=45203,aresample=44100 -b:a 192k
  song 2 "$music/other.flac" 20
}
make_copies
expect 0 echofold scan "$music"

echo "== a record that was played 2.5 % fast"
expect 0 echofold plan --format ndjson
json 'len(rows) == 1 and rows[0]["keep"]["path"].endswith("song.flac")'
is_fate fast.mp3 "review: lossy; to review: plays 2.[456] % faster"
json 'abs(rows[0]["drop"][0]["speed"] - 1.025) < .0015'
json 'rows[0]["drop"][0]["relation"] == "same_recording" and rows[0]["drop"][0]["heard"]["lined_up"]'
json 'rows[0]["drop"][0]["heard"]["residual"] < .1'
expect 0 echofold dedupe --apply --no-listen "$music"
[ -e "$music/fast.mp3" ] || fail "it was moved"

echo "== pairs and compare say how fast"
expect 0 echofold pairs --format ndjson
json 'len(rows) == 1 and rows[0]["guard"] == "speed" and rows[0]["band"] == "review"'
json 'rows[0]["a"].endswith("fast.mp3") and abs(1 / rows[0]["speed"] - 1.025) < .0015'
expect 0 echofold pairs
says "% slower"
expect 0 echofold compare "$music/song.flac" "$music/fast.mp3"
grep -q "the second plays 2.[456] % faster" "$work/out" || fail "compare does not say how fast"
expect 0 echofold compare "$music/song.flac" "$music/other.flac" --format ndjson
json 'rows[0]["relation"] == "unrelated" and rows[0]["speed"] == 1'

echo "== a DJ's copy with the same pitch"
convert "$music/song.flac" "$music/tempo.mp3" -af atempo=1.03 -b:a 192k
rm "$music/fast.mp3"
expect 0 echofold scan "$music"
expect 0 echofold plan --format ndjson
is_fate tempo.mp3 "none: plays [23].[09] % faster: its tempo alone was changed, or another version of the music"
json 'rows[0]["drop"][0]["relation"] == "version" and rows[0]["drop"][0]["heard"]["reason"] in ("not_lined_up", "residual")'
expect 0 echofold plan --no-listen --format ndjson
is_fate tempo.mp3 "review: lossy; to review: plays [23].[09] % faster"
