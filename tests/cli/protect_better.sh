#!/usr/bin/env bash
# A better file stays next to a worse protected one, with a reason; files that are not better are moved as usual.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
ff() { ffmpeg -nostdin -v error -y "$@"; }
song 1 "$work/1.wav"
mkdir "$music"/{safe,other}
ff -i "$work/1.wav" -b:a 128k "$music/safe/song.mp3"
ff -i "$work/1.wav" "$music/other/better.flac"
ff -i "$work/1.wav" -b:a 320k "$music/other/better.mp3"
ff -i "$work/1.wav" -b:a 64k "$music/other/worse.mp3"
expect 0 echofold dedupe --apply --protect "$music/safe" --format ndjson "$music"
for file in safe/song.mp3 other/better.flac other/better.mp3; do [ -f "$music/$file" ] || fail "$file is gone"; done
[ ! -f "$music/other/worse.mp3" ] || fail "the worse copy of a protected file stays"
expect 0 echofold plan --protect "$music/safe" --format ndjson
json "[d['why'] for r in rows for d in r['drop']] == ['better than the protected copy; both stay'] * 2"
json "all(d['action'] == 'none' for r in rows for d in r['drop'])"
