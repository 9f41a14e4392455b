#!/usr/bin/env bash
# The review on a real terminal: single keys, the new file on the left and the library's on the right, P plays, and
# the terminal is restored after every kind of end.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
lib=$HOME/Music new=$HOME/Downloads/new
mkdir -p "$lib" "$new" "$work/bin" "$work/nothing"
# A title with "live" on only one side moves a pair from auto to review.
for seed in 1 2 3; do
  song $seed "$work/song.flac" 40
  convert "$work/song.flac" "$lib/$seed.flac" -metadata title="Song $seed"
  convert "$work/song.flac" "$new/$seed of an album with a long name.mp3" -b:a 192k -metadata title="Song $seed (Live)"
done
cat >"$work/bin/mpv" <<PLAYER
#!/bin/sh
echo "\$@" >>"$work/played"
[ ! -e "$work/slow" ] || exec sleep 60
PLAYER
chmod +x "$work/bin/mpv"
keys() { PATH=$work/bin:$PATH python3 "$(dirname "${BASH_SOURCE[0]}")/review_keys.py" "$ECHOFOLD" "$db" "$work" "$@"; }
tree "$HOME" >"$work/before"

expect 0 echofold scan "$lib"
expect 0 echofold dedupe --apply "$new"
says "All 3 files here need your decision in a review."
keys signals
keys plays
tree "$HOME" >"$work/after"
diff "$work/before" "$work/after" || fail "looking and listening changed something"

# 1 undone, then 2, then B, then Q.
keys keys
[ -f "$lib/1.flac" ] && [ ! -e "$new/1 of an album with a long name.mp3" ] || fail "2 did not keep the library's copy"
[ -f "$lib/2.flac" ] && [ -f "$new/2 of an album with a long name.mp3" ] || fail "B did not keep both"
[ -f "$lib/3.flac" ] && [ -f "$new/3 of an album with a long name.mp3" ] || fail "Q moved what was not answered"
expect 0 echofold undo
tree "$HOME" >"$work/after"
diff "$work/before" "$work/after" || fail "undo did not restore the tree"
