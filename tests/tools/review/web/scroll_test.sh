#!/usr/bin/env bash
# Thousands of groups in a real browser: scroll_test.mjs, on generated data.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../../../cli/lib.sh"
. "$here/needs.sh"
node --test --test-reporter=spec "$here/scroll_test.mjs" || fail "see above"
