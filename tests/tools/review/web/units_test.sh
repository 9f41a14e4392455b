#!/usr/bin/env bash
# The parts of the review page that need no browser: units_test.mjs.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../../../cli/lib.sh"
command -v node >/dev/null || skip "node is not installed"
node --test --test-reporter=spec "$here/units_test.mjs" || fail "see above"
