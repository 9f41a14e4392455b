#!/usr/bin/env bash
# stats: the figures of a library whose files are all known; it takes no lock and changes nothing.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
expect 10 echofold stats
song 1 "$music/a.flac"
convert "$music/a.flac" "$music/a.mp3" -b:a 192k
song 2 "$music/b.flac"
convert "$music/b.flac" "$music/short.wav" -t 1
ffmpeg -nostdin -v error -f lavfi -i anullsrc=r=44100 -t 20 "$music/silence.wav"
echo nonsense >"$music/broken.mp3"
echo nonsense >"$music/broken2.mp3"
mkdir "$work/other"
cp "$music/b.flac" "$work/other/gone.flac"
expect 1 echofold scan "$music" "$work/other"
stats() { expect 0 echofold stats --format ndjson; }
stats
json 'rows[0]["schema"] == "echofold.stats/1" and len(rows) == 1'
json 'rows[0]["tracks"] == 6 and abs(rows[0]["hours"] * 3600 - (40 * 4 + 1 + 20)) < 1'
json 'rows[0]["lossless"]["tracks"] == 5'
json '{(f["codec"], f["container"], f["tracks"]) for f in rows[0]["formats"]} == {("FLAC", "flac", 3), ("MP3", "mp3", 1), ("PCM", "wav", 2)}'
json "rows[0]['bytes'] == $(stat -c %s "$music"/{a.flac,a.mp3,b.flac,short.wav,silence.wav} "$work/other/gone.flac" | awk '{s += $1} END {print s}')"
json 'rows[0]["too_short"] == 1 and rows[0]["silent"] == 1 and rows[0]["failed"] == 2'
json 'sum(f["files"] for f in rows[0]["failures"]) == 2 and all(f["reason"] for f in rows[0]["failures"])'
json '[f["path"].rsplit("/")[-1] for f in rows[0]["failed_files"]] == ["broken.mp3", "broken2.mp3"] and all(f["reason"] for f in rows[0]["failed_files"])'
# with the same fingerprint
json 'rows[0]["copies"]["not_compared"] == 4 and rows[0]["copies"]["to_move"] == 1'
json "[(r['path'], r['reach'], r['tracks']) for r in rows[0]['roots']] == [('$music', 'there', 5), ('$work/other', 'there', 1)]"
json 'rows[0]["runs"] == []'
expect 0 echofold plan
stats
json 'rows[0]["copies"]["not_compared"] == 0 and rows[0]["copies"]["to_move"] == 2'
json "rows[0]['copies']['bytes_to_free'] == $(stat -c %s "$music/a.mp3" "$music/b.flac" | awk '{s += $1} END {print s}')"
json 'rows[0]["copies"]["auto"] == {"groups": 2, "copies": 2}'
expect 0 echofold stats
says "6 tracks"
says "there, 5 tracks"
says "FLAC"
says "$music"

# During a run that writes, and without changing anything.
sha256sum "$db/data.mdb" >"$work/sum"
(flock 9; "$ECHOFOLD" --db "$db" stats >/dev/null) 9>>"$db/lock" || fail "stats takes the lock"
sha256sum -c "$work/sum" >/dev/null || fail "stats changed the library"

mv "$work/other" "$work/away"
stats
json "[r['reach'] for r in rows[0]['roots']] == ['there', 'away']"
expect 0 echofold dedupe --apply "$music"
stats
json 'rows[0]["set_aside"] >= 1 and len(rows[0]["runs"]) == 1 and rows[0]["runs"][0]["set_aside"] == rows[0]["set_aside"]'
