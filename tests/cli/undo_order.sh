#!/usr/bin/env bash
# undo moves only what its run moved: not a file that a later run moved again, nor another file in its new place. In
# the right order everything is restored.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$work/1.flac" 30
song 2 "$work/2.flac" 30
tagged() { ffmpeg -nostdin -v error -y -i "$work/$1.flac" -b:a "$3" -metadata title=T -metadata artist=A "$2"; }
last_run() { "$ECHOFOLD" --db "$db" history --format ndjson | python3 -c 'import json,sys; print(json.loads(sys.stdin.readline())["run"])'; }
tagged 1 "$music/keep.mp3" 320k
ffmpeg -nostdin -v error -y -i "$work/1.flac" -b:a 96k "$music/gone.mp3"
echo '[00:01]la' >"$music/keep.lrc"
tree "$music" >"$work/before"
expect 0 echofold dedupe --apply --keep-path "$music"
first=$(last_run)
sleep 1 # runs of the same second have random order
expect 0 echofold organize --apply "$music"
second=$(last_run)
tree "$music" >"$work/between"

# The older run first: files that the later run moved stay, and the message names that run.
expect 1 echofold undo -n "$first"
expect 1 echofold undo "$first"
says "the later run $second moved it again; undo that run first"
tree "$music" >"$work/after"
diff "$work/between" "$work/after" || fail "undo of the older run changed something"
expect 0 echofold undo
expect 0 echofold undo
tree "$music" >"$work/after"
diff "$work/before" "$work/after" || fail "undo in order did not restore the tree"

# Another file in the new place stays; it is not mistaken for the song that was there.
expect 0 echofold dedupe --again --apply "$music"
expect 0 echofold organize --apply "$music"
moved=$(find "$music" -name 'T.mp3' -not -path '*/.echofold*')
mv "$moved" "$work/away.mp3"
tagged 2 "$moved" 128k
expect 1 echofold undo
says "$moved: is not as the run left it and may be another file, so it stays"
[ -f "$moved" ] && [ ! -e "$music/keep.mp3" ] || fail "the stranger was moved"

# The song itself with another tag is restored once a scan has seen it.
rm "$moved"
ffmpeg -nostdin -v error -y -i "$work/away.mp3" -c copy -metadata title=T -metadata artist=A -metadata genre=Folk "$moved"
expect 1 echofold undo
says "echofold scan"
expect 0 echofold scan "$music"
expect 0 echofold undo
[ -f "$music/keep.mp3" ] && [ ! -e "$moved" ] || fail "the retagged song did not come back"

# Another file in the place of a set-aside one also stays.
aside=$(find "$music/.echofold-duplicates" -name 'gone.mp3')
cp "$work/2.flac" "$work/stranger" && mv "$work/stranger" "$aside"
expect 1 echofold undo
says "may be another file, so it stays"
[ ! -e "$music/gone.mp3" ] || fail "a stranger came back for the set-aside file"
