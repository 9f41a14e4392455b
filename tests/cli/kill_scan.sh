#!/usr/bin/env bash
# `scan` killed at random moments: every line that it printed is a record of the library, which is whole.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$work/song.wav" 20
for n in $(seq 40); do convert "$work/song.wav" "$music/$n.wav" -ss 0."$n" -ar 11025 -ac 1; done
kills=${ECHOFOLD_KILLS:-10}
for round in $(seq "$kills"); do
  find "$music" -type f | shuf -n 20 --random-source=<(yes "$round") | xargs touch -d "@$((1700000000 + round))"
  "$ECHOFOLD" --db "$db" scan --format ndjson "$music" >"$work/told" 2>/dev/null &
  pid=$!
  sleep "0.$(printf '%03d' $((RANDOM % 400 + 20)))"
  kill -KILL $pid 2>/dev/null || true
  wait $pid 2>/dev/null || true
  [ -e "$db/data.mdb" ] || continue
  expect 0 echofold check
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
