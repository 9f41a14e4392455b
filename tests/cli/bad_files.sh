#!/usr/bin/env bash
# Files that are not music, or are damaged: each gives a row with its path and reason, the good files are processed,
# nothing changes.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$music/good.flac"
: >"$music/empty.mp3"
echo "just text" >"$music/text.flac"
head -c 100000 /dev/urandom >"$music/noise.ogg"
printf 'ffconcat version 1.0\nfile good.flac\n' >"$music/concat.mp3"
printf '#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\ngood.flac\n#EXT-X-ENDLIST\n' >"$music/list.mp3"
ffmpeg -nostdin -v error -f lavfi -i color=red:s=16x16:d=1 -frames:v 1 "$work/picture.png"
cp "$work/picture.png" "$music/picture.m4a"
ffmpeg -nostdin -v error -f lavfi -i color=red:s=64x64:d=1 "$work/video.mp4" && cp "$work/video.mp4" "$music/video.mp4"
ffmpeg -nostdin -v error -f lavfi -i anullsrc=d=30 "$music/silent.flac"
song 2 "$music/short.wav" 1
song 3 "$work/whole.flac"
head -c $(($(stat -c %s "$work/whole.flac") / 2)) "$work/whole.flac" >"$music/half.flac"
cp "$music/good.flac" "$music/misnamed.mp3"
mkdir "$music/folder.mp3" && mkfifo "$music/pipe.mp3" && ln -s "$music/nowhere" "$music/dangling.mp3"
song 4 "$music/locked.flac"
chmod 000 "$music/locked.flac"
tree_of_good() { (cd "$music" && find . -type f -readable -print0 | LC_ALL=C sort -z | xargs -0 sha256sum); }
tree_of_good >"$work/before"

expect 1 echofold scan --format ndjson "$music" "$music/missing.mp3"
status() { json "[r['status'] for r in rows if r['path'].endswith('/$1')] == ['$2']"; }
status good.flac fingerprinted
status misnamed.mp3 fingerprinted
status half.flac fingerprinted
status silent.flac silent
status short.wav too_short
for bad in empty.mp3 text.flac noise.ogg concat.mp3 list.mp3 picture.m4a video.mp4 missing.mp3; do
  status "$bad" failed
  says "$music/$bad"
done
[ "$(id -u)" -eq 0 ] || status locked.flac failed
json 'all((r["error"] is not None) == (r["status"] == "failed") for r in rows)'
json 'not any(n in r["path"] for r in rows for n in ("folder.mp3", "pipe.mp3", "dangling.mp3"))'

# Failed files are not read again. They are reported once; after that their row says that they are known.
expect 0 echofold scan --format ndjson "$music"
status empty.mp3 failed
status good.flac unchanged
json 'all(r["known"] for r in rows if r["status"] == "failed") and not any("known" in r for r in rows if r["status"] != "failed")'
grep -q empty.mp3 "$work/err" && fail "it is told again"
expect 0 echofold scan "$music"
says "known unreadable (\`stats\` lists them)"
grep -q empty.mp3 "$work/err" && fail "it is told again"
expect 0 echofold scan -n "$music"
says "known unreadable (\`stats\` lists them)"
grep -q empty.mp3 "$work/err" && fail "it is told again"
expect 0 echofold stats
says "$music/empty.mp3"
says "$music/video.mp4"
# It has changed and fails again, so it is reported again.
echo "still no music" >"$music/empty.mp3"
expect 1 echofold scan --format ndjson "$music"
says "$music/empty.mp3: "
json '[(r["path"].rsplit("/")[-1]) for r in rows if r["status"] == "failed" and not r["known"]] == ["empty.mp3"]'
: >"$music/empty.mp3"
expect 1 echofold scan "$music"

# The whole copy stays, not the truncated one; the misnamed copy is an exact copy.
cp "$work/whole.flac" "$music/whole.flac"
expect 0 echofold dedupe --format ndjson "$music"
json 'not any(r["keep"]["path"].endswith("/half.flac") for r in rows)'
json 'any({r["keep"]["path"].rsplit("/")[-1]} | {d["path"].rsplit("/")[-1] for d in r["drop"]} == {"good.flac", "misnamed.mp3"} for r in rows)'
json 'not any("silent" in str(r) or "short" in str(r) for r in rows)'
rm "$music/whole.flac"
tree_of_good >"$work/after"
cmp "$work/before" "$work/after" || fail "a scan changed a file"
