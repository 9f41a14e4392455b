#!/usr/bin/env bash
# Installs what is missing and runs all checks and tests.
#
#   tools/check.sh           what every change must pass
#   tools/check.sh --long    the heavy suites, too
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$top"

long=false
[ "${1:-}" = --long ] && long=true

step() { printf '\n== %s (%d:%02d)\n' "$*" $((SECONDS / 60)) $((SECONDS % 60)); }

step "dependencies"
tools/install_dependencies.sh check
tools/install_dependencies.sh datasets
# What the tests of the review page need from npm: once, and again when the lock file changes. Without a network they skip.
packages=tests/tools/review/web
if ! cmp -s "$packages/package-lock.json" "$packages/node_modules/.lock"; then
  if npm ci --prefix "$packages" --ignore-scripts --no-audit --no-fund --loglevel=error; then
    cp "$packages/package-lock.json" "$packages/node_modules/.lock"
  fi
fi

step "formatting"
git ls-files '*.h' '*.cpp' | xargs clang-format --dry-run -Werror

step "one definition a concept"
tools/one_declaration.py

step "g++ with warnings as errors"
cmake --preset gcc >/dev/null
cmake --build --preset gcc

step "clang with warnings as errors, clang-tidy"
cmake --preset clang >/dev/null
tools/clang_check.py

if $long; then
  # Without tests that make no sense under a sanitizer (label bare), and without the rounds of the long mode (CMakePresets.json).
  step "AddressSanitizer, UndefinedBehaviorSanitizer"
  cmake --preset asan >/dev/null
  cmake --build --preset asan
  ctest --preset asan --parallel "$(nproc)"

  step "ThreadSanitizer"
  cmake --preset tsan >/dev/null
  cmake --build --preset tsan
  ctest --preset tsan --parallel "$(nproc)"

  step "fuzzing"
  cmake --preset fuzz >/dev/null
  cmake --build --preset fuzz
  tests/fuzz/run.sh 60
  export ECHOFOLD_DAMAGES=4000 ECHOFOLD_KILLS=1000
fi

step "tests"
ctest --test-dir build/gcc --output-on-failure --parallel "$(nproc)" -LE "$($long && echo share || echo long)"

if $long; then
  step "undo after disks were renumbered"
  if [ "$(id -u)" = 0 ]; then
    tests/fault/renumbered_disks.py --program build/gcc/tools/echofold --rounds 25
  else
    echo "skipped: mounting takes root"
  fi
fi
