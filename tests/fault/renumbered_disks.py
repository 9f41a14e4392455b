#!/usr/bin/env python3
"""Tests undo after the disks got new device numbers, on file systems in files. Requires root; leaves nothing behind.

    tests/fault/renumbered_disks.py --program build/gcc/tools/echofold [--rounds 100] [--kinds ext4,xfs,exfat,overlay]

Each round gives the files new modes, times, attributes and names, sets the copies aside (in the library, and every
second round on another disk of the kind), mounts all disks under other device numbers, undoes the run, and compares
the tree: bytes, mode, owner, time to the nanosecond, extended attributes, and which names are one file. A kind that
can't be mounted here is skipped with the reason. Exits with 1 if a tree differs.
"""
import argparse
import ctypes
import hashlib
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

CLONE_NEWNS = 0x00020000


class CantMount(Exception):
    pass


def run(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options)


def attempt(*command):
    try:
        return run(*command)
    except (subprocess.CalledProcessError, FileNotFoundError) as failure:
        raise CantMount((getattr(failure, "stderr", "") or str(failure)).strip()) from failure


def free_loop(image):
    return attempt("losetup", "-f", "--show", str(image)).stdout.strip()


class Disk:
    """A file system in a file."""

    def __init__(self, kind, image, at):
        self.kind, self.image, self.at = kind, image, at
        at.mkdir()
        run("truncate", "-s", "320M" if kind == "xfs" else "48M", str(image))
        attempt(*{"ext4": ["mkfs.ext4", "-q", "-m", "0"], "xfs": ["mkfs.xfs", "-q"], "exfat": ["mkfs.exfat"]}[kind], str(image))

    def mount(self):
        device = free_loop(self.image)
        try:
            try:
                attempt("mount", "-i", "-t", self.kind, device, str(self.at))
            except CantMount:
                if self.kind != "exfat":
                    raise
                attempt("mount.exfat-fuse", device, str(self.at))
        finally:
            run("losetup", "-d", device)  # freed when it is unmounted

    def unmount(self):
        run("umount", str(self.at))


class Overlay:
    """An overlay: its upper folder is on an ext4 in a file, and some of the files are in the lower folder."""

    def __init__(self, image, at):
        self.disk = Disk("ext4", image, at.with_name(at.name + "-layers"))
        self.at = at
        at.mkdir()

    def mount(self):
        self.disk.mount()
        layers = self.disk.at
        for name in ("lower", "upper", "work"):
            (layers / name).mkdir(exist_ok=True)
        attempt("mount", "-t", "overlay", "overlay", "-o",
                f"lowerdir={layers}/lower,upperdir={layers}/upper,workdir={layers}/work", str(self.at))

    def unmount(self):
        run("umount", str(self.at))
        self.disk.unmount()


def attributes_of(path):
    try:
        return {name: os.getxattr(path, name, follow_symlinks=False) for name in os.listxattr(path, follow_symlinks=False)}
    except OSError:
        return {}


def tree(root, timeless_root=False):
    """Path -> everything that undo must restore."""
    picture, first_names = {}, {}
    for folder, _, files in sorted(os.walk(root)):
        for path in [folder] + [os.path.join(folder, name) for name in sorted(files)]:
            status = os.lstat(path)
            # An exFAT stores no time for its root folder.
            mtime = 0 if path == str(root) and timeless_root else status.st_mtime_ns
            line = [oct(status.st_mode), status.st_uid, status.st_gid, mtime, attributes_of(path)]
            if path != folder:
                line.append(hashlib.sha256(Path(path).read_bytes()).hexdigest())
                if status.st_nlink > 1:
                    line.append("one file with " + first_names.setdefault(status.st_ino, os.path.relpath(path, root)))
            picture[os.path.relpath(path, root)] = line
    return picture


def song(path):
    voice = "sin(2*PI*t*{}*pow(2\\,floor(24*abs(mod(sin(floor(t*{})*12.9898+78.233)*43758.5453\\,1)))/12))"
    sound = "+".join(f"0.25*{voice.format(*v)}" for v in ((110, 2), (220, 3), (440, 5)))
    run("ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", f"aevalsrc={sound}:s=44100:d=30", str(path))


