#!/usr/bin/env bash
# Measures which lines the tests reach: builds the preset `coverage`, runs the tests of what moves files and of what keeps
# the library, and fails where one of the two is below 90 %.
#
#   tools/coverage.sh [REGEX]    of the tests to run, as ctest -R
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$top/build/coverage
tests=${1:-'Store|Record|Items|Lock|Journal|Places|Mover|Apply|Undo|Recover|Folder|Copier|Moved|Settle|Swap|Rewrite|Rename|Organize|Link|Delta|Sync|KeepPath|fuzz|cli\.(check|old_store|end_to_end|read_only_folder|odd_names|organize)'}
(cd "$top" && cmake --preset coverage >/dev/null && cmake --build --preset coverage)
find "$build" -name '*.gcda' -delete
# Not those that kill the whole program or let its calls fail: that hits the writing of the counts, too.
ctest --test-dir "$build" --output-on-failure --parallel "$(nproc)" -R "$tests" -E 'Failing|KilledProgram|PowerCut' | tail -5
for part in engine/act 'index/(store/|model/record|base/bytes)'; do
  echo "== $part"
  gcovr --root "$top" --filter "$top/$part.*" --exclude-throw-branches --fail-under-line 90 "$build"
done
