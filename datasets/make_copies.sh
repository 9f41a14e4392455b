#!/usr/bin/env bash
# Makes copies of real tracks with real encoders, and labels which belong together:
#   make_copies.sh IN_DIR OUT_DIR [--tracks N] [--formats LIST] [--seconds S] [--from S]
#
# OUT_DIR/master/<track>.flac and OUT_DIR/<format>/<track>.<ext>, each format with its own start; OUT_DIR/labels.csv
# (a,b,label,treatment). Not random; existing files are kept, so an interrupted run continues.
set -euo pipefail

readonly default_formats=flac,mp3_320,mp3_128,mp3_v0,aac,opus,vorbis,wma,wavpack,alac

fail() { echo "make_copies: $*" >&2; exit 1; }

usage() {
  cat >&2 <<TEXT
usage: $0 IN_DIR OUT_DIR [--tracks N] [--formats LIST] [--seconds S] [--from S]
  --tracks N     the first N tracks (default all)
  --formats LIST comma-separated (default $default_formats;
                 also tta, aiff, wav, adts, mka)
  --seconds S    cut each track to S seconds (default whole)
  --from S       where the cut starts (default 15)
OUT_DIR made with other options: take another one, as existing files are kept.
TEXT
  exit 2
}

# recipe FORMAT: extension, seconds by which the copy starts later (negative: silence is put before), encoder.
recipe() {
  case $1 in
    flac)    echo flac 0.05 -c:a flac -compression_level 8 ;;
    mp3_320) echo mp3 0.2 -c:a libmp3lame -b:a 320k ;;
    mp3_128) echo mp3 0 -c:a libmp3lame -b:a 128k ;;
    mp3_v0)  echo mp3 -0.37 -c:a libmp3lame -q:a 0 ;;
    aac)     echo m4a 0.062 -c:a aac -b:a 192k ;;
    opus)    echo opus 0.2 -c:a libopus -b:a 96k ;;
    vorbis)  echo ogg 0.031 -c:a libvorbis -q:a 5 ;;
    wma)     echo wma 0.1 -c:a wmav2 -b:a 192k ;;
    wavpack) echo wv 0.5 -c:a wavpack ;;
    alac)    echo m4a 0 -c:a alac ;;
    tta)     echo tta 1.0 -c:a tta ;;
    aiff)    echo aiff 0.1 -c:a pcm_s16be -write_id3v2 1 ;;
    wav)     echo wav 0.02 -c:a pcm_s16le ;;
    adts)    echo aac 0 -c:a aac -b:a 128k ;;
    mka)     echo mka 0.15 -c:a flac ;;
    *)       return 1 ;;
  esac
}

# -nostdin is essential: ffmpeg would consume the list that xargs reads.
run_ffmpeg() { ffmpeg -nostdin -v error -y "$@"; }

# into FILE FFMPEG_ARGUMENTS...: FILE appears completely or not at all.
into() {
  local file=$1 part
  shift
  part=$(dirname "$file")/.part-$(basename "$file")
  if ! run_ffmpeg "$@" -fflags +bitexact -flags:a +bitexact "$part"; then
    rm -f "$part"
    fail "ffmpeg cannot make $file"
  fi
  mv "$part" "$file"
}

# make_master NUMBER SOURCE OUT
make_master() {
  local number=$1 source=$2 out=$3 track file cut=()
  track=$(track_of "$source")
  file=$out/master/$track.flac
  [ -e "$file" ] && return
  [ -n "${SECONDS_CUT:-}" ] && cut=(-ss "$FROM" -t "$SECONDS_CUT")
  into "$file" -i "$source" -map 0:a:0 -map_metadata -1 "${cut[@]}" -sample_fmt s16 -c:a flac \
    -metadata title="${track//_/ }" -metadata artist="$(basename "$(dirname "$source")")" \
    -metadata album="Music from Debian" -metadata track="$number"
}

