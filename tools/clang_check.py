#!/usr/bin/env python3
"""Compiles every source with clang, warnings as errors, and runs clang-tidy over index/, engine/ and tools/.

    tools/clang_check.py [BUILD]    the configured preset whose commands it takes; build/clang unless told

Most of the time of both goes to the headers that sources have in common. So sources are looked at in groups, each as one
translation unit. Sources that declare equal names at file level are in different groups. If anything is found in a group,
each of its sources is looked at alone, and only that counts.

A clean source is remembered by a mark in ~/.cache/echofold-clang, which every clone shares. The mark's name is the hash of all
that matters: the versions of all packages, .clang-tidy, the compile command, and the bytes of the source and of all files of
this tree that it includes.
Ends with 1 where something was found.
"""
import concurrent.futures
import functools
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import time

TOP = pathlib.Path(__file__).resolve().parent.parent
BUILD = TOP / (sys.argv[1] if len(sys.argv) > 1 else "build/clang")
MARKS = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "echofold-clang"
KEEP_SECONDS = 60 * 24 * 3600
TIDY_FOLDERS = ("index", "engine", "tools")
GROUP_SOURCES = 12  # clang-tidy takes some 600 MB for so many
TIDY_FLAGS = ["--quiet", "--warnings-as-errors=*", f"--config-file={TOP}/.clang-tidy"]


class Source:
    def __init__(self, entry):
        self.path = pathlib.Path(entry["file"])
        self.name = str(self.path.relative_to(TOP))
        self.flags = tuple(flags_of(entry["command"]))
        self.tidy = self.name.split("/")[0] in TIDY_FOLDERS
        self.is_unit = self.path.is_relative_to(BUILD)  # several test sources, put together by CMake
        self.names = names_at_file_level(self.path.read_text())


def is_generated(file):
    """What the build makes is data (the page of the review), but for the test sources that CMake puts together."""
    return pathlib.Path(file).is_relative_to(BUILD) and "Unity" not in pathlib.Path(file).parts


def flags_of(command):
    """Of a compile command, what decides how a source is understood."""
    words = shlex.split(command)
    words = words[next(i for i, word in enumerate(words) if pathlib.Path(word).name.startswith("clang++")) + 1:]
    flags, skip = [], False
    for word in words:
        if skip or word in ("-c", "-MD"):
            skip = False
        elif word in ("-o", "-MT", "-MF"):
            skip = True
        else:
            flags.append(word)
    return flags[:-1]  # the last word is the source


def names_at_file_level(text):
    """What other sources of a translation unit must not declare: names at the first column."""
    text = re.sub(r'R"\((.|\n)*?\)"|"(?:\\.|[^"\\\n])*"|//[^\n]*', '""', text)
    names = set(re.findall(r"^#define (\w+)", text, re.M))
    for line in text.splitlines():
        if not re.match(r"[A-Za-z_]", line) or line.startswith(("namespace", "using namespace")):
            continue
        line = re.sub(r"^template <.*?>\s*(?=[a-z])", "", line)
        kind = re.match(r"(?:struct|class|union|enum class|enum|using)\s+(\w+)", line)
        name = kind or re.match(r"[^(={\[]*?\b(\w+)\s*(?:\(|=|\{|\[|;)", line)
        if name and "::" not in line[: name.end(1)].split(" ")[-1]:
            names.add(name[1])
    return names


@functools.cache
def digest(path):
    """Of the bytes, wherever the tree lies."""
    return hashlib.sha256(path.read_bytes().replace(str(TOP).encode(), b"")).digest()


@functools.cache
def includes(path):
    """The files of this tree that a file includes itself."""
    found = (TOP / name for name in re.findall(r'^#include "([^"]+)"', path.read_text(errors="replace"), re.M))
    return [file for file in found if file.is_file()]


def included(path):
    """The file and all files of this tree that it includes, sorted."""
    seen, left = set(), [path]
    while left:
        file = left.pop()
        if file not in seen:
            seen.add(file)
            left += includes(file)
    return sorted(seen)


def packages():
    """The versions of all packages, or None where they are not known: then nothing is remembered."""
    try:
        return subprocess.run(["dpkg-query", "-W"], capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None


def mark_of(source, versions):
    if versions is None:
        return None
    state = hashlib.sha256(versions + digest(TOP / ".clang-tidy") + digest(pathlib.Path(__file__).resolve()))
    state.update("\0".join(source.flags).replace(str(TOP), "").encode())
    for path in included(source.path):
        state.update(str(path.relative_to(TOP)).encode() + b"\0" + digest(path))
    return MARKS / state.hexdigest()


def groups_of(sources):
    """First fit: sources of equal flags whose names differ."""
    groups = []  # [flags, tidy, names, sources]
    for source in sources:
        for group in groups:
            is_alike = group[0] == source.flags and group[1] == source.tidy and not source.is_unit
            if is_alike and not group[2] & source.names and len(group[3]) < GROUP_SOURCES:
                group[2] |= source.names
                group[3].append(source)
                break
        else:
            groups.append([source.flags, source.tidy, set(source.names), [source]])
    return [group[3] for group in groups]


def look_at(file, like):
    """What clang says of a file that is compiled like a source; empty where it is clean."""
    if like.tidy:
        command = ["clang-tidy", *TIDY_FLAGS, str(file), "--", *like.flags]
    else:
        command = ["clang++", *like.flags, "-fsyntax-only", str(file)]
    run = subprocess.run(command, cwd=BUILD, capture_output=True, text=True)
    return f"{run.stdout}{run.stderr}" if run.returncode else ""


def look_at_group(group):
    """{source: what clang says of it}, of those that are not clean."""
    if len(group) > 1:
        with tempfile.NamedTemporaryFile("w", suffix=".cpp", dir=BUILD) as unit:
            unit.writelines(f'#include "{source.path}"\n' for source in group)
            unit.flush()
            if not look_at(unit.name, group[0]):
                return {}
    said = {source: look_at(source.path, source) for source in group}
    return {source: text for source, text in said.items() if text}


def forget_old_marks():
    for mark in MARKS.iterdir():
        if time.time() - mark.stat().st_mtime > KEEP_SECONDS:
            mark.unlink(missing_ok=True)


def main():
    MARKS.mkdir(parents=True, exist_ok=True)
    forget_old_marks()
    commands = BUILD / "compile_commands.json"
    if not commands.exists():
        sys.exit(f"{commands} is missing: run cmake --preset clang first")
    sources = [Source(entry) for entry in json.loads(commands.read_text()) if not is_generated(entry["file"])]
    versions = packages()
    marks = {source: mark_of(source, versions) for source in sources}
    left = [source for source in sources if not (marks[source] and marks[source].exists())]
    groups = groups_of(left)
    print(f"{len(sources)} sources, {len(sources) - len(left)} clean as they were; {len(groups)} groups to look at", flush=True)
    found = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for group, said in zip(groups, pool.map(look_at_group, groups)):
            for source in group:
                if source in said:
                    found += 1
                    print(f"{source.name}:\n{said[source]}", flush=True)
                elif marks[source]:
                    marks[source].touch()
    for source in set(sources) - set(left):
        if marks[source]:
            marks[source].touch()
    sys.exit(1 if found else 0)


main()
