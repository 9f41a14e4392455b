#!/usr/bin/env bash
# Copies the third-party files of the review page from npm to vendor/, as package-lock.json says. Building the program
# needs neither npm nor a network: vendor/ is committed.
#
#   vendor.sh           writes vendor/
#   vendor.sh --check   says whether vendor/ is what the lock file says; changes nothing
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cp "$here/package.json" "$here/package-lock.json" "$work"
# npm verifies each package by the hash in the lock file. No script of a package is run.
npm ci --prefix "$work" --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null

mkdir "$work/vendor"
for package in preact htm; do
  # Without the name of the source map, which the page does not have.
  sed '/^\/\/# sourceMappingURL=/d' "$work/node_modules/$package/dist/$package.module.js" >"$work/vendor/$package.module.js"
  cp "$work/node_modules/$package/LICENSE" "$work/vendor/$package.LICENSE"
done

if [ "${1:-}" = --check ]; then
  diff -r "$here/vendor" "$work/vendor" || { echo "vendor/ is not what package-lock.json says: run $0" >&2; exit 1; }
else
  rm -rf "$here/vendor"
  cp -r "$work/vendor" "$here/vendor"
fi
