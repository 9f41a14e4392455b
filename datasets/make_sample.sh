#!/usr/bin/env bash
# Makes a small sample of real music with duplicates: make_sample.sh OUT
#
# Six tracks of singularity-music (CC BY-SA 3.0) cut to 40 s, each as FLAC master and in three more formats. The
# download is kept in $ECHOFOLD_MUSIC (default ~/.cache/echofold/music). Quick if everything exists already.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

main() {
  if [ $# -ne 1 ] || [ "${1#-}" != "$1" ]; then
    echo "usage: $0 OUT" >&2
    exit 2
  fi
  local music=${ECHOFOLD_MUSIC:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/echofold/music}
  "$here/fetch_music.sh" "$music" singularity-music
  "$here/make_copies.sh" "$music/singularity-music" "$1" --tracks 6 --seconds 40 --formats mp3_320,mp3_128,aac
}

main "$@"
