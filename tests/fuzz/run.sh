#!/usr/bin/env bash
# Fuzzes every target for SECONDS (60) with the programs of the preset `fuzz`, two at a time. Findings are left in
# build/fuzz/findings/<target>. Once fixed, they go to tests/fuzz/regressions/<target>, which every test run replays.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=$top/build/fuzz
seconds=${1:-60}
"$build/tests/fuzz/fuzz_replay" --seeds "$build/seeds"
fuzz() {
  local target=$1
  mkdir -p "$build/corpus/$target" "$build/findings/$target" "$top/tests/fuzz/regressions/$target"
  local words=()
  case $target in
    plan | journal | import_line | labels | lookup) words=("-dict=$top/tests/fuzz/dictionaries/json.dict") ;;
    config) words=("-dict=$top/tests/fuzz/dictionaries/toml.dict") ;;
  esac
  "$build/tests/fuzz/fuzz_$target" "${words[@]}" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=300000 \
    -print_final_stats=1 -artifact_prefix="$build/findings/$target/" "$build/corpus/$target" "$build/seeds/$target" \
    "$top/tests/fuzz/regressions/$target" >"$build/$target.log" 2>&1 || { tail -40 "$build/$target.log"; return 1; }
  printf '%s: %s runs\n' "$target" "$(sed -n 's/^stat::number_of_executed_units: *//p' "$build/$target.log")"
}
export -f fuzz
export top build seconds
printf '%s\n' records items pages plan journal answer import_line config labels payload playlist name_template lookup |
  xargs -P "$(nproc)" -I{} bash -c 'fuzz {}'
