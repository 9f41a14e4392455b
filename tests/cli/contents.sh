#!/usr/bin/env bash
# Export and plan say what a file holds besides its sound, and how its channels are used. A retagged or moved file is
# examined again without being decoded again.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$work/song.flac"
ffmpeg -nostdin -v error -y -i "$work/song.flac" -f lavfi -t 40 -i testsrc=s=64x48:r=5 -map 0 -map 0 -map 1 \
  -c:a aac -b:a 192k -c:v mpeg4 -metadata lyrics=words "$music/video.mp4"
ffmpeg -nostdin -v error -y -i "$work/song.flac" -af "pan=5.1|FL=FL|FR=FR" -c:a flac -metadata CUESHEET=sheet \
  "$music/surround.flac"
ffmpeg -nostdin -v error -y -i "$work/song.flac" -c:a pcm_u8 "$music/eight.wav"
expect 0 echofold scan "$music"

# of FILE: its row, by name only.
expect 0 echofold export --format ndjson
json 'len(rows) == 3'
of() { json "[$2 for row in rows for c, q in [(row['contents'], row['quality'])] if row['path'].endswith('$1')] == [True]"; }
of video.mp4 "(c['known'], c['video_streams'], c['audio_streams'], c['lyrics'], c['cue_sheet']) == (True, 1, 1, True, False)"
of video.mp4 "len(c['streams']) == 32"
of surround.flac "(c['video_streams'], c['audio_streams'], c['lyrics'], c['cue_sheet']) == (0, 0, False, True)"
of surround.flac "(row['properties']['channels'], q['sounding_channels'], q['mix']) == (6, 2, 'mono') and 'streams' not in c"
of eight.wav "q['used_bits'] == 8 and q['sounding_channels'] == 2 and q['distinct_channels'] == 1"
cp "$work/out" "$work/before"

expect 0 echofold plan --format ndjson
json 'len(rows) == 1'
json 'all(side["contents"]["known"] for side in [rows[0]["keep"]] + rows[0]["drop"])'

# New tags and a new place: recognised by the payload, and the contents are updated.
convert "$music/surround.flac" "$music/surround.flac" -c copy -metadata CUESHEET= -metadata LYRICS=words
mv "$music/video.mp4" "$music/moved.mp4"
touch "$music/moved.mp4"
expect 0 echofold scan "$music"
expect 0 echofold export --format ndjson
of surround.flac "(c['lyrics'], c['cue_sheet'], q['sounding_channels']) == (True, False, 2)"
of moved.mp4 "(c['video_streams'], c['audio_streams'], c['lyrics']) == (1, 1, True) and len(c['streams']) == 32"
