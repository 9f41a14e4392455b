#!/usr/bin/env bash
# What undo brought back stays for dedupe, review and watch, under any name, until --again.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$music/a.flac" 30
convert "$music/a.flac" "$music/a.mp3" -b:a 192k
song 2 "$music/b.flac" 30
convert "$music/b.flac" "$music/b.mp3" -b:a 192k
expect 0 echofold dedupe --apply "$music"
expect 0 echofold undo
says "--again"
touch "$music/a.mp3" # read anew: the mark is the track's
mkdir "$music/sub" && mv "$music/b.mp3" "$music/sub/renamed.mp3"
expect 0 echofold dedupe --apply "$music"
[ -f "$music/a.mp3" ] && [ -f "$music/sub/renamed.mp3" ] || fail "what undo brought back was moved again"
says "you took it back"
says "2 copies stay"
grep -q 'to review' "$work/out" && fail "it asks about what stays"
expect 0 echofold plan --format ndjson
json '[(d["action"], d["band"]) for r in rows for d in r["drop"]] == [("none", "auto")] * 2'
expect 0 echofold review -n
says "nothing to decide"
# New copies are moved as ever.
convert "$music/a.flac" "$music/new.mp3" -b:a 128k
expect 0 echofold dedupe --apply "$music"
[ ! -e "$music/new.mp3" ] && [ -f "$music/a.mp3" ] || fail "not the new copy alone is moved"
# With --again like any other, and no longer kept then.
expect 0 echofold dedupe --again "$music"
says "2 files to move"
expect 0 echofold dedupe --again --apply "$music"
[ ! -e "$music/a.mp3" ] && [ ! -e "$music/sub/renamed.mp3" ] || fail "--again does not move it"
expect 0 echofold stats --format ndjson
json 'rows[0]["set_aside"] == 3'

# A copy that a link had replaced stays as well.
expect 0 echofold undo
cp "$music/a.flac" "$music/same.flac"
expect 0 echofold dedupe --apply --link hard "$music"
[ "$(stat -c %h "$music/same.flac")" = 2 ] || fail "no link"
expect 0 echofold undo
says "--again"
expect 0 echofold dedupe --apply --link hard "$music"
[ "$(stat -c %h "$music/same.flac")" = 1 ] || fail "what undo brought back became a link again"
says "you took it back"
expect 0 echofold dedupe --again --apply --link hard "$music"
[ "$(stat -c %h "$music/same.flac")" = 2 ] || fail "--again does not link it"
