#!/bin/sh
# Proves that the sample loops compiled for AVX2 and AVX-512 share nothing with the rest of the program, as
# tests/index/simd/kernel_symbols_test.sh does for the kernels: every exported symbol belongs to its own object.
#
# usage: loop_symbols_test.sh ARCHIVE   (libechofold_sample_loops.a)
set -eu
archive=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && ar x "$archive")

# leaving SET: the global and weak symbols of its object, sorted.
leaving() {
  nm -C --defined-only "$work/sample_loops_$1.cpp.o" | awk '$2 ~ /[A-TV-Zuvw]/ { sub(/^[^ ]+ /, ""); print }' | sort
}

[ -e "$work/sample_loops_baseline.cpp.o" ] || { echo "no baseline loops in $archive"; exit 1; }
own=$(leaving baseline | grep -c "^T echofold::loops::[a-z0-9_]*_baseline(")
for set in avx2 avx512; do
  if [ ! -e "$work/sample_loops_$set.cpp.o" ]; then
    [ "$(uname -m)" != x86_64 ] || { echo "no $set loops in $archive"; exit 1; }
    continue
  fi
  leaving "$set" >"$work/leaving"
  if grep -v "^T echofold::loops::[a-z0-9_]*_$set(" "$work/leaving"; then
    echo "sample_loops_$set.cpp.o lets out what is not its own"
    exit 1
  fi
  # There must be as many as in the baseline, which shows that no loop is missing and that the pattern above matches.
  [ "$own" -gt 10 ] && [ "$(wc -l <"$work/leaving")" -eq "$own" ] ||
    { echo "sample_loops_$set.cpp.o lets out $(wc -l <"$work/leaving") symbols, the baseline $own"; exit 1; }
done
