#!/usr/bin/env bash
# `tag` with a local server: what is looked up and written, what is left alone, and what goes wrong.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
[ -n "${ACOUSTID_SERVER:-}" ] || skip "libcpp-httplib-dev is not installed"
server=$work/server
data=$ECHOFOLD_SOURCE/tests/engine/online/data
mkdir "$server"
mkfifo "$work/end"
"$ACOUSTID_SERVER" "$server" <"$work/end" &
exec 8>"$work/end" # closing it ends the server
for _ in $(seq 200); do [ -e "$server/url" ] && break; sleep 0.05; done
[ -e "$server/url" ] || fail "the server does not start"
config=$HOME/.config/echofold/config.toml
mkdir -p "${config%/*}"
settings() { printf 'acoustid.url = "%s"\nacoustid.key = "%s"\n' "$(cat "$server/url")" "$1" >"$config"; }
requests() { wc -l <"$server/log"; }
# asks N COMMAND...: the command must make N requests.
asks() {
  local wanted=$1 before
  shift
  before=$(requests)
  expect 0 "$@"
  [ $(($(requests) - before)) -eq "$wanted" ] || fail "$(($(requests) - before)) requests instead of $wanted: $*"
}

# Lengths distinguish the answers; a recorded answer gets the length of its song.
song 1 "$music/one.flac" 30
convert "$music/one.flac" "$music/one.mp3" -b:a 192k -metadata title="Mine" -metadata artist="Me"
convert "$music/one.flac" "$music/one.m4a" -c:a aac
song 2 "$music/many.flac" 32
song 3 "$music/none.flac" 34
song 4 "$music/ids.flac" 36
song 5 "$music/tagged.flac" 38
convert "$music/tagged.flac" "$music/t.flac" -metadata title="T" -metadata artist="A"
mv "$music/t.flac" "$music/tagged.flac"
sed 's/"duration": 213/"duration": 30/' "$data/one_recording_compressed.json" >"$server/30.json"
sed 's/"duration": 21[0-9]/"duration": 32/' "$data/many_recordings.json" >"$server/32.json"
cp "$data/no_result.json" "$server/default.json"
cp "$data/id_only.json" "$server/36.json"
tree "$music" >"$work/before"

# Without a library, a key, paths.
settings right-k3y
expect 10 echofold tag --all
expect 0 echofold scan "$music"
expect 2 echofold tag
says "--all"
rm "$config"
expect 2 echofold tag --all
says "https://acoustid.org/new-application"
says "ECHOFOLD_ACOUSTID_KEY"
expect 2 env ECHOFOLD_ACOUSTID_KEY=x ECHOFOLD_ACOUSTID_URL=http://example.org/ "$ECHOFOLD" --db "$db" tag --all
says "https://"
[ "$(requests)" -eq 0 ] || fail "requests were made"

# A wrong key is reported, but not printed.
settings wrong-s3cret
expect 2 echofold -v tag --all
says "does not know the key"
grep -r "wrong-s3cret" "$work/out" "$work/err" "$db" && fail "the key was printed or kept"
# The environment overrides the file.
before=$(requests)
expect 0 env ECHOFOLD_ACOUSTID_KEY=right-k3y "$ECHOFOLD" --db "$db" tag --dry-run --format ndjson "$music/none.flac"
json '[r["status"] for r in rows] == ["not_found"] and rows[0]["schema"] == "echofold.tag/1"'
[ $(($(requests) - before)) -eq 1 ] || fail "not one request"

# A dry run changes nothing. Stored answers are not requested again; no request is made for a file that has tags and
# is not a keeper.
settings right-k3y
asks 4 echofold -v tag --all --dry-run --format ndjson
grep -r "right-k3y" "$work/out" "$work/err" "$db" && fail "the key was printed or kept"
status='{r["path"].rsplit("/")[-1]: r["status"] for r in rows}'
json "$status == {'one.flac': 'would_tag', 'one.m4a': 'would_tag', 'many.flac': 'ambiguous', 'none.flac': 'not_found', 'ids.flac': 'not_found'}"
json '[len(r["candidates"]) for r in rows if r["status"] == "ambiguous"] == [2]'
json 'all(r["why"] for r in rows if r["status"] in ("ambiguous", "not_found"))'
tree "$music" | diff "$work/before" - || fail "a dry run changed something"
asks 0 echofold tag --all --dry-run
says "would tag"
says '2 would be tagged, 1 ambiguous, 2 not found; nothing was written: `--apply` does it'
asks 0 echofold tag --all
says "nothing was written"
tree "$music" | diff "$work/before" - || fail "tags were written without --apply"
asks 0 echofold tag --all --apply -n
says "nothing was written"
tree "$music" | diff "$work/before" - || fail "tags were written in spite of -n"
asks 0 echofold tag --all --dry-run --offline
asks 1 echofold tag --dry-run --refresh "$music/none.flac"
asks 0 echofold tag --dry-run --offline "$music/tagged.flac"
says "not looked up before"
asks 0 env ECHOFOLD_ACOUSTID_KEY= "$ECHOFOLD" --db "$db" tag --dry-run --offline --all

