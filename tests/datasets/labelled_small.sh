#!/usr/bin/env bash
# Builds the small labelled library twice: complete, as its tables say, and byte for byte the same. The first one
# stays in build/labelled-small for other tests.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$here/../.." && pwd)
kept=$top/build/labelled-small

skip() { echo "SKIPPED: $*"; exit 77; }
fail() { echo "FAILED: $*" >&2; exit 1; }
make_labelled() { python3 -B "$top/datasets/make_labelled.py" "$@"; }

for tool in ffmpeg fluidsynth espeak-ng apt-get; do command -v "$tool" >/dev/null || skip "$tool is not installed"; done
work=$(mktemp -d "${TMPDIR:-/tmp}/echofold-labelled-XXXXXX")
trap 'rm -rf "$work"' EXIT
music=${ECHOFOLD_MUSIC:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/echofold/music}
"$top/datasets/fetch_music.sh" "$music" singularity-music warzone2100-music fretsonfire-songs-sectoid ||
  skip "the packages can't be fetched"
export ECHOFOLD_MUSIC=$music

make_labelled "$kept" --size small
make_labelled "$kept" --verify
python3 -B "$here/counts.py" "$kept"

echo "== a second one, made from nothing"
make_labelled "$work/again" --size small
cmp "$kept/labels.csv" "$work/again/labels.csv" || fail "rebuilding gives other labels"
diff "$kept/manifest.csv" "$work/again/manifest.csv" || fail "rebuilding gives another manifest"

echo "== a run that goes on makes only what is missing"
lost=$(find "$work/again/library/mp3_128" -type f | head -n 1)
find "$work/again/library" -type f ! -path "$lost" -printf '%p %T@\n' | sort >"$work/before"
rm "$lost"
make_labelled "$work/again" --verify 2>"$work/err" && fail "a missing file goes unnoticed"
grep -q "${lost##*/}: missing" "$work/err" || fail "the missing file is not named: $(cat "$work/err")"
make_labelled "$work/again" --size small
find "$work/again/library" -type f ! -path "$lost" -printf '%p %T@\n' | sort | cmp - "$work/before" || fail "files were made twice"
make_labelled "$work/again" --verify

echo "== damage and strangers are told"
printf x >>"$lost"
touch "$work/again/library/stranger.mp3"
make_labelled "$work/again" --verify 2>"$work/err" && fail "damage goes unnoticed"
grep -q "another checksum" "$work/err" || fail "the damaged file is not named"
grep -q "library/stranger.mp3: not in the manifest" "$work/err" || fail "the stranger is not named"
make_labelled "$work/again" --size small
[ -e "$work/again/library/stranger.mp3" ] || fail "a file that was not made here is gone"
