"""Measures an original: its length, the loudness of its middle and sides in each second, and finer levels."""

import math
import subprocess
import sys
from array import array

_RATE = 8000
_FILTERS = f"aformat=channel_layouts=stereo,pan=stereo|c0=0.5*c0+0.5*c1|c1=0.5*c0-0.5*c1,aresample={_RATE}"
_FLOOR_DB = -99.0


def _peaks_db(samples):
    found = []
    for begin in range(0, len(samples), _RATE):
        second = samples[begin:begin + _RATE]
        peak = max(max(second), -min(second))
        found.append(round(20 * math.log10(peak / 32768), 1) if peak else _FLOOR_DB)
    return found


def _levels_db(samples):
    """The RMS level of each tenth of a second."""
    found, cell = [], _RATE // 10
    for begin in range(0, len(samples), cell):
        part = samples[begin:begin + cell]
        power = sum(sample * sample for sample in part) / len(part)
        found.append(round(10 * math.log10(power / 32768**2), 1) if power else _FLOOR_DB)
    return found


def measure(path):
    """A dict of `seconds`, `mid_db`, `side_db` and `rms_db` (of the middle), suitable for JSON."""
    command = ("ffmpeg", "-nostdin", "-v", "error", "-i", str(path), "-map", "0:a:0", "-af", _FILTERS, "-f", "s16le", "-")
    pcm = array("h")
    pcm.frombytes(subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE).stdout)
    if sys.byteorder == "big":
        pcm.byteswap()
    mid, side = pcm[0::2], pcm[1::2]
    return {"seconds": len(mid) / _RATE, "mid_db": _peaks_db(mid), "side_db": _peaks_db(side),
            "rms_db": _levels_db(mid)}
