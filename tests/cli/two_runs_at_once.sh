#!/usr/bin/env bash
# Hazard: two runs at once. The second reports it (exit code 11) and touches nothing, whatever its verb.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$music/a.flac"
convert "$music/a.flac" "$music/a.mp3" -b:a 192k
expect 0 echofold dedupe --format ndjson "$music"
cp "$work/out" "$work/plan"
expect 0 echofold apply "$work/plan"
expect 0 echofold undo
tree "$music" >"$work/before"
# A scan that waits for its list of files holds the lock.
mkfifo "$work/list"
echofold scan --files-from "$work/list" >/dev/null 2>&1 &
exec 9>"$work/list"
for _ in $(seq 100); do
  echofold pairs >/dev/null 2>&1 && code=0 || code=$?
  [ "$code" -eq 11 ] && break
  sleep 0.1
done
[ "$code" -eq 11 ] || fail "the library is not locked"
for verb in "apply $work/plan" "dedupe --apply $music" undo; do
  # shellcheck disable=SC2086  # a verb and its arguments
  expect 11 echofold $verb
  says "another run"
done
tree "$music" >"$work/after"
diff "$work/before" "$work/after" || fail "a run that was locked out touched the music"
echo "$music/a.flac" >&9
exec 9>&-
wait
expect 0 echofold apply "$work/plan"
