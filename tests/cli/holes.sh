#!/usr/bin/env bash
# A copy in which something is missing, muted, replaced or inverted, for a moment or for long, is never moved unasked,
# nor does it replace a whole copy; the plan says what is wrong and where.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
make() { ffmpeg -nostdin -v error -y "$@"; }

song 1 "$work/song.flac" 75
song 2 "$work/other.flac" 31
planned() { # FOLDER
  db=$work/db-$(basename "$1")
  expect 0 echofold scan "$1"
  expect 0 echofold plan --format ndjson
  json 'all(d["action"] != "move" for r in rows for d in r["drop"])'
}
during() { echo "volume=0:enable='between(t\,$1\,$2)'"; }

echo "== long holes"
holes=$work/holes
mkdir "$holes"
cp "$work/song.flac" "$holes/song.flac"
hole() { make -i "$work/song.flac" -af "$2" "${@:3}" "$holes/$1" & }
hole silent.flac "$(during 30 60)"
hole later.flac "$(during 30 60),adelay=300:all=1"
hole earlier.flac "$(during 30 60),atrim=start=0.3"
hole later.mp3 "$(during 30 60),adelay=300:all=1" -b:a 192k
hole elsewhere.ogg "$(during 30.2 60.2)" -c:a libvorbis
hole later.ogg "$(during 30.1 60.3),adelay=300:all=1" -c:a libvorbis
hole silent.m4a "$(during 30 60.3)" -c:a aac -b:a 128k
hole quiet.mp3 "volume=-48dB:enable='between(t\,20\,40)',adelay=200:all=1" -b:a 192k
hole end.mp3 "volume=-48dB:enable='gte(t\,45)'" -b:a 192k
hole end_silent.mp3 "volume=0:enable='gte(t\,45)'" -b:a 128k
wait
planned "$holes"
is_fate song.flac 'keep: whole and undamaged'
for file in silent.flac later.flac earlier.flac later.mp3 elsewhere.ogg later.ogg silent.m4a; do
  is_fate $file 'review: *is silent for 30 s at 0:30*'
done
is_fate quiet.mp3 'review: *drops to -6? dB for 20 s at 0:20*'
is_fate end.mp3 'review: *drops to -6? dB for 30 s at 0:45*'
is_fate end_silent.mp3 'review: *is silent for 30 s at 0:45*'

echo "== moments"
moments=$work/moments
mkdir "$moments"
cp "$work/song.flac" "$moments/song.flac"
words="between(t\,17.1\,17.5)+between(t\,26.4\,26.8)+between(t\,47.3\,47.7)+between(t\,59.2\,59.6)"
make -i "$work/song.flac" -af "volume=0:enable='$words'" -b:a 192k "$moments/muted.mp3"
bleep="[1:a]volume=3,aformat=channel_layouts=stereo,volume=0:enable='not($words)'"
make -i "$work/song.flac" -f lavfi -i "sine=frequency=900:sample_rate=44100:duration=75" -filter_complex \
  "[0:a]volume=0:enable='$words'[a];$bleep[b];[a][b]amix=inputs=2:normalize=0" -b:a 192k "$moments/bleeped.mp3"
part() { echo "[0:a]atrim=$1:$2,asetpts=PTS-STARTPTS"; }
make -i "$work/song.flac" -filter_complex "$(part 0 17.1)[a];$(part 17.1 17.6),areverse[b];$(part 17.6 26.4)[c];$(part 26.4 26.9),areverse[d];
  $(part 26.9 47.3)[e];$(part 47.3 47.8),areverse[f];$(part 47.8 59.2)[g];$(part 59.2 59.7),areverse[h];$(part 59.7 75)[i];
  [a][b][c][d][e][f][g][h][i]concat=n=9:v=0:a=1" -b:a 192k "$moments/reversed.mp3"
make -i "$work/song.flac" -i "$work/other.flac" -filter_complex \
  "[0:a]volume=0:enable='between(t\,45\,46)'[a];[1:a]adelay=35s:all=1,volume=0:enable='not(between(t\,45\,46))'[b];[a][b]amix=inputs=2:normalize=0" \
  -b:a 192k "$moments/second.mp3"
planned "$moments"
is_fate muted.mp3 'review: *is silent at 0:*'
is_fate bleeped.mp3 'review: *sounds different at 0:*'
is_fate reversed.mp3 'review: *sounds different*'
is_fate second.mp3 'review: *sounds different at 0:4*'

echo "== another end"
ends=$work/ends
mkdir "$ends"
make -i "$work/song.flac" -t 30 "$ends/song.flac"
make -i "$work/song.flac" -i "$work/other.flac" -filter_complex \
  "[0:a]atrim=end=28.5[a];[1:a]atrim=28.5:30,asetpts=PTS-STARTPTS[b];[a][b]concat=n=2:v=0:a=1" -b:a 192k "$ends/end.mp3"
planned "$ends"
is_fate end.mp3 'review: *sounds different at 0:28*'

echo "== half of each is something else behind a chord that is held"
halves=$work/halves
mkdir "$halves"
half() { # FILE NOTES...: 30 s of the song, a pause, and a chord
  local file=$1 chord
  chord=$(printf '+0.2*sin(2*PI*%s*t)' "${@:2}")
  make -i "$work/song.flac" -f lavfi -i "aevalsrc=${chord#+}:s=44100:d=30" -filter_complex \
    "[0:a]atrim=end=30,apad=pad_dur=3[a];[1:a]aformat=channel_layouts=stereo[b];[a][b]concat=n=2:v=0:a=1" "$halves/$file"
}
half a.flac 261.6 329.6 392
half b.ogg 293.7 370 440
planned "$halves"
json 'len(rows) == 1'
