"""Versions: the same piece, but not the same recording. originals.py has those from the packages themselves."""

from . import codecs, midi
from .model import Made, Treatment

_LEADS = (52, 53, 65, 73, 81)  # choir, voice, saxophone, flute, saw wave


def _vocals_cancelled(track, rng, _others):
    """Removes what both channels share; requires sides of their own."""
    if not track.is_stereo():
        return None
    codec = rng.choice(codecs.HIGH)
    filters = "aformat=channel_layouts=stereo,pan=mono|c0=c0-c1"
    return Made(codecs.CODECS[codec].extension, f"codec={codec}", (codecs.encode(codec, filters),), (track.file,))


def _overdub(track, rng, _others):
    """A lead over seven tenths of the track, about as loud as the track itself."""
    codec, lead, tempo = rng.choice(codecs.HIGH), rng.choice(_LEADS), rng.randint(80, 140)
    begin, seconds = round(rng.uniform(0.1, 0.2) * track.seconds, 3), 0.7 * track.seconds
    notes = midi.melody(rng, seconds * tempo / 60)
    stereo = "aformat=sample_rates=44100:channel_layouts=stereo:sample_fmts=fltp"
    graph = (f"[0:a]{stereo}[a];[1:a]{stereo},atrim=end={seconds:.3f},dynaudnorm=p=0.95,volume={track.level_db():.1f}dB,"
             f"adelay=delays={1000 * begin:.0f}:all=1[b];[a][b]amix=inputs=2:normalize=0:duration=first,volume=0.7[out]")
    steps = (midi.play("timgm6mb"), codecs.mix(codec, graph, ("@in0", "@played.wav")))
    return Made(codecs.CODECS[codec].extension, f"lead={lead};begin={begin};codec={codec}", steps, (track.file,),
                midi=midi.midi_file(notes, tempo, {0: lead}))


def _stem(number):
    def make(track, rng, _others):
        if not track.stems:
            return None
        codec = rng.choice(codecs.HIGH)
        return Made(codecs.CODECS[codec].extension, f"codec={codec}", (codecs.encode(codec, track.stems_cut),),
                    (track.stems[number],))
    return make


TREATMENTS = (
    Treatment("vocals_cancelled", "version", "version", _vocals_cancelled, 0.25),
    Treatment("overdub", "version", "version", _overdub, 0.25, 30),
    Treatment("backing", "version", "version", _stem(0)),
    Treatment("stem", "version", "version", _stem(1)),
)
