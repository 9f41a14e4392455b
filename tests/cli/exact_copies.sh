#!/usr/bin/env bash
# Clips too short for a fingerprint, silence and drones: copies with the same samples are found in every lossless
# format.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
ffmpeg -nostdin -v error -y -f lavfi -i "sine=frequency=523:duration=1:sample_rate=44100" -sample_fmt s16 "$music/clip.wav"
for format in flac wv tta; do ffmpeg -nostdin -v error -y -i "$music/clip.wav" "$music/a copy of the clip.$format"; done
ffmpeg -nostdin -v error -y -f lavfi -i "sine=frequency=587:duration=1:sample_rate=44100" -sample_fmt s16 "$music/another.wav"
ffmpeg -nostdin -v error -y -f lavfi -i "anullsrc=r=44100:d=40" -sample_fmt s16 "$music/silence.wav"
ffmpeg -nostdin -v error -y -i "$music/silence.wav" "$music/silence.flac"
ffmpeg -nostdin -v error -y -f lavfi -i "sine=frequency=220:duration=40:sample_rate=44100" -sample_fmt s16 "$music/drone.wav"
ffmpeg -nostdin -v error -y -i "$music/drone.wav" "$music/drone.flac"
tree "$music" >"$work/before"
expect 0 echofold dedupe --format ndjson "$music"
python3 - "$work/out" <<'PY' || { cat "$work/out" >&2; fail "not the plan that was meant"; }
import json, sys
actions = {}
for row in map(json.loads, open(sys.argv[1], encoding="utf-8")):
    for drop in row["drop"]:
        pair = sorted(p.rsplit("/", 1)[1] for p in (row["keep"]["path"], drop["path"]))
        assert drop["exact"] == "audio" and drop["relation"] == "same_recording", drop
        kind = "clip" if "clip" in pair[0] else pair[0].split(".")[0]
        assert all(kind in name for name in pair), pair
        actions.setdefault(kind, []).append(drop["action"])
assert actions["clip"] == ["move"] * 3, actions
assert actions["silence"] == ["none"], actions
assert actions.get("drone") == ["move"], actions
assert len(actions) == 3, actions
PY
expect 0 echofold dedupe --apply "$music"
says "4 set aside"
expect 0 echofold undo
tree "$music" >"$work/after"
diff "$work/before" "$work/after" || fail "undo did not restore the tree"
