#!/usr/bin/env bash
# `check` reports what is damaged in a library and changes nothing; `check --repair` saves the rest, and a scan
# restores what was lost.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
expect 10 echofold check
song 1 "$music/a.flac" 30
convert "$music/a.flac" "$music/b.mp3" -b:a 128k
song 2 "$music/c.flac" 30
expect 0 echofold scan "$music"
expect 0 echofold pairs
expect 0 echofold check
says "3 tracks, 1 pair, 0 verdicts: all of the library is whole"
expect 0 echofold check --format ndjson
json 'len(rows) == 1 and rows[0]["schema"] == "echofold.check/1" and rows[0]["whole"] and rows[0]["kept_as"] is None'
expect 0 echofold check --repair
[ ! -e "$db/data.damaged-1.mdb" ] || fail "a whole library was repaired"
expect 11 flock "$db/lock" "$ECHOFOLD" --db "$db" check
expect 2 echofold check --format csv

# hurt NEEDLE: flips a bit after every occurrence of the needle in the store.
hurt() {
  python3 - "$db/data.mdb" "$1" <<'PY'
import sys
data = bytearray(open(sys.argv[1], "rb").read())
at = data.find(sys.argv[2].encode())
assert at > 0
while at > 0:
    data[at + len(sys.argv[2]) + 40] ^= 1
    at = data.find(sys.argv[2].encode(), at + 1)
open(sys.argv[1], "r+b").write(data)
PY
}
hurt "$music/b.mp3"
cp "$db/data.mdb" "$work/hurt"
expect 3 echofold check
says "$music/b.mp3"
says "its checksum is wrong"
expect 3 echofold check --format ndjson
json 'rows[0]["schema"] == "echofold.damage/1" and any(row.get("path", "") and row["path"].endswith("b.mp3") for row in rows)'
json 'not rows[-1]["whole"] and rows[-1]["tables"]["tracks"]["damaged"] == 1 and rows[-1]["tables"]["tracks"]["whole"] == 2'
cmp "$db/data.mdb" "$work/hurt" || fail "check changed the library"
expect 3 echofold plan
says "track 2 is damaged"

expect 1 echofold check --repair --format ndjson
json 'rows[-1]["saved"] == {"tracks": 2, "pairs": 0, "verdicts": 0} and rows[-1]["kept_as"].endswith("data.damaged-1.mdb")'
cmp "$db/data.damaged-1.mdb" "$work/hurt" || fail "the damaged file was not kept as it was"
expect 0 echofold check
says "2 tracks"
expect 0 echofold scan "$music"
says "1 fingerprinted"
expect 0 echofold plan --format ndjson
json 'len(rows) == 1 and rows[0]["keep"]["path"].endswith("a.flac")'
[ "$(stat -c %a "$db/data.mdb" "$db/data.damaged-1.mdb" | sort -u)" = 600 ] || fail "others may read the library"

# The damaged journal of a run is also reported.
expect 0 echofold dedupe --apply "$music"
expect 0 echofold check
sed -i 's/intend/Intend/' "$db"/runs/*.ndjson
expect 3 echofold check
says "the journal was changed or damaged"
