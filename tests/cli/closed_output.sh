#!/usr/bin/env bash
# Output that can't be written is noticed; a reader that has seen enough is no error worth a message.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$music/a.flac"
cp "$music/a.flac" "$music/b.flac"
expect 0 echofold scan "$music"
if [ -e /dev/full ]; then
  "$ECHOFOLD" --db "$db" pairs >/dev/full 2>"$work/err" && code=0 || code=$?
  [ "$code" -eq 1 ] || fail "exit code $code instead of 1"
  : >"$work/out"
  says "standard output"
fi
"$ECHOFOLD" --db "$db" pairs --format ndjson 2>"$work/err" | true
[ ! -s "$work/err" ] || fail "a closed pipe was complained about: $(cat "$work/err")"
