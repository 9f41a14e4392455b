#!/usr/bin/env python3
"""Makes a library of real music for which it is known which files belong together. See datasets/README.md."""

import argparse
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from labelled import altered, manifest, midi, negatives, originals, plan, scores, sources
from labelled.build import Builder
from labelled.model import Track

FREE_BYTES = {"small": 2 * 10**9, "medium": 4 * 10**9, "full": 20 * 10**9}


def fail(message):
    sys.exit(f"make_labelled: {message}")


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", metavar="OUT", type=Path)
    parser.add_argument("--size", choices=tuple(FREE_BYTES), default="small")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)), metavar="N", help="default: one a core")
    parser.add_argument("--families", choices=("all", "listen", "speed"), default="all",
                        help="listen: the originals, and what only listening can tell apart; speed: the originals, and "
                             "copies at other speeds (default: all)")
    parser.add_argument("--tracks", type=int, metavar="N", help="of N originals only, chosen by a hash of their names, and of N composed songs")
    parser.add_argument("--verify", action="store_true", help="make nothing: compare OUT with its manifest")
    parser.add_argument("--count", action="store_true", help="make the originals alone, and say what would be made of them")
    options = parser.parse_args(arguments)
    if options.jobs < 1:
        parser.error("--jobs needs a number from 1 up")
    return options


def music_folder():
    cache = os.environ.get("XDG_CACHE_HOME") or Path(os.environ.get("HOME", "/tmp")) / ".cache"
    return Path(os.environ.get("ECHOFOLD_MUSIC") or Path(cache) / "echofold" / "music")


def require_tools():
    missing = [tool for tool in ("ffmpeg", "ffprobe", "fluidsynth", "espeak-ng") if shutil.which(tool) is None]
    missing += [font for font, _, _ in midi.FONTS.values() if not Path(font).exists()]
    if missing:
        fail(f"{', '.join(missing)} missing: run tools/install_dependencies.sh datasets")


def require_space(out, size):
    there = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    free = shutil.disk_usage(out).free
    if free + there < FREE_BYTES[size]:
        fail(f"{size} takes up to {FREE_BYTES[size] / 1e9:.0f} GB, and {out} has {free / 1e9:.1f} GB free")


def font_versions():
    packages = [package for _, package, _ in midi.FONTS.values()]
    query = ("dpkg-query", "-W", "-f", "${Package}\t${Version}\n", *packages)
    lines = subprocess.run(query, check=True, capture_output=True, text=True).stdout.splitlines()
    return dict(line.split("\t") for line in lines)


def measured_tracks(builder, materials, recipes):
    """The originals in the form that treatments need."""
    profiles = builder.profiles([recipe.file for recipe in recipes if recipe.family == "original"])
    tracks = []
    for material, recipe in zip(materials, recipes):
        if recipe.family == "original":
            measured = profiles[recipe.file]
            tracks.append(Track(recipe.tracks[0], recipe.file, recipe.source, measured["seconds"],
                                tuple(measured["mid_db"]), tuple(measured["side_db"]), recipe.tracks[1:],
                                material.files if len(material.files) == 2 else (), recipe.parameter,
                                tuple(measured["rms_db"])))
    return tracks


def planned(tracks, options):
    """What is made of the originals, and what is synthesised."""
    size, versions = options.size, font_versions()
    if options.families == "speed":
        return plan.derived(tracks, size, plan.SPEEDS)
    found = plan.derived(tracks, size, plan.LISTEN) + scores.recipes(size, versions, options.tracks)
    if options.families == "all":
        found += plan.derived(tracks, size, plan.SPEEDS)
        found = (plan.derived(tracks, size) + altered.halves(size, versions) + negatives.recipes(size, versions) + found)
    return found


def stop_on(failures):
    if failures:
        fail("\n".join([f"{len(failures)} files could not be made; run again to go on", *failures[:20]]))


def counts_of(rows):
    return "labels: " + ", ".join(f"{count} {label}" for label, count in sorted(Counter(row[2] for row in rows).items()))


def make(options):
    require_tools()
    options.out.mkdir(parents=True, exist_ok=True)
    require_space(options.out, options.size)
    music = music_folder()
    packages = sources.fetch(music, options.size)
    materials = sources.materials(music, packages, options.size, options.tracks)
    builder = Builder(options.out, options.jobs)
    first = originals.recipes(materials)
    stop_on(builder.build("originals", first))
    recipes = first + planned(measured_tracks(builder, materials, first), options)
    if options.count:
        by_family = Counter(recipe.family for recipe in recipes)
        print(f"{options.size}: {len(recipes)} files of {by_family['original']} originals; {counts_of(plan.labels(recipes))}")
        return
    stop_on(builder.build("files", plan.in_turns(recipes)))
    builder.forget_others(recipes)
    sources.copy_licences(music, packages, options.out)
    rows = plan.labels(recipes)
    manifest.write(options.out, recipes, rows, plan.spans(recipes),
                   {recipe.file: builder.digest_of(recipe.file) for recipe in recipes})
    total = sum(row["size"] for row in builder.journal.values())
    print(f"{options.out}: {len(recipes)} files, {total / 1e9:.2f} GB; {counts_of(rows)}")


def verify(out):
    problems = manifest.problems(out)
    for problem in problems[:50]:
        print(problem, file=sys.stderr)
    if problems:
        fail(f"{len(problems)} problems in {out}")
    print(f"{out}: every file and label is as its manifest says")


def main(arguments):
    options = parse(arguments)
    try:
        if options.verify:
            verify(options.out)
        else:
            make(options)
    except KeyboardInterrupt:
        print("make_labelled: interrupted; run again to go on", file=sys.stderr)
        return 130
    except subprocess.CalledProcessError as error:
        fail(f"{error.cmd[0]} failed with exit code {error.returncode}")
    except (OSError, ValueError, LookupError, RuntimeError) as error:
        fail(error)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
