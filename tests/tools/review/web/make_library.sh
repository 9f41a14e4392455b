#!/usr/bin/env bash
# Makes a library of real music for the tests of the review page: make_library.sh SAMPLE FOLDER PAIRS, with SAMPLE as
# datasets/make_sample.sh makes it. All below FOLDER/Music:
#
#   Albums/<n>/, Downloads/<n>/   PAIRS recordings as FLAC and as MP3, whose title says "(Live)": each is asked about
#   Special/muted.*     a FLAC, and an MP3 that begins 1.7 s later, is 6 dB softer and has two muted words
#   Special/three.*     a FLAC with two MP3 that are asked about
#   Special/certain.*   a FLAC and an MP3 that nobody has to be asked about
set -euo pipefail
sample=$1 folder=$2 pairs=$3
mkdir -p "$folder/Music"
cd "$folder/Music"
ff() { ffmpeg -nostdin -v error -y "$@"; }

masters=("$sample"/master/*.flac)
# Another speed makes another recording: echofold finds copies that play up to 6 % faster or slower, and these are 12 %
# apart. So does playing it backwards.
make_pair() {
  local n=$1
  local master=${masters[$((n % 6))]} step=$((n / 6 % 9 - 4)) filter="" rate
  [ $((n / 54)) -gt 0 ] && filter="areverse,"
  rate=$(python3 -c "print(round(48000 * 2 ** ($step / 6)))")
  local album="Albums/Volume $((n / 10 + 1))" download="Downloads/Part $((n / 10 + 1))" title="Piece $n"
  mkdir -p "$album" "$download"
  ff -i "$master" -map_metadata -1 -af "${filter}aresample=48000,asetrate=$rate,aresample=44100" -sample_fmt s16 \
    -metadata artist="Ana Lind" -metadata album="Volume $((n / 10 + 1))" -metadata track="$((n % 10 + 1))/10" \
    -metadata title="$title" "$album/$(printf '%02d' $((n % 10 + 1))) $title.flac"
  ff -i "$album/$(printf '%02d' $((n % 10 + 1))) $title.flac" -b:a 192k -metadata title="$title (Live)" \
    -metadata album="Downloads" -metadata track="" "$download/Ana Lind - $title.mp3"
}
export -f make_pair ff
for ((n = 0; n < pairs; n++)); do
  make_pair "$n" &
  (((n + 1) % 2)) || wait
done
wait

mkdir -p Special
# Other music than that of the pairs: beyond their last speed.
other() { # other MASTER OUT [FILTERS]
  ff -i "$1" -map_metadata -1 -af "aresample=48000,asetrate=$(python3 -c 'print(round(48000 * 2 ** (-5 / 6)))'),aresample=44100${3:-}" -sample_fmt s16 "$2"
}
tags() { echo "-metadata artist=Hyper -metadata album=Nebula -metadata title=$1"; }
other "${masters[0]}" Special/muted.wav
# shellcheck disable=SC2046  # several words
ff -i Special/muted.wav $(tags Graveyard) -metadata genre=Electronic -metadata date=2011 Special/muted.flac
# shellcheck disable=SC2046
ff -i Special/muted.wav $(tags Graveyard) -b:a 192k -af "volume=0:enable='between(t\,14.05\,14.45)+between(t\,31.2\,31.7)',volume=-6dB,atrim=start=1.7,asetpts=PTS-STARTPTS" Special/muted.mp3
other "${masters[1]}" Special/three.wav
# shellcheck disable=SC2046
ff -i Special/three.wav $(tags Coda) Special/three.flac
ff -i Special/three.flac -b:a 192k -metadata "title=Coda (Live)" Special/three.mp3
ff -i Special/three.flac -b:a 128k -metadata "title=Coda (Acoustic)" "Special/three again.mp3"
other "${masters[2]}" Special/certain.wav
# shellcheck disable=SC2046
ff -i Special/certain.wav $(tags River) Special/certain.flac
ff -i Special/certain.flac -b:a 192k Special/certain.mp3
rm Special/*.wav
