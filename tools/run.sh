#!/usr/bin/env bash
# Installs what is missing, builds a release and runs the main job.
#
#   tools/run.sh PATH...     print the duplicates among the music under PATH...
#   tools/run.sh             the same on a small sample of real music, made under build/sample
#
# Options of `echofold dedupe` may stand among the paths: tools/run.sh --apply ~/Music
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

"$top/tools/install_dependencies.sh" run
build=$top/build/release
if [ ! -f "$build/build.ninja" ]; then
  (cd "$top" && cmake --preset release >/dev/null)
fi
cmake --build "$build" --target echofold >&2

if [ $# -gt 0 ]; then
  exec "$build/tools/echofold" dedupe "$@"
fi
"$top/datasets/make_sample.sh" "$top/build/sample" >&2
exec "$build/tools/echofold" --db "$top/build/sample-library" dedupe "$top/build/sample"
