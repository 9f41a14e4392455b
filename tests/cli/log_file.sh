#!/usr/bin/env bash
# --log FILE: every message with local time and level, even with -q; appended; the lines of watch have times.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
export TZ=Asia/Kolkata
song 1 "$music/a.flac" 30
convert "$music/a.flac" "$music/a.mp3" -b:a 192k
echo nonsense >"$music/bad.mp3"
log=$work/log
expect 1 echofold -q --log "$log" scan "$music"
[ ! -s "$work/err" ] || grep -q bad.mp3 "$work/err" || fail "-q does not hold"
grep -qE '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\+05:30 \[warning\] .*/bad\.mp3' "$log" || { cat "$log"; fail "no line for the bad file"; }
grep -q 'end: exit code 1' "$log" || fail "the end is not told"
[ "$(stat -c %a "$log")" = 600 ] || fail "the log can be read by others"
lines=$(wc -l <"$log")
expect 0 echofold dedupe --log "$log" -q "$music"
grep -q unchanged "$work/err" && fail "-q does not hold"
tail -n +$((lines + 1)) "$log" | grep -q unchanged || { cat "$log"; fail "-q keeps a message from the log"; }
expect 2 echofold --log "$log" undo
tail -1 "$log" | grep -q '\[error\] there is no run to take back' || { cat "$log"; fail "an error is not in the log"; }
grep -vE '^[0-9]{4}-[0-9]{2}-[0-9]{2}T' "$log" && fail "a line without its time"

# Set in the user's configuration, but not in a project's.
mkdir -p "$HOME/.config/echofold"
echo "log = \"$work/log2\"" >"$HOME/.config/echofold/config.toml"
expect 0 echofold stats
[ -s "$work/log2" ] || fail "the key log is not obeyed"
rm "$HOME/.config/echofold/config.toml"
expect 2 echofold --log "$work/nowhere/log" stats
says "$work/nowhere/log"

patience=$(watched && echo 2400 || echo 150)
for format in table ndjson; do
  "$ECHOFOLD" --db "$work/db-$format" watch --settle 1 --format $format "$music" >"$work/told" 2>"$work/said" &
  pid=$!
  for _ in $(seq $patience); do grep -q "a.mp3" "$work/told" && grep -q finger "$work/said" && break; sleep 0.1; done
  for _ in $(seq $patience); do grep -qE '"finding|move ' "$work/told" && break; sleep 0.1; done
  kill -TERM $pid
  wait $pid || fail "watch does not end well"
  grep -vE '^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2} echofold: ' "$work/said" && fail "a message of watch without its time"
  cp "$work/told" "$work/out"
  if [ $format = ndjson ]; then
    json "len(rows) > 2 and all(abs(r['at'] - $(date +%s)) < 1000 for r in rows)"
  else
    grep -qE '^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}  move ' "$work/told" || { cat "$work/told"; fail "a finding without its time"; }
  fi
done
