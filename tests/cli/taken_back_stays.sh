#!/usr/bin/env bash
# What undo restored stays for dedupe, review and watch, under any name, until --again.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$music/a.flac" 30
convert "$music/a.flac" "$music/a.mp3" -b:a 192k
song 2 "$music/b.flac" 30
convert "$music/b.flac" "$music/b.mp3" -b:a 192k
expect 0 echofold dedupe --apply "$music"
expect 0 echofold undo
says "--again"
touch "$music/a.mp3" # read again: the mark belongs to the track
mkdir "$music/sub" && mv "$music/b.mp3" "$music/sub/renamed.mp3"
expect 0 echofold dedupe --apply "$music"
[ -f "$music/a.mp3" ] && [ -f "$music/sub/renamed.mp3" ] || fail "what undo brought back was moved again"
says 'No duplicates to set aside.'
says '2 copies stay: you took them back (`--again` plans them).'
grep -qF -e keep -e a.flac "$work/out" && fail "groups that were taken back fill the table"
expect 0 echofold stats
says '2 copies stay: you took them back'
expect 0 echofold plan --format ndjson
json '[(d["action"], d["band"]) for r in rows for d in r["drop"]] == [("none", "auto")] * 2'
expect 0 echofold review -n
says "nothing to decide"
# New copies are moved as usual. Numbering in the output starts at 1.
convert "$music/a.flac" "$music/new.mp3" -b:a 128k
song 3 "$music/z.flac" 30
convert "$music/z.flac" "$music/z.mp3" -b:a 128k -metadata "title=Z (live)"
convert "$music/z.flac" "$work/z.flac" -metadata title=Z
mv "$work/z.flac" "$music/z.flac"
expect 0 echofold dedupe "$music"
says "2 groups: 1 file to move"
says '2 copies stay: you took them back (`--again` plans them).'
says 'Nothing was moved: `--apply` moves what is certain and asks about the rest (on a terminal).'
grep -oE '^ +[0-9]+\. ' "$work/out" | tr -d ' .' | cmp - <(seq 2) || fail "groups are not numbered as they are shown"
grep -qF b.flac "$work/out" && fail "a group that was taken back is in the table"
expect 0 echofold dedupe --format ndjson "$music"
json '[(r["keep"]["path"].rsplit("/")[-1], r["group"]) for r in rows] == [("a.flac", 1), ("z.flac", 2), ("b.flac", 3)]'
expect 0 echofold dedupe --apply "$music"
[ ! -e "$music/new.mp3" ] && [ -f "$music/a.mp3" ] || fail "not the new copy alone is moved"
# With nothing to move, the next step is the pair to review.
expect 0 echofold plan
says "1 group: 1 pair to review."
says '`echofold review` asks about it.'
grep -q 'Nothing was moved' "$work/out" && fail "--apply would move nothing"
expect 0 echofold dedupe "$music"
says '`echofold review` asks about it.'
rm "$music/z.mp3"
# With --again it is treated like any other, and is no longer kept afterwards.
expect 0 echofold dedupe --again "$music"
says "2 files to move"
expect 0 echofold dedupe --again --apply "$music"
[ ! -e "$music/a.mp3" ] && [ ! -e "$music/sub/renamed.mp3" ] || fail "--again does not move it"
expect 0 echofold stats --format ndjson
json 'rows[0]["set_aside"] == 3'

# A copy that was replaced by a link stays as well.
expect 0 echofold undo
cp "$music/a.flac" "$music/same.flac"
expect 0 echofold dedupe --apply --link hard "$music"
[ "$(stat -c %h "$music/same.flac")" = 2 ] || fail "no link"
expect 0 echofold undo
says "--again"
expect 0 echofold dedupe --apply --link hard "$music"
[ "$(stat -c %h "$music/same.flac")" = 1 ] || fail "what undo brought back became a link again"
says "you took"
expect 0 echofold dedupe --again --apply --link hard "$music"
[ "$(stat -c %h "$music/same.flac")" = 2 ] || fail "--again does not link it"
