#!/usr/bin/env bash
# A file that would keep the decoder busy for minutes is stopped at its limit of processor time; the others are
# processed.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$music/good.flac"
python3 "$(dirname "${BASH_SOURCE[0]}")/../malformed/bombs.py" "$music" --slow
expect 1 echofold scan --format ndjson "$music"
json '[r["status"] for r in rows if "good" in r["path"]] == ["fingerprinted"]'
json '["processor time" in r["error"] and "SIGXCPU" in r["error"] for r in rows if "chapters" in r["path"]] == [True]'
# The failure is stored: the next scan does not try again.
seconds=$SECONDS
expect 0 echofold scan --format ndjson "$music"
[ $((SECONDS - seconds)) -lt 10 ] || fail "the file was decoded again"
says "SIGXCPU"
