#!/usr/bin/env bash
# Copies are compared by ear before they are moved: a muted word is asked about. Each pair is listened to once.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# A song, a copy, and one with a muted word that is too short for the fingerprints.
make_copies() {
  song 1 "$music/song.flac" 40
  convert "$music/song.flac" "$music/copy.mp3" -b:a 192k
  convert "$music/song.flac" "$music/muted.mp3" -b:a 192k -af "volume=0:enable='between(t\,14.05\,14.3)'"
}
make_copies
expect 0 echofold scan "$music"

echo "== by their fingerprints, both copies would go"
expect 0 echofold plan --no-listen --format ndjson
says "copies are not compared by ear: the fingerprints alone decide"
json 'len(rows) == 1 and [d["action"] for d in rows[0]["drop"]] == ["move", "move"]'
json 'all(d["heard"] is None for d in rows[0]["drop"])'

echo "== by ear, one is the same and one is not"
expect 0 echofold dedupe --format ndjson "$music"
is_fate copy.mp3 "move: *"
is_fate muted.mp3 "review: *; to review: is silent at 0:1[34].[019] for 0.[234] s"
json 'sorted(d["band"] for d in rows[0]["drop"]) == ["auto", "review"]'
cat >"$work/drops.py" <<'PY'
import json, sys
drops = {d["path"].rsplit("/", 1)[1]: d for line in open(sys.argv[1]) for d in json.loads(line)["drop"]}
same, muted = drops["copy.mp3"]["heard"], drops["muted.mp3"]["heard"]
assert (same["hearing"], same["reason"]) == ("same", None), same
assert same["lined_up"] and same["rate_hz"] == 44100 and 39 < same["compared_s"] < 41, same
assert (muted["hearing"], muted["reason"]) == ("differs", "burst"), muted
burst = muted["bursts"][0]
assert burst["kind"] == "silent_in_b" and burst["strength"] > 1 and abs(burst["start_s"] - 14.05) < 0.15, burst
assert all(b["strength"] < 1 for b in same["bursts"]), same
PY
python3 "$work/drops.py" "$work/out" || fail "other fields"

echo "== a second plan listens to nothing: files that can't be listened to any more make no difference"
touch -d '2001-01-01' "$music"/*
expect 0 echofold plan --format ndjson
is_fate copy.mp3 "move: *"
is_fate muted.mp3 "review: *; to review: is silent at 0:1[34].[019] for 0.[234] s"
python3 "$work/drops.py" "$work/out" || fail "other fields in the second plan"

echo "== what was not heard before can't be now, and is asked about"
convert "$music/song.flac" "$music/late.ogg" -q:a 5
expect 0 echofold scan "$music/late.ogg"
touch -d '2001-01-01' "$music/late.ogg"
expect 0 echofold plan --format ndjson
is_fate late.ogg "review: *; to review: was not compared by ear: $music/*: changed since it was scanned"
is_fate copy.mp3 "move: *"
expect 0 echofold plan --no-listen --format ndjson
is_fate late.ogg "move: *"
is_fate muted.mp3 "move: *"
rm "$music/late.ogg"

echo "== the muted copy stays, and is moved only if the fingerprints alone decide"
expect 0 echofold dedupe --apply "$music"
[ ! -e "$music/copy.mp3" ] && [ -e "$music/muted.mp3" ] || fail "the wrong files were moved"
expect 0 echofold dedupe --apply --no-listen "$music"
says "the fingerprints alone decide"
[ ! -e "$music/muted.mp3" ] || fail "--no-listen listened"

echo "== a library that can't be written to is planned, too"
rm -rf "$music" "$db"; mkdir "$music"
make_copies
expect 0 echofold dedupe --no-listen "$music"
program=("$ECHOFOLD" --db "$db")
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then # permissions do not restrict root
  chmod 755 "$work"
  program=(setpriv --reuid=65534 --regid=65534 --clear-groups "${program[@]}")
  "${program[@]}" --help >/dev/null 2>&1 || { cp "$ECHOFOLD" "$work/echofold"; program[4]=$work/echofold; }
fi
chmod -R a+rX "$db" "$music"
chmod a-w "$db" "$db"/*
for _ in 1 2; do
  expect 0 "${program[@]}" plan --format ndjson
  is_fate copy.mp3 "move: *"
  is_fate muted.mp3 "review: *is silent at 0:1[34].*"
done
chmod u+w "$db" "$db"/*

echo "== Ctrl-C while it listens: what was heard is kept"
command -v pgrep >/dev/null || skip "the part with Ctrl-C: pgrep is not installed"
rm -rf "$music" "$db"; mkdir "$music"
for n in $(seq 8); do
  song "$n" "$music/$n.flac" 60
  convert "$music/$n.flac" "$music/$n.mp3" -b:a 128k
done
expect 0 echofold scan "$music"
"$ECHOFOLD" --db "$db" --threads 1 plan >"$work/out" 2>"$work/err" &
pid=$!
touch "$work/workers"
for _ in $(seq 6000); do # each pair has a process of its own: the third one means that two were heard
  for zygote in $(pgrep -P $pid); do pgrep -P "$zygote" >>"$work/workers" || true; done
  [ "$(sort -u "$work/workers" | wc -l)" -ge 3 ] && break
  kill -0 $pid 2>/dev/null || break
  sleep 0.005
done
kill -INT $pid 2>/dev/null || { cat "$work/err" >&2; fail "it ended before it was stopped"; }
wait $pid && code=0 || code=$?
[ $code -eq 130 ] || { cat "$work/err" >&2; fail "exit code $code instead of 130"; }
touch -d '2001-01-01' "$music"/*
expect 0 echofold plan --format ndjson
kept=$(grep -c '"hearing"' "$work/out" || true)
[ "$kept" -ge 1 ] || fail "nothing was kept"
[ "$kept" -lt 8 ] || fail "it was not interrupted"