# make_copy FORMAT MASTER OUT
make_copy() {
  local format=$1 master=$2 out=$3 extension start encoder file shift=()
  read -r extension start encoder <<<"$(recipe "$format")"
  file=$out/$format/$(basename "$master" .flac).$extension
  [ -e "$file" ] && return
  case $start in
    0) ;;
    -*) shift=(-af "adelay=delays=${start#-0.}0:all=1") ;;  # -0.37 s: 370 ms of silence first
    *) shift=(-af "atrim=start=$start,asetpts=PTS-STARTPTS") ;;
  esac
  # shellcheck disable=SC2086  # the encoder is a list of words
  into "$file" -i "$master" -map 0:a "${shift[@]}" $encoder
}

track_of() {
  local name
  name=$(basename "$1")
  echo "${name%.*}" | tr -c 'A-Za-z0-9._\n-' _
}

# write_labels OUT FORMATS TRACK...
write_labels() {
  local out=$1 formats=$2 track format extension last=
  shift 2
  {
    echo a,b,label,treatment
    for track in "$@"; do
      for format in ${formats//,/ }; do
        read -r extension _ <<<"$(recipe "$format")"
        echo "master/$track.flac,$format/$track.$extension,same,$format"
        [ -n "$last" ] && echo "master/$last.flac,$format/$track.$extension,different,$format"
      done
      last=$track
    done
  } >"$out/.part-labels.csv"
  mv "$out/.part-labels.csv" "$out/labels.csv"
}

sources_of() {
  find "$1" -type f \( -name '*.ogg' -o -name '*.mp3' -o -name '*.flac' -o -name '*.opus' -o -name '*.wav' \) |
    LC_ALL=C sort | head -n "$2"
}

# make_all IN OUT TRACKS FORMATS
make_all() {
  local in=$1 out=$2 formats=$4 source number=0 format twice tracks=() sources=()
  mapfile -t sources < <(sources_of "$in" "$3")
  [ "${#sources[@]}" -gt 0 ] || fail "no music in $in"
  for source in "${sources[@]}"; do tracks+=("$(track_of "$source")"); done
  twice=$(printf '%s\n' "${tracks[@]}" | LC_ALL=C sort | uniq -d)
  [ -z "$twice" ] || fail "two tracks of the same name: $twice"
  for format in master ${formats//,/ }; do mkdir -p "$out/$format"; done
  for source in "${sources[@]}"; do
    number=$((number + 1))
    printf '%s\0%s\0%s\0' "$number" "$source" "$out"
  done | xargs -0 -r -n 3 -P "$(nproc)" "$0" --master
  for source in "${tracks[@]}"; do
    for format in ${formats//,/ }; do printf '%s\0%s\0%s\0' "$format" "$out/master/$source.flac" "$out"; done
  done | xargs -0 -r -n 3 -P "$(nproc)" "$0" --copy
  write_labels "$out" "$formats" "${tracks[@]}"
  echo "$((${#tracks[@]} * (1 + $(tr , '\n' <<<"$formats" | wc -l)))) files of ${#tracks[@]} tracks in $out"
}

main() {
  case ${1:-} in  # called back by xargs
    --master) make_master "$2" "$3" "$4"; return ;;
    --copy) make_copy "$2" "$3" "$4"; return ;;
  esac
  [ $# -ge 2 ] || usage
  local in=$1 out=$2 most=1000000 formats=$default_formats format
  shift 2
  export FROM=15 SECONDS_CUT=
  while [ $# -gt 0 ]; do
    [ $# -ge 2 ] || usage
    case $1 in
      --tracks) most=$2 ;;
      --formats) formats=$2 ;;
      --seconds) SECONDS_CUT=$2 ;;
      --from) FROM=$2 ;;
      *) usage ;;
    esac
    shift 2
  done
  command -v ffmpeg >/dev/null || fail "ffmpeg is needed and not installed"
  [ -d "$in" ] || fail "no such folder: $in"
  for format in ${formats//,/ }; do recipe "$format" >/dev/null || fail "unknown format: $format"; done
  make_all "$in" "$out" "$most" "$formats"
}

main "$@"
