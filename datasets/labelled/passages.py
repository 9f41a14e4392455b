"""Seconds to half a minute that differ: dropouts, two intros or outros, medleys, hidden tracks, live sound behind it."""

from . import moments, sealing, voices
from .model import Treatment

_MEDLEY_S = (21, 26)  # of each song, which the least length of a part of an edit needs


def _apart(track, others, usable):
    return [other for other in others if not set(other.names()) & set(track.names()) and usable(other)]


def _different(rng, track, others, count, usable):
    """`count` other tracks that share no music with the track or each other; None if there are too few."""
    found = []
    able = _apart(track, others, usable)
    for other in rng.sample(able, len(able)):
        if all(not set(other.names()) & set(each.names()) for each in found):
            found.append(other)
    return found[:count] if len(found) >= count else None


def _dropped(track, rng, _others):
    """Much quieter for up to 20 s."""
    seconds, db = round(rng.uniform(8, 20), 3), round(rng.uniform(-60, -20), 1)
    seconds = min(seconds, track.seconds / 2)
    at = moments.find(track, rng, seconds, -30, 99)
    if at is None:
        return None
    graph = f"[0:a]{sealing.FORMAT},{moments.gate([(at, at + seconds)], 10 ** (db / 20))}[mix]"
    return sealing.sealed(rng, f"dropped={at}+{seconds};db={db}", graph, (track.file,),
                          (sealing.span(track, at, at + seconds),))


def _joined(parts, gains):
    """`parts` are (input, begin, end), joined in order; the graph ends in [mix]."""
    cuts = ";".join(f"[{i}:a]atrim=start={begin:.4f}:end={end:.4f},asetpts=PTS-STARTPTS,{sealing.FORMAT},"
                    f"volume={gain:.1f}dB[p{i}]"
                    for i, ((_, begin, end), gain) in enumerate(zip(parts, gains)))
    return f"{cuts};{''.join(f'[p{i}]' for i in range(len(parts)))}concat=n={len(parts)}:v=0:a=1[mix]"


def _like(track, other):
    """What makes the other track as loud as the track."""
    return max(min(track.median_rms_db - other.median_rms_db, 12), -24)


def _two_ends(at_start):
    """The track with one foreign intro (or outro), against the track with another one of the same length."""
    def make(track, rng, others):
        seconds, found = round(rng.uniform(5, 12), 3), _different(rng, track, others, 2, lambda o: o.audible(0, 40) >= 35)
        if found is None:
            return None

        def with_end(other, seal, **more):
            begin = round(rng.uniform(5, 20), 3)
            foreign, own = (begin, begin + seconds), (0, track.seconds)
            order = ((other, *foreign), (track, *own)) if at_start else ((track, *own), (other, *foreign))
            gains = [0 if each is track else _like(track, each) for each, _, _ in order]
            return seal(rng, f"{'intro' if at_start else 'outro'}={other.name}:{begin}+{seconds}", _joined(order, gains),
                        tuple(each.file for each, _, _ in order), heard=(other,), **more)

        base = with_end(found[0], sealing.base_of)
        at = 0 if at_start else track.seconds
        return with_end(found[1], sealing.sealed, base=base, shift=not at_start, spans=(sealing.Span(round(at, 3), seconds),))
    return make


def _hidden(track, rng, other, silence, seal, **more):
    seconds = min(other.seconds, 45)
    graph = (f"[0:a]{sealing.FORMAT},apad=pad_dur={silence}[a];[1:a]atrim=end={seconds},{sealing.FORMAT}[b];"
             "[a][b]concat=n=2:v=0:a=1[mix]")
    return seal(rng, f"silence={silence};hidden={other.name}", graph, (track.file, other.file),
                spans=(sealing.Span(round(track.seconds + silence, 3), round(seconds, 3)),), **more)


def _hidden_track(track, rng, others):
    """Another track behind half a minute of silence."""
    found = _different(rng, track, others, 1, lambda o: o.audible(0, 45) >= 35)
    if found is None:
        return None
    return _hidden(track, rng, found[0], round(rng.uniform(8, 40), 3), sealing.sealed, heard=(found[0],))


def _hidden_other(track, rng, others):
    """Two files that differ in the track behind the silence."""
    found = _different(rng, track, others, 2, lambda o: o.audible(0, 45) >= 35)
    if found is None:
        return None
    silence = round(rng.uniform(8, 40), 3)
    base = _hidden(track, rng, found[0], silence, sealing.base_of, heard=(found[0],))
    return _hidden(track, rng, found[1], silence, sealing.sealed, heard=(found[1],), base=base)


def _medley(parts, seal, rng, **more):
    order = [(track, begin, begin + seconds) for track, begin, seconds in parts]
    loud = parts[0][0]
    return seal(rng, "parts=" + ",".join(f"{track.name}:{begin}+{seconds}" for track, begin, seconds in parts),
                _joined(order, [0 if track is loud else _like(loud, track) for track, _, _ in parts]),
                tuple(track.file for track, _, _ in order), **more)


def _cuts(rng, tracks):
    found = []
    for track in tracks:
        seconds = round(rng.uniform(*_MEDLEY_S), 3)
        found.append((track, round(rng.uniform(0, max(track.seconds - seconds - 1, 0)), 3), seconds))
    return found


