#!/usr/bin/env bash
# `scan` is killed at random moments: every line that it printed is a record of the library, which is intact.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$work/long.wav" 60
convert "$work/long.wav" "$work/song.wav" -ar 11025 -ac 1
python3 - "$work/song.wav" "$music" <<'PY'
import sys, wave
with wave.open(sys.argv[1]) as song:
    for number in range(1, 41):
        song.setpos(11025 * number)
        with wave.open(f"{sys.argv[2]}/{number}.wav", "wb") as file:
            file.setparams(song.getparams())
            file.writeframes(song.readframes(11025 * 15))
PY
kills=${ECHOFOLD_KILLS:+$((ECHOFOLD_KILLS / 10))}
kills=${kills:-5}
for round in $(seq "$kills"); do
  find "$music" -type f | shuf -n 20 --random-source=<(yes "$round") | xargs touch -d "@$((1700000000 + round))"
  "$ECHOFOLD" --db "$db" scan --format ndjson "$music" >"$work/told" 2>/dev/null &
  pid=$!
  sleep "0.$(printf '%03d' $((RANDOM % 400 + 20)))"
  kill -KILL $pid 2>/dev/null || true
  wait $pid 2>/dev/null || true
  [ -e "$db/data.mdb" ] || continue
  code=0
  "$ECHOFOLD" --db "$db" check >"$work/checked" 2>&1 || code=$?
  # killed before its first commit: no library yet
  if [ $code = 10 ] && [ ! -s "$work/told" ]; then continue; fi
  [ $code = 0 ] || fail "round $round: check ended with $code: $(cat "$work/checked")"
  "$ECHOFOLD" --db "$db" export --format ndjson >"$work/kept"
  python3 - "$work/told" "$work/kept" <<'PY' || fail "round $round: what was told is not kept"
import json, sys
told = [json.loads(line) for line in open(sys.argv[1]) if line.endswith("\n")]
kept = {json.loads(line)["path"] for line in open(sys.argv[2])}
sys.exit(0 if {row["path"] for row in told} <= kept else 1)
PY
done
expect 0 echofold scan "$music"
expect 0 echofold check
says "40 tracks"