class Kind:
    def __init__(self, name, work, program):
        self.name, self.work, self.program = name, work, program
        self.random = random.Random(name)
        make = (lambda part: Overlay(work / f"{part}.image", work / part)) if name == "overlay" else (
            lambda part: Disk(name, work / f"{part}.image", work / part))
        self.music, self.aside, self.decoy = make("music"), make("aside"), make("decoy")
        for disk in (self.music, self.aside):
            disk.mount()
        lost = self.music.at / "lost+found"
        if lost.exists():
            lost.rmdir()

    def echofold(self, *arguments, codes=(0,)):
        done = subprocess.run([self.program, "--db", str(self.work / "db"), *arguments], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL)
        if done.returncode not in codes:
            raise RuntimeError(f"{arguments}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def fill(self, flac):
        root = self.music.at
        for name in ("albums/keep.flac",):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(flac.read_bytes())
        for number, rate in ((1, "96k"), (2, "64k")):
            (root / f"copies {number}").mkdir()
            # An empty folder with another device number may be the mount point of an absent drive: undo does not
            # touch it.
            (root / f"copies {number}/cover.jpg").write_bytes(b"stays")
            run("ffmpeg", "-nostdin", "-v", "error", "-i", str(flac), "-b:a", rate, str(root / f"copies {number}/song.mp3"))
        (root / "copies 1/song.lrc").write_text("[00:01]la\n")
        try:
            os.link(root / "copies 2/song.mp3", root / "albums/another name.mp3")
        except OSError:
            pass  # exFAT

    def change_traits(self):
        pick = self.random
        for folder, _, files in os.walk(self.music.at, topdown=False):
            for path in [os.path.join(folder, name) for name in sorted(files)] + [folder]:
                os.chmod(path, pick.choice([0o700, 0o750, 0o755] if path == folder else [0o600, 0o640, 0o644, 0o444]))
                if path != folder:
                    try:
                        os.setxattr(path, "user.rating", str(pick.randrange(100)).encode())
                        os.setxattr(path, "user.bytes", pick.randbytes(pick.randrange(200)))
                    except OSError:
                        pass
                whole = pick.randrange(700_000_000, 800_000_000) * 2
                os.utime(path, ns=(whole * 10**9, whole * 10**9 + (0 if self.name == "exfat" else pick.randrange(10**9))))

    def devices(self):
        return os.stat(self.music.at).st_dev, os.stat(self.aside.at).st_dev

    def mount_again(self, turn):
        """Gives both new numbers: mounts them in the other order, with another disk in between."""
        before = self.devices()
        for more in range(12):
            self.music.unmount()
            self.aside.unmount()
            # other programs take and free devices too
            taken = [free_loop(self.work / "decoy.image") for _ in range(more)]
            order = [self.decoy, self.music, self.aside] if (turn + more) % 2 else [self.aside, self.decoy, self.music]
            for disk in order:
                disk.mount()
            self.decoy.unmount()
            for device in taken:
                run("losetup", "-d", device)
            if all(now != then for now, then in zip(self.devices(), before)):
                return
        raise RuntimeError("the device numbers stay as they are")

    def round(self, turn):
        self.change_traits()
        before = tree(self.music.at, self.name == "exfat")
        far = ["--dups", str(self.aside.at / "copies")] if turn % 2 else []
        self.echofold("dedupe", "--again", "--apply", *far, str(self.music.at))
        if len(tree(self.music.at)) == len(before) and far:
            raise RuntimeError("nothing was set aside")
        self.mount_again(turn)
        self.echofold("undo")
        after = tree(self.music.at, self.name == "exfat")
        for path in sorted(before.keys() | after.keys()):
            if before.get(path) != after.get(path):
                print(f"  {self.name}, round {turn}: {path}\n    before {before.get(path)}\n    after  {after.get(path)}")
        return before == after

    def close(self):
        for disk in (self.music, self.aside, self.decoy):
            try:
                disk.unmount()
            except subprocess.CalledProcessError:
                pass


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--program", required=True)
    arguments.add_argument("--rounds", type=int, default=100)
    arguments.add_argument("--kinds", default="ext4,xfs,exfat,overlay")
    given = arguments.parse_args()
    libc = ctypes.CDLL(None, use_errno=True)
    if os.geteuid() != 0 or libc.unshare(CLONE_NEWNS) != 0:
        print("skipped: mounting takes root")
        return 77
    run("mount", "--make-rprivate", "/")  # mounts of this script are invisible to others and end with it
    program = str(Path(given.program).resolve())
    failed = False
    with tempfile.TemporaryDirectory(prefix="echofold-renumbered-") as top:
        os.environ["HOME"] = top
        flac = Path(top) / "song.flac"
        song(flac)
        for name in given.kinds.split(","):
            work = Path(top) / name
            work.mkdir()
            kind = None
            try:
                kind = Kind(name, work, program)
                kind.fill(flac)
                same = sum(kind.round(turn) for turn in range(given.rounds))
                print(f"{name}: {same} of {given.rounds} trees identical", flush=True)
                failed = failed or same < given.rounds
            except CantMount as reason:
                print(f"{name}: skipped: {reason}", flush=True)
            finally:
                if kind is not None:
                    kind.close()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
