#!/usr/bin/env bash
# Hazards: a root that is not mounted, and one that lost half its files. Nothing is moved, forgotten or created (exit
# code 3).
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$music/a.flac" 20
for n in $(seq 11); do cp "$music/a.flac" "$music/$n.flac"; done
expect 0 echofold scan "$music"
tree "$music" >"$work/before"

# check_stopped: dedupe stops, and everything stays as it is.
check_stopped() {
  find "$music" | LC_ALL=C sort >"$work/found.before"
  expect 3 echofold dedupe --apply "$music"
  says "--allow-vanished"
  find "$music" | LC_ALL=C sort >"$work/found.after"
  diff "$work/found.before" "$work/found.after" || fail "something was moved or made"
  expect 0 echofold plan --format ndjson
  json 'sum(1 + len(r["drop"]) for r in rows) == 12' # all are still known
}

mv "$music" "$work/unplugged"
mkdir "$music"
check_stopped
rmdir "$music"
mv "$work/unplugged" "$music"

mkdir "$work/gone"
mv "$music"/{1,2,3,4,5,6,7}.flac "$work/gone"
check_stopped
mv "$work/gone"/* "$music"

# All files are back: nothing is read again, and the run can be made and undone.
expect 0 echofold scan --format ndjson "$music"
json 'len(rows) == 12 and all(r["status"] == "unchanged" for r in rows)'
expect 0 echofold dedupe --apply "$music"
[ "$(find "$music" -name .echofold-duplicates -prune -o -type f -printf x | wc -c)" -eq 1 ] || fail "not one copy is left"
expect 0 echofold undo
[ "$(find "$music" -type f | wc -l)" -eq 12 ] || fail "not all came back"
