#!/usr/bin/env bash
# The third-party files of the review page are what its lock file says, and the list of its files is complete.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../../../cli/lib.sh"
page=$here/../../../../tools/review/web

(cd "$page" && find . -type f \( -name '*.js' -o -name '*.html' -o -name '*.css' -o -name '*.svg' -o -name '*.LICENSE' \) -not -path '*/node_modules/*' |
  sed 's|^\./||' | LC_ALL=C sort) >"$work/files"
diff "$work/files" "$page/files.txt" || fail "files.txt is not the list of the page's files"

grep -rnE '<script>|<style|style="|onclick=|onload=|javascript:' "$page"/*.html && fail "inline script or style"
grep -nE 'https?://' "$page"/*.{js,html,css} | grep -v 'http://www.w3.org' && fail "an address of the network"
grep -rnE '\beval\(|new Function' "$page"/*.js "$page"/vendor/*.js && fail "eval"

command -v npm >/dev/null || skip "npm is not installed: vendor/ was not compared with the lock file"
npm ping >/dev/null 2>&1 || skip "no network: vendor/ was not compared with the lock file"
export HOME=/tmp
"$page/vendor.sh" --check || fail "vendor/"
