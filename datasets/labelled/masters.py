"""The same performance in another master, and copies of every codec at any rate from 40 kb/s up."""

from . import codecs, sealing
from .model import Treatment


def _changed(change):
    """`change(track, rng)` returns the parameter and the filters, or None."""
    def make(track, rng, _others):
        found = change(track, rng)
        if found is None:
            return None
        return sealing.sealed(rng, found[0], f"[0:a]{sealing.FORMAT},{found[1]}[mix]", (track.file,))
    return make


def _signed(rng):
    return round(rng.choice((-1, 1)) * rng.uniform(3, 9), 1)


def _eq(_track, rng):
    bands = [(round(60 * 2 ** rng.uniform(0, 7)), _signed(rng)) for _ in range(rng.randint(1, 4))]
    shelves = rng.choice(("", "bass", "treble"))
    shelf = ""
    if shelves:
        shelf = f",{shelves}=g={_signed(rng)}:f={rng.choice((100, 150) if shelves == 'bass' else (4000, 8000))}"
    filters = ",".join(f"equalizer=f={hz}:t=o:w={rng.choice((0.7, 1, 2))}:g={db}" for hz, db in bands)
    return f"eq={','.join(f'{hz}:{db}' for hz, db in bands)}{shelf.replace(',', ';')}", f"volume=-9dB,{filters}{shelf}"


def _compressor(track, rng):
    ratio, below = round(rng.uniform(2, 8), 1), round(rng.uniform(3, 15), 1)
    attack, release = round(rng.uniform(2, 40)), round(rng.uniform(60, 400))
    threshold = max(min(track.median_rms_db - below + 6, 0), -60)
    return f"ratio={ratio};below={below}", (f"acompressor=threshold={threshold:.1f}dB:ratio={ratio}:attack={attack}:"
                                            f"release={release}")


def _limiter(track, rng):
    over = round(rng.uniform(3, 10), 1)
    return f"over={over}", (f"volume={over - max(track.mid_db):.1f}dB,alimiter=limit={rng.uniform(0.8, 0.97):.2f}:"
                            f"attack={rng.uniform(1, 8):.1f}:release={rng.uniform(20, 120):.0f}:level=false")


def _loud(track, rng):
    """Equaliser, compressor and limiter, one after the other."""
    eq, compressor, limiter = _eq(track, rng), _compressor(track, rng), _limiter(track, rng)
    return ";".join((eq[0], compressor[0], limiter[0])), ",".join((eq[1], compressor[1], limiter[1]))


def _fades(track, rng):
    into, out = round(rng.uniform(0.5, 4), 2), round(rng.uniform(4, 12), 2)
    return f"in={into};out={out}", f"afade=t=in:d={into},afade=t=out:st={track.seconds - out:.3f}:d={out}"


def _mono(track, rng):
    if not track.is_stereo():
        return None
    how = rng.choice(("pan=mono|c0=0.5*c0+0.5*c1", "pan=stereo|c0=0.5*c0+0.5*c1|c1=0.5*c0+0.5*c1"))
    return f"mono={how[4:8]}", how


def _swapped(track, _rng):
    return ("swapped", "pan=stereo|c0=c1|c1=c0") if track.is_stereo() else None


def _surround(track, rng, _others):
    """5.1 with nothing of its own: the channels spread over six."""
    back, centre = round(rng.uniform(0, 0.6), 2), round(rng.uniform(0, 0.5), 2)
    graph = (f"[0:a]{sealing.FORMAT},pan=5.1|FL=0.7*c0|FR=0.7*c1|FC={centre}*c0+{centre}*c1|LFE=0*c0|BL={back}*c0|"
             f"BR={back}*c1[mix]")
    return sealing.sealed(rng, f"surround;back={back};centre={centre}", graph, (track.file,),
                          drawn=codecs.drawn(rng, ("aac", "vorbis", "ac3"), 0.2, 128), shift=False)


