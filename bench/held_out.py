#!/usr/bin/env python3
"""What levels, reach and inverted channels show for music that set no threshold: held_out.py PART LIB --work DIR

LIB is a labelled library (datasets/make_labelled.py), or a folder of music in any format. PART is one of

  levels    dropouts of several depths and lengths, anywhere in the file: which are found, and what a plan would do
  honest    the labelled copies of LIB unchanged: for which of their pairs levels raise a doubt
  reach     honest copies, and files that were cut and packed as something better: which one a plan would keep
  inverted  copies with the right channel inverted: which are matched, and which originals are mistaken for one

Files in DIR are kept; --without NAME leaves out originals (those that set the thresholds). Needs ffmpeg.
"""
import argparse
import collections
import concurrent.futures
import csv
import hashlib
import itertools
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from scoring import goals, machine

SECONDS = 60
DEPTHS_DB = (6, 10, 20, 40, 60)
LENGTHS_S = (0.5, 1, 2, 5, 20)
MUSIC = (".flac", ".ogg", ".mp3", ".opus")
CODECS = {
    "flac": ("flac", "-c:a flac -sample_fmt s16"), "mp3_128": ("mp3", "-c:a libmp3lame -b:a 128k"),
    "opus_64": ("opus", "-ar 48000 -c:a libopus -b:a 64k"), "mp3_192": ("mp3", "-c:a libmp3lame -b:a 192k"),
    "mp3_320": ("mp3", "-c:a libmp3lame -b:a 320k"), "mp3_64": ("mp3", "-c:a libmp3lame -b:a 64k"),
    "mp3_96": ("mp3", "-c:a libmp3lame -b:a 96k"), "aac_64": ("m4a", "-c:a aac -b:a 64k"),
    "aac_192": ("m4a", "-c:a aac -b:a 192k"), "vorbis_q5": ("ogg", "-c:a libvorbis -q:a 5"),
    "opus_96": ("opus", "-ar 48000 -c:a libopus -b:a 96k"), "aac_256": ("m4a", "-c:a aac -b:a 256k"),
    "flac_8k": ("flac", "-ar 8000 -c:a flac -sample_fmt s16"), "flac_16k": ("flac", "-ar 16000 -c:a flac -sample_fmt s16"),
    "flac_22k": ("flac", "-ar 22050 -c:a flac -sample_fmt s16"),
}
HONEST = ("mp3_128", "mp3_192", "mp3_320", "aac_192", "vorbis_q5", "opus_96")
# name -> codec, filters: copies with no lowered part
WHOLE = {"start_cut": ("mp3_128", "atrim=start=1.37,asetpts=PTS-STARTPTS"), "start_pad": ("opus_64", "adelay=3300:all=1"),
         "gain": ("aac_192", "volume=-7.5dB"), "equaliser": ("opus_96", "volume=-6dB,equalizer=f=150:t=o:w=1:g=5,"
                                                             "equalizer=f=1200:t=o:w=1:g=-4,equalizer=f=4000:t=o:w=1:g=4"),
         "limiter": ("vorbis_q5", "volume=8dB:precision=float,alimiter=limit=0.89:attack=5:release=50:level=false"),
         "compressor": ("mp3_128", "acompressor=threshold=-24dB:ratio=4:attack=10:release=150")}
# name -> the codec that cut it, the codec it is packed with
CUT = {"8 kHz as FLAC 44.1": ("flac_8k", "flac"), "16 kHz as FLAC 44.1": ("flac_16k", "flac"),
       "22 kHz as FLAC 44.1": ("flac_22k", "flac"), "MP3 64 as MP3 320": ("mp3_64", "mp3_320"),
       "MP3 96 as MP3 320": ("mp3_96", "mp3_320"), "MP3 128 as MP3 320": ("mp3_128", "mp3_320"),
       "AAC 64 as AAC 256": ("aac_64", "aac_256"), "MP3 64 as FLAC": ("mp3_64", "flac")}
