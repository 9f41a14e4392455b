#!/usr/bin/env bash
# Only the user can read the library's files, whatever the umask.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
umask 000
song 1 "$music/a.flac" 30
convert "$music/a.flac" "$music/b.mp3" -b:a 192k
expect 0 echofold dedupe --apply "$music"
expect 0 echofold check
[ -e "$db/index.faiss" ] && [ -n "$(ls "$db/runs")" ] || fail "not all files of a library are there"
find "$db" -type d ! -perm 700 -o -type f ! -perm 600 >"$work/open"
[ ! -s "$work/open" ] || { find "$db" -printf '%m %p\n' >&2; fail "others may read the library: $(cat "$work/open")"; }
# An existing folder that is open to others stays so; the files in it do not.
mkdir -m 777 "$work/open_db"
expect 0 "$ECHOFOLD" --db "$work/open_db" dedupe "$music"
find "$work/open_db" -mindepth 1 \( -type d ! -perm 700 -o -type f ! -perm 600 \) | grep . && fail "others may read the files"
# A file that was set aside and restored has its old permissions.
[ "$(stat -c %a "$music"/.echofold-duplicates/*/b.mp3)" = "$(stat -c %a "$music/a.flac")" ] || fail "the copy has other rights now"
