"""Shifted copies: another start or end, by amounts that are not multiples of an item.

All changes are smaller than those of an edit: at most 5 s of audible music are missing.
"""

from . import codecs
from .model import Made, Treatment


def _shifted(choices, change):
    """`change(track, rng)` returns the parameter and the filters; the encoder is one of `choices`."""
    def make(track, rng, _others):
        codec = rng.choice(choices)
        parameter, filters = change(track, rng)
        return Made(codecs.CODECS[codec].extension, f"{parameter};codec={codec}",
                    (codecs.encode(codec, filters),), (track.file,))
    return make


def _start_cut(_track, rng):
    seconds = round(rng.uniform(0.02, 5), 4)
    return f"cut={seconds}", f"atrim=start={seconds},asetpts=PTS-STARTPTS"


def _start_pad(_track, rng):
    seconds = round(rng.uniform(0.02, 5), 4)
    return f"pad={seconds}", f"adelay=delays={1000 * seconds:.1f}:all=1"


def _silence_start(_track, rng):
    seconds = round(rng.uniform(5, 15), 4)
    return f"silence={seconds}", f"adelay=delays={1000 * seconds:.1f}:all=1"


def _silence_end(_track, rng):
    seconds = round(rng.uniform(5, 15), 4)
    return f"silence={seconds}", f"apad=pad_dur={seconds}"


def _end_cut(track, rng):
    seconds = round(rng.uniform(0.05, 3), 4)
    return f"cut={seconds}", f"atrim=end={track.seconds - seconds:.4f}"


def _fades(track, rng):
    fade_in, fade_out = round(rng.uniform(0.5, 3), 2), round(rng.uniform(2, 5), 2)
    filters = f"afade=t=in:d={fade_in},afade=t=out:st={track.seconds - fade_out:.4f}:d={fade_out}"
    return f"in={fade_in};out={fade_out}", filters


def _old_delay(_track, _rng):
    return "no delay tag", ""


# Other fades are another master; all else is a copy that begins or ends elsewhere.
TREATMENTS = tuple(Treatment(name, "shifted", "remaster" if change is _fades else "same", _shifted(choices, change), 0.3)
                   for name, choices, change in (
    ("start_cut", codecs.HIGH, _start_cut),
    ("start_cut_low", codecs.LOW, _start_cut),
    ("start_pad", codecs.HIGH, _start_pad),
    ("start_pad_low", codecs.LOW, _start_pad),
    ("end_cut", codecs.HIGH, _end_cut),
    ("silence_start", codecs.HIGH, _silence_start),
    ("silence_end", codecs.HIGH, _silence_end),
    ("fades", codecs.HIGH, _fades),
    ("old_delay_mp3", ("mp3_bare_128",), _old_delay),
    ("old_delay_adts", ("adts_128",), _old_delay),
))
