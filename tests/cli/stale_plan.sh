#!/usr/bin/env bash
# Hazards: plans that are out of date, of another library, truncated or edited by hand. Files that differ from the
# plan stay.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$music/a.flac"
song 2 "$music/b.flac"
for name in a b; do convert "$music/$name.flac" "$music/$name.mp3" -b:a 192k; done
expect 0 echofold dedupe --format ndjson "$music"
cp "$work/out" "$work/plan"
tree "$music" >"$work/before"
unmoved() {
  tree "$music" >"$work/after"
  diff "$work/before" "$work/after" || fail "$1 moved something"
}

# A plan of another library, a truncated one, no plan at all, and one with a file that no scan has seen.
expect 0 "$ECHOFOLD" --db "$work/other" scan "$music"
expect 2 "$ECHOFOLD" --db "$work/other" apply "$work/plan"
says "another library"
unmoved "a plan of another library"
head -c -30 "$work/plan" >"$work/cut"
expect 2 echofold apply "$work/cut"
says "line 2"
unmoved "half a plan"
expect 2 echofold apply "$music/a.flac"
unmoved "a file that is no plan"
sed 's|/a\.mp3"|/../../../etc/hostname"|' "$work/plan" >"$work/edited"
head -1 "$work/edited" >"$work/first"
expect 1 echofold apply "$work/first"
unmoved "an edited plan"

# A changed loser stays, the other is moved; applying the plan again does nothing.
touch -d '2001-01-01' "$music/a.mp3"
expect 1 echofold apply "$work/plan"
says "$music/a.mp3: changed since the plan was made"
[ -e "$music/a.mp3" ] || fail "a changed file was moved"
[ ! -e "$music/b.mp3" ] || fail "an unchanged file was not moved"
find "$music" | LC_ALL=C sort >"$work/found.before"
expect 1 echofold apply "$work/plan"
find "$music" | LC_ALL=C sort >"$work/found.after"
diff "$work/found.before" "$work/found.after" || fail "a plan that was applied moved something again"
expect 0 echofold undo
expect 2 echofold undo
says "no run to take back"

# Keepers of two groups swapped by hand: each file is unchanged, but no loser is a copy of its new keeper.
rm -rf "$music" "$db"; mkdir "$music"
song 1 "$music/a.flac"
song 2 "$music/b.flac"
for name in a b; do convert "$music/$name.flac" "$music/$name.mp3" -b:a 192k; done
expect 0 echofold dedupe --format ndjson "$music"
cp "$work/out" "$work/plan"
python3 - "$work/plan" >"$work/swapped" <<'PY'
import json, sys
groups = [json.loads(line) for line in open(sys.argv[1])]
groups[0]["keep"], groups[1]["keep"] = groups[1]["keep"], groups[0]["keep"]
for group in groups: print(json.dumps(group))
PY
tree "$music" >"$work/before"
for flags in "" -n; do
  # one flag or none
  expect 1 echofold apply $flags --format ndjson "$work/swapped"
  json 'len(rows) == 2 and all("is not a copy of" in row["skipped"] and "--trust-plan" in row["skipped"] for row in rows)'
  unmoved "a plan with keepers swapped"
done
says "$music/a.mp3: is not a copy of the one that is to stay, $music/b.flac"
expect 0 echofold apply -n --trust-plan "$work/swapped"

# If the user makes losers the keepers, they are still copies; a later scan and other thresholds make no difference.
python3 - "$work/plan" >"$work/chosen" <<'PY'
import json, sys
for line in open(sys.argv[1]):
    group = json.loads(line)
    drop, keep = group["drop"][0], group["keep"]
    for key, value in list(drop.items()):
        if key not in ("similarity", "relation", "band", "action", "rank", "offset_s", "exact", "heard", "speed"):
            drop[key], keep[key] = keep[key], value
    print(json.dumps(group))
PY
expect 0 echofold scan "$music"
expect 0 env ECHOFOLD_AUTO_SIMILARITY=1 ECHOFOLD_REVIEW_SIMILARITY=1 "$ECHOFOLD" --db "$db" apply -n "$work/chosen"
expect 0 echofold apply "$work/chosen"
[ ! -e "$music/a.flac" ] && [ -e "$music/a.mp3" ] || fail "the keeper that was chosen did not stay"
expect 0 echofold undo
expect 0 echofold apply "$work/swapped" --trust-plan
[ ! -e "$music/a.mp3" ] && [ ! -e "$music/b.mp3" ] || fail "--trust-plan moved nothing"
expect 0 echofold undo
tree "$music" >"$work/after"
diff "$work/before" "$work/after" || fail "undo did not bring all back"
