#!/usr/bin/env bash
# Decoding is confined; what kills a decoder affects one file; a kernel without sandbox features is reported once.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
for seed in 1 2 3; do song $seed "$music/$seed.flac"; done
expect 0 echofold scan "$music"
expect 0 echofold export --format csv
cp "$work/out" "$work/normal"

# Without Landlock and seccomp: the same result, and one warning.
expect 0 "$WITHOUT_SANDBOX" "$ECHOFOLD" --db "$work/weaker" --threads 2 scan "$music"
[ "$(grep -c 'does not offer Landlock, seccomp' "$work/err")" -eq 1 ] || { cat "$work/err" >&2; fail "not said once"; }
expect 0 "$ECHOFOLD" --db "$work/weaker" export --format csv
cmp "$work/out" "$work/normal" || fail "another result without the sandbox"
"$WITHOUT_SANDBOX" "$ECHOFOLD" --db "$work/weaker" scan "$music" 2>&1 | grep -q 'does not offer' && fail "said though nothing was decoded"

# A file that takes a while to decode, so that its process can be inspected.
python3 - "$work/long.wav" <<'END'
import random, struct, sys
size = 4 * 44100 * 2400
noise = random.Random(1).randbytes(4 * 44100 * 20)
with open(sys.argv[1], "wb") as file:
    file.write(b"RIFF" + struct.pack("<I", 36 + size) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 2, 44100, 176400, 4, 16)
               + b"data" + struct.pack("<I", size))
    for _ in range(120):
        file.write(noise)
END
mkdir "$work/slow" && mv "$work/long.wav" "$work/slow/a.wav" && cp "$music/1.flac" "$work/slow/b.flac"

# decoder PID: the process that decodes for the scan PID, once it is confined.
decoder() {
  local zygote worker
  for _ in $(seq 500); do
    for zygote in $(pgrep -P "$1"); do
      for worker in $(pgrep -P "$zygote"); do
        if grep -q 'NoNewPrivs:.*1' "/proc/$worker/status" 2>/dev/null; then echo "$worker"; return; fi
      done
    done
    sleep 0.01
  done
}

command -v pgrep >/dev/null || skip "pgrep is not installed"
"$ECHOFOLD" --db "$work/slow-db" --threads 1 scan --format ndjson "$work/slow" >"$work/out" 2>"$work/err" &
scan=$!
worker=$(decoder $scan)
[ -n "$worker" ] || fail "no decoding process was seen"
sleep 0.1
status=$(cat "/proc/$worker/status")
links=$(ls -l "/proc/$worker/fd")
limits=$(cat "/proc/$worker/limits")
kill -SEGV "$worker"
wait $scan && fail "the scan says that all is well"
grep -q '^Seccomp:.*2' <<<"$status" || grep -q 'does not offer' "$work/err" || fail "no seccomp filter: $status"
reports=$(watched && echo "$work/err" || echo /dev/null)  # reports of a sanitizer
! grep -v -e /dev/null -e a.wav -e pipe: -e ^total -e "2 -> $reports$" <<<"$links" || fail "the decoder has more than its file open"
grep -q '^Max file size  *0 ' <<<"$limits" && grep -q '^Max core file size  *0 ' <<<"$limits" || fail "no limits: $limits"
json '[(r["status"], "SIGSEGV" in (r["error"] or "")) for r in rows] == [("failed", True), ("fingerprinted", False)]'
# A crash counts as the file's fault: later scans do not try again.
expect 0 "$ECHOFOLD" --db "$work/slow-db" scan --format ndjson "$work/slow"
json 'sorted(r["status"] for r in rows) == ["failed", "unchanged"]'

# If it is killed from outside, the file is not at fault: the next scan tries again.
"$ECHOFOLD" --db "$work/kill-db" --threads 1 scan --format ndjson "$work/slow" >"$work/out" 2>"$work/err" &
scan=$!
worker=$(decoder $scan)
kill -KILL "$worker"
wait $scan && fail "the scan says that all is well"
json '[(r["status"], "SIGKILL" in (r["error"] or "")) for r in rows] == [("failed", True), ("fingerprinted", False)]'
expect 0 "$ECHOFOLD" --db "$work/kill-db" scan --format ndjson "$work/slow"
json 'sorted(r["status"] for r in rows) == ["fingerprinted", "unchanged"]'
! pgrep -f "$work/kill-db" || fail "a process is left"
