#!/usr/bin/env bash
# --speed finds copies at other speeds in a library that is too large to compare all tracks with all.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# fill FIRST COUNT: imports so many tracks of a few seconds each, of random items.
fill() {
  python3 - "$1" "$2" <<'PY' >"$work/import.ndjson"
import json, random, sys
first, count = int(sys.argv[1]), int(sys.argv[2])
random.seed(first)
for i in range(first, first + count):
    print(json.dumps({"path": f"/elsewhere/{i}.mp3", "duration": 6, "fingerprint": [random.getrandbits(32) for _ in range(30)]}))
PY
  expect 0 echofold import "$work/import.ndjson"
}

song 1 "$music/song.flac" 60
song 2 "$music/other.flac" 60
convert "$music/song.flac" "$music/fast.mp3" -af asetrate=45864,aresample=44100 -b:a 160k
convert "$music/other.flac" "$music/tempo.mp3" -af atempo=0.97 -b:a 160k
fill 0 50100

echo "== without --speed nothing is found in a large library"
expect 0 echofold scan "$music"
expect 0 echofold pairs --format ndjson
json 'not any(row["speed"] != 1 for row in rows)'

echo "== with it, files are read again, and the pairs are found"
expect 0 echofold scan --speed 4 -n "$music"
says "4 to read"
expect 0 echofold scan --speed 4 "$music"
says "4 unchanged files are read again: --speed 4 needs more of each than earlier scans stored"
expect 0 echofold pairs --format ndjson
json 'len(rows) == 2 and all(row["guard"] == "speed" and row["band"] == "review" for row in rows)'
json 'sorted(round(row["speed"] ** (1 if row["a"].endswith((".flac")) else -1), 2) for row in rows) == [.97, 1.04]'
cp "$work/out" "$work/pairs"

echo "== the library remembers it"
expect 0 echofold scan "$music"
says "4 unchanged"
song 3 "$music/third.flac" 60
convert "$music/third.flac" "$music/slow.ogg" -af asetrate=43000,aresample=44100
expect 0 echofold scan "$music"
says "2 fingerprinted, 4 unchanged"
expect 0 echofold pairs --format ndjson --threads 1
json 'len(rows) == 3'
grep -v '/slow\.ogg' "$work/out" | cmp - "$work/pairs" || fail "the pairs that were known changed"
cp "$work/out" "$work/pairs"

echo "== every number of threads gives the same bytes"
mv "$db" "$work/other"
fill 0 50100
expect 0 echofold scan --speed 4 --threads 1 "$music"
expect 0 echofold pairs --format ndjson --threads 2
cmp "$work/out" "$work/pairs" || fail "a library that was scanned at once has other pairs"

echo "== it can be turned off; what was found stays"
expect 0 echofold scan --speed 0 "$music"
says "6 unchanged"
expect 0 echofold pairs --format ndjson
json 'len(rows) == 3'
expect 0 echofold check
expect 2 echofold scan --speed 9 "$music"
expect 2 echofold scan --speed fast "$music"
