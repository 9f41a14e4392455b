#!/usr/bin/env bash
# Memory stays bounded for a file of ten hours: it grows with the items, not with the samples.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cat >"$work/make.py" <<'END'
"""make.py FILE HZ: ten hours of mono, 16 bits: a header, a little noise now and then, and holes between."""
import random
import struct
import sys

rate, seconds = int(sys.argv[2]), 36000
size = 2 * rate * seconds
with open(sys.argv[1], "wb") as file:
    file.write(b"RIFF" + struct.pack("<I", 36 + size) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, rate, 2 * rate, 2, 16)
               + b"data" + struct.pack("<I", size))
    noise = random.Random(1).randbytes(2 * rate * 5)
    for hour in range(10):
        file.seek(44 + 2 * rate * 3600 * hour)
        file.write(noise)
    file.truncate(44 + size)
END
cat >"$work/peak.py" <<'END'
"""peak.py COMMAND...: runs it and prints the most memory that it held, in MB."""
import os
import subprocess
import sys

child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(child.pid, 0)
print(usage.ru_maxrss // 1024)
sys.exit(os.waitstatus_to_exitcode(status))
END
mkdir "$music/wav" "$music/flac"
python3 "$work/make.py" "$music/wav/long.wav" 22050
[ "$(stat -c %b "$music/wav/long.wav")" -lt 100000 ] || skip "this file system keeps no holes"
python3 "$work/make.py" "$work/long.wav" 11025  # half the samples, since it must also be encoded
ffmpeg -nostdin -v error -i "$work/long.wav" -compression_level 0 "$music/flac/long.flac"
song 1 "$work/short.wav" 20
mkdir "$work/short" && mv "$work/short.wav" "$work/short/"
short=$(python3 "$work/peak.py" "$ECHOFOLD" --db "$work/db-short" -q scan "$work/short")
# Ten hours are 290,000 items, 1.2 MB.
room=64
for format in wav flac; do
  long=$(python3 "$work/peak.py" "$ECHOFOLD" --db "$work/db-$format" -q scan "$music/$format")
  expect 0 "$ECHOFOLD" --db "$work/db-$format" export --format ndjson
  says '"duration_s":36000'
  [ "$long" -le $((short + room)) ] || fail "ten hours of $format took $long MB, 20 s take $short MB"
done
