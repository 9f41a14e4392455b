#!/bin/sh
# Proves that the sample loops compiled for AVX2 share nothing with the rest of the program, as
# tests/index/kernel_symbols_test.sh does for the kernels: each symbol that leaves the object is one of its own.
#
# usage: loop_symbols_test.sh ARCHIVE   (libechofold_sample_loops.a)
set -eu
archive=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && ar x "$archive")

# leaving SET: its global and weak symbols, sorted.
leaving() {
  nm -C --defined-only "$work/sample_loops_$1.cpp.o" | awk '$2 ~ /[A-TV-Zuvw]/ { sub(/^[^ ]+ /, ""); print }' | sort
}

[ -e "$work/sample_loops_baseline.cpp.o" ] || { echo "no baseline loops in $archive"; exit 1; }
if [ ! -e "$work/sample_loops_avx2.cpp.o" ]; then
  [ "$(uname -m)" != x86_64 ] || { echo "no AVX2 loops in $archive"; exit 1; }
  exit 0
fi
leaving avx2 >"$work/leaving"
if grep -v "^T echofold::loops::[a-z0-9_]*_avx2(" "$work/leaving"; then
  echo "sample_loops_avx2.cpp.o lets out what is not its own"
  exit 1
fi
# As many as the baseline has, so that no loop was left out and the pattern above did meet them.
own=$(leaving baseline | grep -c "^T echofold::loops::[a-z0-9_]*_baseline(")
[ "$own" -gt 10 ] && [ "$(wc -l <"$work/leaving")" -eq "$own" ] ||
  { echo "sample_loops_avx2.cpp.o lets out $(wc -l <"$work/leaving") symbols, the baseline $own"; exit 1; }
