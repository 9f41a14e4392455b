#!/usr/bin/env bash
# Fingerprints made elsewhere: arrays and compressed text; bad lines are reported by number; apply refuses such
# tracks.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
command -v fpcalc >/dev/null || skip "fpcalc is not installed"
song 1 "$work/a.flac"
convert "$work/a.flac" "$work/b.mp3" -b:a 128k
song 2 "$work/c.flac"
line() { # FILE PATH [-raw]: one NDJSON line from fpcalc
  { fpcalc -length 0 -json ${3:-} "$1" || true; } | # it exits with 3 for intact files
     python3 -c 'import json,sys; d=json.load(sys.stdin); print(json.dumps({"path":sys.argv[1],"duration":d["duration"],"fingerprint":d["fingerprint"]}))' "$2"
}
{
  line "$work/a.flac" /elsewhere/a.flac -raw
  echo 'not json'
  line "$work/b.mp3" /elsewhere/b.mp3
  echo '{"path":"/elsewhere/x","duration":3}'
  echo ''
  echo '{"path":"/elsewhere/y","duration":3,"fingerprint":"!!!"}'
  line "$work/c.flac" /elsewhere/c.flac -raw
} >"$work/lines.ndjson"
expect 1 echofold import "$work/lines.ndjson"
says "3 imported"
for number in 2 4 6; do says "lines.ndjson:$number:"; done
expect 0 echofold pairs --format ndjson
json 'len(rows) == 1 and rows[0]["a"] == "/elsewhere/a.flac" and rows[0]["b"] == "/elsewhere/b.mp3"'
json 'rows[0]["similarity"] >= 0.98 and rows[0]["relation"] == "same_recording" and rows[0]["schema"] == "echofold.pair/1"'
expect 0 echofold plan --format ndjson
json 'len(rows) == 1'
cp "$work/out" "$work/plan"
expect 2 echofold apply "$work/plan"
says "/elsewhere/"
grep '"path"' "$work/lines.ndjson" | sed -n 1p >"$work/one"
expect 0 "$ECHOFOLD" --db "$db" import "$work/one"
says "1 unchanged"
"$ECHOFOLD" --db "$work/db2" import - <"$work/one" >"$work/out"
says "1 imported"
expect 2 echofold import "$work/none.ndjson"
