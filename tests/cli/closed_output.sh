#!/usr/bin/env bash
# Failed output is reported; a reader that closes the pipe early is not an error.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$music/a.flac"
cp "$music/a.flac" "$music/b.flac"
expect 0 echofold scan "$music"
if [ -e /dev/full ]; then
  "$ECHOFOLD" --db "$db" pairs >/dev/full 2>"$work/err" && code=0 || code=$?
  [ "$code" -eq 1 ] || fail "exit code $code instead of 1"
  : >"$work/out"
  says "standard output"
  # More than one buffer of output, so that every way of writing fails; the message has the real reason.
  for name in $(seq 60); do cp "$music/b.flac" "$music/another copy with a long name, so that there is much to tell of it $name.flac"; done
  expect 0 echofold scan "$music"
  for verb in stats pairs plan "plan --format ndjson" export "dedupe $music" --help; do
    # shellcheck disable=SC2086  # a verb and its arguments
    "$ECHOFOLD" --db "$db" $verb >/dev/full 2>"$work/err" && code=0 || code=$?
    [ "$code" -eq 1 ] || fail "exit code $code instead of 1: $verb"
    says "can't write to standard output: No space left on device"
  done
fi
"$ECHOFOLD" --db "$db" pairs --format ndjson 2>"$work/err" | true
[ ! -s "$work/err" ] || fail "a closed pipe was complained about: $(cat "$work/err")"
