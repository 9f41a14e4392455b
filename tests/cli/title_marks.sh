#!/usr/bin/env bash
# If titles, file names or albums mark one of two similar recordings as another version, the pair is asked about, and
# the plan says which mark is on which side.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$work/song.flac" 20
convert "$work/song.flac" "$work/song.mp3" -b:a 128k
convert "$work/song.flac" "$music/song.flac" -c copy -metadata title="Song"
marked() { convert "$work/song.mp3" "$music/$1.mp3" -c copy -metadata title="$2"; }
marked clean "Song (Clean)"
marked explicit "Song [Explicit]"
marked censored "Song - Censored"
marked dirty "Song (Dirty)"
marked radio "Song (Radio Version)"
marked language "Song (English Version)"
marked take "Song (Take 2)"
marked part "Song, Pt. 2"
marked backing "Song (Backing Track)"
marked minus "Song (Minus One)"
marked off "Song (Off Vocal)"
marked drums "Song (No Drums)"
marked commentary "Song (Commentary)"
marked playback "Song (Playback)"
marked guest "Song (feat. Bob Smith)"
marked two "Song (Live Acoustic)"
marked plain "Song"
marked year "Song (1999)"
expect 0 echofold scan --allow-vanished "$music"
expect 0 echofold plan --format ndjson
one_says() { is_fate "$1.mp3" "review: lossy; to review: titles differ: $2 only in this one"; }
one_says clean '"clean"'
one_says explicit '"explicit"'
one_says censored '"clean"'
one_says dirty '"explicit"'
one_says radio '"radio version"'
one_says language '"English"'
one_says take 'take 2'
one_says part 'part 2'
one_says backing '"backing track"'
one_says minus '"backing track"'
one_says off '"backing track"'
one_says drums '"no drums"'
one_says commentary '"commentary"'
one_says playback '"backing track"'
one_says guest 'a guest ("bob smith")'
one_says two '"live", "acoustic"'
is_fate plain.mp3 'move: lossy'
is_fate year.mp3 'move: lossy'

# From the other side.
convert "$music/song.flac" "$music/song.flac" -c copy -metadata title="Song (Live)"
rm "$music"/*.mp3
marked plain "Song"
marked other "Song (Acoustic)"
expect 0 echofold scan --allow-vanished "$music"
expect 0 echofold plan --format ndjson
is_fate plain.mp3 'review: *titles differ: "live" only in the other'
is_fate other.mp3 'review: *titles differ: "acoustic" only in this one, "live" only in the other'
expect 0 echofold compare "$music/song.flac" "$music/plain.mp3"
says 'titles differ: "live" only in the first'
expect 0 echofold pairs
says 'titles differ: "live" only in the second'

# Names. Each pair is different music.
rm -r "${music:?}"
mkdir "$music"
seed=10
# pair NAME OTHER [TAGS OF BOTH] [-- TAGS OF THE OTHER]: a FLAC file and an MP3 file with the same sound.
pair() {
  local name=$1 other=$2 folder=$music/$seed both=()
  shift 2
  while [ $# -gt 0 ] && [ "$1" != -- ]; do both+=(-metadata "$1"); shift; done
  local of_other=("${both[@]}")
  [ $# -eq 0 ] || of_other+=(-metadata "$2")
  mkdir "$folder"
  song $seed "$work/pair.flac" 20
  convert "$work/pair.flac" "$folder/$name" "${both[@]}"
  convert "$work/pair.flac" "$folder/$other" -b:a 128k "${of_other[@]}"
  seed=$((seed + 1))
}
pair "Band - Song (Clean Version).flac" "Band - Song.mp3"
pair "Tune (Instrumental).flac" "Tune.mp3"
pair "Song (Remaster 2011).flac" "Song (Mono).mp3"
pair "Hit (Clean).flac" "Hit.mp3" title="Hit"
pair "01 Song (feat. Bob).flac" "01 Song (Take 2).mp3"
pair "Same.flac" "Album.mp3" title="Song" album="Album (Clean)" -- album="Album (Explicit)"
pair "Copied.flac" "Copied (2).mp3"
pair "Twin.flac" "Twin - Copy.mp3" title="Twin"
pair "Also.flac" "03 Also copy.mp3"
pair "Auch.flac" "Auch (Kopie).mp3" title="Auch"
pair "More.flac" "Clean Band - Live - 04 - More.mp3" title="More"
pair "Rich.flac" "Rich (1).mp3" title="Rich" album="Rich" -- album="Rich (Deluxe Edition) [2011 Remaster]"
expect 0 echofold scan --allow-vanished "$music"
expect 0 echofold plan --format ndjson
name_says() { is_fate "$1" "review: lossy; to review: titles differ: $2"; }
name_says "Band - Song.mp3" '"clean" only in the other (file name)'
name_says "Tune.mp3" '"instrumental" only in the other (file name)'
name_says "Song (Mono).mp3" '"mono" only in this one (file name), "remaster" only in the other (file name)'
name_says "Hit.mp3" '"clean" only in the other (file name)'
name_says "01 Song (Take 2).mp3" 'take 2 only in this one (file name)'
name_says "Album.mp3" '"explicit" only in this one (album), "clean" only in the other (album)'
for copy in "Copied (2)" "Twin - Copy" "03 Also copy" "Auch (Kopie)" "Clean Band - Live - 04 - More" "Rich (1)"; do
  is_fate "$copy.mp3" 'move: lossy'
done
