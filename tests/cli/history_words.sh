#!/usr/bin/env bash
# history lists separately each thing that a run did; a file that a later run moved is not reported as gone.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
mkdir "$music/good" "$music/bad"
for seed in 1 2; do
  song $seed "$work/$seed.flac" 30
  convert "$work/$seed.flac" "$music/good/$seed.flac" -metadata "title=Song $seed" -metadata artist=Band
  convert "$work/$seed.flac" "$music/bad/$seed.mp3" -b:a 128k -metadata "title=Song $seed" -metadata artist=Band
done
printf '../bad/1.mp3\n' >"$music/good/list.m3u"
bytes=$(cat "$music"/bad/*.mp3 | wc -c)
expect 0 echofold dedupe --apply --keep-path "$music"
says "2 put in their place"
expect 0 echofold history
says "2 set aside, 2 renamed, 1 rewritten ($(python3 -c "import sys; print('%.1f kB' % ($bytes / 1e3) if $bytes < 1e6 else '%.1f MB' % ($bytes / 1e6))"))"
says "\`echofold undo RUN\` takes a run back."
# Times are local, the names of runs are not.
for zone in UTC0 EST5 XYZ-5:30; do
  expect 0 env TZ=$zone "$ECHOFOLD" --db "$db" history
  at=$(sed -n 's/^\([0-9-]*T[0-9]*-[0-9]*-[0-9]*Z\)-.*/\1/p' "$work/out")
  says "  $(TZ=$zone date -d "$(echo "$at" | sed 's/T\(..\)-\(..\)-\(..\)Z/ \1:\2:\3 UTC/')" '+%Y-%m-%d %H:%M')"
done
expect 0 echofold history --format ndjson
json "(rows[0]['set_aside'], rows[0]['renamed'], rows[0]['rewritten'], rows[0]['bytes']) == (2, 2, 1, $bytes)"
expect 0 echofold stats --format ndjson
json 'rows[0]["set_aside"] == rows[0]["runs"][0]["set_aside"] == 2'

expect 0 echofold organize --apply
says "2 renamed"
expect 0 echofold history
says "2 renamed"
says "2 moved on by a later run; undo that run first"
grep -q gone "$work/out" && fail "nothing is gone"
expect 0 echofold history --format ndjson
json '[r["gone"] for r in rows] == [0, 0] and [r["renamed"] for r in rows] == [2, 2]'
# A file deleted at its new place is gone for both runs.
rm "$music/Band/Song 1.flac"
expect 0 echofold history --format ndjson
json '[r["gone"] for r in rows] == [1, 1]'
