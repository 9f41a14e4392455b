#!/usr/bin/env bash
# The pages of plan and stats: they stand alone, show what is there, and a plan of 10,000 groups stays usable in a browser.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
here=$(dirname "${BASH_SOURCE[0]}")

song 1 "$work/song.flac" 40
evil='<script>alert(1)<\script> & "so"'
mkdir "$music/Albums" "$music/Downloads"
convert "$work/song.flac" "$music/Albums/one.flac" -metadata title="$evil" -metadata date=1999
convert "$work/song.flac" "$music/Downloads/$(tr -d / <<<"$evil").mp3" -b:a 192k
song 2 "$work/song.flac" 40
convert "$work/song.flac" "$music/Albums/two.flac" -metadata date=2004-05-06
convert "$work/song.flac" "$music/Downloads/muted.mp3" -b:a 192k -af "volume=0:enable='between(t,20,20.5)'"
echo nonsense >"$music/Downloads/broken.mp3"
tree "$music" >"$work/before"
expect 1 echofold scan "$music"
expect 0 echofold plan --format html
cp "$work/out" "$work/plan.html"
expect 0 echofold stats --format html
cp "$work/out" "$work/stats.html"
tree "$music" >"$work/after"
cmp "$work/before" "$work/after" || fail "a page changed something"
[ ! -s "$work/err" ] || fail "progress or messages without a terminal"

# Nothing is loaded, and no name is markup.
for page in plan stats; do
  grep -qiE 'https?://|@import|<link|<img|src=|<iframe' "$work/$page.html" && fail "$page.html does not stand alone"
  grep -qF '<script>alert' "$work/$page.html" && fail "a name is markup in $page.html"
done
[ "$(grep -c '<script' "$work/plan.html")" -eq 1 ] && [ "$(grep -c '<script' "$work/stats.html")" -eq 0 ] || fail "scripts"
grep -qF '&lt;script&gt;alert(1)' "$work/plan.html" || fail "the title is not shown"
has() { grep -qE -- "$2" "$work/$1.html" || fail "$1.html lacks: $2"; }
has plan 'data-a="m"'
has plan 'data-a="r"'
has plan 'class="heard"'              # the muted word is marked in the strip
has plan 'silent at 0:20'
has plan '<svg class="errors"[^>]*><title>bit errors [0-9]+ %, at most'
[ "$(grep -o '<svg class="errors"' "$work/plan.html" | wc -l)" -eq 2 ] || fail "not every copy has a strip"
has stats 'is not fingerprinted'
has stats 'broken\.mp3'
has stats '>1999<'
has stats 'Measured bandwidth'
expect 2 echofold pairs --format html
expect 2 echofold dedupe --format html

# A library that does not exist, and one without copies.
expect 10 "$ECHOFOLD" --db "$work/nothing" plan --format html
rm "$music"/Downloads/*
rm "$music/Albums/two.flac"
expect 0 echofold scan --allow-vanished "$music"
expect 0 echofold plan --format html
says '<p class="empty">Nothing.</p>'

python3 "$here/plan_page.py" hash "$work/plan.html" || fail "the policy does not let the script run"
[ -n "${BIG_PLAN_PAGE:-}" ] || skip "big_plan_page is not built"
command -v chromium >/dev/null || skip "chromium is not installed"
browser() { timeout 200 chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking \
  --user-data-dir="$work/chromium" "$@" 2>"$work/chromium.log" || { cat "$work/chromium.log"; fail "chromium failed"; }; }
# From a file, under its own policy: the script has counted the groups.
browser --dump-dom "file://$work/plan.html" >"$work/dom.html"
grep -qF '2 of 2 groups: 2 files to move or to review' "$work/dom.html" || fail "the script of the page did not run"
"$BIG_PLAN_PAGE" 10000 >"$work/big.html"
python3 "$here/plan_page.py" measure "$work/big.html" 10000 || fail "a plan of 10,000 groups is not usable"
# For docs/: ECHOFOLD_KEEP=docs keeps a screenshot of a plan of 200 groups.
if [ -n "${ECHOFOLD_KEEP:-}" ]; then
  "$BIG_PLAN_PAGE" 200 >"$work/some.html"
  browser --hide-scrollbars --window-size=1280,1250 --screenshot="$ECHOFOLD_KEEP/plan_page.png" "file://$work/some.html"
fi
