#!/usr/bin/env bash
# A copy that holds what the better one lacks is never moved unasked, and the plan says what would be lost: pictures,
# further streams, surround channels, chapters, lyrics, a cue sheet.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
make() { ffmpeg -nostdin -v error -y "$@"; }

# In stereo: the channels of `song` are similar.
stereo() { # SEED FILE
  song "$1" "$work/mono.wav" 20
  make -i "$work/mono.wav" -af "aeval=val(0)|0.6*val(1)+0.4*sin(1800*t)*val(0),volume=-3dB" "$2"
}
stereo 1 "$work/song.flac"
stereo 2 "$work/other.flac"

echo "== beside one FLAC"
mkdir "$music/one"
one=$music/one
cp "$work/song.flac" "$one/song.flac"
video=(-f lavfi -t 20 -i "testsrc=s=64x48:r=5")
make -i "$work/song.flac" "${video[@]}" -c:a aac -b:a 192k -c:v mpeg4 "$one/video.mp4"
make -i "$work/song.flac" "${video[@]}" -map 0 -map 1 -c:a libopus -b:a 128k -c:v mpeg4 "$one/video.mka"
make -i "$work/song.flac" -filter_complex "[0:a]asplit=4[a][b][c][d];[b]highpass=900[x];[c]lowpass=300[y];[d]volume=.5[z]" \
  -map "[a]" -map "[x]" -map "[y]" -map "[z]" -c:a aac -b:a 128k "$one/stems.m4a"
make -i "$work/song.flac" -i "$work/other.flac" -map 0 -map 1 -c:a libvorbis "$one/two songs.mka"
printf ';FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=9\ntitle=a\n[CHAPTER]\nTIMEBASE=1/1\nSTART=9\nEND=20\ntitle=b\n' >"$work/chapters"
make -i "$work/song.flac" -i "$work/chapters" -map_metadata 1 -c:a aac -b:a 192k "$one/chapters.m4a"
printf '1\n00:00:01,000 --> 00:00:09,000\nla la\n' >"$work/words.srt"
make -i "$work/song.flac" -i "$work/words.srt" -map 0:a -map 1 -c:a libvorbis -c:s srt "$one/subtitles.mka"
make -i "$work/song.flac" -b:a 192k -metadata lyrics="la la" "$one/lyrics.mp3"
make -i "$work/song.flac" -c:a libvorbis -metadata LYRICS="la la" "$one/lyrics.ogg"
make -i "$work/song.flac" -c:a libvorbis -metadata CUESHEET='FILE "a" WAVE' "$one/cue.ogg"
# A file that holds nothing more is moved: a cover is not a video.
make -i "$work/song.flac" "${video[@]}" -map 0 -map 1 -frames:v 1 -c:v mjpeg -disposition:v attached_pic -b:a 192k "$one/with_art.mp3"
make -i "$work/song.flac" -b:a 128k "$one/plain.mp3"
expect 0 echofold scan "$one"
expect 0 echofold plan --format ndjson
is_fate song.flac 'keep: *'
is_fate video.mp4 'review: lossy; to review: *has a video that the other lacks*'
is_fate video.mka 'review: *has a video that the other lacks*'
is_fate stems.m4a 'review: *has 3 more audio streams*'
is_fate 'two songs.mka' 'review: *has 1 more audio stream*'
is_fate chapters.m4a 'review: *has 2 chapter marks that the other lacks*'
is_fate subtitles.mka 'review: *has a subtitle or data stream that the other lacks*'
is_fate lyrics.mp3 'review: *has lyrics that the other lacks*'
is_fate lyrics.ogg 'review: *has lyrics that the other lacks*'
is_fate cue.ogg 'review: *has a cue sheet that the other lacks*'
is_fate with_art.mp3 'move: lossy'
is_fate plain.mp3 'move: lossy'
tree "$one" >"$work/before"
expect 0 echofold dedupe --apply "$one"
for file in video.mp4 video.mka stems.m4a 'two songs.mka' chapters.m4a subtitles.mka lyrics.mp3 lyrics.ogg cue.ogg song.flac; do
  [ -e "$one/$file" ] || fail "$file was moved"
done
[ ! -e "$one/plain.mp3" ] && [ ! -e "$one/with_art.mp3" ] || fail "what holds nothing more stayed"

echo "== one sound track, different pictures"
db=$work/db2 two=$work/two
mkdir "$two"
make -i "$work/other.flac" -f lavfi -t 20 -i "testsrc=s=64x48:r=5" -c:a aac -b:a 128k -c:v mpeg4 "$two/a.mp4"
make -i "$two/a.mp4" -f lavfi -t 20 -i "testsrc2=s=64x48:r=5" -map 0:a -map 1:v -c:a copy -c:v mpeg4 "$two/b.mp4"
cp "$two/a.mp4" "$two/c.mp4"
expect 0 echofold scan "$two"
expect 0 echofold plan --format ndjson
is_fate a.mp4 'keep: *'
is_fate b.mp4 "review: *its video differs from the other's*"
is_fate c.mp4 'move: *'
json '[d["exact"] for r in rows for d in r["drop"] if d["path"].endswith("b.mp4")] == [None]'

echo "== surround with sound in it beside stereo"
rear="pan=5.1|FL=FL|FR=FR|FC=.5*FL+.5*FR|LFE=.1*FL|BL=.6*FL-.5*FR|BR=.6*FR-.4*FL"
for stereo_is in flac mp3; do
  db=$work/db-$stereo_is three=$work/three-$stereo_is
  mkdir -p "$three/two"
  make -i "$work/song.flac" -af "$rear" -c:a ac3 -b:a 448k "$three/six.mka"
  if [ "$stereo_is" = flac ]; then cp "$work/song.flac" "$three/two/two.flac"; else make -i "$work/song.flac" -b:a 320k "$three/two/two.mp3"; fi
  expect 0 echofold scan "$three"
  expect 0 echofold plan --format ndjson
  is_fate six.mka 'keep: more channels'
done
is_fate two.mp3 'review: fewer channels; to review: the other is surround sound: its stereo mix may differ*'
db=$work/db-flac
expect 0 echofold plan --format ndjson
is_fate two.flac 'review: fewer channels; to review: *lossless*'
# If the user wants the stereo file to stay, the other is better, not worse.
expect 0 echofold plan --format ndjson --protect "$work/three-flac/two"
is_fate six.mka 'none: better than the protected copy; both stay'
