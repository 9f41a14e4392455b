"""Runs the program's verbs on seeded damages of one library. Usage: PROGRAM LIBRARY FILE ROUNDS"""
import collections
import json
import random
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PAGE = 4096
EXIT_CODES = {0, 1, 3}


def run(program, library, *verb):
    """Treats a hang as a failure, like a crash. @return exit code (negative: a signal), stdout lines, stderr"""
    done = subprocess.run([program, "--db", str(library), *verb], capture_output=True, timeout=60,
                          stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout.decode(errors="replace").splitlines(), done.stderr.decode(errors="replace")


def damage(data, rng):
    data = bytearray(data)
    page = rng.randrange(max(1, len(data) // PAGE)) * PAGE
    kind = rng.randrange(6)
    if kind == 0:
        for _ in range(rng.randint(1, 8)):
            data[rng.randrange(len(data))] ^= rng.randint(1, 255)
    elif kind == 1:
        for _ in range(rng.randint(1, 2)):
            data[min(len(data) - 1, page + rng.randrange(64))] ^= 1 << rng.randrange(8)
    elif kind == 2:
        data[page:page + PAGE] = bytes(min(PAGE, len(data) - page))
    elif kind == 3:
        data[page:page + PAGE] = rng.randbytes(min(PAGE, len(data) - page))
    elif kind == 4:
        other = rng.randrange(max(1, len(data) // PAGE)) * PAGE
        data[page:page + PAGE] = data[other:other + PAGE]
    else:
        del data[rng.randrange(1, len(data)):]
    return bytes(data)


def pairs_of(lines):
    """The content of a pair, regardless of which of two identical fingerprints represents it."""
    return {line for line in lines if line.startswith('{"schema"')}


class Campaign:
    def __init__(self, program, library, file):
        self.program, self.library, self.file = program, Path(library), file
        self.files = sorted(p.name for p in self.library.iterdir() if p.name.startswith(("data.mdb", "index.faiss")))
        self.sound = {verb: run(program, library, *verb)[1] for verb in self.verbs()}
        assert all(self.sound.values())

    def verbs(self):
        return (("pairs", "--format", "ndjson"), ("export", "--format", "ndjson"),
                ("query", self.file, "--format", "ndjson"))

    def check(self, seed):
        rng = random.Random(seed)
        counts, wrong = collections.Counter(), []
        with tempfile.TemporaryDirectory(prefix="echofold-damage-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
            library = Path(folder) / "db"
            shutil.copytree(self.library, library)
            (library / "lock.mdb").unlink()
            name = "data.mdb" if rng.randrange(4) else rng.choice(self.files)
            (library / name).write_bytes(damage((library / name).read_bytes(), rng))
            plans = [*self.verbs(), ("check",), ("check", "--repair"), ("scan", str(Path(self.file).parent)), ("check",)]
            repaired = True
            for step, verb in enumerate(plans):
                code, lines, said = run(self.program, library, *verb)
                counts[f"{verb[0]} {code}"] += 1
                if "--repair" in verb:
                    repaired = code != 3  # nothing can be saved of some files
                if repaired and step > plans.index(("check", "--repair")) and code != 0:
                    wrong.append(f"seed {seed}, {name}: {verb} of a repaired library ended with {code}: {said[-300:]}")
                if code not in EXIT_CODES:
                    wrong.append(f"seed {seed}, {name}: {verb} ended with {code}: {said[-300:]}")
                if verb in self.sound and name != "data.mdb" and (code, lines) != (0, self.sound[verb]):
                    wrong.append(f"seed {seed}, {name}: {verb} says something else without its index")
                if verb[0] == "pairs" and code == 0:
                    foreign = pairs_of(lines) - pairs_of(self.sound[verb])
                    if foreign:
                        wrong.append(f"seed {seed}, {name}: {verb} shows {sorted(foreign)[0][:300]}")
                if verb[0] == "export" and code == 0:
                    known = {json.loads(line)["path"] for line in self.sound[verb]}
                    if not {json.loads(line).get("path") for line in lines} <= known:
                        wrong.append(f"seed {seed}, {name}: {verb} shows a file that there is not")
        return counts, wrong


def main():
    program, library, file, rounds = sys.argv[1:5]
    campaign = Campaign(program, library, file)
    counts, wrong = collections.Counter(), []
    with ThreadPoolExecutor(2) as pool:
        for some, failures in pool.map(campaign.check, range(int(rounds))):
            counts += some
            wrong += failures
    for what, count in sorted(counts.items()):
        print(f"{what}: {count}")
    for failure in wrong:
        print("FAILED:", failure)
    return 1 if wrong or counts["check 0"] == 0 or counts["check 3"] == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