# name -> filters: music whose spectrum ends gently and early
DARK = {"dark from 3 kHz": "lowpass=f=3000:p=2,lowpass=f=3000:p=2", "dark from 6 kHz": "lowpass=f=6000:p=2,lowpass=f=6000:p=2",
        "quiet, dark from 4 kHz": "volume=-24dB,lowpass=f=4000:p=2"}


def lot(name, choices):
    """A random generator that is the same for the same name."""
    return choices[int.from_bytes(hashlib.sha256(name.encode()).digest()[:6], "big") % len(choices)]


def fraction(name):
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:6], "big") / 2**48


def ffmpeg(source, target, codec, filters="", begin=()):
    """Creates `target` if it does not exist; it appears only when complete."""
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"part-{target.name}")
    chain = ["-af", filters] if filters else []
    rate = [] if "-ar" in CODECS[codec][1] else ["-ar", "44100"]
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", "-threads", "1", *begin, "-i", source, "-map", "0:a:0",
                    "-map_metadata", "-1", *chain, *rate, *CODECS[codec][1].split(), part], check=True)
    part.rename(target)


def duration_s(file):
    out = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", file],
                         check=True, capture_output=True, text=True).stdout
    return float(out)


def channels(file):
    out = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "a:0", "-show_entries", "stream=channels", "-of",
                          "csv=p=0", file], check=True, capture_output=True, text=True).stdout
    return int(out.split()[0].strip(","))


def originals(lib, without, at_most):
    """Name -> file; at most `at_most` of them, chosen by a hash of their names."""
    folder = lib / "library" / "original" if (lib / "library").is_dir() else lib
    found = {f"{file.parent.name}-{file.stem}" if folder == lib else file.stem: file
             for file in sorted(folder.rglob("*")) if file.suffix in MUSIC}
    names = [name for name in found if not any(name.endswith(each) for each in without)]
    names.sort(key=lambda name: hashlib.sha256(name.encode()).digest())
    return {name: found[name] for name in sorted(names[:at_most])}


def make_master(name, source, work):
    """The first 60 s as FLAC; the whole file if it is shorter."""
    target = work / "master" / f"{name}.flac"
    if not target.exists():
        room = max(0.0, duration_s(source) - SECONDS)
        ffmpeg(source, target, "flac", begin=("-ss", f"{room * fraction(name):.2f}", "-t", str(SECONDS)))
    return target


def dropouts(name, seconds):
    """Two of every five combinations: (depth, length, from, codec)."""
    for i, depth in enumerate(DEPTHS_DB):
        for k, length in enumerate(LENGTHS_S):
            key = f"{name}/{depth}/{length}"
            if (i + k + lot(name + "/combinations", range(5))) % 5 < 2 and length < seconds / 2:
                at = (seconds - length) * fraction(key)
                at = lot(key + "/place", (0, at, at, at, seconds - length))
                yield depth, length, round(at, 2), lot(key + "/codec", ("flac", "mp3_128", "opus_64"))


def make_levels(name, master, work):
    rows = []
    for depth, length, at, codec in dropouts(name, duration_s(master)):
        copy = work / "levels" / f"{depth}_{length}" / f"{name}.{CODECS[codec][0]}"
        ffmpeg(master, copy, codec, f"volume=enable='between(t,{at},{at + length})':volume=-{depth}dB")
        rows.append({"master": str(master), "copy": str(copy), "depth_db": depth, "length_s": length, "from_s": at,
                     "codec": codec})
    for kind, (codec, filters) in WHOLE.items():
        copy = work / "levels" / kind / f"{name}.{CODECS[codec][0]}"
        ffmpeg(master, copy, codec, filters)
        rows.append({"master": str(master), "copy": str(copy), "kind": kind, "codec": codec})
    return rows


