#!/usr/bin/env bash
# Waiting for input ends at the first signal; what is not a regular file is neither waited for nor read to its end.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$music/a.flac"
convert "$music/a.flac" "$music/a.mp3" -b:a 192k
expect 0 echofold dedupe --format ndjson "$music"
cp "$work/out" "$work/plan"
mkfifo "$work/pipe"
limit=$(watched && echo 60 || echo 20)

# in_time CODE ARGUMENT...: runs the program as expect does, with a time limit.
in_time() {
  local wanted=$1
  shift
  expect "$wanted" timeout -s KILL "$limit" "$ECHOFOLD" --db "$db" "$@"
}

# ends_at SIGNAL COMMAND...: the command waits for input that never comes; one signal ends it, with the documented
# code.
ends_at() {
  local signal=$1 code=0
  shift
  timeout -s KILL "$limit" "$@" >"$work/out" 2>"$work/err" 7<>"$work/pipe" <&7 &
  local pid=$!
  sleep "$(watched && echo 5 || echo 1)"
  kill -0 $pid 2>/dev/null || { cat "$work/err" >&2; fail "did not wait: $*"; }
  kill "-$signal" "$(pgrep -P $pid | head -1)"
  wait $pid || code=$?
  [ $code -eq 130 ] || { cat "$work/err" >&2; fail "exit code $code instead of 130 after $signal: $*"; }
}

for signal in INT TERM; do
  ends_at $signal "$ECHOFOLD" --db "$db" apply -
  ends_at $signal "$ECHOFOLD" --db "$db" apply "$work/pipe"
  ends_at $signal "$ECHOFOLD" --db "$db" apply -n /dev/stdin
  ends_at $signal "$ECHOFOLD" --db "$work/new" import
  ends_at $signal "$ECHOFOLD" --db "$work/new" import -n -
  ends_at $signal "$ECHOFOLD" --db "$db" scan --files-from -
  ends_at $signal "$ECHOFOLD" --db "$db" scan -n --files-from0 "$work/pipe"
  ends_at $signal "$ECHOFOLD" --db "$db" dedupe --files-from "$work/pipe"
  ends_at $signal "$ECHOFOLD" --db "$db" tune "$work/pipe"
done
[ -e "$music/a.flac" ] && [ -e "$music/a.mp3" ] || fail "something was moved"

# Lines received before the signal are kept; an incomplete one is dropped.
line='{"path":"/x","duration":9,"fingerprint":[1,2,3]}'
exec 8<>"$work/pipe"
"$ECHOFOLD" --db "$work/new" import "$work/pipe" >"$work/out" 2>"$work/err" &
pid=$!
{ echo "$line"; echo -n "${line:0:20}"; } >&8
sleep "$(watched && echo 5 || echo 1)"
kill -INT $pid
wait $pid && code=0 || code=$?
exec 8>&-
[ $code -eq 130 ] || fail "exit code $code instead of 130"
if grep -q ':2:' "$work/err"; then fail "half a line was taken for one"; fi
echo "$line" >"$work/lines"
expect 0 "$ECHOFOLD" --db "$work/new" import "$work/lines"
says "1 unchanged"

# Legitimate pipes still work: process substitutions, /dev/stdin, a named pipe.
expect 0 echofold apply -n <(cat "$work/plan")
says "would set aside"
echofold apply -n /dev/stdin <"$work/plan" >"$work/out"
says "would set aside"
cat "$work/plan" | echofold apply -n - >"$work/out"
says "would set aside"
(sleep 1; cat "$work/plan" >"$work/pipe") &
expect 0 echofold apply -n "$work/pipe"
wait
expect 0 "$ECHOFOLD" --db "$work/new" import <(echo "$line")
says "1 unchanged"
expect 0 "$ECHOFOLD" --db "$work/new" import /dev/null
expect 0 echofold scan --files-from <(echo "$music/a.flac")
expect 0 echofold --config /dev/null config show
printf 'a,b,label\n%s,%s,same\n' "$music/a.flac" "$music/a.mp3" >"$work/labels"
expect 0 echofold tune <(cat "$work/labels")

# What is not a regular file is refused, with advice. Nothing writes to the pipe.
for odd in "$work" /dev/zero; do
  in_time 2 apply "$odd"
  says "and a file is needed there"
  in_time 2 import "$odd"
  in_time 2 scan --files-from "$odd"
