#!/usr/bin/env bash
# Wrong usage is explained, exits with 2 and does nothing.
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
# fits: no line of $work/out has more than 80 columns.
fits() { ! grep -nE '^.{81,}' "$work/out" || fail "the help of ${1:-echofold} does not fit 80 columns"; }
fits
cp "$work/out" "$work/help"
for verb in $(sed -n '/^Subcommands:/,$s/^  \([a-z]\{1,\}\) .*/\1/p' "$work/help"); do
  expect 0 echofold "$verb" --help
  fits "$verb"
  cp "$work/out" "$work/of_verb"
  expect 0 echofold help "$verb"
  cmp "$work/out" "$work/of_verb" || fail "help $verb is not $verb --help"
  cat "$work/of_verb" >>"$work/all"
done
tr -s '\n ' ' ' <"$work/all" | grep -qF 'The copy that stays takes the tags, art and ReplayGain that it lacks from the others' || fail "a description was cut"
grep -E '^ +-.*(\{(false|true)\}|Excludes| x [0-9])' "$work/all" && fail "the help shows what the parser calls its options"
expect 0 echofold help
cmp "$work/out" "$work/help" || fail "help is not --help"
for verb in scan import pairs plan apply dedupe review undo history query compare export tag organize config; do
  grep -q "^  $verb " "$work/help" || fail "$verb has no help"
done
expect 0 echofold --version
says "echofold 0."

# Messages are sentences with the nearest name, and say where to read on.
sentence() {
  local wanted=$1
  shift
  expect 2 echofold "$@"
  says "echofold: $wanted"
}
sentence 'there is no verb `dedup`; did you mean `dedupe`? (see `echofold --help`)' dedup "$music"
sentence 'there is no verb `dedup`; did you mean `dedupe`? (see `echofold --help`)' help dedup
sentence 'there is no verb `histroy`; did you mean `history`?' histroy
sentence 'there is no verb `frobnicate` (see `echofold --help`)' frobnicate
sentence '`dedupe` has no flag `--aply`; did you mean `--apply`? (see `echofold dedupe --help`)' dedupe --aply "$music"
sentence '`stats` has no flag `--colour`; did you mean `--color`?' --colour=never stats
sentence '--threads takes a whole number from 1 to 1024, not `0`' stats --threads 0
sentence '--threads takes a whole number from 1 to 1024, not `4x`' stats --threads 4x
sentence '--min-similarity takes a number from 0 to 1 or a percentage, not `101%`' pairs --min-similarity 101%
sentence '--relation takes same_recording, remaster, edit, version or insufficient, not `editt`; did you mean `edit`?' pairs --relation editt
sentence '--format takes csv, ndjson or table, not `jsn`' pairs --format jsn
sentence '--format needs a value, FORMAT' pairs --format
sentence '--format is given more than once' pairs --format csv --format csv
sentence '--forget needs A B' verdicts --forget "$music/a.flac"
sentence '`compare` needs A B' compare "$music/a.flac"
sentence '`apply` needs PLAN' apply
sentence '`stats` takes no further argument `everything`' stats everything
sentence '--offline and --refresh can'"'"'t be used together' tag --refresh --offline "$music"
expect 0 echofold apply --help
says "--trust-plan"
sentence '`dedupe` has no flag `--trust-plan`' dedupe --trust-plan "$music"
expect 0 echofold dedupe --help
says "Examples:"
says "echofold dedupe --apply ~/Music"

# Every verb has examples.
expect 0 echofold --help
verbs=$(sed -n 's/^  \([a-z]*\)  .*/\1/p' "$work/out")
[ "$(echo "$verbs" | wc -w)" -ge 20 ] || fail "not all verbs were found: $verbs"
for verb in $verbs; do
  expect 0 echofold "$verb" --help
  says "Examples:"
  says "echofold $verb"
done

# A percentage is accepted wherever one is printed: as a flag, in the configuration, in the environment.
song 1 "$music/a.flac"
convert "$music/a.flac" "$music/b.mp3" -b:a 128k
expect 0 echofold scan "$music"
for share in 0.9 90% "90 %"; do
  expect 0 echofold pairs --min-similarity "$share" --format ndjson
  json 'len(rows) == 1'
done
expect 0 echofold pairs --min-similarity "100 %" --format csv
[ "$(wc -l <"$work/out")" -le 2 ] || fail "not a percentage"
echo 'auto_similarity = "98.5 %"' >"$work/config.toml"
expect 0 echofold --config "$work/config.toml" config show
says "auto_similarity = 0.985"
expect 0 env ECHOFOLD_REVIEW_SIMILARITY="91%" "$ECHOFOLD" --db "$db" config show
says "review_similarity = 0.91"
echo 'auto_similarity = "much"' >"$work/config.toml"
expect 2 echofold --config "$work/config.toml" config show
says "or a percentage"
