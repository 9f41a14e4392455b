#!/usr/bin/env bash
# Wrong usage says what is wrong, ends with 2 and does nothing.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
expect 2 echofold
expect 2 echofold frobnicate
says frobnicate
expect 2 echofold scan
expect 2 echofold scan --frobnicate "$music"
says frobnicate
expect 2 echofold --threads 0 scan "$music"
expect 2 echofold --threads many scan "$music"
expect 2 echofold pairs --min-similarity 1.5
expect 2 echofold pairs --relation cousin
expect 2 echofold pairs --format m3u
expect 2 echofold compare "$music/a.flac"
expect 2 echofold apply
expect 2 echofold apply "$work/no.plan"
says "$work/no.plan"
expect 2 env ECHOFOLD_SIMD=abacus "$ECHOFOLD" --db "$db" scan "$music"
says abacus
[ ! -e "$db" ] || fail "wrong usage made a library"
expect 0 echofold --help
for verb in scan import pairs plan apply dedupe review undo history query compare export tag; do
  says "$verb"
  expect 0 echofold "$verb" --help
  expect 0 echofold --help
done
expect 0 echofold --version
says "echofold 0."
