#!/usr/bin/env bash
# Every verb accepts -n (--dry-run), which overrides --apply; it moves and writes nothing.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$music/a.flac" 30
convert "$music/a.flac" "$music/a.mp3" -b:a 192k
song 2 "$music/b.flac" 30
convert "$music/b.flac" "$music/b.mp3" -b:a 192k -metadata title="B (Live)"
convert "$music/b.flac" "$music/c.flac" -metadata title="B"
mv "$music/c.flac" "$music/b.flac"
tree "$music" >"$work/before"
same() { tree "$music" | diff "$work/before" - || fail "$1 changed a file"; }
library() { (cd "$db" && find . -name '*.ndjson' -o -name data.mdb | LC_ALL=C sort | xargs sha256sum); }

# Without a library, none is created.
expect 0 echofold scan -n --format ndjson "$music"
json 'len(rows) == 4 and all(r["status"] == "would_read" for r in rows)'
expect 0 echofold --dry-run scan "$music"
says "4 to read"
echo '{"path":"/imported","duration":30,"fingerprint":[1,2,3]}' >"$work/lines"
expect 0 echofold import -n "$work/lines"
says "1 to import; nothing was stored"
[ ! -e "$db" ] || fail "a library was made"

# dedupe updates the library and moves nothing.
expect 0 echofold dedupe --apply -n "$music"
says "a.mp3"
same "dedupe -n"
expect 0 echofold plan --format ndjson
cp "$work/out" "$work/plan"
library >"$work/library"
expect 0 echofold import -n "$work/lines"
touch -d yesterday "$music/b.mp3"
expect 0 echofold scan -n --format ndjson "$music"
json '{r["path"].rsplit("/")[-1]: r["status"] for r in rows} == {"a.flac": "unchanged", "a.mp3": "unchanged", "b.flac": "unchanged", "b.mp3": "would_read"}'
expect 0 echofold scan "$music"
tree "$music" >"$work/before"
expect 0 echofold plan --format ndjson
cp "$work/out" "$work/plan"
library >"$work/library"

expect 0 echofold apply -n "$work/plan"
says "would set aside $music/a.mp3"
says "1 to set aside; nothing was moved"
expect 0 echofold apply -n --format ndjson "$work/plan"
json '[(r["path"].rsplit("/")[-1], r["dry_run"], r["skipped"], "target" in r) for r in rows] == [("a.mp3", True, None, False)]'
expect 0 echofold review -n
says "review  b.mp3"
says "1 pair to decide; nothing was asked"
expect 0 echofold organize -n --apply
library | diff "$work/library" - || fail "the library was written to"
same "-n"
for verb in history stats pairs plan export check "config path" "query $music/a.flac" "compare $music/a.flac $music/a.mp3"; do
  # shellcheck disable=SC2086  # words
  expect 0 echofold $verb -n
done

expect 0 echofold apply "$work/plan"
[ ! -e "$music/a.mp3" ] || fail "apply does not act"
library >"$work/library"
tree "$music" >"$work/applied"
expect 0 echofold undo -n
says "would restore $music/a.mp3"
says "1 to restore; nothing was moved"
expect 0 echofold undo --dry-run --format ndjson
json '[(r["path"].rsplit("/")[-1], r["restored"], r["dry_run"]) for r in rows] == [("a.mp3", False, True)]'
tree "$music" | diff "$work/applied" - || fail "undo -n moved something"
library | diff "$work/library" - || fail "undo -n wrote to the library"
# What can't be done is reported: the old place is occupied, and the plan is out of date.
cp "$music/a.flac" "$music/a.mp3"
expect 1 echofold undo -n
says "its old place is taken"
rm "$music/a.mp3"
expect 1 echofold apply -n "$work/plan"
says "1 to skip; nothing was moved"
expect 0 echofold undo
[ -f "$music/a.mp3" ] || fail "undo does not act"

# An empty plan is not an error.
: >"$work/empty"
expect 0 echofold apply "$work/empty"
says "nothing to set aside"
expect 0 echofold apply -n "$work/empty"
grep '"b.mp3"\|/b.mp3' "$work/plan" >"$work/review_only"
expect 0 echofold apply "$work/review_only"
says "nothing to set aside"