def _usable_in_medley(other):
    return other.seconds >= _MEDLEY_S[1] + 2 and other.audible(0, other.seconds) >= 0.95 * other.seconds


def _medley_of_songs(track, rng, others):
    """A part of each of three songs; labelled with all of them."""
    found = _different(rng, track, others, 2, _usable_in_medley)
    if found is None or not _usable_in_medley(track):
        return None
    return _medley(_cuts(rng, [track, *found]), sealing.sealed, rng, partners=tuple(found))


def _medley_other(track, rng, others):
    """Two medleys of the same three parts but for one."""
    found = _different(rng, track, others, 3, _usable_in_medley)
    if found is None or not _usable_in_medley(track):
        return None
    parts = _cuts(rng, [track, *found])
    turn = rng.choice((1, 2))
    kept = [parts[0], parts[1], parts[2]]
    begin = round(rng.uniform(0, parts[3][0].seconds - kept[turn][2] - 1), 3)
    changed = [*kept[:turn], (parts[3][0], max(begin, 0), kept[turn][2]), *kept[turn + 1:]]
    base = _medley(kept, sealing.base_of, rng, heard=tuple(found[:2]))
    at = sum(seconds for _, _, seconds in kept[:turn])
    return _medley(changed, sealing.sealed, rng, base=base, heard=tuple(each for each, _, _ in changed[1:]),
                   spans=(sealing.Span(round(at, 3), kept[turn][2]),))


def _behind(sound):
    """Live sound behind the whole track, or behind a part of it; `sound(track, rng, seconds)` gives what is heard."""
    def make(track, rng, _others):
        db = round(rng.uniform(-20, -3), 1)
        seconds = track.seconds if rng.random() < 0.5 else round(rng.uniform(5, track.seconds / 2), 3)
        begin = 0.0 if seconds == track.seconds else round(rng.choice((0.0, track.seconds - seconds)), 3)
        chain, steps, sources = sound(rng, seconds)
        graph = (f"{chain},{sealing.FORMAT},atrim=end={seconds:.3f},afade=t=in:d=0.5,afade=t=out:st={seconds - 1:.3f}:d=1,"
                 f"volume={track.median_rms_db + db:.1f}dB,adelay=delays={1000 * begin:.1f}:all=1[b];"
                 f"[0:a]{sealing.FORMAT}[a];[a][b]amix=inputs=2:normalize=0:duration=first,volume=0.8[mix]")
        return sealing.sealed(rng, f"db={db};behind={begin}+{seconds}", graph, (track.file,),
                              (sealing.span(track, begin, begin + seconds),), steps, sources, shift=begin > 0)
    return make


def _crowd(rng, seconds):
    """People who talk at once, and applause."""
    count = rng.randint(4, 6)
    steps, sources = voices.babble(rng, count, seconds)
    names = "".join(f"[{i + 1}:a]" for i in range(count))
    noise = (f"anoisesrc=color=pink:seed={rng.randrange(2**31)}:amplitude=0.5:r=22050:d={seconds:.3f},"
             f"highpass=f=300,lowpass=f=5000,tremolo=f={rng.uniform(0.1, 0.4):.2f}:d=0.8[noise]")
    # The sum is brought to about 0 dB of RMS: the level is applied later.
    return (f"{noise};{names}amix=inputs={count}:normalize=0,aecho=0.8:0.6:37|61:0.4|0.3,volume=9dB[people];"
            f"[noise]volume=18dB[hall];[people][hall]amix=inputs=2:normalize=0,{sealing.WIDE}"), steps, sources


def _birds(rng, seconds):
    """Chirps between 2 and 7 kHz, in groups with rests."""
    voices_ = []
    for _ in range(3):
        hz, sweep, beat, rest = rng.uniform(2300, 5000), rng.uniform(300, 1800), rng.uniform(4, 11), rng.uniform(0.2, 0.7)
        gate = f"gt(sin(2*PI*{rest:.3f}*t+{rng.uniform(0, 6):.2f})\\,0.2)*pow(max(sin(2*PI*{beat:.3f}*t)\\,0)\\,2)"
        voices_.append(f"{gate}*sin(2*PI*{hz:.1f}*t+{sweep / beat:.3f}*sin(2*PI*{beat:.3f}*t))")
    return f"aevalsrc={'+'.join(voices_)}:s=44100:d={seconds:.3f},volume=6dB,{sealing.WIDE}", (), ()


TREATMENTS = (
    Treatment("dropped", "passage", "altered", _dropped, 0.12, 40, few=1),
    Treatment("two_intros", "passage", "altered", _two_ends(True), 0.1, 30, few=1),
    Treatment("two_outros", "passage", "altered", _two_ends(False), 0.1, 30, few=1),
    Treatment("hidden_other", "passage", "altered", _hidden_other, 0.08, 30, few=1),
    Treatment("medley_other", "passage", "altered", _medley_other, 0.08, 30, few=1),
    Treatment("hidden_track", "passage", "edit", _hidden_track, 0.08, 30, few=1),
    Treatment("medley", "passage", "edit", _medley_of_songs, 0.06, 30, few=1),
    Treatment("crowd", "background", "altered", _behind(_crowd), 0.1, 30, few=1),
    Treatment("birds", "background", "altered", _behind(_birds), 0.1, 30, few=1),
)
