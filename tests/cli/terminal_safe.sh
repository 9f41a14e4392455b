#!/usr/bin/env bash
# No name or tag reaches the terminal with a control character in any output: tables, messages, progress, errors.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
esc=$'\x1b]0;owned\x07\x1b[2J\xc2\x9b31m\r'
music=$work/music/$esc
db=$work/db$esc
mkdir "$music"
song 1 "$work/one.flac" 30
convert "$work/one.flac" "$music/a$esc.flac" -metadata "title=t$esc" -metadata "artist=x$esc"
convert "$work/one.flac" "$music/b$esc.mp3" -b:a 96k -metadata "title=t$esc"
song 2 "$music/c$esc.ogg" 30
echo "no music" >"$music/bad$esc.mp3"

# safe CODE COMMAND...: also checks that the output has no control character except newline.
safe() {
  local wanted=$1 got=0
  shift
  "$@" >"$work/out" 2>"$work/err" </dev/null || got=$?
  [ "$got" -eq "$wanted" ] || { cat -v "$work/out" "$work/err" >&2; fail "exit code $got instead of $wanted: $(printf %q "$*")"; }
  python3 - "$work/out" "$work/err" <<'PY' || { cat -v "$work/out" "$work/err" >&2; fail "a control character: $(printf %q "$*")"; }
import sys, unicodedata
for name in sys.argv[1:]:
    text = open(name, "rb").read().decode("utf-8")
    # Removes only what draws the progress line.
    text = text.replace("\r\x1b[K", "").replace("\x1b[K", "").replace("\r", "", text.count("files/s") * 2 + 2 if "files/s" in text else 0)
    bad = [c for c in text if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"]
    sys.exit(f"{name}: {bad[:5]}") if bad else None
PY
}
safe 1 echofold -v --progress always scan "$music"
for verb in "pairs" "plan" "history" "check"; do  # csv and m3u are for files, with the names' own bytes
  # shellcheck disable=SC2086  # a verb and its flags
  safe 0 echofold $verb
done
safe 0 echofold query "$music/b$esc.mp3"
safe 0 echofold tag --offline --every --all
safe 0 echofold compare "$music/a$esc.flac" "$music/b$esc.mp3"
printf 'a,b,label\n"%s","%s",same\n' "a$esc.flac" "b$esc.mp3" | tr -d '\r' >"$music/labels.csv"
safe 2 echofold tune "$music/labels.csv$esc"
printf 'a,b,label\na,b,%s\n' "$esc" >"$work/labels.csv"
safe 2 echofold tune "$work/labels.csv"
safe 0 echofold -v dedupe --apply "$music"
safe 0 echofold -v undo
safe 2 echofold "$esc"
safe 2 echofold pairs "--$esc"
safe 2 echofold --config "$work/none$esc" pairs
printf '"k%s" = 1\n' "$esc" | tr -d '\r' >"$work/config$esc"
safe 2 echofold --config "$work/config$esc" pairs
printf '{"schema":"%s"}\n' '\u001b[2J' >"$work/plan$esc"
safe 2 echofold apply "$work/plan$esc"
safe 2 echofold undo "run$esc"
printf '{"path":"x%s","duration":"\\u001b[2J"}\n' '\u001b[2J' >"$work/lines$esc"
safe 1 echofold import "$work/lines$esc"
safe 10 "$ECHOFOLD" --db "$work/no$esc" pairs
safe 2 echofold compare "$music/none$esc" "$music/a$esc.flac"
head -c 20000 "$db/data.mdb" >"$work/cut"
cp "$work/cut" "$db/data.mdb"
safe 3 echofold pairs
safe 3 echofold check
