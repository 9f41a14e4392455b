#!/usr/bin/env bash
# Tables fit a terminal of 80 columns; in a pipe, lines are not cut. Each ends with the next step.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# on_terminal COLUMNS COMMAND...: runs it on its own terminal; its output, without colour, is in $work/out.
on_terminal() {
  python3 - "$@" >"$work/out" <<'PY'
import fcntl, os, pty, re, struct, sys, termios
pid, master = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(sys.argv[1]), 0, 0))
    os.execvp(sys.argv[2], sys.argv[2:])
shown = b""
try:
    while piece := os.read(master, 65536):
        shown += piece
except OSError:
    pass
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
text = shown.decode().replace("\r\n", "\n")
sys.stdout.write(re.sub(r"\x1b\[[0-9;]*[mK]", "", text))
sys.exit(code)
PY
}

# fits COLUMNS: no line of $work/out is longer.
fits() {
  python3 - "$work/out" "$1" <<'PY' || fail "does not fit $1 columns"
import sys
lines = open(sys.argv[1], encoding="utf-8").read().split("\n")
long = [line for line in lines if "\r" not in line and len(line) > int(sys.argv[2])]
sys.exit("\n".join(long)) if long else None
PY
}

folder="$music/a folder with a long name that goes on and on and on/and a second one below it that is as long"
mkdir -p "$folder"
song 1 "$folder/01 the name of the song.flac"
convert "$folder/01 the name of the song.flac" "$work/titled.flac" -metadata title=Song
mv "$work/titled.flac" "$folder/01 the name of the song.flac"
convert "$folder/01 the name of the song.flac" "$music/copy.mp3" -b:a 128k
convert "$folder/01 the name of the song.flac" "$music/live.mp3" -b:a 128k -metadata "title=Song (live)"
song 2 "$music/other.wav"
convert "$music/other.wav" "$music/other.ogg" -ac 2

expect 0 echofold scan "$music"
says '`echofold plan` shows what is there more than once.'
for columns in 80 70; do
  for verb in plan pairs stats "dedupe $music"; do
    # shellcheck disable=SC2086  # a verb and its argument
    on_terminal "$columns" "$ECHOFOLD" --db "$db" --progress never $verb || fail "$verb ended with $?"
    fits "$columns"
  done
done
on_terminal 80 "$ECHOFOLD" --db "$db" --progress never plan
says "In $music:"
says "01 the name of the song.flac"
says "…"
says 'titles differ: "live" only in this one'
says 'Nothing was moved: `echofold dedupe --apply` moves what is certain'
grep -qF "$music/" "$work/out" && fail "the folder is named more than once"
grep -oE '^ +[0-9]+\. ' "$work/out" | tr -d ' .' | cmp - <(seq 2) || fail "groups are not numbered as they are shown"

# Whole paths if a program reads the output.
expect 0 echofold plan
says "${folder#"$music"/}/01 the name of the song.flac"
grep -qF "…" "$work/out" && fail "a path was cut in a pipe"

# Only the totals; stats prints the same figures as the plan.
expect 0 echofold plan --summary
totals=$(head -1 "$work/out")
[ "$(wc -l <"$work/out")" -eq 2 ] || fail "more than the totals and the next step"
expect 0 echofold dedupe --summary "$music"
says "$totals"
expect 0 echofold stats
says "$totals"
says "WAV"
grep -qE "PCM|0 set aside|0 failed" "$work/out" && fail "words of the code, or a category that is empty"

# The lists of acting verbs, their messages and what they leave in the lists of runs and answers fit, too.
printf 'other.wav\nD:\\a folder\\%s\\copy.mp3\n' "$(basename "$music")" >"$music/list.m3u"
runs=$work/other.db
expect 0 "$ECHOFOLD" --db "$runs" scan "$music"
expect 0 "$ECHOFOLD" --db "$runs" plan --format ndjson
cp "$work/out" "$work/plan"
on_terminal 80 "$ECHOFOLD" --db "$runs" --progress never apply "$work/plan" && fail "the playlist followed"
says "could not follow"
fits_without_places() { grep -v "^ *in /" "$work/out" >"$work/rest"; mv "$work/rest" "$work/out"; fits 80; }
fits_without_places
on_terminal 80 "$ECHOFOLD" --db "$runs" history || fail "history ended with $?"
fits_without_places
expect 0 "$ECHOFOLD" --db "$runs" undo
touch "$music/copy.mp3"
on_terminal 80 "$ECHOFOLD" --db "$runs" apply "$work/plan" && fail "a changed file was moved"
says "not moved: "
fits_without_places
expect 0 "$ECHOFOLD" --db "$runs" undo
rm "$music/list.m3u"

# What was set aside is at the printed place; what was not moved is named once.
expect 0 echofold dedupe --apply "$music"
says "set aside $music/copy.mp3"
folder=$(sed -n 's/^  in //p' "$work/out")
[ -f "$folder/copy.mp3" ] || fail "copy.mp3 is not in $folder"
expect 0 echofold undo
expect 0 echofold plan --again --format ndjson
cp "$work/out" "$work/plan"
touch "$music/copy.mp3"
expect 1 echofold apply "$work/plan"
says "not moved: $music/copy.mp3: changed since the plan was made"
[ "$(grep -c "copy.mp3" "$work/err")" -eq 1 ] || fail "the file that was not moved is not named once"

# The sentence about new files is also wrapped.
new="$work/new music of this week"
mkdir "$new"
song 3 "$new/only here.mp3" 20
convert "$music/other.wav" "$new/worse.mp3" -b:a 128k
song 4 "$music/lossy.mp3" 20
mv "$work/song.wav" "$new/better.wav"
expect 0 echofold scan "$music"
on_terminal 80 "$ECHOFOLD" --db "$db" --progress never dedupe --only-new "$new" || fail "dedupe ended with $?"
fits 80
tr -s '\n ' ' ' <"$work/out" >"$work/line"
grep -qF "Of 3 files here, 1 is a copy of a better file in $music, 1 is better than its copy in $music, which stays, 1 is new." "$work/line" ||
  { cat "$work/out"; fail "the new files are not told"; }
