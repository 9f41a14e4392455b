#!/usr/bin/env bash
# Answers of reviews are exported as labels that tune accepts unchanged, also for files with odd names.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
command -v script >/dev/null || skip "script(1) is not installed"
odd=$(printf 'odd, "name"\n\xff.mp3')
for seed in 1 2; do
  song $seed "$work/song$seed.flac"
  convert "$work/song$seed.flac" "$music/$seed.flac" -metadata title="Song $seed"
  convert "$work/song$seed.flac" "$work/$seed.mp3" -b:a 192k -metadata title="Song $seed (Live)"
done
mv "$work/1.mp3" "$music/$odd"
mv "$work/2.mp3" "$music/2.mp3"
expect 0 echofold scan "$music"
printf '1\nB\n' | script -qec "$(printf '%q ' "$ECHOFOLD" --db "$db" review)" /dev/null >"$work/out" 2>&1
[ ! -e "$music/$odd" ] || fail "the review did not set the loser aside"

expect 0 echofold export --verdicts --format ndjson
json 'sorted((r["label"], r["verdict"] == "keep_both") for r in rows) == [("different", True), ("same", False)]'
json 'any("b_base64" in r or "a_base64" in r for r in rows)'
cp "$work/out" "$work/verdicts.ndjson"
expect 0 echofold export --verdicts
cp "$work/out" "$work/verdicts.csv"
expect 0 echofold tune --verdicts --format ndjson
json 'rows[-1]["pairs"] == 2 and rows[-1]["not_same"] == 1 and rows[-1]["left_out"] == 0'
cp "$work/out" "$work/reference"
for labels in ndjson csv; do
  expect 0 echofold tune --format ndjson "$work/verdicts.$labels"
  cmp "$work/reference" "$work/out" || fail "$labels says something else than --verdicts"
done
expect 2 echofold export --verdicts --format m3u
