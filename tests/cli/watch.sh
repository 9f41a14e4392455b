#!/usr/bin/env bash
# watch: finds copies as they appear, in real folders; reports them or sets them aside; ends on a signal with an
# intact library.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$music/a.flac" 30
song 2 "$work/b.flac" 30
convert "$music/a.flac" "$work/a.mp3" -b:a 192k
convert "$work/b.flac" "$work/b.mp3" -b:a 192k
touch -d '1 hour ago' "$music"/* "$work"/*.*
start() {
  "$ECHOFOLD" --db "$db" watch --settle 1 --format ndjson "$@" >"$work/told" 2>"$work/said" &
  pid=$!
  trap 'kill -KILL $pid 2>/dev/null || true; chmod -R u+rwx "$work" 2>/dev/null; rm -rf "$work"' EXIT
}
patience=$(watched && echo 2400 || echo 150)  # tenths of a second
# comes FILE TEXT: waits until FILE contains TEXT.
comes() {
  for _ in $(seq $patience); do grep -qF -- "$2" "$work/$1" && return; sleep 0.1; done
  cat "$work/told" "$work/said" >&2
  fail "does not come: $2"
}
ends() {
  local code=0
  kill "-$1" $pid
  for _ in $(seq $patience); do kill -0 $pid 2>/dev/null || break; sleep 0.1; done
  kill -0 $pid 2>/dev/null && fail "does not end on $1"
  wait $pid || code=$?
  [ $code -eq "$2" ] || { cat "$work/said"; fail "ends with $code instead of $2 on $1"; }
}

expect 2 echofold watch
says "watch.paths"

# In an empty folder it names the folder and waits for music.
mkdir "$work/empty"
db=$work/empty.db start "$work/empty"
comes said "watching $work/empty for changes"
comes said "no music to read yet"
grep -q "no music files" "$work/said" && fail "an empty folder looks like a failure"
kill -0 $pid || fail "does not wait in an empty folder"
cp -p "$work/a.mp3" "$work/empty/a.mp3"
comes told '"fingerprinted"'
ends TERM 0

start "$music"
comes told '"fingerprinted"'
cp -p "$work/a.mp3" "$music/copy.mp3"
comes told '"echofold.finding/1"'
cp "$work/told" "$work/out"
json '[(r["action"], r["path"].endswith("/copy.mp3"), r["keep"].endswith("/a.flac")) for r in rows if r["schema"] == "echofold.finding/1"] == [("move", True, True)]'
[ -f "$music/copy.mp3" ] || fail "moved without being told to"
# Other verbs can run in between.
expect 0 echofold plan
mkdir -p "$music/album"
mv "$music/copy.mp3" "$music/album/copy.mp3"
comes told '"moved"'
ends TERM 0
[ "$(grep -c finding "$work/told")" -le 2 ] || fail "tells one finding again and again"
expect 0 echofold check

# The policy auto, from the configuration.
tree "$music" >"$work/before"
mkdir -p "$HOME/.config/echofold"
printf '[watch]\npaths = ["%s"]\npolicy = "auto"\n' "$music" >"$HOME/.config/echofold/config.toml"
start
comes told '"echofold.applied/1"'
[ -f "$music/album/copy.mp3" ] && fail "not set aside"
[ -f "$music/a.flac" ] || fail "the keeper is gone"
cp -p "$work/b.mp3" "$music/b.mp3"
cp -p "$work/b.flac" "$music/b.flac"
for _ in $(seq $patience); do [ "$(grep -c applied "$work/told")" -ge 2 ] && break; sleep 0.1; done
[ -f "$music/b.flac" ] && [ ! -f "$music/b.mp3" ] || fail "not the better copy stays"
ends INT 130
expect 0 echofold undo
rm "$music/b.mp3" "$music/b.flac"
expect 0 echofold undo
tree "$music" | grep -v '^\. d\|^\./album d' >"$work/after"
grep -v '^\. d\|^\./album d' "$work/before" | cmp - "$work/after" || fail "undo does not bring back what was"
expect 0 echofold check

# What was undone stays in place.
start
comes told '"echofold.finding/1"'
[ -f "$music/album/copy.mp3" ] || fail "moved again after undo"
ends TERM 0

# A signal during a scan.
ffmpeg -nostdin -v error -stream_loop 20 -i "$work/b.flac" -b:a 64k "$work/long.mp3"
for n in $(seq 16); do cp "$work/long.mp3" "$music/long$n.mp3"; done
touch -d '1 hour ago' "$music"/long*
start --threads 1 --policy report
comes told '"fingerprinted"'
ends TERM 0
expect 0 echofold check
expect 0 echofold scan --format ndjson "$music"
json 'all(r["status"] != "failed" for r in rows)'
