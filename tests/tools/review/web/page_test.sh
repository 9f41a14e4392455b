#!/usr/bin/env bash
# The review page in a real browser against the program: makes a library of real music (kept in the build folder, since
# that takes a minute) and runs page_test.mjs on a copy. ECHOFOLD_SCREENSHOTS=FOLDER writes the pictures of docs/images.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../../../cli/lib.sh"
. "$here/needs.sh"
[ -d "$ECHOFOLD_SAMPLE" ] || skip "no sample of real music"

kept=$ECHOFOLD_SAMPLE-review
stamp=$(cat "$here/make_library.sh" "$ECHOFOLD_SAMPLE/labels.csv" | sha256sum)
if [ "$(cat "$kept/stamp" 2>/dev/null)" != "$stamp" ]; then
  rm -rf "$kept" "$kept.new"
  "$here/make_library.sh" "$ECHOFOLD_SAMPLE" "$kept.new" 102
  echo "$stamp" >"$kept.new/stamp"
  mv "$kept.new" "$kept"
fi
cp -a "$kept/Music" "$HOME/Music"
expect 0 echofold dedupe --summary "$HOME/Music"
ECHOFOLD_DB_FOLDER=$db ECHOFOLD_MUSIC=$HOME/Music node --test --test-reporter=spec "$here/page_test.mjs" || fail "see above"