# Files that the library does not know.
expect 2 echofold tag "$work/elsewhere"
says "no such file or folder"
mkdir "$work/elsewhere"
expect 1 echofold tag --dry-run "$work/elsewhere"
says "run \`echofold scan\`"
expect 2 echofold tag --offline --refresh --all

# Too many requests: each is repeated, and all succeed.
echo busy >"$server/mode"
expect 0 echofold tag --dry-run --refresh "$music/one.flac"
says "1 would be tagged"
# The program waits for a service that is down; Ctrl-C ends that at once, and nothing was done.
echo down >"$server/mode"
"$ECHOFOLD" --db "$db" tag --apply --refresh "$music/one.flac" >"$work/out" 2>"$work/err" &
tagging=$!
sleep 1
kill -INT "$tagging"
start=$(date +%s%N)
wait "$tagging" && code=0 || code=$?
[ "$code" -eq 130 ] || fail "exit code $code after an interrupt"
[ $((($(date +%s%N) - start) / 1000000)) -lt 2000 ] || fail "it went on for too long"
rm "$server/mode"
tree "$music" | diff "$work/before" - || fail "something was written"

# Writes only what was missing, and the ids; the library knows this without reading the file again.
touch -d "2020-02-02 02:02:02" "$music/one.flac"
expect 0 echofold scan "$music"
tree "$music" >"$work/before"
asks 0 echofold -v tag --apply --all --keep-mtime --format ndjson
grep -r "right-k3y" "$work/out" "$work/err" "$db" && fail "the key was printed or kept"
json "$status['one.flac'] == 'tagged' and $status['one.m4a'] == 'tagged'"
json 'all(r["changes"]["title"] == {"from": None, "to": "Norðurljós"} for r in rows if r["status"] == "tagged")'
[ "$(stat -c %Y "$music/one.flac")" -eq "$(date -d "2020-02-02 02:02:02" +%s)" ] || fail "the time was not kept"
ffprobe -v error -show_entries format_tags -of json "$music/one.flac" >"$work/tags"
for text in "Norðurljós" "Jörð feat. The Quiet Ones" "Ís og eldur" "2003-02-17"; do
  grep -qF "$text" "$work/tags" || { cat "$work/tags" >&2; fail "$text is not in the tags"; }
done
expect 0 echofold scan --format ndjson "$music"
json 'all(r["status"] == "unchanged" for r in rows)'
asks 0 echofold tag --apply --format ndjson "$music/one.flac"
json '[r["status"] for r in rows] == ["unchanged"]'
# A tagged file that is given by name: its title stays unless it may be replaced.
cp "$server/30.json" "$server/38.json"
sed -i 's/"duration": 30/"duration": 38/' "$server/38.json"
asks 1 echofold tag --apply --format ndjson "$music/tagged.flac"
json 'rows[0]["status"] == "tagged" and "title" not in rows[0]["changes"] and "album" in rows[0]["changes"]'
asks 0 echofold tag --apply --overwrite --format ndjson "$music/tagged.flac"
json 'rows[0]["changes"]["title"] == {"from": "T", "to": "Norðurljós"}'

expect 0 echofold undo
expect 0 echofold undo
expect 0 echofold undo
tree "$music" | diff "$work/before" - || fail "undo did not restore the files"
# A library in which every file has tags: there is nothing to do, and that is said.
mkdir "$work/tagged"
cp "$music/tagged.flac" "$work/tagged/"
expect 0 "$ECHOFOLD" --db "$work/tagged-db" scan "$work/tagged"
expect 0 "$ECHOFOLD" --db "$work/tagged-db" tag --all
grep -qx "nothing to tag" "$work/out" || fail "tag of nothing does not say so"
awk '$3 != "gzip" { exit 1 }' "$server/log" || fail "a request was not packed"
exec 8>&-
wait
