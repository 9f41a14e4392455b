#!/usr/bin/env bash
# Incomplete downloads are offered in review next to the whole copy, not as edits; tags and junk make no difference.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
lib=$HOME/Music
mkdir -p "$lib"
for seed in 1 2 3; do song $seed "$work/song$seed.flac" 60; done

# cut FILE PERCENT: keeps only its first part.
cut() { truncate -s $(($(stat -c %s "$1") * $2 / 100)) "$1"; }

cp "$work/song1.flac" "$lib/one.flac" && cp "$work/song1.flac" "$lib/one (partial).flac"
cut "$lib/one (partial).flac" 60
convert "$work/song2.flac" "$lib/two.mp3" -b:a 128k
cp "$work/song2.flac" "$lib/two.flac" && cut "$lib/two.flac" 70
convert "$work/song3.flac" "$lib/three.m4a" -c:a aac -movflags faststart
convert "$work/song3.flac" "$lib/three short.m4a" -t 35 -c:a aac
cp "$lib/two.mp3" "$lib/two tagged.mp3" && head -c 30000 /dev/zero >>"$lib/two tagged.mp3"

expect 0 echofold dedupe --format ndjson "$lib"
json '[d["why"].split(";")[0].split(" s,")[1] for r in rows for d in r["drop"] if "(partial)" in d["path"] or "two.flac" in d["path"]] == [" the other copy is whole"] * 2'
json 'all(d["action"] == "review" and d["relation"] == "same_recording" and d["band"] == "review" for r in rows for d in r["drop"] if "lacks the last" in d["why"])'
json '[r["keep"]["path"].rsplit("/", 1)[1] for r in rows if any("lacks the last" in d["why"] for d in r["drop"])][0] == "one.flac"'
json '[(d["relation"], d["action"]) for r in rows for d in r["drop"] if "three" in d["path"]] == [("edit", "none")]'
json '[d["signs"] for r in rows for d in [r["keep"], *r["drop"]] if "tagged" in d["path"]] == [["dual mono"]]'
expect 0 echofold pairs --relation edit --format ndjson
json 'all("three" in r["a"] for r in rows)'
expect 0 echofold compare "$lib/one.flac" "$lib/one (partial).flac" --format ndjson
json 'rows[0]["relation"] == "same_recording" and rows[0]["band"] == "review"'
expect 0 echofold query "$lib/two.flac" --format ndjson
json 'all(r["relation"] == "same_recording" for r in rows)'