def make_reach(name, master, work):
    rows = []
    for kind in HONEST:
        copy = work / "reach" / kind / f"{name}.{CODECS[kind][0]}"
        ffmpeg(master, copy, kind)
        rows.append({"master": str(master), "copy": str(copy), "kind": kind, "cut": False})
    for kind, (narrow, wide) in CUT.items():
        copy = work / "reach" / kind.replace(" ", "_") / f"{name}.{CODECS[wide][0]}"
        between = work / "between" / narrow / f"{name}.{CODECS[narrow][0]}"
        if not copy.exists():
            ffmpeg(master, between, narrow)
            ffmpeg(between, copy, wide)
        rows.append({"master": str(master), "copy": str(copy), "kind": kind, "cut": True})
    for dark, filters in DARK.items():
        folder = work / "reach" / dark.replace(" ", "_").replace(",", "")
        source = folder / "flac" / f"{name}.flac"
        ffmpeg(master, source, "flac", filters)
        for kind in HONEST:
            copy = folder / kind / f"{name}.{CODECS[kind][0]}"
            ffmpeg(source, copy, kind)
            rows.append({"master": str(source), "copy": str(copy), "kind": kind, "cut": False, "dark": dark})
    return rows


def make_inverted(name, master, work):
    if channels(master) != 2:
        return []
    copy = work / "inverted" / f"{name}.mp3"
    ffmpeg(master, copy, "mp3_128", "pan=stereo|c0=c0|c1=-0.84*c1")
    plain = work / "plain" / f"{name}.mp3"
    ffmpeg(master, plain, "mp3_128")
    return [{"master": str(master), "copy": str(copy), "plain": str(plain)}]


