#!/usr/bin/env python3
"""Runs clang-tidy over index/, engine/ and tools/, and remembers what was clean.

    tools/tidy.py [BUILD]    the built preset whose commands it takes; build/clang unless told

A source is clean for as long as clang-tidy's version, .clang-tidy, the command that compiles it and the bytes of all that it
includes are the same; so a clean one is a mark of that name in ~/.cache/echofold-tidy, which every clone shares.
Ends with 1 where something was found.
"""
import concurrent.futures
import functools
import hashlib
import json
import os
import pathlib
import shlex
import subprocess
import sys
import time

TOP = pathlib.Path(__file__).resolve().parent.parent
BUILD = TOP / (sys.argv[1] if len(sys.argv) > 1 else "build/clang")
MARKS = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "echofold-tidy"
KEEP_SECONDS = 60 * 24 * 3600
VERSION = subprocess.run(["clang-tidy", "--version"], capture_output=True, check=True).stdout


@functools.cache
def digest(path):
    return hashlib.sha256(path.read_bytes()).digest()


def included():
    """What each object was made of, as ninja noted when it was compiled: {object: [paths]}."""
    noted, name = {}, None
    for line in subprocess.run(["ninja", "-C", BUILD, "-t", "deps"], capture_output=True, check=True, text=True).stdout.splitlines():
        if line.startswith("    "):
            noted[name].append(BUILD / line.strip())
        elif ": #deps" in line:
            name = line.split(": #deps")[0]
            noted[name] = []
    return noted


def object_of(entry):
    words = shlex.split(entry["command"])
    return words[words.index("-o") + 1]


def mark_of(entry, paths):
    """The mark of a source that is clean as it is now; None where ninja knows nothing of it."""
    if not paths:
        return None
    state = hashlib.sha256(VERSION + digest(TOP / ".clang-tidy"))
    state.update(entry["command"].replace(str(TOP), "").encode())
    for path in paths:
        state.update(str(path.resolve()).removeprefix(str(TOP)).encode() + b"\0" + digest(path))
    return MARKS / state.hexdigest()


def tidy(entry):
    """What clang-tidy says of a source; empty where it is clean."""
    run = subprocess.run(["clang-tidy", "--quiet", "-p", BUILD, "--warnings-as-errors=*", entry["file"]],
                         capture_output=True, text=True)
    return f"{entry['file']}: clang-tidy ended with {run.returncode}\n{run.stdout}{run.stderr}" if run.returncode else ""


def forget_old_marks():
    for mark in MARKS.iterdir():
        if time.time() - mark.stat().st_mtime > KEEP_SECONDS:
            mark.unlink(missing_ok=True)


def main():
    MARKS.mkdir(parents=True, exist_ok=True)
    forget_old_marks()
    noted = included()
    folders = tuple(str(TOP / folder) + os.sep for folder in ("index", "engine", "tools"))
    entries = [e for e in json.loads((BUILD / "compile_commands.json").read_text()) if e["file"].startswith(folders)]
    if not entries:
        sys.exit(f"{BUILD} compiles nothing: build it first (cmake --preset clang && cmake --build --preset clang)")
    marks = {e["file"]: mark_of(e, noted.get(object_of(e), [])) for e in entries}
    left = []
    for entry in entries:
        mark = marks[entry["file"]]
        if mark and mark.exists():
            mark.touch()
        else:
            left.append(entry)
    print(f"{len(entries)} sources, {len(entries) - len(left)} clean as they were")
    found = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for entry, said in zip(left, pool.map(tidy, left)):
            if said:
                found += 1
                print(said, flush=True)
            elif marks[entry["file"]]:
                marks[entry["file"]].touch()
    sys.exit(1 if found else 0)


main()
