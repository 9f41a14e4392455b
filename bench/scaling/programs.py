"""Runs the benchmark's own programs one after the other: the last line of each is JSON."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path


class ProgramError(Exception):
    """A program failed; the message names it."""


class Programs:
    """The programs of one build folder, and a folder for the libraries that they use."""

    def __init__(self, build, work):
        self.build = Path(build).resolve()
        self.work = Path(work)

    def run(self, name, *arguments, rows=False):
        """@return the last line of a program of bench/; all lines with `rows`"""
        return self._run(self.build / "bench" / name, *arguments, rows=rows)

    def library(self, tracks, *options, form="words"):
        """A synthetic library, made on first use. @return its folder"""
        folder = self.work / "-".join([f"{tracks}-{form}", *(str(option).strip("-") for option in options)])
        if not (folder / "truth.csv").exists():
            print(f"scale: making {folder.name}", file=sys.stderr)
            self._call(self.build / "datasets" / "synth", "make", folder, "--tracks", tracks, "--format", form, *options)
        return folder

    def words(self, tracks, *options):
        """@return the two files for a program that joins a library in memory"""
        folder = self.library(tracks, *options)
        return folder / "fingerprints.bin", folder / "truth.csv"

    def item_count(self, tracks):
        file, _ = self.words(tracks)
        return file.stat().st_size // 4 - tracks

    def _run(self, program, *arguments, rows):
        print(f"scale: {program.name} {' '.join(Path(str(a)).name for a in arguments)}", file=sys.stderr)
        lines = [line for line in self._call(program, *arguments).splitlines() if line.startswith("{")]
        if not lines:
            raise ProgramError(f"{program} said nothing")
        return [json.loads(line) for line in lines] if rows else json.loads(lines[-1])

    @staticmethod
    def _call(program, *arguments):
        try:
            return subprocess.run([str(program), *map(str, arguments)], check=True, stdout=subprocess.PIPE,
                                  text=True).stdout
        except FileNotFoundError as error:
            raise ProgramError(f"{program} is not there: build it (README.md)") from error
        except subprocess.CalledProcessError as error:
            raise ProgramError(f"{program} ended with {error.returncode}") from error


def pairs_file(pairs):
    file = tempfile.NamedTemporaryFile("w", prefix="echofold-pairs-", encoding="ascii")
    file.writelines(f"{a} {b}\n" for a, b in pairs)
    file.flush()
    return file
