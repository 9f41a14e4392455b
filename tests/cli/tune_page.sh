#!/usr/bin/env bash
# The report of tune in a browser without network or scripts: its charts are drawn. ECHOFOLD_SAMPLE: real music.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
command -v chromium >/dev/null || skip "chromium is not installed"
here=$(dirname "${BASH_SOURCE[0]}")

screenshot() {  # screenshot HTML PNG
  timeout 200 chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking \
    --user-data-dir="$work/chromium" --hide-scrollbars --force-device-scale-factor=1 --window-size=1000,3400 \
    --screenshot="$2" "file://$1" >"$work/chromium.log" 2>&1 || { cat "$work/chromium.log"; fail "chromium failed"; }
}

# The start of one track and the end of another: an edit of the first, shown with its strip.
masters=("$ECHOFOLD_SAMPLE"/master/*.flac)
ffmpeg -nostdin -v error -y -t 28 -i "${masters[0]}" -ss 28 -i "${masters[1]}" -filter_complex \
  '[0]aformat=sample_rates=44100:channel_layouts=stereo[x];[1]aformat=sample_rates=44100:channel_layouts=stereo[y];[x][y]concat=n=2:v=0:a=1' \
  "$music/edit.flac"

# The copies of each track in its formats, and all copies of every two tracks as different.
python3 - "$ECHOFOLD_SAMPLE" "${masters[0]}" "$music/edit.flac" <<'PY' >"$work/labels.csv"
import itertools, os, sys
files = [os.path.join(folder, name) for folder, _, names in os.walk(sys.argv[1]) for name in names
         if name.endswith((".flac", ".mp3", ".m4a"))]
track = lambda path: os.path.splitext(os.path.basename(path))[0]
print("a,b,label,treatment")
print(f"{sys.argv[2]},{sys.argv[3]},edit,other_end")
for a, b in itertools.combinations(sorted(files), 2):
    print(f"{a},{b},{'same' if track(a) == track(b) else 'different'},{os.path.basename(os.path.dirname(b))}")
PY
expect 0 echofold scan "$ECHOFOLD_SAMPLE"
expect 0 echofold tune --html "$work/full.html" "$work/labels.csv"
grep -qiE '<script|https?://|url\(|@import|<link|<img|src=' "$work/full.html" && fail "the page does not stand alone"
screenshot "$work/full.html" "$work/full.png"
python3 "$here/tune_page.py" "$work/full.png" || fail "a chart is not drawn"

# A report without results must not look like one with results.
for n in 1 2; do echo text >"$music/$n.mp3"; done
printf 'a,b,label\n1.mp3,2.mp3,same\n' >"$music/labels.csv"
expect 1 echofold tune --html "$work/empty.html" "$music/labels.csv"
screenshot "$work/empty.html" "$work/empty.png"
! python3 "$here/tune_page.py" "$work/empty.png" >"$work/out" || fail "the check is blind: it takes an empty report for a full one"
[ "$(grep -c 'NOT DRAWN' "$work/out")" -eq 5 ] || { cat "$work/out"; fail "an empty report has a chart"; }

# A report may be overwritten, another file may not.
expect 1 echofold tune --html "$work/empty.html" "$music/labels.csv"
expect 2 echofold tune --html "$work/labels.csv" "$music/labels.csv"
if [ -n "${ECHOFOLD_KEEP:-}" ]; then cp "$work"/{full,empty}.{html,png} "$ECHOFOLD_KEEP"; fi
