#!/usr/bin/env bash
# export: one row for each name of a file, CSV in UTF-8 for any names, and the fingerprint as fpcalc prints it.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$music/a.flac" 30
ln "$music/a.flac" "$music/b.flac"
latin=$music/$(printf 'caf\xe9 100%%.mp3')
convert "$music/a.flac" "$work/a.mp3" -b:a 192k && mv "$work/a.mp3" "$latin"
expect 0 echofold scan "$music"
expect 0 echofold export
iconv -f utf-8 -t utf-8 "$work/out" >/dev/null || fail "the CSV is not UTF-8"
says "file://$music/caf%E9%20100%25.mp3"
rows() { python3 -c 'import csv,sys; rows = list(csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8"))); sys.exit(0 if eval(sys.argv[2]) else 1)' "$work/out" "$1" || { cat "$work/out"; fail "not true of the CSV: $1"; }; }
rows 'sorted((r["path"].rsplit("/", 1)[1], r["state"], r["link_of"].rsplit("/", 1)[-1]) for r in rows) == [("a.flac", "keep", ""), ("b.flac", "link", "a.flac"), ("caf%E9%20100%25.mp3", "duplicate", "")]'
rows '"fingerprint" not in rows[0]'
for what in "plan" "pairs"; do
  expect 0 echofold $what --format csv
  iconv -f utf-8 -t utf-8 "$work/out" >/dev/null || fail "the CSV of $what is not UTF-8"
  says "caf%E9"
done
expect 0 echofold export --fingerprints --format ndjson
json 'len(rows) == 3 and all(r["fingerprint"] for r in rows)'
json '{r["link_of"] for r in rows if r.get("path", "").endswith("b.flac")} == {[r["path"] for r in rows if r.get("path", "").endswith("a.flac")][0]}'
expect 0 echofold export --fingerprints
rows 'rows[0]["fingerprint"] == rows[1]["fingerprint"] != ""'
if command -v fpcalc >/dev/null; then
  wanted=$( (fpcalc -length 0 "$music/a.flac" 2>/dev/null || true) | sed -n 's/^FINGERPRINT=//p')
  rows "rows[0]['fingerprint'] == '$wanted'"
fi
# import accepts what fpcalc prints.
python3 - "$work/out" >"$work/lines" <<'PY'
import csv, json, sys
for row in csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8")):
    if row["path"].endswith("a.flac"):
        print(json.dumps({"path": "/imported", "duration": 30, "fingerprint": row["fingerprint"]}))
PY
expect 0 "$ECHOFOLD" --db "$work/db2" import "$work/lines"
says "1 imported"
# A playlist contains each file once.
expect 0 echofold export --which all --format m3u
[ "$(grep -c flac "$work/out")" -eq 2 ] || { cat "$work/out"; fail "a file is in the playlist twice"; } # its name and its title
expect 2 echofold export --fingerprints --format m3u --which all
