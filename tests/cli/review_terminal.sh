#!/usr/bin/env bash
# The review on a terminal: every key does what the prompt says, Enter changes nothing, U undoes.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
command -v script >/dev/null || skip "script(1) is not installed"
# A title with "live" on only one side moves a pair from auto to review.
for seed in 1 2 3; do
  song $seed "$work/song$seed.flac"
  convert "$work/song$seed.flac" "$music/$seed.flac" -metadata title="Song $seed"
  convert "$work/song$seed.flac" "$music/$seed.mp3" -b:a 192k -metadata title="Song $seed (Live)"
done
tree "$music" >"$work/before"

# Without a terminal, the pairs are counted and left.
expect 0 echofold dedupe --apply "$music"
says "3 left for"
tree "$music" >"$work/after"
cmp "$work/before" "$work/after" || fail "a pair of the review band was acted on without a question"

# on_terminal KEYS VERB...: runs the verb on a terminal and types KEYS, one line each.
on_terminal() {
  local keys=$1
  shift
  printf "$keys" | script -qec "$(printf '%q ' "$ECHOFOLD" --db "$db" "$@")" /dev/null >"$work/out" 2>"$work/err"
}

on_terminal '\nx\nq\n' review
for word in "1.flac" "1.mp3" "FLAC" "MP3" "44.1" "Live"; do grep -qi -- "$word" "$work/out" || { cat "$work/out"; fail "the table does not show $word"; }; done
tree "$music" >"$work/after"
cmp "$work/before" "$work/after" || fail "Enter, a wrong key or Q changed something"

# Right, undone, left; both forever; both for now.
on_terminal '2\nu\n1\nB\nS\n' review
[ -f "$music/1.flac" ] && [ ! -e "$music/1.mp3" ] || fail "1 did not keep the left"
[ -f "$music/2.flac" ] && [ -f "$music/2.mp3" ] || fail "B did not keep both"
[ -f "$music/3.flac" ] && [ -f "$music/3.mp3" ] || fail "S did not keep both"

# The second is never asked about again, the third is.
expect 0 echofold plan --format ndjson
json 'len(rows) == 1 and rows[0]["drop"][0]["action"] == "review" and rows[0]["keep"]["path"].endswith("/3.flac")'
on_terminal '2\n' dedupe --apply "$music"
[ ! -e "$music/3.flac" ] && [ -f "$music/3.mp3" ] || fail "2 did not keep the right"

for _ in 1 2; do expect 0 echofold undo; done
tree "$music" >"$work/after"
diff "$work/before" "$work/after" || fail "undo did not restore the tree"
