#!/usr/bin/env bash
# A library of format 1 is readable, and the first run that writes updates it. Track records of version 1 count as
# "not measured" and take part in plans; those of a newer version are refused.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# rewrite VERSION: rewrites both tracks.
rewrite() { [ "$("$REWRITE_TRACKS" "$db" "$1")" = 2 ] || fail "not two records were rewritten"; }
song 1 "$music/a.flac"
convert "$music/a.flac" "$music/b.mp3" -b:a 128k
expect 0 echofold scan "$music"
expect 0 echofold export --format ndjson
json 'all(row["signs"] == ["dual mono"] and row["quality"]["spectrum_windows"] > 0 for row in rows)'

# what_it_says: the output of verbs that only read and of verbs that write.
what_it_says() {
  for verb in "query $music/b.mp3" export plan pairs; do
    # shellcheck disable=SC2086  # a verb and its file
    expect 0 echofold $verb --format ndjson
    cat "$work/out"
  done
}
what_it_says >"$work/of_this_format"
"$REWRITE_TRACKS" "$db" format1
expect 0 echofold query "$music/b.mp3" --format ndjson
json 'len(rows) == 1 and rows[0]["b"].endswith("a.flac")'
what_it_says >"$work/of_format_1"
cmp "$work/of_this_format" "$work/of_format_1" || fail "a library of format 1 says something else"
what_it_says >"$work/brought_up_to_date"
cmp "$work/of_this_format" "$work/brought_up_to_date" || fail "a library that was format 1 says something else"

rewrite 1
expect 0 echofold export --format ndjson
json 'len(rows) == 2 and all(row["signs"] == [] and row["quality"]["spectrum_windows"] == 0 for row in rows)'
json 'all(not row["quality"]["dual_mono"] and row["quality"]["header_duration_s"] > 30 for row in rows)'
expect 0 echofold plan --format ndjson
json 'len(rows) == 1 and rows[0]["keep"]["path"].endswith("a.flac")'
json '[(drop["action"], drop["why"]) for drop in rows[0]["drop"]] == [("move", "lossy")]'
expect 0 echofold scan "$music"
says "2 unchanged"

# Version 2 has no hashes of the audio: a retagged file is read again, and nothing is lost.
rewrite 2
expect 0 echofold plan --format ndjson
json 'len(rows) == 1 and [drop["action"] for drop in rows[0]["drop"]] == ["move"]'
convert "$music/b.mp3" "$music/b.mp3" -c copy -metadata title=Other
expect 0 echofold scan "$music"
says "1 fingerprinted, 1 unchanged"

# Version 3 has no levels and no further streams: an unchanged file is read again only on request.
convert "$music/a.flac" "$music/c.m4a" -b:a 128k
ffmpeg -nostdin -v error -y -f lavfi -i anullsrc=r=44100 -t 20 "$music/silence.flac"
expect 0 echofold scan "$music"
[ "$("$REWRITE_TRACKS" "$db" 3)" = 4 ] || fail "not four records were rewritten"
echofold export --format ndjson | python3 -c 'import json,sys; print(sorted((r["path"], r["id"]) for r in map(json.loads, sys.stdin)))' >"$work/ids"
expect 0 echofold plan --format ndjson
json 'any("--remeasure" in d["why"] for d in rows[0]["drop"] if d["path"].endswith("c.m4a"))'
expect 0 echofold scan "$music"
says "4 unchanged"
expect 0 echofold scan --remeasure -n "$music"
says "4 to read ("
ln "$music/b.mp3" "$music/a second name.mp3"
expect 0 echofold scan --remeasure "$music"
says "3 fingerprinted, 1 silent"
expect 0 echofold export --format ndjson
python3 -c 'import json,sys; print(sorted((r["path"], r["id"]) for r in map(json.loads, sys.stdin) if r["state"] != "link"))' <"$work/out" >"$work/ids_after"
cmp "$work/ids" "$work/ids_after" || fail "the tracks are other ones"
expect 0 echofold plan --format ndjson
json 'rows and all("--remeasure" not in d["why"] for d in rows[0]["drop"])'
expect 0 echofold scan --remeasure "$music"
says "4 unchanged"

rewrite() { [ "$("$REWRITE_TRACKS" "$db" "$1")" = 4 ] || fail "not four records were rewritten"; }

# Version 4 has no spectrum curve; silence has none either.
rewrite 4
expect 0 echofold scan "$music"
says "4 unchanged"
expect 0 echofold scan --remeasure "$music"
says "3 fingerprinted, 1 unchanged"
expect 0 echofold scan --remeasure "$music"
says "4 unchanged"

rewrite 6
for verb in pairs plan export; do
  expect 3 echofold $verb
  says "has version 6, this echofold knows 5"
done
expect 3 echofold scan "$music"
says "has version 6, this echofold knows 5"
