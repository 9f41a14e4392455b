#!/usr/bin/env bash
# For any damage to a library's data file and index: no verb crashes or hangs, and none shows a row that the undamaged
# library does not show.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$music/a.flac" 30
convert "$music/a.flac" "$music/b.mp3" -b:a 128k
convert "$music/a.flac" "$music/c.ogg"
song 2 "$music/d.flac" 30
python3 - >"$work/lines" <<'PY'
import json, random
random.seed(1)
for track in range(40):
    item, items = random.getrandbits(32), []
    for _ in range(200 + 13 * track):
        item ^= random.getrandbits(32) & random.getrandbits(32) & random.getrandbits(32)
        items.append(item)
    for copy in range(2):
        print(json.dumps({"path": f"/else/{track}-{copy}.flac", "duration": len(items) / 8, "fingerprint": items[copy:]}))
PY
rounds=${ECHOFOLD_DAMAGES:+$((ECHOFOLD_DAMAGES / 20))}
expect 0 echofold import "$work/lines"
expect 0 echofold scan "$music"
expect 0 echofold pairs
python3 "$(dirname "${BASH_SOURCE[0]}")/damaged_library.py" "$ECHOFOLD" "$db" "$music/b.mp3" "${rounds:-10}"
