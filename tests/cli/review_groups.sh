#!/usr/bin/env bash
# The review of a recording with three copies, and of one with a muted word, on a terminal of 80 columns: all copies are
# shown together, the strip of bit errors and what was heard are drawn, and a copy that beats one and loses to another is
# set aside after the one that it beats.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
keys() { python3 "$(dirname "${BASH_SOURCE[0]}")/review_keys.py" "$ECHOFOLD" "$db" "$work" "$@"; }
export NO_COLOR=1 LC_ALL=C.UTF-8
song 1 "$work/song.flac" 40
convert "$work/song.flac" "$music/a.flac" -metadata title="Song"
convert "$work/song.flac" "$music/b.mp3" -b:a 192k -metadata title="Song (Live)"
convert "$work/song.flac" "$music/c.mp3" -b:a 128k -metadata title="Song (Live)"
song 2 "$work/song.flac" 40
convert "$work/song.flac" "$music/d.flac"
convert "$work/song.flac" "$music/e.mp3" -b:a 192k -af "volume=0:enable='between(t,20,20.5)'"
tree "$music" >"$work/before"
expect 0 echofold scan "$music"
keys ascii
keys groups
[ ! -e "$music/a.flac" ] && [ -f "$music/b.mp3" ] && [ ! -e "$music/c.mp3" ] || { ls "$music"; fail "the chain of answers was not carried out"; }
[ -f "$music/d.flac" ] && [ -f "$music/e.mp3" ] || fail "S moved something"
for _ in 1 2; do expect 0 echofold undo; done
tree "$music" >"$work/after"
diff "$work/before" "$work/after" || fail "undo did not restore the tree"
