#!/bin/sh
# Proves that a kernel compiled for a wider instruction set shares nothing with the rest of the program: each
# symbol that leaves its object file is one of its own three functions. An inline function of std compiled
# there would be a weak symbol, and the linker might give it to a processor that can't run it.
#
# usage: kernel_symbols_test.sh ARCHIVE   (libechofold_simd.a)
set -eu
archive=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && ar x "$archive")

failed=0
checked=0
for kernel in avx2 avx512 vpopcnt; do
  object=$work/hamming_$kernel.cpp.o
  [ -e "$object" ] || continue
  checked=$((checked + 1))
  # Capital letters are global; u, v, w and V, W are unique and weak; U needs the symbol from elsewhere.
  nm -C --defined-only "$object" | awk '$2 ~ /[A-TV-Zuvw]/ { sub(/^[^ ]+ /, ""); print }' | sort >"$work/leaving"
  if grep -v "^T echofold::simd::\(distance\|band\|masked\)_$kernel(" "$work/leaving" >"$work/strange"; then
    echo "hamming_$kernel.cpp.o lets out what is not its own:"
    cat "$work/strange"
    failed=1
  fi
  if [ "$(wc -l <"$work/leaving")" -ne 3 ]; then
    echo "hamming_$kernel.cpp.o should let out 3 symbols, not $(wc -l <"$work/leaving")"
    failed=1
  fi
done

# Where there is no wide kernel, the default one must still be there.
[ -e "$work/hamming_baseline.cpp.o" ] || { echo "no baseline kernel in $archive"; failed=1; }
case $(uname -m) in
  x86_64) [ "$checked" -eq 3 ] || { echo "only $checked of 3 wide kernels in $archive"; failed=1; } ;;
esac
exit $failed
