# Included by the scripts of this folder, after tests/cli/lib.sh: skips without node, chromium or the packages of npm.
command -v node >/dev/null || skip "node is not installed"
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || skip "chromium is not installed"
[ -d "$here/node_modules/puppeteer-core" ] || skip "the packages of $here/package-lock.json are not installed (npm ci)"
