#!/usr/bin/env bash
# Skipped extensions and links are counted and named once; files that are not music are not.
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
says '4 files were left out because of their endings: 3 .webm, 1 .m4b (`--extension ENDING` takes the files of one ending)'
says "2 links were not followed: $music/file link.flac, $music/folder link"
[ "$(grep -c 'not followed\|endings' "$work/err")" -eq 2 ] || fail "not named once"
expect 0 echofold -q scan "$music"
[ ! -s "$work/err" ] || fail "something is said though -q was given"

expect 0 echofold scan --extension webm --exclude '*.m4b' "$music" --format ndjson
json 'len(rows) == 4'
grep -q 'ending' "$work/err" && fail "names what was looked at or excluded"
expect 0 echofold dedupe --extension webm "$music"
says '1 file was left out because of its ending: 1 .m4b (`--extension m4b` takes it)'

# For a name without an extension, the first bytes decide.
music=$work/music2
mkdir "$music"
song 2 "$work/source.flac" 5
for ending in flac mp3 mp2 ogg opus m4a aac wav aiff wv tta wma mka; do
  ffmpeg -nostdin -v error -y -i "$work/source.flac" -write_xing 0 -id3v2_version 0 "$work/s.$ending" 2>/dev/null ||
    ffmpeg -nostdin -v error -y -i "$work/source.flac" "$work/s.$ending"
  cp "$work/s.$ending" "$music/07. Song from $ending"
done
echo 'notes' >"$music/README"
printf '\377\376n\0o\0t\0e\0' >"$music/notes in UTF-16"
printf '\377\330\377\340' >"$music/a picture"
mkfifo "$music/pipe"
expect 0 echofold scan "$music"
says '13 files were left out because of their endings: 13 without one (rename them, or give them by name)'
cp "$work/s.flac" "$music/s.webm"
expect 0 echofold scan "$music"
says '14 files were left out because of their endings: 13 without one, 1 .webm (`--extension webm` takes those that end with .webm)'

# Nothing was skipped, so nothing is reported.
expect 0 echofold scan "$work/elsewhere"
grep -q 'not followed\|ending\|left out' "$work/err" && fail "names what is not there"
exit 0
