#!/usr/bin/env bash
# The goals of bench/accuracy on the small labelled library of real music: detects changes that break matching.
set -euo pipefail
top=${ECHOFOLD_SOURCE:?}
lib=$top/build/labelled-small # kept: the next run makes only what is missing

skip() { echo "SKIPPED: $*"; exit 77; }
for tool in ffmpeg fluidsynth espeak-ng apt-get; do command -v "$tool" >/dev/null || skip "$tool is not installed"; done
music=${ECHOFOLD_MUSIC:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/echofold/music}
"$top/datasets/fetch_music.sh" "$music" singularity-music warzone2100-music fretsonfire-songs-sectoid ||
  skip "the packages can't be fetched"
work=$(mktemp -d "${TMPDIR:-/tmp}/echofold-accuracy-XXXXXX")
trap 'rm -rf "$work"' EXIT

ECHOFOLD_MUSIC=$music python3 -B "$top/datasets/make_labelled.py" "$lib" --size small
python3 -B "$top/bench/accuracy" "$lib" --echofold "${ECHOFOLD:?}" --out "$work" --rivals ""
python3 -B - "$work"/accuracy-*.json "$top/bench" <<'PYTHON'
import json, sys
rows = json.load(open(sys.argv[1], encoding="utf-8"))["goals"]
# The keys of the index cannot find music without its vocals (docs/MATCHING.md, "3. The second and the third look"):
# half of the versions is the maximum.
# The ear asks about one in forty copies, and about more of low rates (docs/THRESHOLDS.md, "Listening"): the goals of .95
# and .995 are open. These are what it reaches.
at_least = {"versions: right relation": 0.5, "copies below 96 kb/s: auto": 0.94,
            "copies of any codec from 40 kb/s up: auto": 0.88}
sys.path.insert(0, sys.argv[2])
from scoring.goals import OPEN
missed = [row for row in rows if row["goal"] not in OPEN and
          not (row["value"] >= at_least[row["goal"]] if row["goal"] in at_least else row["met"])]
assert len(rows) == 30 and all(row["n"] > 0 for row in rows), rows
for row in missed:
    print(f"FAILED: {row['goal']}: {row['part']} of {row['n']}", file=sys.stderr)
sys.exit(bool(missed))
PYTHON
