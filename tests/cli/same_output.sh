#!/usr/bin/env bash
# The output is byte-identical for 1 and 2 threads and for every kernel.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
for seed in 1 2 3 4; do
  song $seed "$music/$seed.flac"
  convert "$music/$seed.flac" "$music/$seed.mp3" -b:a 128k -ss 0.3
  convert "$music/$seed.flac" "$music/$seed.opus" -b:a 64k
done
# all_of NAME: uses a new library each time, so that nothing comes from a store filled with another setting.
all_of() {
  rm -rf "$db"
  expect 0 "${run[@]}" scan "$music"
  for verb in pairs plan; do
    expect 0 "${run[@]}" "$verb" --format ndjson
    # The library's id differs, as it must.
    sed 's/"library":"[^"]*"/"library":""/' "$work/out" >"$work/$1.$verb"
    [ -s "$work/$1.$verb" ] || fail "$verb printed nothing"
  done
}
run=("$ECHOFOLD" --db "$db" --threads 1)
all_of reference
tried=0
for kernel in vpopcnt avx512 avx2 baseline; do
  for threads in 1 2; do
    run=(env "ECHOFOLD_SIMD=$kernel" "$ECHOFOLD" --db "$db" --threads $threads)
    "${run[@]}" pairs >/dev/null 2>"$work/err" || ! grep -q "ECHOFOLD_SIMD" "$work/err" || { echo "no $kernel here"; continue; }
    all_of "$kernel.$threads"
    for verb in pairs plan; do
      cmp "$work/reference.$verb" "$work/$kernel.$threads.$verb" || fail "$verb differs for $kernel and $threads threads"
    done
    tried=$((tried + 1))
  done
done
[ $tried -ge 2 ] || fail "no kernel was tried"
