#!/usr/bin/env bash
# A song and its "clean" version, another sound for a moment, or another held chord: asked about, never moved.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

song 71 "$music/song.flac" 50
mkdir "$work/altered"
copy() { convert "$music/song.flac" "$@"; }

words="between(t\,7.1\,7.5)+between(t\,16.4\,16.75)+between(t\,27.3\,27.8)+between(t\,39.2\,39.55)"
copy "$work/altered/muted.mp3" -af "volume=0:enable='$words'" -b:a 192k
ffmpeg -nostdin -v error -y -i "$music/song.flac" -f lavfi -i "sine=frequency=900:sample_rate=44100:duration=50" -filter_complex \
  "[0:a]volume=0:enable='between(t\,21\,22.1)'[a];[1:a]volume=4,aformat=channel_layouts=stereo,volume=0:enable='not(between(t\,21\,22.1))'[b];[a][b]amix=inputs=2:normalize=0" \
  -b:a 192k "$work/altered/bleep.mp3"
song 72 "$work/other.flac" 50
ffmpeg -nostdin -v error -y -i "$music/song.flac" -i "$work/other.flac" -filter_complex \
  "[0:a]atrim=end=48.2[a];[1:a]atrim=start=48.2[b];[a][b]concat=n=2:v=0:a=1" "$work/altered/other_end.flac"
copy "$work/altered/honest.mp3" -b:a 192k

band_of() { # FILE: its band next to the song, and the guard
  expect 0 echofold compare --format ndjson "$music/song.flac" "$work/altered/$1"
  python3 -c 'import json,sys; p = json.loads(open(sys.argv[1]).readline()); print(p["band"], p["guard"])' "$work/out"
}
[ "$(band_of honest.mp3)" = "auto None" ] || fail "an honest copy is $(band_of honest.mp3)"
for file in muted.mp3 bleep.mp3 other_end.flac; do
  found=$(band_of "$file")
  [[ $found == review* ]] || fail "$file is $found"
done

echo "== half of each file is a chord that is held, and another one"
held() { # FILE NOTES...
  local file=$1 chord
  chord=$(printf '+0.2*sin(2*PI*%s*t)' "${@:2}")
  ffmpeg -nostdin -v error -y -i "$music/song.flac" -f lavfi -i "aevalsrc=${chord#+}:s=44100:d=50" -filter_complex \
    "[0:a]apad=pad_dur=4[a];[1:a]aformat=channel_layouts=stereo[b];[a][b]concat=n=2:v=0:a=1" "$work/altered/$file"
}
held held_a.flac 261.6 329.6 392
held held_b.flac 293.7 370 440
held held_c.flac 261.6 329.6 392
expect 0 echofold compare --format ndjson "$work/altered/held_a.flac" "$work/altered/held_b.flac"
json 'rows[0]["band"] != "auto"'
expect 0 echofold compare --format ndjson "$work/altered/held_a.flac" "$work/altered/held_c.flac"
json 'rows[0]["band"] == "auto" and rows[0]["unknown_s"] < 2'

echo "== nothing of that is moved"
mv "$work/altered" "$music/altered"
rm "$music"/altered/held_*
expect 0 echofold dedupe --apply "$music"
says "is silent at 0:"
for file in muted.mp3 bleep.mp3 other_end.flac; do
  [ -e "$music/altered/$file" ] || fail "$file was moved"
done
