#!/usr/bin/env bash
# The server of the review page: who may ask, answers, media, apply and undo, and other programs beside it.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
lib=$HOME/Music
mkdir -p "$lib/certain" "$lib/asked" "$lib/asked/deeper"
for seed in 1 2; do
  song $seed "$lib/certain/$seed.flac" 40
  convert "$lib/certain/$seed.flac" "$lib/certain/$seed.mp3" -b:a 192k
done
# A title with "live" on only one side moves a pair from auto to review.
for seed in 3 4 5 6; do
  song $seed "$work/plain.flac" 40
  folder=$lib/asked
  [ $seed -lt 5 ] || folder=$lib/asked/deeper
  convert "$work/plain.flac" "$folder/$seed.flac" -metadata title="Song $seed" -metadata artist="Band & <b>"
  convert "$work/plain.flac" "$folder/$seed.mp3" -b:a 192k -metadata title="Song $seed (Live)" -metadata artist=Band
done
printf 'asked/3.mp3\nasked/none.mp3\n' >"$lib/list.m3u"
expect 0 echofold scan "$lib"
python3 "$(dirname "${BASH_SOURCE[0]}")/review_web.py" "$ECHOFOLD" "$db" "$lib" "$work" || fail "see above"
