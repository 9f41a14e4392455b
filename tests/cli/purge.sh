#!/usr/bin/env bash
# purge deletes what old runs set aside, after it shows the size and asks; history and undo report it.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
for seed in 1 2; do
  song $seed "$music/$seed.flac" 30
  convert "$music/$seed.flac" "$music/$seed.mp3" -b:a 192k
done
printf '#EXTM3U\n1.mp3\n' >"$music/list.m3u"
expect 0 echofold scan "$music"
expect 0 echofold plan --format ndjson
grep '/1.flac' "$work/out" >"$work/plan1"
grep '/2.flac' "$work/out" >"$work/plan2"
expect 0 echofold apply "$work/plan1"
expect 0 echofold apply "$work/plan2"
size=$(find "$music/.echofold-duplicates" -name '*.mp3' -printf '%s\n' | awk '{s += $1} END {print s}')

expect 2 echofold purge
says "purge --older-than 30d"
for age in x 30 d -3d 3h 1.5d 99999999d; do expect 2 echofold purge --older-than="$age" --yes; done
expect 0 echofold purge --older-than 1d --yes
says "nothing was deleted"
expect 0 echofold history
says "can be undone"
says "in $music/.echofold-duplicates/"
says "1 set aside (721.6 kB)"
expect 0 echofold history --format ndjson
json "len(rows) == 2 and sum(r['bytes'] for r in rows) == $size and all(r['undo'] == 'yes' and r['purged'] == 0 and r['gone'] == 0 for r in rows)"
json 'all(p["path"].endswith("/" + r["run"]) for r in rows for p in r["places"])'

# Without a terminal to ask on, nothing is deleted without --yes.
expect 0 echofold purge --older-than 0d -n
says "2 files ("
says "nothing was deleted"
expect 2 echofold purge --older-than 0d
says "--yes"
if command -v script >/dev/null; then
  printf 'maybe\nn\n' | script -qec "$(printf '%q ' "$ECHOFOLD" --db "$db" purge --older-than 0d)" /dev/null >"$work/out"
  says "Delete 2 files ("
  says "answer y or n"
fi
[ "$(find "$music/.echofold-duplicates" -name '*.mp3' | wc -l)" -eq 2 ] || fail "something was deleted"

# A file that was changed there stays and is named; the other is deleted.
touch "$music/.echofold-duplicates"/*/2.mp3
expect 0 echofold purge --older-than 0d --yes --format ndjson
json 'sorted((r["path"].rsplit("/")[-1], r["purged"]) for r in rows) == [("1.mp3", True), ("2.mp3", False)]'
json "[r['why_not'] for r in rows if not r['purged']][0].find('changed') > 0"
expect 0 echofold history --format ndjson
json '[(r["undo"], r["purged"], r["places"] == []) for r in rows] == [("yes", 0, False), ("no", 1, True)]'
expect 0 echofold history
says "purged $(date +%Y-%m-%d)"
expect 0 echofold stats --format ndjson
json 'rows[0]["set_aside"] == 1'
run=$(echofold history --format ndjson | python3 -c 'import json,sys; print(json.loads(sys.stdin.readlines()[-1])["run"])')
expect 2 echofold undo "$run"
says "was purged"
grep -q 1.flac "$music/list.m3u" || fail "the playlist names the file that is gone"
expect 0 echofold undo
[ -f "$music/2.mp3" ] || fail "what was not purged does not come back"
[ ! -e "$music/.echofold-duplicates" ] || fail "the empty folder stays"
[ -f "$music/1.flac" ] && [ -f "$music/2.flac" ] || fail "a keeper is gone"

# The last copy is not deleted.
expect 0 echofold dedupe --again --apply "$music"
rm "$music/2.flac"
expect 0 echofold purge --older-than 0d --yes
says "no other copy"
find "$music/.echofold-duplicates" -name 2.mp3 | grep -q . || fail "the last copy was deleted"
expect 10 "$ECHOFOLD" --db "$work/none" purge --older-than 1d --yes
