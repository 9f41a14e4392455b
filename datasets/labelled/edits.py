"""Edits: music that others lack. At least 12 audible seconds are missing or added, so that none is just a copy, and
at least 20 s of each original in its labels stay intact.
"""

from . import codecs
from .model import Made, Treatment

MISSING_S = 12  # audible seconds that one side lacks
LEFT_S = 22     # uninterrupted seconds that both have
_FORMAT = "aformat=sample_rates=44100:channel_layouts=stereo:sample_fmts=fltp"


def _joined(rng, parameter, parts, tracks, partner=None):
    """`parts` are (track number, begin, end), joined in order."""
    codec = rng.choice(codecs.HIGH)
    cuts = ";".join(f"[{i}:a]atrim=start={begin:.4f}:end={end:.4f},asetpts=PTS-STARTPTS,{_FORMAT}[p{i}]"
                    for i, (_, begin, end) in enumerate(parts))
    names = "".join(f"[p{i}]" for i in range(len(parts)))
    graph = f"{cuts};{names}concat=n={len(parts)}:v=0:a=1[out]"
    step = codecs.mix(codec, graph, [f"@in{number}" for number, _, _ in parts])
    return Made(codecs.CODECS[codec].extension, f"{parameter};codec={codec}", (step,),
                tuple(track.file for track in tracks), partner)


def _section(track, rng, seconds, first, last):
    """Where a section of this length begins, between `first` and `last`, with enough sound in it; or None."""
    latest = last - seconds
    if latest < first:
        return None
    for _ in range(50):
        begin = round(rng.uniform(first, latest), 3)
        if track.audible(begin, begin + seconds) >= MISSING_S:
            return begin
    return None


def _without(name, part):
    """One section is missing, `part` of the length; what remains before or after it is long enough to be found."""
    def make(track, rng, _others):
        seconds = max(part(rng) * track.seconds, MISSING_S + 2)
        begin = _section(track, rng, seconds, LEFT_S, track.seconds - 8)
        if begin is None or track.audible(0, begin) < LEFT_S - 2:
            return None
        parts = ((0, 0, begin), (0, begin + seconds, track.seconds))
        return _joined(rng, f"{name}={begin}..{begin + seconds:.3f}", parts, (track,))
    return make


def _section_repeated(track, rng, _others):
    seconds = max(rng.uniform(0.15, 0.25) * track.seconds, MISSING_S + 2)
    begin = _section(track, rng, seconds, 8, track.seconds)
    if begin is None:
        return None
    end = begin + seconds
    return _joined(rng, f"repeated={begin}..{end:.3f}", ((0, 0, end), (0, begin, track.seconds)), (track,))


def _extended_mix(track, rng, _others):
    """The intro twice, then everything, then the last third again."""
    intro, outro = round(0.25 * track.seconds, 3), round(0.7 * track.seconds, 3)
    if track.audible(0, intro) + track.audible(outro, track.seconds) < 2 * MISSING_S:
        return None
    parts = ((0, 0, intro), (0, 0, track.seconds), (0, outro, track.seconds))
    return _joined(rng, f"intro={intro};outro={outro}", parts, (track,))


def _partner(track, rng, others, usable):
    able = [other for other in others if not set(other.names()) & set(track.names()) and usable(other)]
    return rng.choice(able) if able else None


def _intro_other_song(track, rng, others):
    intro = round(rng.uniform(25, 32), 3)
    other = _partner(track, rng, others, lambda o: o.audible(intro, o.seconds) >= LEFT_S + 4)
    if other is None or track.audible(0, intro) < LEFT_S or track.audible(intro, track.seconds) < MISSING_S:
        return None
    if other.audible(0, intro) < MISSING_S:
        return None
    parts = ((0, 0, intro), (1, intro, other.seconds))
    return _joined(rng, f"intro={intro};then={other.name}", parts, (track, other), other)


def _two_songs(track, rng, others):
    other = _partner(track, rng, others, lambda o: o.audible(0, 120) >= LEFT_S + 4)
    if other is None or track.audible(0, track.seconds) < LEFT_S + 4:
        return None
    parts = ((0, 0, track.seconds), (1, 0, min(other.seconds, 120)))
    return _joined(rng, f"then={other.name}", parts, (track, other), other)


def _cross_fade(track, rng, others):
    """The track, fading into the first 45 s of another one."""
    other = _partner(track, rng, others, lambda o: o.audible(0, 45) >= 40)
    if other is None or track.audible(0, track.seconds - 10) < LEFT_S + 4:
        return None
    codec, seconds = rng.choice(codecs.HIGH), round(rng.uniform(4, 10), 2)
    graph = (f"[0:a]{_FORMAT}[a];[1:a]atrim=end=45,{_FORMAT}[b];"
             f"[a][b]acrossfade=d={seconds}:c1=tri:c2=tri[out]")
    return Made(codecs.CODECS[codec].extension, f"fade={seconds};then={other.name};codec={codec}",
                (codecs.mix(codec, graph, ("@in0", "@in1")),), (track.file, other.file), other)


TREATMENTS = tuple(Treatment(name, "edit", "edit", make, 0.25, 55) for name, make in (
    ("radio_edit", _without("without", lambda rng: 0.4)),
    ("section_cut", _without("without", lambda rng: rng.uniform(0.15, 0.25))),
    ("section_repeated", _section_repeated),
    ("extended_mix", _extended_mix),
    ("intro_other_song", _intro_other_song),
    ("two_songs", _two_songs),
    ("cross_fade", _cross_fade),
))
