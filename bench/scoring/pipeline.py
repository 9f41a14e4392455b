"""Runs the programs over a library as a user would, and collects what they print."""

import base64
import concurrent.futures
import copy
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .labels import pair_of

RIVALS = ("string_ratio", "histogram_match", "exhaustive", "faiss_flat")


class PipelineError(Exception):
    """A program failed; the message names it."""


def path_in(row, name):
    if name in row:
        return row[name]
    return os.fsdecode(base64.b64decode(row[name + "_base64"]))


class Pipeline:
    """The output of every program, with file names relative to the library."""

    def __init__(self, library, echofold, db, threads=None):
        self.library = library
        self.echofold = Path(echofold)
        self.programs = self.echofold.resolve().parent.parent / "bench"
        self.db = Path(db)
        self.threads = ["--threads", str(threads)] if threads else []
        self.seconds = {}  # stage -> wall time
        self.build = {}  # compiler and kernel
        self.statuses = {}  # file -> status of its scan
        self.ids = {}  # fingerprinted file -> track id
        self.changed_bits = {}  # fingerprinted file -> bits per item
        self.candidates = {}  # pair -> "first", "later" or "identical"
        self.pairs = {}  # pair -> its line of `echofold pairs`
        self.moves = []  # (keeper, file to be set aside)

    def run(self):
        self._scan()
        for row in self._echofold("pairs", "pairs", "--format", "ndjson"):
            self.pairs[self._pair(row)] = row
        self._listen()
        for group in self._echofold("plan", "plan", "--format", "ndjson"):
            self._add_group(group)
        self._look_inside()

    def of(self, library):
        """The output for a part of the library."""
        part, here = copy.copy(self), library.tracks
        part.library = library
        for name in ("statuses", "ids", "changed_bits"):
            setattr(part, name, {file: value for file, value in getattr(self, name).items() if file in here})
        for name in ("candidates", "pairs"):
            setattr(part, name, {pair: value for pair, value in getattr(self, name).items() if here.keys() >= set(pair)})
        part.moves = [move for move in self.moves if here.keys() >= set(move)]
        return part

    def rival(self, name, pairs):
        """@return its scores by pair of this library, and its summary"""
        with tempfile.NamedTemporaryFile("w", prefix="echofold-pairs-", encoding="ascii") as file:
            file.writelines(f"{self.ids[a]} {self.ids[b]}\n" for a, b in pairs)
            file.flush()
            rows = self._lines(name, [self.programs / f"rival_{name}", self.db, file.name])
        summary = rows.pop()
        scores = {self._pair(row): row for row in rows}
        return {pair: row for pair, row in scores.items() if self.ids.keys() >= set(pair)}, summary

    def _scan(self):
        self._echofold("scan", "scan", "--format", "ndjson", self.library.root / "library", allowed=(0, 1))
        for row in self._echofold("export", "export", "--format", "ndjson"):
            if row["place"] == "present":
                self.statuses[self._file(row, "path")] = row["status"]
        unknown = set(self.statuses) - set(self.library.tracks)
        if unknown:
            raise PipelineError(f"not in manifest.csv: {min(unknown)}")

    def _listen(self):
        """The labelled pairs that are copies or versions by their fingerprints, by ear: what `compare` says of them holds.
        Of a version it can find that only the mastering differs."""
        pairs = sorted({pair_of(row.a, row.b) for row in self.library.labels} & self.pairs.keys())
        rows = self.pairs
        pairs = [pair for pair in pairs if rows[pair]["band"] in ("auto", "review") or rows[pair]["relation"] == "version"]
        print(f"compare {len(pairs)} pairs ...", file=sys.stderr, flush=True)
        started = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for pair, row in zip(pairs, pool.map(self._compare, pairs)):
                if row["heard"]:
                    self.pairs[pair].update({name: row[name] for name in ("relation", "band", "guard", "heard")})
        self.seconds["compare"] = round(time.monotonic() - started, 3)

    def _compare(self, pair):
        files = [self.library.root / file for file in pair]
        done = subprocess.run([self.echofold, "--db", self.db, "compare", "--format", "ndjson", *files],
                              stdin=subprocess.DEVNULL, env=self._environment(), stdout=subprocess.PIPE, check=False)
        if done.returncode != 0:
            raise PipelineError(f"echofold compare {files[0]} {files[1]}: exit code {done.returncode}")
        return json.loads(done.stdout)

    def _environment(self):
        """The user's own settings would change the result. FAISS's threads would otherwise count the CPU time of busy
        waiting."""
        return {**os.environ, "XDG_CONFIG_HOME": str(self.db / "no-config"), "OMP_WAIT_POLICY": "passive"}

    def _add_group(self, group):
        keep = self._file(group["keep"], "path")
        self.moves += [(keep, self._file(drop, "path")) for drop in group["drop"] if drop["action"] == "move"]

    def _look_inside(self):
        for row in self._lines("candidates", [self.programs / "bench_candidates", self.db]):
            kind = row["schema"]
            if kind == "echofold.bench.build/1":
                self.build = {"compiler": row["compiler"], "kernel": row["kernel"]}
            elif kind == "echofold.bench.track/1":
                file = self._file(row, "path")
                self.ids[file] = row["id"]
                self.changed_bits[file] = row["changed_bits"]
            elif kind == "echofold.bench.candidate/1":
                self.candidates[self._pair(row)] = row["probe"]

    def _file(self, row, name):
        return os.path.relpath(path_in(row, name), self.library.root)

    def _pair(self, row):
        return pair_of(self._file(row, "a"), self._file(row, "b"))

    def _echofold(self, stage, *arguments, allowed=(0,)):
        return self._lines(stage, [self.echofold, "--db", self.db, *self.threads, *arguments], allowed)

    def _lines(self, stage, command, allowed=(0,)):
        print(f"{stage} ...", file=sys.stderr, flush=True)
        started = time.monotonic()
        try:
            done = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, env=self._environment(),
                                  stdout=subprocess.PIPE, check=False)
        except OSError as error:
            raise PipelineError(f"{command[0]}: {error.strerror}; build it: "
                                "cmake --preset release && cmake --build --preset release") from error
        self.seconds[stage] = round(time.monotonic() - started, 3)
        if done.returncode not in allowed:
            raise PipelineError(f"{Path(command[0]).name} {stage}: exit code {done.returncode}")
        return [json.loads(line) for line in done.stdout.splitlines()]
