#!/usr/bin/env bash
# Downloads real music from Debian packages: fetch_music.sh OUT [PACKAGE...]
#
# Creates OUT/<package>/<track> (music of at least 30 s), with its licence and manifest.tsv. Quick and without network
# if everything exists already. Needs apt-get, dpkg-deb, ffprobe.
set -euo pipefail

readonly min_bytes=500000   # smaller files are sound effects
readonly min_seconds=30

fail() { echo "fetch_music: $*" >&2; exit 1; }

usage() {
  echo "usage: $0 OUT [PACKAGE...]   (default: singularity-music hyperrogue-music)" >&2
  exit 2
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# complete DIR: every file of its manifest exists, byte for byte.
complete() {
  [ -f "$1/manifest.tsv" ] || return 1
  (cd "$1" && tail -n +2 manifest.tsv | awk -F '\t' '{print $5 "  " $3}' | sha256sum --check --status)
}

# download PACKAGE DIR
download() {
  local package=$1 dir=$2
  if [ "$(id -u)" = 0 ] && id _apt >/dev/null 2>&1; then chown _apt "$dir"; fi
  (cd "$dir" && apt-get download -q "$package") >"$dir/log" 2>&1 && return
  # The usual cause is a machine that has never loaded its package lists.
  as_root apt-get update -q >>"$dir/log" 2>&1 || true
  (cd "$dir" && apt-get download -q "$package") >>"$dir/log" 2>&1 && return
  cat "$dir/log" >&2
  fail "apt-get cannot download '$package': check the network and that 'apt-get update' works"
}

# is_music FILE: long enough, and ffmpeg can open it (it can't open three Vorbis files of hyperrogue-music).
is_music() {
  local seconds
  seconds=$(ffprobe -v quiet -select_streams a -show_entries format=duration -of csv=p=0 "$1") || return 1
  awk -v s="$seconds" -v least="$min_seconds" 'BEGIN { exit !(s + 0 >= least) }'
}

# music_in TREE: files that look like music, each terminated by a NUL.
music_in() {
  find "$1" -type f \( -name '*.ogg' -o -name '*.mp3' -o -name '*.flac' -o -name '*.opus' \) \
    -size +"${min_bytes}c" -print0 | LC_ALL=C sort -z
}

# name_of FILE NAMES: its base name, prefixed with its folder if NAMES contains it twice (guitar.ogg of each song).
name_of() {
  local name
  name=$(basename "$1")
  if [ "$(grep -cxF -- "$name" <<<"$2")" -gt 1 ]; then name=$(basename "$(dirname "$1")")-$name; fi
  echo "${name// /_}"
}

# collect PACKAGE VERSION TREE DIR: copies tracks and licence of an unpacked package, then writes the manifest.
collect() {
  local package=$1 version=$2 tree=$3 dir=$4 file name names
  mkdir -p "$dir"
  cp "$tree/usr/share/doc/$package/copyright" "$dir/copyright"
  printf 'package\tversion\tfile\tlicence\tsha256\tpath_in_package\n' >"$dir/manifest.tsv.part"
  names=$(music_in "$tree" | tr '\0' '\n' | sed 's:.*/::')
  while IFS= read -r -d '' file; do
    is_music "$file" || continue
    name=$(name_of "$file" "$names")
    cp "$file" "$dir/$name"
    printf '%s\t%s\t%s\tcopyright\t%s\t%s\n' "$package" "$version" "$name" \
      "$(sha256sum <"$file" | cut -d ' ' -f 1)" "${file#"$tree"}" >>"$dir/manifest.tsv.part"
  done < <(music_in "$tree")
  [ "$(wc -l <"$dir/manifest.tsv.part")" -gt 1 ] || fail "'$package' holds no music of $min_seconds s or more"
  mv "$dir/manifest.tsv.part" "$dir/manifest.tsv"
}

# fetch PACKAGE OUT
fetch() {
  local package=$1 dir=$2/$1 deb
  if complete "$dir"; then return; fi
  temp=$(mktemp -d)  # not local: the trap needs it
  trap 'rm -rf "$temp"' EXIT
  chmod 755 "$temp"
  download "$package" "$temp"
  deb=$(find "$temp" -maxdepth 1 -name '*.deb')
  dpkg-deb -x "$deb" "$temp/tree"
  collect "$package" "$(dpkg-deb -f "$deb" Version)" "$temp/tree" "$dir"
  rm -rf "$temp"
}

main() {
  if [ $# -eq 0 ] || [ "${1#-}" != "$1" ]; then usage; fi
  local out=$1 package tool
  shift
  [ $# -gt 0 ] || set -- singularity-music hyperrogue-music
  for tool in apt-get dpkg-deb ffprobe; do
    command -v "$tool" >/dev/null || fail "$tool is needed and not installed"
  done
  mkdir -p "$out"
  for package in "$@"; do
    fetch "$package" "$out"
    echo "$package: $(($(wc -l <"$out/$package/manifest.tsv") - 1)) tracks in $out/$package"
  done
}

main "$@"
