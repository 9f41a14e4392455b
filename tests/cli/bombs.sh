#!/usr/bin/env bash
# Small files that claim or expand to something huge fail alone, in bounded memory, with one row each.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
bombs=$(dirname "${BASH_SOURCE[0]}")/../malformed/bombs.py
song 1 "$music/good.flac"
python3 "$bombs" "$music"
expect 1 echofold scan --format ndjson "$music"
json 'sorted(r["path"].rsplit("/")[-1] for r in rows) == ["chapters.mp3", "comments.opus", "declared.m4a", "declared.wav", "good.flac", "huge_tag.mp3", "nested.m4a", "repeated.m4a", "silence.flac"]'
json 'all((r["error"] is not None) == (r["status"] == "failed") for r in rows)'
json '[r["status"] for r in rows if "good" in r["path"]] == ["fingerprinted"]'
# Minutes of silence, and nearly an hour of eight channels from 9 kB: they are decoded as a stream, not collected in
# memory. The hour, and programs with sanitizers, may instead run into the limit of processor time or wall-clock time.
stopped='(r["error"] or "").split(" s ")[0].endswith(("it took more than 10", "it took more than 15"))'
json "[r['status'] == 'silent' and r['duration_s'] > 700 or $(watched && echo "$stopped" || echo False) for r in rows if 'silence' in r['path']] == [True]"
json "[r['status'] == 'silent' and r['duration_s'] > 2900 or $stopped for r in rows if 'repeated' in r['path']] == [True]"
