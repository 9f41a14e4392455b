#!/usr/bin/env bash
# Installs what echofold needs from Debian 12's packages. Quick and silent if nothing is missing.
#
#   tools/install_dependencies.sh [run|check|datasets]    check: also what only the tests and checks need
#                                                         datasets: also what makes the labelled library
set -euo pipefail

run_packages=(
  g++ cmake ninja-build ccache pkg-config
  libchromaprint-dev libavformat-dev libavcodec-dev libavutil-dev libswresample-dev libtag1-dev liblmdb-dev
  libfaiss-dev libtbb-dev libxsimd-dev libcurl4-openssl-dev nlohmann-json3-dev libbenchmark-dev libgtest-dev
  libboost-math-dev libcli11-dev libfmt-dev libspdlog-dev libtomlplusplus-dev libxxhash-dev libseccomp-dev libutf8proc-dev
  librapidcheck-dev librsync-dev zlib1g-dev libcpp-httplib-dev libebur128-dev
  ffmpeg
)
check_packages=(
  clang clang-format clang-tidy libclang-rt-14-dev llvm gcovr libchromaprint-tools
  strace binutils procps util-linux e2fsprogs xfsprogs ntfs-3g python3 git chromium
  musepack-tools mpv
)
datasets_packages=(python3 fluidsynth espeak-ng timgm6mb-soundfont musescore-general-soundfont-small)

installed() { dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2>/dev/null | grep -q '^ii'; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    echo "echofold: these packages are missing: ${missing[*]}" >&2
    echo "echofold: run this as root or install sudo" >&2
    exit 1
  fi
}

wanted=("${run_packages[@]}")
case ${1:-run} in
  run) ;;
  check) wanted+=("${check_packages[@]}") ;;
  datasets) wanted+=("${datasets_packages[@]}") ;;
  *) echo "usage: $0 [run|check|datasets]" >&2; exit 2 ;;
esac
# Whoever has a newer node.js, not from Debian, keeps it.
if [ "${1:-}" = check ] && ! { command -v node && command -v npm; } >/dev/null; then wanted+=(nodejs npm); fi
missing=()
for package in "${wanted[@]}"; do installed "$package" || missing+=("$package"); done
[ ${#missing[@]} -eq 0 ] && exit 0

echo "echofold: installing ${missing[*]}" >&2
as_root apt-get update -q >&2
as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >&2
