#!/usr/bin/env bash
# Measures which lines the tests reach. Builds the preset `coverage`, runs the tests of engine/act and index/store, and
# fails where one of the two is below 90 %.
#
#   tools/coverage.sh [REGEX]    REGEX selects tests, as ctest -R does
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$top/build/coverage
tests=${1:-'Store|Record|Items|Lock|Journal|Places|Mover|Apply|Undo|Recover|Folder|Copier|Moved|Settle|Swap|Rewrite|Rename|Organize|Link|Delta|Sync|KeepPath|fuzz|cli\.(check|old_store|end_to_end|read_only_folder|odd_names|organize)'}
(cd "$top" && cmake --preset coverage >/dev/null && cmake --build --preset coverage)
find "$build" -name '*.gcda' -delete
# Without the tests that kill the program or make its calls fail: they would also hit the writing of the counts.
ctest --test-dir "$build" --output-on-failure --parallel "$(nproc)" -R "$tests" -E 'Failing|KilledProgram|PowerCut' | tail -5
for part in engine/act 'index/(store/|model/record|base/bytes)'; do
  echo "== $part"
  gcovr --root "$top" --filter "$top/$part.*" --exclude-throw-branches --fail-under-line 90 "$build"
done
