"""A moment of .15 to 1 s that differs: anywhere, in the middle of the music, where it is quiet, at its very end."""

from . import sealing, speech
from .model import Treatment

_EDGE_S = 0.006  # an editor's cross-fade
_SINE_DB = -21.0  # RMS of FFmpeg's `sine`
SHORT_S, LONG_S = (0.15, 0.199), (0.2, 1.0)


def find(track, rng, seconds, low_db, high_db, first=0.0, last=None, moving_db=0.0):
    """Where a span begins whose tenths of a second all lie between these levels against the track's median; or None."""
    latest = (track.seconds if last is None else last) - seconds
    for _ in range(400 if latest > first else 0):
        begin = round(rng.uniform(first, latest), 3)
        low, high = track.span_db(begin, begin + seconds)
        if low >= low_db and high <= high_db and high - low >= moving_db and low + track.median_rms_db > -70:
            return begin
    return None


def loud(track, rng, seconds, first=0.0, last=None, moving_db=0.0):
    """Where the track is about as loud as its median throughout."""
    return find(track, rng, seconds, -8, 99, first, last, moving_db)


def _quiet(track, rng, seconds, moving_db=0.0):
    return find(track, rng, seconds, -45, -12, moving_db=moving_db)


def _at_the_end(track, rng, seconds, moving_db=0.0):
    return find(track, rng, seconds, -30, 99, track.seconds - 1.05, moving_db=moving_db)


def _at_the_start(track, rng, seconds, moving_db=0.0):
    return find(track, rng, seconds, -30, 99, 0, 1.5, moving_db=moving_db)


def gate(spans, floor=0.0):
    """A filter that turns the music down to `floor` inside the spans, with short fades."""
    outside = "*".join(f"(1-{1 - floor:.5f}*clip(min(t-{begin - _EDGE_S:.4f}\\,{end + _EDGE_S:.4f}-t)/{_EDGE_S}\\,0\\,1))"
                       for begin, end in spans)
    return f"asetnsamples=n=64:p=0,volume=eval=frame:volume='{outside}'"


def piece(source, begin, seconds, at, gain_db, change="anull"):
    """A filter chain that puts `seconds` of a source at another time, at another level."""
    fades = f"afade=t=in:d={_EDGE_S},afade=t=out:st={seconds - _EDGE_S:.4f}:d={_EDGE_S}"
    return (f"{source}atrim=start={begin:.4f}:duration={seconds:.4f},asetpts=PTS-STARTPTS,{change},{fades},"
            f"volume={gain_db:.1f}dB,adelay=delays={1000 * at:.1f}:all=1")


def _level(track, begin, seconds):
    return sealing.span(track, begin, begin + seconds).level_db + track.median_rms_db


def _insert(kind, track, rng, others, at, seconds):
    """(filter chain of what replaces the music, its own words, files, sources, steps); None if nothing suits."""
    level = _level(track, at, seconds)
    if kind == "reversed":
        return piece("[r]", at, seconds, at, 0, "areverse"), "", (), (), ()
    if kind == "bleeped":
        hz, over = rng.randint(600, 1500), rng.uniform(0, 6)
        chain = f"sine=frequency={hz}:sample_rate=44100:duration={seconds:.4f},{sealing.FORMAT},"
        return chain + piece("", 0, seconds, at, level + over - _SINE_DB), f"hz={hz}", (), (), ()
    if kind == "moved":
        begin = loud(track, rng, seconds)
        if begin is None or abs(begin - at) < 3:
            return None
        return piece("[r]", begin, seconds, at, level - _level(track, begin, seconds)), f"of={begin}", (), (), ()
    if kind == "word":
        language = rng.choice(speech.LANGUAGES)
        step = speech.say(speech.word(rng, language), speech.voice(rng, language), "@word.wav")
        chain = piece(f"[1:a]{sealing.WIDE},{sealing.FORMAT},", 0.08, seconds, at, level - speech.RMS_DB)
        return chain, f"voice={language}", (), ("@word.wav",), (step,)
    able = [other for other in others if not set(other.names()) & set(track.names())]
    other = rng.choice(able) if able else None
    begin = loud(other, rng, seconds) if other else None
    if begin is None:
        return None
    chain = piece(f"[1:a]{sealing.FORMAT},", begin, seconds, at, level - _level(other, begin, seconds))
    return chain, f"from={other.name}", (other.file,), (), ()


def _altered(kind, track, rng, others, at, seconds):
    """The track with one span of it replaced; None if nothing suits."""
    spans, silenced = (sealing.span(track, at, at + seconds),), gate([(at, at + seconds)])
    shift = at > 2.5  # a cut must not take the span away
    if kind == "muted":
        return sealing.sealed(rng, f"muted={at}+{seconds}", f"[0:a]{sealing.FORMAT},{silenced}[mix]", (track.file,), spans,
                              shift=shift)
    insert = _insert(kind, track, rng, others, at, seconds)
    if insert is None:
        return None
    chain, words, files, sources, steps = insert
    split = f"[0:a]{sealing.FORMAT},asplit=2[m][r];[m]" if "[r]" in chain else f"[0:a]{sealing.FORMAT},"
    graph = f"{split}{silenced}[a];{chain}[b];[a][b]amix=inputs=2:normalize=0:duration=first[mix]"
    return sealing.sealed(rng, f"{kind}={at}+{seconds};{words}".rstrip(";"), graph, (track.file, *files), spans, steps, sources,
                          shift=shift)


KINDS = ("muted", "bleeped", "reversed", "moved", "word", "other")


def _moment(kinds, place, lengths):
    def make(track, rng, others):
        for _ in range(8):
            kind, seconds = rng.choice(kinds), round(rng.uniform(*lengths), 3)
            # A span that sounds alike forwards and backwards would not be heard.
            at = place(track, rng, seconds, moving_db=3 if kind == "reversed" and seconds > 0.2 else 0)
            made = None if at is None else _altered(kind, track, rng, others, at, seconds)
            if made is not None:
                return made
        return None
    return make


TREATMENTS = tuple(Treatment(name, "moment", "altered", make, 0.1, 25, few=1) for name, make in (
    ("moment_muted", _moment(("muted",), loud, LONG_S)),
    ("moment_bleeped", _moment(("bleeped",), loud, LONG_S)),
    ("moment_reversed", _moment(("reversed",), loud, (0.3, 1.0))),
    ("moment_moved", _moment(("moved",), loud, LONG_S)),
    ("moment_word", _moment(("word",), loud, LONG_S)),
    ("moment_other", _moment(("other",), loud, LONG_S)),
    ("moment_at_end", _moment(KINDS, _at_the_end, (0.2, 0.9))),
    ("moment_at_start", _moment(KINDS, _at_the_start, (0.2, 0.9))),
)) + tuple(Treatment(name, "faint_moment", "altered", make, 0.1, 25, few=1) for name, make in (
    ("moment_quiet", _moment(KINDS, _quiet, LONG_S)),
    ("moment_short", _moment(KINDS, loud, SHORT_S)),
))
