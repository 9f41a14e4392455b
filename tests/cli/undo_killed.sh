#!/usr/bin/env bash
# `undo` after a kill: what recovery has just brought back is reported, and no older run is taken back in its place.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$music/a.flac" 20
song 2 "$music/b.flac" 20
for name in a b; do convert "$music/$name.flac" "$music/$name.mp3" -b:a 128k; done
expect 0 echofold scan "$music"

# killed_after PATTERN: leaves the newest journal as a kill leaves it after its last line with PATTERN.
killed_after() {
  local journal last
  journal=$(find "$db/runs" -name '*.ndjson' | sort | tail -1)
  last=$(grep -n "$1" "$journal" | tail -1 | cut -d: -f1)
  head -n "$last" "$journal" >"$work/journal"
  cat "$work/journal" >"$journal"
  basename "$journal" .ndjson
}

expect 0 echofold dedupe --apply "$music"
[ ! -e "$music/a.mp3" ] && [ ! -e "$music/b.mp3" ] || fail "nothing was set aside"
expect 0 echofold undo
run=$(killed_after '"restoring"')
expect 0 echofold undo
says "run $run was interrupted; 2 files that it had left open are in place again."
[ -f "$music/a.mp3" ] && [ -f "$music/b.mp3" ] || fail "not in place"
expect 2 echofold undo
says "there is no run to take back"

# An older run stays as it is: it was not meant.
expect 0 echofold dedupe --apply --again "$music"
convert "$music/a.flac" "$music/new.mp3" -b:a 96k
expect 0 echofold dedupe --apply "$music"
expect 0 echofold undo
run=$(killed_after '"restoring"')
expect 0 echofold undo --format ndjson
says "run $run was interrupted; 1 file that it had left open is in place again."
json 'rows == []'
[ -f "$music/new.mp3" ] && [ ! -e "$music/a.mp3" ] || fail "the older run was taken back"
expect 0 echofold undo
[ -f "$music/a.mp3" ] || fail "the older run can't be taken back any more"

# The same with the name of the run.
expect 0 echofold dedupe --apply --again "$music"
expect 0 echofold undo
run=$(killed_after '"restoring"')
expect 0 echofold undo "$run"
says "run $run was interrupted"
expect 2 echofold undo "$run"
says "already taken back"
