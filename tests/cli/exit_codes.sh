#!/usr/bin/env bash
# The documented exit codes.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$music/a.flac"
for verb in pairs plan review history export undo; do
  expect 10 echofold "$verb"
  says "$db"
done
expect 10 echofold query "$music/a.flac"
[ ! -e "$db" ] || fail "a verb that reads made a library"

expect 0 echofold scan "$music"
echo "no music" >"$music/b.mp3"
expect 1 echofold scan "$music"
says "$music/b.mp3"
expect 1 echofold scan "$music/missing.flac"
says "$music/missing.flac"

# A root that lost everything: nothing is changed.
mkdir "$work/away"
mv "$music"/* "$work/away"
expect 3 echofold scan "$music"
says "--allow-vanished"
mv "$work/away"/* "$music"
expect 0 echofold scan --format ndjson "$music" # earlier failures are not news
json '{r["status"] for r in rows} == {"unchanged", "failed"}'

# Another run holds the lock: a scan that waits for its list of files.
mkfifo "$work/list"
echofold scan --files-from "$work/list" &
exec 9>"$work/list"
for _ in $(seq 100); do
  echofold pairs >"$work/out" 2>"$work/err" && code=0 || code=$?
  [ "$code" -eq 11 ] && break
  sleep 0.1
done
[ "$code" -eq 11 ] || fail "exit code $code instead of 11"
says "another run"
echo "$music/a.flac" >&9
exec 9>&-
wait
