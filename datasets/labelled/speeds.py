"""The same recording at another speed: with its pitch, as records and tapes play, and with the tempo alone."""

from . import sealing
from .model import Treatment


def _signed(percent, rng):
    return rng.choice((-percent, percent))


def _played(percent):
    def make(track, rng, _others):
        signed = _signed(percent, rng)
        rate = round(44100 * (1 + signed / 100))
        graph = f"[0:a]{sealing.FORMAT},asetrate={rate},aresample=44100[mix]"
        return sealing.sealed(rng, f"speed={signed:+}%", graph, (track.file,))
    return make


def _tempo(percent):
    def make(track, rng, _others):
        signed = _signed(percent, rng)
        graph = f"[0:a]{sealing.FORMAT},atempo={1 + signed / 100}[mix]"
        return sealing.sealed(rng, f"tempo={signed:+}%", graph, (track.file,))
    return make


# Listening confirms a copy that was played at another speed. It can't confirm one whose tempo alone was changed: that is
# listed as another version.
TREATMENTS = tuple(
    Treatment(f"played_{percent}", "speed", "remaster", _played(percent), 0.4, 45, few=1) for percent in (0.5, 1, 2, 4)
) + tuple(
    Treatment(f"tempo_{percent}", "speed", "version", _tempo(percent), 0.3, 45, few=1) for percent in (1, 2, 4)
)
