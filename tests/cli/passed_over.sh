#!/usr/bin/env bash
# Files with endings that are not looked at, and links, are counted and named once; not what is no music.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$music/song.flac" 20
mkdir "$music/clips"
for n in 1 2 3; do cp "$music/song.flac" "$music/clips/$n.WebM"; done
cp "$music/song.flac" "$music/book.m4b"
touch "$music/cover.jpg" "$music/notes.txt" "$music/list.m3u" "$music/noending" "$music/.hidden.webm"
mkdir "$work/elsewhere"
cp "$music/song.flac" "$work/elsewhere/away.flac"
ln -s "$work/elsewhere" "$music/folder link"
ln -s "$work/elsewhere/away.flac" "$music/file link.flac"
ln -s cover.jpg "$music/front.jpg"
ln -s nowhere.flac "$music/broken.flac"

expect 0 echofold scan "$music"
says '4 files were not looked at for their endings: 3 .webm, 1 .m4b (--extension webm takes those)'
says "2 links were not followed: $music/file link.flac, $music/folder link"
[ "$(grep -c 'not followed\|endings' "$work/err")" -eq 2 ] || fail "not named once"
expect 0 echofold -q scan "$music"
[ ! -s "$work/err" ] || fail "something is said though -q was given"

expect 0 echofold scan --extension webm --exclude '*.m4b' "$music" --format ndjson
json 'len(rows) == 4'
grep -q 'ending' "$work/err" && fail "names what was looked at or excluded"
expect 0 echofold dedupe --extension webm "$music"
says '1 file was not looked at for its ending: 1 .m4b'

# Nothing passed over, nothing said.
expect 0 echofold scan "$work/elsewhere"
grep -q 'not followed\|ending\|left out' "$work/err" && fail "names what is not there"
exit 0
