"""Remasters: the same recording with another loudness, tone, format or speed."""

from . import codecs
from .model import Made, Treatment


def _remaster(change, choices=codecs.HIGH, options=()):
    """`change(track, rng)` returns the parameter and the filters."""
    def make(track, rng, _others):
        codec = rng.choice(choices)
        parameter, filters = change(track, rng)
        return Made(codecs.CODECS[codec].extension, f"{parameter};codec={codec}",
                    (codecs.encode(codec, filters, options=options),), (track.file,))
    return make


def _gain(_track, rng):
    db = round(rng.uniform(-14, -3), 1)
    return f"gain={db}", f"volume={db}dB"


def _clipping(track, rng):
    over = round(rng.uniform(3, 8), 1)
    # Floating point does not clip: the conversion to 16 bits does.
    return f"over={over}", f"aformat=sample_fmts=fltp,volume={over - max(track.mid_db):.1f}dB,aformat=sample_fmts=s16p"


def _limiter(track, rng):
    over = round(rng.uniform(4, 9), 1)
    return f"over={over}", (f"volume={over - max(track.mid_db):.1f}dB:precision=float,"
                            "alimiter=limit=0.89:attack=5:release=50:level=false")


def _compressor(track, rng):
    ratio, below = rng.choice((2, 3, 4, 6)), rng.choice((6, 10, 14))
    threshold = max(min(track.level_db() - below, 0), -60)
    return f"ratio={ratio};below={below}", f"acompressor=threshold={threshold:.1f}dB:ratio={ratio}:attack=10:release=150"


def _eq(_track, rng):
    bands = [(round(frequency * rng.uniform(0.7, 1.4)), round(rng.choice((-1, 1)) * rng.uniform(2, 7), 1))
             for frequency in (120, 500, 1500, 4000)]
    parameter = ",".join(f"{frequency}:{db}" for frequency, db in bands)
    return f"eq={parameter}", "volume=-6dB," + ",".join(f"equalizer=f={f}:t=o:w=1:g={db}" for f, db in bands)


def _lowpass(_track, rng):
    hz = round(rng.uniform(3500, 9000))
    return f"hz={hz}", f"lowpass=f={hz},lowpass=f={hz}"


def _mono(_track, _rng):
    return "channels=1", "aformat=channel_layouts=mono"


def _noise_8bit(_track, _rng):
    return "bits=8", "aformat=sample_fmts=u8"


def _rate(hz):
    def change(_track, _rng):
        return f"hz={hz}", ""
    return change


def _speed(percent):
    def change(_track, rng):
        signed = rng.choice((-percent, percent))
        rate = round(44100 * (1 + signed / 100))
        return f"speed={signed:+}%", f"aresample=44100,asetrate={rate},aresample=44100"
    return change


def _treatment(name, make, share=0.25, label="same"):
    return Treatment(name, "remaster", label, make, share)


TREATMENTS = (
    _treatment("gain", _remaster(_gain)),
    _treatment("clipping", _remaster(_clipping)),
    _treatment("limiter", _remaster(_limiter), label="remaster"),
    _treatment("compressor", _remaster(_compressor), label="remaster"),
    _treatment("eq", _remaster(_eq), label="remaster"),
    _treatment("lowpass", _remaster(_lowpass)),
    _treatment("mono", _remaster(_mono)),
    _treatment("rate_22k", _remaster(_rate(22050), ("mp3_64", "aac_64"), ("-ar", "22050"))),
    _treatment("rate_32k", _remaster(_rate(32000), ("mp3_128", "aac_128"), ("-ar", "32000"))),
    _treatment("rate_48k", _remaster(_rate(48000), ("mp3_128", "aac_128", "vorbis_q3"), ("-ar", "48000"))),
    _treatment("rate_96k", _remaster(_rate(96000), ("flac", "wavpack"), ("-ar", "96000")), 0.06),
    _treatment("noise_8bit", _remaster(_noise_8bit)),
    _treatment("speed_0.3", _remaster(_speed(0.3))),
    _treatment("speed_0.5", _remaster(_speed(0.5))),
    _treatment("speed_1.0", _remaster(_speed(1.0))),
)
