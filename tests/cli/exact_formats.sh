#!/usr/bin/env bash
# In every format, two files with equal bytes and a third with other tags are exact copies, although the clips are too
# short for a fingerprint.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# clip HERTZ NAME [OPTIONS]: two seconds of a tone, so that no two formats hold the same audio.
clip() {
  local hertz=$1 file=$music/$2
  shift 2
  ffmpeg -nostdin -v error -y -f lavfi -i "sine=frequency=$hertz:duration=2:sample_rate=44100" -ac 2 "$@" "$file"
  cp "$file" "${file%.*} copy.${file##*.}"
  ffmpeg -nostdin -v error -y -i "$file" -c copy -metadata title="Another title, and a long one: $hertz" -metadata artist=Nobody \
    "${file%.*} retagged.${file##*.}"
  ! cmp -s "$file" "${file%.*} retagged.${file##*.}" || fail "ffmpeg wrote no tags into $2"
}

lossless="wav aiff flac wv tta alac oggflac"
clip 310 wav.wav -c:a pcm_s16le
clip 320 aiff.aiff -c:a pcm_s16be -write_id3v2 1
clip 330 flac.flac
clip 340 wv.wv -sample_fmt s16p
clip 350 tta.tta -sample_fmt s16
clip 360 alac.m4a -c:a alac
clip 410 mp3.mp3 -b:a 128k
clip 420 aac.m4a -c:a aac -b:a 128k
clip 430 opus.opus -c:a libopus -ar 48000
clip 440 vorbis.ogg -c:a libvorbis
clip 450 wma.wma -c:a wmav2 -b:a 128k
clip 470 oggflac.oga -c:a flac
clip 480 matroska.mka -c:a libvorbis
musepack="" musepack_drops=0
if command -v mpcenc >/dev/null; then  # ffmpeg can't write it
  musepack=musepack musepack_drops=2
  ffmpeg -nostdin -v error -y -f lavfi -i "sine=frequency=460:duration=2:sample_rate=44100" -ac 2 "$work/tone.wav"
  mpcenc --silent --overwrite "$work/tone.wav" "$music/musepack.mpc" >/dev/null
  cp "$music/musepack.mpc" "$music/musepack copy.mpc"
  mpcenc --silent --overwrite --title "Another title" --artist Nobody "$work/tone.wav" "$music/musepack retagged.mpc" >/dev/null
else
  echo "without Musepack: mpcenc is not installed (musepack-tools)"
fi

tree "$music" >"$work/before"
expect 0 echofold scan "$music"
expect 0 echofold plan --format ndjson
python3 - "$work/out" "$lossless" "$musepack" <<'PY' || { cat "$work/out" >&2; fail "not the plan that was meant"; }
import collections, json, sys
lossless = set(sys.argv[2].split())
found = collections.defaultdict(list)
for row in map(json.loads, open(sys.argv[1], encoding="utf-8")):
    name = lambda path: path.rsplit("/", 1)[1].split(".")[0].split(" ")[0]
    for drop in row["drop"]:
        kind = name(row["keep"]["path"])
        assert kind == name(drop["path"]), (row["keep"], drop)
        assert drop["exact"] == "audio" and drop["relation"] == "same_recording", drop
        # libav decodes Musepack to whole numbers, so its hash shows that there is sound.
        assert drop["action"] == ("move" if kind in lossless | {"musepack"} else "none"), drop
        found[kind].append(drop["path"])
wanted = set("wav aiff flac wv tta alac mp3 aac opus vorbis wma oggflac matroska".split()) | set(sys.argv[3].split())
assert set(found) == wanted, wanted ^ set(found)
assert all(len(drops) == 2 for drops in found.values()), found
PY
expect 0 echofold plan
[ "$(grep -c "100.00 %, same audio" "$work/out")" -eq $((musepack_drops + 26)) ] || fail "the table does not name them"
expect 0 echofold dedupe --apply "$music"
says "$((musepack_drops + 14)) set aside"
expect 0 echofold undo
tree "$music" >"$work/after"
diff "$work/before" "$work/after" || fail "undo did not restore the tree"