def _vinyl(track, rng):
    """Noise of a record: (parameter, filter graph up to [mix])."""
    ranges = ((3, 40), (-24, -9), (-58, -44), (-46, -34))
    clicks, click_db, hiss_db, rumble_db = (round(rng.uniform(*ends), 1) for ends in ranges)
    seeds = [rng.randrange(2**31) for _ in range(3)]
    seconds = f"r=44100:d={track.seconds:.3f}"
    graph = (f"anoisesrc=color=white:seed={seeds[0]}:amplitude=1:{seconds},"
             f"aeval='gt(abs(val(0))\\,{1 - clicks / 44100:.6f})*val(0)',lowpass=f=9000,volume={click_db}dB[clicks];anoisesrc=color=pink:seed={seeds[1]}:amplitude=1:{seconds},"
             f"volume={hiss_db + 6}dB[hiss];anoisesrc=color=brown:seed={seeds[2]}:amplitude=1:{seconds},lowpass=f=60,"
             f"volume={rumble_db}dB[rumble];[clicks][hiss][rumble]amix=inputs=3:normalize=0,{sealing.WIDE},{sealing.FORMAT}[n];"
             f"[0:a]{sealing.FORMAT}[a];[a][n]amix=inputs=2:normalize=0:duration=first,volume=0.8")
    return f"clicks={clicks}/s:{click_db};hiss={hiss_db};rumble={rumble_db}", graph


def _noisy_vinyl(track, rng, _others):
    parameter, graph = _vinyl(track, rng)
    return sealing.sealed(rng, parameter, f"{graph}[mix]", (track.file,))


def _declicked(track, rng, _others):
    """A noisy transfer against the same one without its clicks."""
    parameter, graph = _vinyl(track, rng)
    base = sealing.base_of(rng, parameter, f"{graph}[mix]", (track.file,))
    return sealing.sealed(rng, f"{parameter};declicked", f"{graph},adeclick=t={rng.choice((2, 3, 4))}[mix]", (track.file,),
                          base=base)


def _copy(kind):
    """Any rate from 40 kb/s up; half of the copies also start elsewhere."""
    def make(track, rng, _others):
        drawn = codecs.drawn(rng, (kind,), 0, 40)
        return sealing.sealed(rng, "copy", f"[0:a]{sealing.FORMAT}[mix]", (track.file,), drawn=drawn)
    return make


def _copy_of_a_copy(track, rng, _others):
    first = codecs.drawn(rng, tuple(codecs.RATES), 0, 64)
    step = codecs.encode(first[1], target="@first." + first[1].extension)
    return sealing.sealed(rng, f"first={first[0]}", f"[1:a]{sealing.FORMAT}[mix]", (track.file,), steps=(step,),
                          sources=("@first." + first[1].extension,), drawn=codecs.drawn(rng, tuple(codecs.RATES), 0.2, 64))


def _two_copies(track, rng, _others):
    """Both files are lossy."""
    graph = f"[0:a]{sealing.FORMAT}[mix]"
    base = sealing.sealed(rng, "copy", graph, (track.file,), drawn=codecs.drawn(rng, tuple(codecs.RATES), 0, 40), shift=False)
    return sealing.sealed(rng, "copy", graph, (track.file,), drawn=codecs.drawn(rng, tuple(codecs.RATES), 0, 40), base=base)


def _master(name, make, share=0.12):
    return Treatment(name, "master", "remaster", make, share, 25, few=1)


TREATMENTS = (
    _master("master_eq", _changed(_eq), 0.18),
    _master("master_compressor", _changed(_compressor), 0.18),
    _master("master_limiter", _changed(_limiter), 0.14),
    _master("master_loud", _changed(_loud)),
    _master("master_fades", _changed(_fades), 0.1),
    _master("master_mono", _changed(_mono), 0.1),
    _master("master_swapped", _changed(_swapped), 0.08),
    _master("master_surround", _surround, 0.08),
    _master("master_vinyl", _noisy_vinyl, 0.1),
    _master("master_declicked", _declicked, 0.1),
) + tuple(Treatment(f"any_{kind}", "copy", "same", _copy(kind), 0.1, 0, few=1) for kind in codecs.RATES) + (
    Treatment("any_copy_of_a_copy", "copy", "same", _copy_of_a_copy, 0.1, 0, few=1),
    Treatment("any_two", "copy", "same", _two_copies, 0.12, 0, few=1),
)
