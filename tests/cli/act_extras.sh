#!/usr/bin/env bash
# What a run does besides setting files aside: playlists are updated, tags are merged, equal bytes become links. undo
# reverts all of it, and no later scan reads a file again.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
mkdir "$music/a" "$music/b" "$music/c" "$music/lists"
song 1 "$music/a/one.flac"
convert "$music/a/one.flac" "$music/b/one.mp3" -b:a 256k -metadata title=Größe -metadata album=Album -id3v2_version 3
cp "$music/a/one.flac" "$music/c/the same.flac"
song 2 "$music/a/two.flac"
convert "$music/a/two.flac" "$music/b/two.mp3" -b:a 128k
printf '#EXTM3U\r\n../b/one.mp3\r\n../a/two.flac\r\n../b/two.mp3\r\n' >"$music/lists/all.m3u8"
printf '<location>../b/two.mp3</location>' >"$music/lists/two.xspf"
printf 'nothing of it\n' >"$music/lists/other.m3u"
tree "$music" >"$work/before"
restored() {
  expect 0 echofold undo
  tree "$music" >"$work/after"
  diff "$work/before" "$work/after" || fail "undo did not restore the tree: $1"
}
nothing_read() {
  expect 0 echofold scan --format ndjson "$music"
  json 'all(r["status"] == "unchanged" for r in rows) and len(rows) > 1'
}

expect 0 echofold dedupe --apply "$music" --link hard --format ndjson
json 'sum(r.get("linked") == "hard_link" for r in rows) == 1'
json 'sum(r["schema"] == "echofold.applied/1" and r["linked"] is None for r in rows) == 2'
json 'sorted(r["path"].split("/")[-1] for r in rows if r["schema"] == "echofold.rewritten/1") == ["all.m3u8", "two.xspf"]'
[ "$(stat -c %i "$music/a/one.flac")" = "$(stat -c %i "$music/c/the same.flac")" ] || fail "no hard link"
printf '#EXTM3U\r\n../a/one.flac\r\n../a/two.flac\r\n../a/two.flac\r\n' | cmp - "$music/lists/all.m3u8" || fail "all.m3u8"
printf '<location>../a/two.flac</location>' | cmp - "$music/lists/two.xspf" || fail "two.xspf"
nothing_read
expect 0 echofold history --format ndjson
json 'rows[0]["kind"] == "set_aside" and rows[0]["rewritten"] == 3'
restored "links and playlists"
nothing_read

expect 0 echofold plan --again --format ndjson
cp "$work/out" "$work/plan"
expect 0 echofold apply "$work/plan" --merge-tags --no-playlists
says "1 file took tags"
ffprobe -v error -show_entries format_tags -of default=nw=1 "$music/a/one.flac" >"$work/tags"
grep -qi 'title=Größe' "$work/tags" || fail "the title was not merged"
printf '#EXTM3U\r\n../b/one.mp3\r\n../a/two.flac\r\n../b/two.mp3\r\n' | cmp - "$music/lists/all.m3u8" || fail "--no-playlists"
nothing_read
restored "merged tags"
nothing_read

expect 0 echofold dedupe --again --apply "$music" --keep-path --format ndjson
[ -f "$music/b/one.flac" ] && [ -f "$music/b/two.flac" ] || fail "the keepers are not at their losers' places"
printf '#EXTM3U\r\n../b/one.flac\r\n../b/two.flac\r\n../b/two.flac\r\n' | cmp - "$music/lists/all.m3u8" || fail "all.m3u8 after --keep-path"
printf '<location>../b/two.flac</location>' | cmp - "$music/lists/two.xspf" || fail "two.xspf after --keep-path"
nothing_read
expect 0 echofold history --format ndjson
run=$(python3 -c 'import json,sys; print(json.loads(sys.stdin.readline())["run"])' <"$work/out")
expect 0 echofold export --since "$run" --which losers --format ndjson
json 'sorted("/".join(r["path"].split("/")[-2:]) for r in rows) == ["b/one.mp3", "b/two.mp3", "c/the same.flac"]'
expect 0 echofold export --since "$run" --which keepers --format ndjson
json 'sorted(r["path"].split("/")[-1] for r in rows) == ["one.flac", "two.flac"]'
restored "keepers at their losers' places"
nothing_read
