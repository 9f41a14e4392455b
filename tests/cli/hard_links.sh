#!/usr/bin/env bash
# A loser with several names (hard links): all names that the library knows are moved and restored as one file. If it
# has a name outside the library, it stays, and the message says so.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$music/keep.flac" 30
mkdir -p "$music/other"
ffmpeg -nostdin -v error -i "$music/keep.flac" -b:a 96k "$music/song.mp3"
ln "$music/song.mp3" "$music/other/linked.mp3"
tree "$music" >"$work/before"

expect 0 echofold dedupe --apply "$music"
says "1 set aside, 1 further name of them (hard link)"
says "another name of $music/other/linked.mp3"
[ ! -e "$music/song.mp3" ] && [ ! -e "$music/other/linked.mp3" ] || fail "a name stayed"
aside=$(find "$music/.echofold-duplicates" -name 'song.mp3')
[ "$(stat -c %h "$aside")" = 2 ] || fail "the names are two files in the set-aside folder"
"$ECHOFOLD" --db "$db" export --format csv | grep -qF "$music/song.mp3" && fail "a name that is set aside is told"
expect 0 echofold undo
tree "$music" >"$work/after"
diff "$work/before" "$work/after" || fail "undo did not restore the tree"
[ "$music/song.mp3" -ef "$music/other/linked.mp3" ] || fail "undo made two files of one"
expect 0 echofold history
says "1 set aside, 1 further name"
says "taken back"

ln "$music/song.mp3" "$work/outside.mp3"
tree "$music" >"$work/before"
expect 1 echofold dedupe --again --apply "$music"
says "has another name outside the library (a hard link; 2 of its 3 names are known)"
tree "$music" >"$work/after"
diff "$work/before" "$work/after" || fail "a file with a name outside the library was moved"