def scan(program, folders, with_export=False):
    """What a plan would do with each pair, by the two paths; relations of the others; mixes of the files."""
    with tempfile.TemporaryDirectory() as store:
        base = [program, "--db", store, "--progress", "never"]
        subprocess.run([*base, "-q", "scan", *folders], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([*base, "-q", "pairs"], check=True, stdout=subprocess.DEVNULL)
        inside = subprocess.run([program.resolve().parent.parent / "bench" / "bench_decisions", store], check=True,
                                capture_output=True).stdout
        out = subprocess.run([*base, "export", "--format", "ndjson"], check=True, capture_output=True).stdout
    build, pairs, related = {}, {}, {}
    for row in map(json.loads, inside.splitlines()):
        if row["schema"] == "echofold.bench.build/1":
            build = row
        elif row["schema"] == "echofold.bench.decision/1":
            pairs[frozenset((row["keep"], row["drop"]))] = row
        else:
            related[frozenset((row["a"], row["b"]))] = row
    mixes = {row["path"]: row["quality"].get("mix", "mono") for row in map(json.loads, out.splitlines())}
    return build, pairs, related, mixes


def is_asked(pair):
    return pair["band"] != "auto" or bool(pair["doubts"]) or bool(pair["level_doubts"])


def share(part, whole):
    low, high = goals.interval(part, whole)
    return f"{part} of {whole} ({100 * low:.1f} .. {100 * high:.1f} %)"


def doubted(files, pairs):
    """For all pairs of these whole copies of one recording: how many are `auto`, and how many levels cast doubt on."""
    listed = [pairs[key] for key in map(frozenset, itertools.combinations(files, 2)) if key in pairs]
    automatic = [pair for pair in listed if pair["band"] == "auto"]
    return len(automatic), [pair for pair in automatic if pair["level_doubts"]]


def score_whole(rows, pairs):
    by_master = collections.defaultdict(list)
    for row in rows:
        by_master[row["master"]].append(row["copy"])
    automatic, wrong, originals_wrong = 0, [], 0
    for master, copies in by_master.items():
        count, doubts = doubted([master, *copies], pairs)
        automatic += count
        wrong += doubts
        originals_wrong += bool(doubts)
    print(f"whole copies: {automatic} pairs are auto, levels cast a doubt on {len(wrong)}; by original "
          f"{share(originals_wrong, len(by_master))}")
    return {"whole_pairs": automatic, "doubted": wrong, "originals": len(by_master), "originals_doubted": originals_wrong}


def score_levels(rows, pairs):
    cells = collections.defaultdict(collections.Counter)
    whole = score_whole([row for row in rows if "kind" in row], pairs)
    for row in rows:
        if "kind" in row:
            continue
        pair = pairs.get(frozenset((row["master"], row["copy"])))
        cell = cells[row["depth_db"], row["length_s"]]
        cell["files"] += 1
        row["outcome"] = "unlisted"
        if pair is not None:
            hole = pair["keep_hole"] if pair["keep"] == row["copy"] else pair["drop_hole"]
            found = hole is not None and abs(hole["from_s"] - row["from_s"]) < 2 + hole["length_s"]
            asked = is_asked(pair)
            lost = pair["keep"] == row["copy"] and not asked
            row.update(found=found, asked=asked, outcome="lost" if lost else "found" if found else
                       "asked" if asked else "unasked")
        cell[row["outcome"]] += 1
    print("| lowered by | " + " | ".join(f"{length} s" for length in LENGTHS_S) + " |")
    print("| --- |" + " --- |" * len(LENGTHS_S))
    for depth in DEPTHS_DB:
        print(f"| {depth} dB | " + " | ".join(
            f"{cells[depth, length]['found']} of {cells[depth, length]['files']}" for length in LENGTHS_S) + " |")
    print(collections.Counter(row["outcome"] for row in rows if "outcome" in row))
    return [whole] + [{"depth_db": depth, "length_s": length, **cell} for (depth, length), cell in sorted(cells.items())]


def score_honest(lib, without, program):
    with open(lib / "manifest.csv", encoding="utf-8", newline="") as table:
        files = {str(lib / row["file"]): row for row in csv.DictReader(table)}
    build, pairs, _, _ = scan(program, [lib / "library"])
    good = ("original", "copy", "shifted", "remaster")
    tallies = collections.defaultdict(collections.Counter)
    doubtful, wrong = collections.defaultdict(set), []
    tracks = collections.defaultdict(set)
    for key, pair in pairs.items():
        a, b = (files.get(path) for path in sorted(key))
        if a is None or b is None or a["track"] != b["track"] or not {a["family"], b["family"]} <= set(good):
            continue
        if any(a["track"].split("+")[0].endswith(name) for name in without):
            continue
        kind = max(a["family"], b["family"], key=good.index)
        tallies[kind]["pairs"] += 1
        tracks[kind].add(a["track"])
        if pair["band"] == "auto":
            tallies[kind]["auto"] += 1
            if pair["level_doubts"]:
                tallies[kind]["doubts"] += 1
                doubtful[kind].add(a["track"])
                wrong.append({"a": a["file"], "b": b["file"], "doubts": pair["level_doubts"]})
    rows = []
    for kind, tally in tallies.items():
        print(f"| {kind} | {tally['pairs']} | {tally['auto']} | {tally['doubts']} | "
              f"{share(len(doubtful[kind]), len(tracks[kind]))} |")
        rows.append({"kind": kind, **tally, "originals": len(tracks[kind]), "originals_doubted": len(doubtful[kind])})
    return build, rows + wrong


def score_reach(rows, pairs):
    """Compares every honest lossy copy with each cut one and each other honest one, and all with the master. Dark
    music is compared only with its own copies."""
    whole = score_whole([row for row in rows if not row["cut"]], pairs)
    by_master = collections.defaultdict(list)
    for row in rows:
        if "dark" not in row:
            by_master[row["master"]].append(row)
    cells = collections.defaultdict(collections.Counter)

    def note(cell, better, worse):
        pair = pairs.get(frozenset((better, worse)))
        cells[cell]["pairs"] += 1
        if pair is None:
            return cells[cell].update(unlisted=1)
        asked = is_asked(pair)
        right = pair["keep"] == better
        cells[cell]["right" if right and not asked else "asked" if asked else "wrong"] += 1
        cells[cell]["reach"] += any("reaches" in doubt for doubt in pair["doubts"])
        cells[cell]["asked, right first"] += asked and right
        return None

    for row in rows:
        if "dark" in row:
            note((row["kind"], row["dark"]), row["master"], row["copy"])
    for master, files in by_master.items():
        honest = {row["kind"]: row["copy"] for row in files if not row["cut"]}
        for row in files:
            note((row["kind"], "master"), master, row["copy"])
            if row["cut"]:
                for kind in ("mp3_128", "mp3_192", "aac_192", "vorbis_q5"):
                    note((row["kind"], kind), honest[kind], row["copy"])
        note(("mp3_192", "mp3_320"), honest["mp3_320"], honest["mp3_192"])
        note(("mp3_128", "mp3_320"), honest["mp3_320"], honest["mp3_128"])
        note(("mp3_128", "mp3_192"), honest["mp3_192"], honest["mp3_128"])
        note(("mp3_128", "aac_192"), honest["aac_192"], honest["mp3_128"])
        note(("mp3_128", "vorbis_q5"), honest["vorbis_q5"], honest["mp3_128"])
    print("| worse | better | pairs | right | asked (the right one first) | wrong | asked for reach |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for (worse, better), cell in cells.items():
        print(f"| {worse} | {better} | {cell['pairs']} | {cell['right']} | {cell['asked']} ({cell['asked, right first']}) | "
              f"{cell['wrong']} | {cell['reach']} |")
    return [whole] + [{"worse": worse, "better": better, **cell} for (worse, better), cell in cells.items()]


def score_inverted(rows, pairs, related, mixes):
    found = collections.Counter(files=len(rows))
    for row in rows:
        key = frozenset((row["master"], row["copy"]))
        row["mix"] = mixes.get(row["copy"])
        row["honest_mix"] = [mixes.get(row["master"]), mixes.get(row["plain"])]
        row["outcome"] = pairs[key]["band"] if key in pairs else related[key]["relation"] if key in related else "none"
        found[row["outcome"]] += 1
        found["by side"] += row["mix"] == "side"
        found["honest files of another mix"] += sum(mix != "mono" for mix in row["honest_mix"])
    print(dict(found))
    return [dict(found), *rows]


MAKERS = {"levels": make_levels, "reach": make_reach, "inverted": make_inverted}


def make(part, lib, work, options):
    tracks = originals(lib, options.without, options.tracks)

    def one(name):
        return MAKERS[part](name, make_master(name, tracks[name], work), work)

    rows = []
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for count, made in enumerate(pool.map(one, tracks), 1):
            rows += made
            print(f"\r{count} of {len(tracks)} originals", end="", file=sys.stderr)
    print(file=sys.stderr)
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("part", choices=(*MAKERS, "honest"))
    parser.add_argument("lib", type=pathlib.Path)
    parser.add_argument("--work", type=pathlib.Path, help="keeps what is made (default: a temporary folder)")
    parser.add_argument("--without", action="append", default=[], metavar="NAME")
    parser.add_argument("--tracks", type=int, default=1000, metavar="N", help="originals at most")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)), metavar="N")
    parser.add_argument("--echofold", type=pathlib.Path, default="build/release/tools/echofold",
                        help="the program; bench_decisions is taken from its build (default: %(default)s)")
    parser.add_argument("--json", type=pathlib.Path, help="write the rows here, too")
    options = parser.parse_args()
    lib = options.lib.resolve()
    with tempfile.TemporaryDirectory() as temporary:
        work = (options.work or pathlib.Path(temporary)).resolve()
        if options.part == "honest":
            build, result = score_honest(lib, options.without, options.echofold)
        else:
            rows = make(options.part, lib, work, options)
            folders = [work / name for name in ("master", options.part, "plain") if (work / name).is_dir()]
            build, pairs, related, mixes = scan(options.echofold, folders)
            if options.part == "levels":
                result = score_levels(rows, pairs) + rows
            elif options.part == "reach":
                result = score_reach(rows, pairs)
            else:
                result = score_inverted(rows, pairs, related, mixes)
        text = json.dumps(result).replace(f"{work}/", "").replace(f"{lib}/", "")
    if options.json:
        top = pathlib.Path(__file__).resolve().parent.parent
        options.json.write_text(json.dumps({"schema": "echofold.held_out/1", "part": options.part,
                                            "machine": machine.describe(top, build), "without": options.without,
                                            "rows": json.loads(text)}, indent=1) + "\n")


if __name__ == "__main__":
    main()
