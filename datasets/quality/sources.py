"""The honest music for datasets/make_quality.py: two sets that share no sound.

`tuning` set the thresholds; `held_out` is only used to judge them.
"""
import os
import pathlib
import random
import subprocess
import sys
import tempfile

PACKAGES = {  # package -> licence
    "openttd-openmsx": "GPL-2",
    "timgm6mb-soundfont": "GPL-2",
    "fluid-soundfont-gm": "MIT",
    "sonic-pi-samples": "CC0-1.0",
    "hydrogen-drumkits": "GPL-2+, CC-BY-SA-3.0, CC-BY-3.0, CC0-1.0",
    "tecnoballz-data": "GPL-3+",
}


def run(*command, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, **options)
    if done.returncode != 0:
        sys.exit(f"make_quality: failed: {' '.join(map(str, command))}\n{done.stderr.decode(errors='replace')}")
    return done.stdout


def ffmpeg(out, *arguments):
    part = out.with_name("part-" + out.name)
    run("ffmpeg", "-nostdin", "-v", "error", "-y", *arguments, "-map_metadata", "-1", "-bitexact", part)
    os.replace(part, out)


def unpack(package, folder):
    """Downloads the package's files once; returns its version."""
    tree = folder / package
    if not (tree / "version").exists():
        with tempfile.TemporaryDirectory() as temp:
            os.chmod(temp, 0o755)
            run("apt-get", "download", "-q", package, cwd=temp)
            deb = next(pathlib.Path(temp).glob("*.deb"))
            tree.mkdir(parents=True, exist_ok=True)
            run("dpkg-deb", "-x", deb, tree)
            (tree / "version").write_bytes(run("dpkg-deb", "-f", deb, "Version"))
    return tree, (tree / "version").read_text().strip()


def render_midi(midi, soundfont, out, seconds):
    """A rendered song: sampled instruments, reverberation, 16 bits with dither."""
    with tempfile.TemporaryDirectory() as temp:
        wav = pathlib.Path(temp) / "song.wav"
        run("fluidsynth", "-ni", "-q", "-r", 44100, "-O", "s16", "-T", "wav", "-g", "0.7", "-F", wav, soundfont, midi)
        ffmpeg(out, "-i", wav, "-t", seconds, "-c:a", "flac")


def montage(samples, out, seconds, seed):
    """Recorded sounds in sequence and mixed: three lanes, each a random order of them."""
    order = random.Random(seed)
    inputs, graph, lanes = [], [], []
    for lane in range(3):
        parts = order.sample(samples, 24)
        for part in parts:
            graph.append(f"[{len(inputs) // 2}:a]aformat=sample_fmts=flt:channel_layouts=stereo,volume=0.6[s{len(inputs) // 2}]")
            inputs += ["-i", part]
        first = len(inputs) // 2 - len(parts)
        names = "".join(f"[s{first + i}]" for i in range(len(parts)))
        graph.append(f"{names}concat=n={len(parts)}:v=0:a=1[lane{lane}]")
        lanes.append(f"[lane{lane}]")
    graph.append("".join(lanes) + "amix=inputs=3:normalize=0[out]")
    ffmpeg(out, *inputs, "-filter_complex", ";".join(graph), "-map", "[out]", "-t", seconds,
           "-c:a", "flac", "-sample_fmt", "s16")


def render_module(module, out, seconds):
    """A tracker module: 8-bit samples of instruments, mixed by libopenmpt."""
    ffmpeg(out, "-i", module, "-t", seconds, "-c:a", "flac", "-sample_fmt", "s16")


SONGS_TO_TUNE = 10  # the following ones are held out


class Originals:
    """One set of originals: (track, row head, make(path)) for each. `counts` gives how many of each kind."""

    def __init__(self, folder, counts, seconds):
        self.folder, self.counts, self.seconds = folder, counts, seconds

    def tuning(self):
        yield from self.songs("timgm6mb-soundfont", slice(0, SONGS_TO_TUNE))
        yield from self.montages("sonic-pi-samples", (".flac",))

    def held_out(self):
        yield from self.songs("fluid-soundfont-gm", slice(SONGS_TO_TUNE, None))
        yield from self.montages("hydrogen-drumkits", (".flac", ".wav"))
        yield from self.modules("tecnoballz-data")

    def songs(self, soundfont_package, part):
        midis, version = unpack("openttd-openmsx", self.folder)
        soundfont = next(unpack(soundfont_package, self.folder)[0].rglob("*.sf2"))
        for midi in sorted(midis.rglob("*.mid"))[part][:self.counts["songs"]]:
            head = [midi.stem, "openttd-openmsx", version, PACKAGES["openttd-openmsx"], midi.name]
            yield midi.stem, head, lambda path, midi=midi: render_midi(midi, soundfont, path, self.seconds)

    def montages(self, package, extensions):
        tree, version = unpack(package, self.folder)
        samples = sorted(path for path in tree.rglob("*") if path.suffix.lower() in extensions)
        for seed in range(self.counts["montages"]):
            track = f"montage_{seed:02}"
            head = [track, package, version, PACKAGES[package], "samples"]
            yield track, head, lambda path, seed=seed: montage(samples, path, self.seconds, seed)

    def modules(self, package):
        tree, version = unpack(package, self.folder)
        for module in sorted(tree.rglob("*.mod"))[:self.counts["modules"]]:
            head = [module.stem, package, version, PACKAGES[package], module.name]
            yield module.stem, head, lambda path, module=module: render_module(module, path, self.seconds)
