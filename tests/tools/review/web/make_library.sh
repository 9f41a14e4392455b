#!/usr/bin/env bash
# Makes a library of real music for the tests of the review page: make_library.sh SAMPLE FOLDER PAIRS, with SAMPLE as
# datasets/make_sample.sh makes it. All below FOLDER/Music:
#
#   Albums/<n>/, Downloads/<n>/   PAIRS recordings as FLAC and as MP3, whose title says "(Live)": each is asked about
#   Albums/Nebula/, Downloads/    Graveyard: a FLAC, and an MP3 that begins 1.7 s later, is 6 dB softer and has two muted
#                                 words; Coda: a FLAC with two MP3 that are asked about; River: a certain MP3
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

mkdir -p Albums/Nebula
# Other music than that of the pairs: beyond their slowest speed.
other() { # other MASTER OUT
  ff -i "$1" -map_metadata -1 -af "aresample=48000,asetrate=$(python3 -c 'print(round(48000 * 2 ** (-5 / 6)))'),aresample=44100" -sample_fmt s16 "$2"
}
album=Albums/Nebula tags=(-metadata artist=Hyper -metadata album=Nebula)
other "${masters[0]}" "$folder/graveyard.wav"
ff -i "$folder/graveyard.wav" "${tags[@]}" -metadata title=Graveyard -metadata date=2011 "$album/05 Graveyard.flac"
ff -i "$folder/graveyard.wav" "${tags[@]}" -metadata title=Graveyard -b:a 192k -af "volume=0:enable='between(t\\,14.05\\,14.45)+between(t\\,31.2\\,31.7)',volume=-6dB,atrim=start=1.7,asetpts=PTS-STARTPTS" Downloads/graveyard.mp3
other "${masters[1]}" "$folder/coda.wav"
ff -i "$folder/coda.wav" "${tags[@]}" -metadata title=Coda "$album/06 Coda.flac"
ff -i "$album/06 Coda.flac" -b:a 192k -metadata "title=Coda (Live)" Downloads/coda.mp3
ff -i "$album/06 Coda.flac" -b:a 128k -metadata "title=Coda (Acoustic)" "Downloads/coda (1).mp3"
other "${masters[2]}" "$folder/river.wav"
ff -i "$folder/river.wav" "${tags[@]}" -metadata title=River "$album/07 River.flac"
ff -i "$album/07 River.flac" -b:a 192k Downloads/river.mp3
rm "$folder"/*.wav
