# Included by every script in this folder: a temporary folder, music, and checks that report what failed. Needs
# ECHOFOLD (the program). A script skips with `skip REASON` (exit 77, which CTest shows as skipped).
set -euo pipefail

skip() { echo "SKIPPED: $*"; exit 77; }
fail() { echo "FAILED: $*" >&2; exit 1; }

command -v ffmpeg >/dev/null || skip "ffmpeg is not installed"
command -v python3 >/dev/null || skip "python3 is not installed"

unset ECHOFOLD_SIMD ECHOFOLD_CONFIG ECHOFOLD_DB ECHOFOLD_THREADS ECHOFOLD_VERBOSITY ECHOFOLD_ACOUSTID_URL ECHOFOLD_ACOUSTID_KEY XDG_CONFIG_HOME XDG_DATA_HOME NO_COLOR
work=$(mktemp -d "${TMPDIR:-/tmp}/echofold-cli-XXXXXX")
trap 'chmod -R u+rwx "$work" 2>/dev/null; rm -rf "$work"' EXIT
export HOME=$work/home
mkdir "$HOME" "$work/music"
music=$work/music
db=$work/db

echofold() { "$ECHOFOLD" --db "$db" "$@"; }

# Whether the program has a sanitizer, which needs more time and memory.
watched() { grep -qE '__(asan|tsan)_init' "$ECHOFOLD"; }

# expect CODE COMMAND...: runs it and stores its output in $work/out and $work/err.
expect() {
  local wanted=$1 got=0
  shift
  "$@" >"$work/out" 2>"$work/err" </dev/null || got=$?
  if [ "$got" -ne "$wanted" ]; then
    cat "$work/out" "$work/err" >&2
    fail "exit code $got instead of $wanted: $*"
  fi
}

says() { grep -qF -- "$1" "$work/out" "$work/err" || { cat "$work/out" "$work/err" >&2; fail "does not say: $1"; }; }

# song SEED FILE [SECONDS]: pseudo-random notes, with a different melody for each seed.
song() {
  local seed=$1 file=$2 seconds=${3:-40}
  local hash="abs(mod(sin(floor(t*%s)*12.9898+$seed*%s)*43758.5453\,1))"
  local voice="sin(2*PI*t*%s*pow(2\,floor(24*$hash)/12))"
  # shellcheck disable=SC2059  # the formats are above
  local low high mid
  low=$(printf "$voice" 110 2 78.233)
  mid=$(printf "$voice" 220 3 39.425)
  high=$(printf "$voice" 440 5 17.717)
  ffmpeg -nostdin -v error -y -f lavfi -i "aevalsrc=0.3*$low+0.25*$mid+0.2*$high:s=44100:d=$seconds" \
    -ac 2 -sample_fmt s16 "$work/song.wav"
  convert "$work/song.wav" "$file"
}

# convert FROM TO [FFMPEG OPTIONS]: the name TO determines the format.
convert() {
  local from=$1 to=$2
  shift 2
  ffmpeg -nostdin -v error -y -i "$from" "$@" "$work/convert.${to##*.}"
  mv "$work/convert.${to##*.}" "$to"
}

# tree FOLDER: every path with kind, mode, size, mtime and content hash: what undo must restore.
tree() {
  (cd "$1" && find . -printf '%p %y %m %T@ %s\n' | LC_ALL=C sort && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 -r sha256sum)
}

# json EXPRESSION: evaluates Python over `rows`, the NDJSON objects in $work/out; fails unless the result is true.
json() {
  python3 - "$work/out" "$1" <<'PY' || { cat "$work/out" >&2; fail "not true of the output: $1"; }
import json, sys
rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8") if line.strip()]
sys.exit(0 if eval(sys.argv[2]) else 1)
PY
}

# fate FILE: prints its "action: why" in the plan of $work/out, or "keep: why"; nothing if it is in no group.
fate() {
  python3 - "$work/out" "$1" <<'PY'
import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    group = json.loads(line)
    if group["keep"]["path"].endswith("/" + sys.argv[2]): print("keep: " + group["keep"]["why"])
    for drop in group["drop"]:
        if drop["path"].endswith("/" + sys.argv[2]): print(drop["action"] + ": " + drop["why"])
PY
}

# is_fate FILE PATTERN...: each bash pattern must match its fate.
is_fate() {
  local file=$1 found pattern
  shift
  found=$(fate "$file")
  # shellcheck disable=SC2053  # a pattern
  for pattern in "$@"; do [[ $found == $pattern ]] || fail "$file is '$found', not '$pattern'"; done
}
