"""Copies: the whole track through one encoder or two."""

from . import codecs
from .model import Made, Treatment

# Lossless copies of only a few tracks: they are large, and all decode to the same samples.
_LOSSLESS_SHARES = {"flac": 0.2, "wav": 0.1, "alac": 0.1, "wavpack": 0.1}
_LOSSY_SHARE = 0.35
_CODECS = ("flac", "wav", "alac", "wavpack", "mp3_320", "mp3_v0", "mp3_192", "mp3_128", "mp3_64", "mp3_40", "aac_128",
           "aac_64", "opus_96", "opus_48", "vorbis_q3", "wma_128")


def _copy(codec):
    def make(track, _rng, _others):
        return Made(codecs.CODECS[codec].extension, f"codec={codec}", (codecs.encode(codec),), (track.file,))
    return make


def _transcode(track, _rng, _others):
    steps = (codecs.encode("mp3_64", target="@first.mp3"), codecs.encode("flac", source="@first.mp3"))
    return Made("flac", "codec=mp3_64,flac", steps, (track.file,))


TREATMENTS = tuple(Treatment(codec, "copy", "same", _copy(codec), _LOSSLESS_SHARES.get(codec, _LOSSY_SHARE))
                   for codec in _CODECS) + (
    Treatment("mp3_64_flac", "copy", "same", _transcode, 0.3),)
