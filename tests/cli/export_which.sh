#!/usr/bin/env bash
# export: only keepers, losers or review, what a run changed, and playlists of each.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$music/a.flac"
convert "$music/a.flac" "$music/sub a.mp3" -b:a 192k -metadata title='The song' -metadata artist='Who, else'
song 2 "$music/b.flac"
convert "$music/b.flac" "$music/b.mp3" -b:a 128k
song 3 "$music/alone.flac"
expect 0 echofold scan "$music"
names() { python3 -c 'import csv,sys; print(" ".join(sorted(r["path"].rsplit("/",1)[1]+":"+r["state"] for r in csv.DictReader(open(sys.argv[1], newline="")))))' "$work/out"; }
is() { [ "$(names)" = "$1" ] || fail "$(names) instead of $1"; }
expect 0 echofold export
head -1 "$work/out" >"$work/columns"
is 'a.flac:keep alone.flac:unique b.flac:keep b.mp3:duplicate sub a.mp3:duplicate'
expect 0 echofold export --which keepers
is 'a.flac:keep b.flac:keep'
expect 0 echofold export --which losers
is 'b.mp3:duplicate sub a.mp3:duplicate'
expect 0 echofold export --which review
is ''
cmp <(head -1 "$work/out") "$work/columns" || fail "other columns"
expect 0 echofold export --which all --format ndjson
json 'len(rows) == 5'
expect 0 echofold export --which losers --format m3u
cmp "$work/out" <(printf '#EXTM3U\n#EXTINF:40,b.mp3\n%s\n#EXTINF:40,Who, else - The song\n%s\n' "$music/b.mp3" "$music/sub a.mp3") ||
  { cat "$work/out"; fail "another playlist"; }
expect 0 echofold export --which keepers --format m3u --relative "$music"
cmp "$work/out" <(printf '#EXTM3U\n#EXTINF:40,a.flac\na.flac\n#EXTINF:40,b.flac\nb.flac\n') || fail "another playlist"

# Two runs, one for each song.
run_of() { "$ECHOFOLD" --db "$db" history --format ndjson | python3 -c 'import json,sys; print([json.loads(l) for l in sys.stdin][0]["run"])'; }
expect 0 echofold plan --format ndjson
grep 'b.flac' "$work/out" >"$work/plan_b"
grep 'a.flac' "$work/out" >"$work/plan_a"
expect 0 echofold apply "$work/plan_b"
first=$(run_of)
expect 0 echofold apply "$work/plan_a"
second=$(run_of)
[ "$first" != "$second" ] || fail "one run"
expect 0 echofold export --since "$second"
is 'a.flac:unique sub a.mp3:set_aside'
expect 0 echofold export --since "$first"
is 'a.flac:unique b.flac:unique b.mp3:set_aside sub a.mp3:set_aside'
expect 0 echofold export --since "$first" --which losers
is 'b.mp3:set_aside sub a.mp3:set_aside'
expect 0 echofold export --since "$second" --which losers --format m3u
listed=$(tail -1 "$work/out")
[ -f "$listed" ] || fail "the playlist does not say where the file is now: $listed"
expect 0 echofold undo "$second"
expect 0 echofold export --since "$second" --which losers
is 'sub a.mp3:kept' # undo restored it
expect 0 echofold export --since "$second" --which keepers
is 'a.flac:keep'

expect 2 echofold export --since never
says 'there is no run "never"'
expect 2 echofold export --which winners
expect 2 echofold export --relative "$music"
says "--format m3u"
expect 2 echofold export --verdicts --which losers
