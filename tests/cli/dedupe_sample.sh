#!/usr/bin/env bash
# The main job on real music: correct groups, the better copy stays, the others are set aside, everything is restored.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
[ -d "$ECHOFOLD_SAMPLE" ] || skip "no sample of real music"
cp -a "$ECHOFOLD_SAMPLE/." "$music"
tree "$music" >"$work/before"

expect 0 echofold dedupe --format ndjson "$music"
json 'len(rows) == len({r["keep"]["path"].rsplit("/")[-1].rsplit(".")[0] for r in rows}) >= 4'
json 'all(r["keep"]["path"].endswith(".flac") for r in rows)'
json 'all(d["path"].rsplit("/")[-1].rsplit(".")[0] == r["keep"]["path"].rsplit("/")[-1].rsplit(".")[0] for r in rows for d in r["drop"])'
json 'all(d["band"] == "auto" and d["similarity"] >= 0.98 and d["why"] for r in rows for d in r["drop"] if d["action"] == "move")'
# The ear asks about one of these, an AAC whose encoder lost something for a quarter of a second.
json '[d["heard"]["reason"] for r in rows for d in r["drop"] if d["action"] != "move"] in ([], ["burst"])'
asked=$(grep -o '"action":"review"' "$work/out" | wc -l)
drops=$(python3 -c 'import json,sys; print(sum(len(json.loads(l)["drop"]) for l in open(sys.argv[1])))' "$work/out")
files=$(find "$music" -type f \( -name '*.flac' -o -name '*.mp3' -o -name '*.opus' -o -name '*.m4a' -o -name '*.ogg' \) | wc -l)
[ $((files - drops)) -eq "$(wc -l <"$work/out")" ] || fail "of $files files $drops are losers, in $(wc -l <"$work/out") groups"
tree "$music" >"$work/planned"
cmp "$work/before" "$work/planned" || fail "a plan touched the tree"

expect 0 echofold dedupe --apply "$music"
[ "$(find "$music/.echofold-duplicates" -type f ! -name ".*ignore" | wc -l)" -eq $((drops - asked)) ] || fail "not all losers were set aside"
[ "$(find "$music" -path '*/.echofold-duplicates' -prune -o -type f -name '*.flac' -print | wc -l)" -eq "$(find "$ECHOFOLD_SAMPLE" -name '*.flac' | wc -l)" ] || fail "a keeper is gone"
expect 0 echofold dedupe --format ndjson "$music"
json 'all(d["action"] == "review" for r in rows for d in r["drop"])'

expect 0 echofold history --format ndjson
json 'len(rows) == 1'
expect 0 echofold undo
tree "$music" >"$work/after"
diff "$work/before" "$work/after" || fail "undo did not restore the tree"
expect 0 echofold scan "$music"
says "$files unchanged"
