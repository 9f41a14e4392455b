#!/usr/bin/env bash
# Answers are listed and withdrawn: `verdicts`, `verdicts --forget`, `review --redo`, `undo --answers`.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
command -v script >/dev/null || skip "script(1) is not installed"
for seed in 1 2 3; do
  song $seed "$work/song$seed.flac" 30
  convert "$work/song$seed.flac" "$music/$seed.flac" -metadata title="Song $seed"
  convert "$work/song$seed.flac" "$music/$seed.mp3" -b:a 192k -metadata title="Song $seed (Live)"
done
on_terminal() {
  local keys=$1
  shift
  printf "$keys" | script -qec "$(printf '%q ' "$ECHOFOLD" --db "$db" "$@")" /dev/null >"$work/out" 2>"$work/err"
}
questions() { expect 0 echofold plan --format ndjson; json "sorted(d['path'].rsplit('/')[-1] for r in rows for d in r['drop'] if d['action'] == 'review') == $1"; }

expect 0 echofold scan "$music"
expect 0 echofold verdicts
says "Nothing was answered yet"
before=$(date +%s)
on_terminal '1\nB\nS\n' review
[ ! -e "$music/1.mp3" ] || fail "1 did not keep the left"
expect 0 echofold verdicts --format ndjson
json 'len(rows) == 2 and {r["verdict"] for r in rows} & {"keep_both"} == {"keep_both"}'
json "all($before - 2 <= r['said_at'] <= $before + 60 and r['schema'] == 'echofold.verdict/1' for r in rows)"
json 'sorted({r["a"].rsplit("/")[-1], r["b"].rsplit("/")[-1]} for r in rows if r["verdict"] == "keep_both")[0] == {"2.flac", "2.mp3"}'
expect 0 echofold verdicts
says "both stay"
says "--forget A B"
says "$music/2.mp3"
says "$(date +%Y-%m-%d)"
grep -A1 "stays .*/1.flac" "$work/out" | grep -q "goes .*/1.mp3" || { cat "$work/out"; fail "what stays and what goes is not said"; }
expect 0 echofold verdicts --format csv
[ "$(wc -l <"$work/out")" -eq 3 ] || fail "not a line for each answer"

# One is forgotten, in either order; wrong names change nothing.
expect 2 echofold verdicts --forget "$music/2.flac" "$work/nothing.mp3"
says "$work/nothing.mp3"
expect 2 echofold verdicts --forget "$work/neither.mp3" "$work/nothing.mp3"
says "$work/neither.mp3 and $work/nothing.mp3: the library does not know them"
expect 2 echofold verdicts --forget "$music/2.flac" "$music/3.flac"
says "there is no answer"
expect 2 echofold verdicts --forget "$music/2.flac"
questions "['3.mp3']"
expect 0 echofold verdicts -n --forget "$music/2.mp3" "$music/2.flac"
questions "['3.mp3']"
expect 0 echofold verdicts --forget "$music/2.mp3" "$music/2.flac"
says "$music/2.flac"
questions "['2.mp3', '3.mp3']"
expect 0 echofold verdicts --format ndjson
json 'len(rows) == 1'

# Asked again with --redo, along with pairs that were never answered; withdrawing the new answer restores the old one.
on_terminal 'B\nB\n' review
expect 0 echofold review -n
says "nothing to decide"
expect 0 echofold review -n --redo
says "2 pairs to decide"
says "you kept both"
on_terminal '2\nu\nq\n' review --redo
[ -f "$music/2.flac" ] && [ -f "$music/2.mp3" ] || fail "an answer that was taken back moved a file"
expect 0 echofold verdicts --format ndjson
json '[r["verdict"] for r in rows].count("keep_both") == 2'
on_terminal '1\nq\n' review --redo
[ ! -e "$music/2.mp3" ] || fail "the new answer does not count"

# undo leaves answers alone unless a flag or the user's reply on a terminal says otherwise.
expect 0 echofold undo
says "1 answer of a review"
says "verdicts --forget"
[ -f "$music/2.mp3" ] || fail "undo did not bring it back"
expect 0 echofold verdicts --format ndjson
json 'len(rows) == 3'
expect 0 echofold undo --answers
[ -f "$music/1.mp3" ] || fail "undo did not bring it back"
expect 0 echofold verdicts --format ndjson
json 'len(rows) == 2'
questions "['1.mp3']" # it is open again
on_terminal '1\n' review
on_terminal 'y\ny\n' undo
says "Take back the newest run: 1 file?"
[ -f "$music/1.mp3" ] || fail "undo did not bring it back"
questions "['1.mp3']"
on_terminal '1\n' review
on_terminal 'n\n' undo
[ ! -e "$music/1.mp3" ] || fail "no is no"
on_terminal '\nn\n' undo
[ -f "$music/1.mp3" ] || fail "Enter is yes"
questions "[]"
