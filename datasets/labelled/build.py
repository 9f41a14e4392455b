"""Makes files from recipes: several at a time, each completely or not at all, none twice."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from . import profile


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Progress:
    """Counts on stderr: one changing line on a terminal, otherwise one line every ten seconds."""

    def __init__(self, what, total):
        self.what, self.total, self.done, self.made = what, total, 0, 0
        self.begin = self.last = time.monotonic()

    def step(self, made):
        self.done += 1
        self.made += made
        now = time.monotonic()
        last = self.done == self.total
        if not last and now - self.last < (0.2 if sys.stderr.isatty() else 10):
            return
        self.last = now
        left = (now - self.begin) / max(self.made, 1) * (self.total - self.done) / 60
        line = f"{self.what}: {self.done} of {self.total}, {self.made} made, about {left:.0f} min left"
        if sys.stderr.isatty():
            print(f"\r{line:<78}", end="\n" if last else "", file=sys.stderr, flush=True)
        else:
            print(line, file=sys.stderr, flush=True)


class Builder:
    """The library folder, with a journal of what was made from what. Thread-safe where its pool needs it."""

    def __init__(self, out, jobs):
        self.out, self.jobs = Path(out), jobs
        self.work = self.out / ".build"
        self.lock = threading.Lock()
        self.sources = {}  # absolute path -> its checksum
        shutil.rmtree(self.work / "tmp", ignore_errors=True)  # left by an interrupted run
        (self.work / "tmp").mkdir(parents=True)
        self.journal = self._read_journal()

    def _read_journal(self):
        path, found = self.work / "journal.ndjson", {}
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                try:
                    row = json.loads(line)
                    found[row["file"]] = row
                except ValueError:
                    pass  # the last line before a crash is incomplete: its file is made again
        return found

    def _note(self, row):
        with self.lock, open(self.work / "journal.ndjson", "a", encoding="utf-8") as journal:
            journal.write(json.dumps(row) + "\n")
            self.journal[row["file"]] = row

    def digest_of(self, file):
        """The checksum of an input: from the journal for library files; packages are read once."""
        if file in self.journal:
            return self.journal[file]["sha256"]
        if file not in self.sources:
            self.sources[file] = digest(file)
        return self.sources[file]

    def _key(self, recipe):
        """Changes whenever the file would: other commands, other notes, other inputs."""
        parts = [recipe.steps, recipe.midi.hex(), [self.digest_of(file) for file in recipe.inputs]]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def _is_there(self, recipe, key):
        row, path = self.journal.get(recipe.file), self.out / recipe.file
        return row is not None and row["key"] == key and path.is_file() and path.stat().st_size == row["size"]

    def _words(self, recipe, step, folder):
        """A step with its @names replaced by paths."""
        places = {f"@in{i}": str(self.out / file) for i, file in enumerate(recipe.inputs)}
        places["@out"] = str(folder / ("out" + Path(recipe.file).suffix))
        places["@midi"] = str(folder / "notes.mid")
        return [places.get(word, str(folder / word[1:])) if word.startswith("@") else word for word in step]

    def _make(self, recipe, key):
        folder = self.work / "tmp" / hashlib.sha256(recipe.file.encode()).hexdigest()[:16]
        folder.mkdir()
        try:
            if recipe.midi:
                (folder / "notes.mid").write_bytes(recipe.midi)
            for step in recipe.steps:
                words = self._words(recipe, step, folder)
                ran = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
                if ran.returncode != 0:
                    raise RuntimeError(f"{recipe.file}: {step[0]}: {ran.stderr.decode(errors='replace').strip()[-500:]}")
            made, target = folder / ("out" + Path(recipe.file).suffix), self.out / recipe.file
            if not made.is_file() or made.stat().st_size == 0:
                raise RuntimeError(f"{recipe.file}: nothing was made")
            row = {"file": recipe.file, "key": key, "size": made.stat().st_size, "sha256": digest(made)}
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(made, target)
            self._note(row)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _ensure(self, recipe):
        key = self._key(recipe)
        if self._is_there(recipe, key):
            return False
        self._make(recipe, key)
        return True

    def build(self, what, recipes):
        """Makes the files that are missing or were made differently, and returns the failures as text."""
        return self._each(what, recipes, self._ensure)

    def _each(self, what, items, work):
        progress, failures = Progress(what, len(items)), []
        with ThreadPoolExecutor(self.jobs) as pool:
            futures = [pool.submit(work, item) for item in items]
            try:
                for future in as_completed(futures):
                    if isinstance(future.exception(), (RuntimeError, OSError, subprocess.SubprocessError)):
                        failures.append(str(future.exception()))
                        progress.step(False)
                    else:
                        progress.step(bool(future.result()))
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
        return failures

    def profiles(self, files):
        """file -> its measurements; each file is measured once per checksum."""
        store = self.work / "profiles.json"
        known = json.loads(store.read_text(encoding="utf-8")) if store.exists() else {}

        def work(file):
            known[self.digest_of(file)] = profile.measure(self.out / file)
            return True

        try:
            lacking = [file for file in files if "rms_db" not in known.get(self.digest_of(file), {})]
            failures = self._each("measured", lacking, work)
        finally:  # also keeps what was measured before a stop
            part = store.with_suffix(".part")
            part.write_text(json.dumps(known), encoding="utf-8")
            os.replace(part, store)
        if failures:
            raise RuntimeError("\n".join(failures))
        return {file: known[self.digest_of(file)] for file in files}

    def forget_others(self, recipes):
        """Removes files that an earlier run made and this plan lacks; never a file that was not made here."""
        wanted = {recipe.file for recipe in recipes}
        for file in sorted(set(self.journal) - wanted):
            (self.out / file).unlink(missing_ok=True)
            del self.journal[file]
        part = self.work / "journal.part"
        part.write_text("".join(json.dumps(row) + "\n" for _, row in sorted(self.journal.items())), encoding="utf-8")
        os.replace(part, self.work / "journal.ndjson")
