"""The last step of a file that must be told from another: where it begins, and how it is encoded."""

from . import codecs
from .model import Made, Span

FORMAT = "aformat=sample_rates=44100:channel_layouts=stereo:sample_fmts=fltp"
WIDE = "pan=stereo|c0=c0|c1=c0"  # mono to stereo at its own level
_SHIFT_S = 2.0  # the most that the start moves


def _shift(rng):
    """Seconds that the start moves by: half of the files start where the other one does."""
    seconds = round(rng.uniform(-_SHIFT_S, _SHIFT_S), 4)
    return seconds if rng.random() < 0.5 else 0.0


def _moved(seconds):
    """The filter that moves the start: below 0 the beginning is missing, above 0 silence comes first."""
    if seconds < 0:
        return f"atrim=start={-seconds},asetpts=PTS-STARTPTS"
    return f"adelay=delays={1000 * seconds:.1f}:all=1" if seconds else "anull"


def span(track, begin, end):
    """A Span of the track with the mean level of its music there."""
    cells = track.rms_db[int(10 * begin):max(int(10 * end + 0.999), int(10 * begin) + 1)]
    level = sum(cells) / len(cells) - track.median_rms_db if cells else 0.0
    return Span(round(begin, 3), round(end - begin, 3), round(level, 1))


def whole(track):
    return (span(track, 0, track.seconds),)


def sealed(rng, parameter, graph, files, spans=(), steps=(), sources=(), drawn=None, shift=True, **fields):
    """A Made of a filter graph that ends in [mix]. Its inputs are `files`, then `sources`, which `steps` make.

    `drawn` is (name, Codec); the default draws one. `spans` are in the time of the graph.
    """
    name, codec = drawn or codecs.drawn(rng)
    seconds = _shift(rng) if shift else 0.0
    step = codecs.mix(codec, f"{graph};[mix]{_moved(seconds)}[out]", [f"@in{i}" for i in range(len(files))] + list(sources))
    moved = tuple(Span(max(round(s.start + seconds, 3), 0.0), round(s.seconds + min(s.start + seconds, 0), 3), s.level_db)
                  for s in spans)
    shifted = f";start={seconds:+}" if seconds else ""
    return Made(codec.extension, f"{parameter}{shifted};codec={name}", (*steps, step), tuple(files), spans=moved, **fields)


def base_of(rng, parameter, graph, files, **more):
    """The file that another one is compared with: mostly FLAC, at its own start."""
    return sealed(rng, parameter, graph, files, drawn=codecs.drawn(rng, lossless=0.7), shift=False, **more)
