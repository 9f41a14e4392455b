#!/usr/bin/env bash
# Ctrl-C stops cleanly with 130; what was done is kept, and the next scan continues from there.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$work/song.flac" 60
ffmpeg -nostdin -v error -stream_loop "$(watched && echo 0 || echo 4)" -i "$work/song.flac" -b:a 64k "$work/long.mp3"
for n in $(seq 24); do cp "$work/long.mp3" "$music/$n.mp3"; done
"$ECHOFOLD" --db "$db" --threads 1 scan --format ndjson "$music" >"$work/out" 2>"$work/err" &
pid=$!
for _ in $(seq "$(watched && echo 2400 || echo 200)"); do [ "$(wc -l <"$work/out")" -ge 1 ] && break; sleep 0.05; done
kill -INT $pid
wait $pid && code=0 || code=$?
[ $code -eq 130 ] || fail "exit code $code instead of 130"
first=$(grep -c fingerprinted "$work/out" || true)
expect 0 echofold scan --format ndjson "$music"
kept=$(grep -c '"unchanged"' "$work/out" || true)
[ "$kept" -ge 1 ] || fail "nothing was kept"
[ "$kept" -lt 24 ] || fail "it was not interrupted"
[ "$kept" -ge "$first" ] || fail "told of $first files, kept only $kept"
json 'len(rows) == 24'
