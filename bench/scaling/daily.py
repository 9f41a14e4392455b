"""A library on disk: finding all its pairs once, from the opened store to the last pair, then a day's work in it."""

import os
import subprocess
import time

from .programs import ProgramError


def measured(*command):
    """@return wall seconds and peak memory, including pages of mapped files"""
    start = time.monotonic()
    with subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise ProgramError(f"{command[0]} ended with {process.returncode}")
    return round(time.monotonic() - start, 2), used.ru_maxrss // 1024


def measure(programs, tracks):
    folder = programs.library(tracks, form="store")
    echofold = programs.build / "tools" / "echofold"
    first_s, peak_mb = measured(echofold, "--db", folder, "--progress", "never", "pairs", "--format", "ndjson")
    again_s, _ = measured(echofold, "--db", folder, "--progress", "never", "pairs", "--format", "ndjson")
    row = {"tracks": tracks, "all pairs, first time, s": first_s, "peak MB": peak_mb, "all pairs, again, s": again_s}
    return {**row, **flat(programs.run("bench_incremental", folder))}


def flat(row, before=""):
    """Flattens nested fields: {"query_ms": {"p50": 3}} becomes {"query_ms p50": 3}."""
    out = {}
    for name, value in row.items():
        name = f"{before} {name}".strip()
        out.update(flat(value, name) if isinstance(value, dict) else {name: value})
    return out