done
in_time 2 tune /dev/zero
in_time 2 apply "$work/pipe"
says "$work/pipe: is a pipe that nobody writes to"
for odd in "$work" "$work/pipe" /dev/zero; do
  for verb in "config show" history undo; do
    # shellcheck disable=SC2086  # verb and argument
    in_time 2 --config "$odd" $verb
    says "and a file is needed there"
  done
done
truncate -s 100G "$work/huge"
in_time 2 --config "$work/huge" history
says "$work/huge: is larger than 1 MB"
mkdir -p "$HOME/.config/echofold"
mkfifo "$HOME/.config/echofold/config.toml"
in_time 2 history
rm "$HOME/.config/echofold/config.toml"
mkfifo "$work/manifest.csv"
in_time 2 tune "$work/labels"
says "$work/manifest.csv: is a pipe"
rm "$work/manifest.csv"
in_time 2 tune "$work/labels" --html "$work/pipe"
in_time 2 --log "$work/pipe" history

# In the library: a pipe, a folder and a link to a folder as the journal of a run; a pipe as each of its files.
expect 0 echofold apply "$work/plan"

# A question on a terminal also ends at a signal.
for signal in 2 15; do
  python3 - "$limit" $signal "$ECHOFOLD" --db "$db" undo <<'PY' || fail "a question does not end at signal $signal"
import os, pty, signal, sys
limit, number, program = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
pid, terminal = pty.fork()
if pid == 0:
    os.execv(program[0], program)
signal.alarm(limit)
said = b""
while b"[Y/n]" not in said:
    said += os.read(terminal, 1000)
os.kill(pid, number)
sys.exit(0 if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 130 else 1)
PY
  [ ! -e "$music/a.mp3" ] || fail "undo moved something back that nobody had agreed to"
done
mkfifo "$db/runs/2020-01-01T00-00-00Z-0001.ndjson"
mkdir "$db/runs/2020-01-01T00-00-00Z-0002.ndjson"
ln -s "$work/pipe" "$db/runs/2020-01-01T00-00-00Z-0003.ndjson"
mkfifo "$db/runs/2999-01-01T00-00-00Z-0004.ndjson"
in_time 0 history
says "0004.ndjson: is a pipe, and a file is needed there"
in_time 0 dedupe "$music"
in_time 0 stats
in_time 0 purge --older-than 1y --yes
in_time 0 undo
[ -e "$music/a.mp3" ] || fail "undo did not bring the copy back"
in_time 3 undo 2999-01-01T00-00-00Z-0004
rm -r "$db/runs/"2*-000*
for name in index.faiss index.faiss.0123456789abcdef.lists index.faiss.AbCdEf.tmp; do
  rm -f "$db/$name"
  mkfifo "$db/$name"
done
in_time 0 pairs --format ndjson
json 'len(rows) == 1'
in_time 0 query "$music/a.flac"
for name in lock lock.mdb data.mdb; do
  mv "$db/$name" "$work/kept"
  mkfifo "$db/$name"
  for verb in pairs history check "scan $music"; do
    # shellcheck disable=SC2086  # verb and argument
    timeout -s KILL "$limit" "$ECHOFOLD" --db "$db" $verb >"$work/out" 2>"$work/err" && code=0 || code=$?
    [ $code -le 11 ] || { cat "$work/err" >&2; fail "exit code $code of $verb with a pipe as $name"; }
  done
  rm -f "$db/$name"
  mv "$work/kept" "$db/$name"
done
in_time 0 pairs

# Next to the music: playlists, cue sheets and what a cue sheet names.
mkfifo "$music/list.m3u" "$music/a.cue" "$music/a.lrc"
printf 'FILE "%s" WAVE\n  TRACK 01 AUDIO\n' "$work/pipe" >"$music/b.cue"
in_time 0 dedupe --apply --again "$music"
in_time 0 undo
rm "$music"/list.m3u "$music"/*.cue "$music"/a.lrc

# Sizes that are only claimed take neither time nor memory.
cheap() { # CODE ARGUMENT...: with a few GB of address space and a time limit
  local wanted=$1
  shift
  if watched; then in_time "$wanted" "$@"; else (ulimit -v 12000000; in_time "$wanted" "$@"); fi
}
rm -f "$db"/index.faiss*
truncate -s 100G "$db/index.faiss"
cheap 0 pairs --format ndjson
json 'len(rows) == 1'
truncate -s 100G "$db/index.faiss"
cheap 0 query "$music/a.flac"
run=$(basename "$(ls "$db"/runs/*.ndjson | tail -1)" .ndjson)
truncate -s 100G "$db/runs/$run.ndjson"
cheap 0 history
