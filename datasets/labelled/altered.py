"""Altered copies: the whole recording, except that a moment or a quiet half differs. A listener should be asked about
them: "clean" and "explicit" versions, a filled dropout, a held chord that is another one.
"""

from . import codecs, midi
from .midi import Note
from .model import Made, Recipe, Source, Treatment, random_of, seed_of

_FORMAT = "aformat=sample_rates=44100:channel_layouts=stereo:sample_fmts=fltp"
_APART_S = 4  # the least distance of words from each other and from the ends
# (small, medium and full): how many pairs of each kind differ only in their second half
HALVES = {"held_chord": (2, 8), "held_note": (1, 6), "near_silent_half": (1, 6), "pause": (1, 6)}


def _spans(track, rng, count, shortest, longest):
    """(begin, end) of `count` words in order, each in an audible second; fewer if the track has no space for them."""
    found = []
    for _ in range(200):
        if len(found) == count:
            break
        begin = round(rng.uniform(_APART_S, track.seconds - _APART_S - longest), 3)
        apart = all(abs(begin - other) >= _APART_S for other, _ in found)
        if apart and track.audible(int(begin), int(begin) + 2) == 2:
            found.append((begin, round(begin + rng.uniform(shortest, longest), 3)))
    return sorted(found)


def _inside(spans):
    return "+".join(f"between(t\\,{begin}\\,{end})" for begin, end in spans)


def _named(spans):
    return ",".join(f"{begin}..{end}" for begin, end in spans)


def _made(rng, parameter, graph, files, partner=None):
    codec = rng.choice(codecs.HIGH)
    step = codecs.mix(codec, graph, [f"@in{i}" for i in range(len(files))])
    return Made(codecs.CODECS[codec].extension, f"{parameter};codec={codec}", (step,), files, partner)


def _muted(track, rng, _others):
    spans = _spans(track, rng, rng.randint(3, 6), 0.3, 0.6)
    if len(spans) < 2:
        return None
    return _made(rng, f"muted={_named(spans)}", f"[0:a]{_FORMAT},volume=0:enable='{_inside(spans)}'[out]", (track.file,))


def _bleeped(track, rng, _others):
    spans = _spans(track, rng, rng.randint(2, 5), 0.3, 0.7)
    if len(spans) < 2:
        return None
    hz, db = rng.randint(700, 1500), track.level_db()
    graph = (f"[0:a]{_FORMAT},volume=0:enable='{_inside(spans)}'[a];sine=frequency={hz}:sample_rate=44100,{_FORMAT},"
             f"volume={db + 15:.1f}dB,volume=0:enable='not({_inside(spans)})'[b];"
             "[a][b]amix=inputs=2:normalize=0:duration=first[out]")
    return _made(rng, f"hz={hz};bleeped={_named(spans)}", graph, (track.file,))


def _pieces(spans, seconds, changed):
    """A filter graph that plays the track in order, each span through the filter `changed`."""
    edges, parts = 0.0, []
    for begin, end in spans:
        parts += [(edges, begin, ""), (begin, end, f",{changed}")]
        edges = end
    parts.append((edges, seconds, ""))
    cuts = ";".join(f"[c{i}]atrim=start={begin}:end={end},asetpts=PTS-STARTPTS{chain}[p{i}]"
                    for i, (begin, end, chain) in enumerate(parts))
    copies, pieces = ("".join(f"[{name}{i}]" for i in range(len(parts))) for name in "cp")
    return f"[0:a]{_FORMAT},asplit={len(parts)}{copies};{cuts};{pieces}concat=n={len(parts)}:v=0:a=1[out]"


def _reversed(track, rng, _others):
    spans = _spans(track, rng, rng.randint(3, 6), 0.3, 0.6)
    if len(spans) < 2:
        return None
    return _made(rng, f"reversed={_named(spans)}", _pieces(spans, track.seconds, "areverse"), (track.file,))


def _other_sound(place, shortest, longest):
    """Another track is audible for a moment, as loud as what it replaces; `place(track, rng, seconds)` chooses where."""
    def make(track, rng, others):
        seconds = round(rng.uniform(shortest, longest), 3)
        begin = place(track, rng, seconds)
        able = [other for other in others if not set(other.names()) & set(track.names())
                and other.audible(20, 24) == 4]
        if begin is None or not able:
            return None
        other = rng.choice(able)
        end, level = round(begin + seconds, 3), track.level_db() - other.level_db()
        graph = (f"[0:a]{_FORMAT},volume=0:enable='between(t\\,{begin}\\,{end})'[a];"
                 f"[1:a]atrim=start=20:duration={seconds},asetpts=PTS-STARTPTS,{_FORMAT},volume={level:.1f}dB,"
                 f"adelay=delays={1000 * begin:.0f}:all=1[b];[a][b]amix=inputs=2:normalize=0:duration=first[out]")
        return _made(rng, f"other={begin}..{end};from={other.name}", graph, (track.file, other.file))
    return make


def _in_the_middle(track, rng, seconds):
    spans = _spans(track, rng, 1, seconds, seconds)
    return spans[0][0] if spans else None


def _at_the_end(track, _rng, seconds):
    begin = round(track.seconds - seconds, 3)
    return begin if track.audible(begin - 2, begin + 1) >= 2 else None


def _at_the_start(track, _rng, seconds):
    return 0 if track.audible(0, seconds + 2) >= 2 else None


TREATMENTS = tuple(Treatment(name, "altered", "altered", make, 0.5, 25) for name, make in (
    ("words_muted", _muted),
    ("words_bleeped", _bleeped),
    ("words_reversed", _reversed),
    ("middle_other", _other_sound(_in_the_middle, 0.7, 1.6)),
    ("start_other", _other_sound(_at_the_start, 1.2, 2.5)),
    ("end_other", _other_sound(_at_the_end, 1.2, 2.5)),
))


def _music(rng, seconds, tempo):
    """A piece for piano, bass and a lead."""
    bars = round(seconds * tempo / 240)
    return midi.accompaniment(midi.chords(rng), midi.rhythm(rng), bars) + midi.melody(rng, 4 * bars, channel=2)


def _second_half(kind, rng, beat, beats):
    """Held notes: a chord, a single note."""
    root = rng.randint(43, 60)
    tones = (0,) if kind == "held_note" else rng.choice(((0, 4, 7), (0, 3, 7), (0, 5, 9), (0, 4, 9)))
    return [Note(beat, beats, root + tone, 90, 3) for tone in tones]


def _half_graph(kind, half_s, seconds):
    """What happens to the played notes: nothing, a second half that is nearly silent, or a pause in the middle."""
    if kind == "near_silent_half":
        return f"{_FORMAT},volume=-60dB:enable='gte(t\\,{half_s})',atrim=end={seconds}"
    if kind == "pause":
        return f"{_FORMAT},volume=0:enable='between(t\\,{half_s}\\,{half_s + 11})',atrim=end={seconds}"
    return f"{_FORMAT},atrim=end={seconds}"


def _half_pair(kind, number, versions, seconds):
    """Two files with the same first half and different second halves; with a pause, two copies that are the same
    throughout."""
    package, licence = midi.FONTS["timgm6mb"][1:]
    source = Source(package, versions.get(package, ""), licence, midi.FONTS["timgm6mb"][0])
    rng, name = random_of(f"{kind}-{number}"), f"{kind}-{number}"
    tempo, lead, organ = rng.randint(90, 130), rng.choice((4, 24, 56, 65, 73)), rng.choice((16, 19, 20, 48, 52))
    half_s, same = seconds // 2, kind == "pause"
    beat, first, found = half_s * tempo / 60, _music(rng, half_s - 3, tempo), []
    for member, codec in zip("ab", ("flac", rng.choice(codecs.HIGH))):
        part = random_of(f"{name}-{'a' if same else member}")
        rest = (_second_half(kind, part, beat, beat) if kind.startswith("held") else
                [Note(note.beat + beat, note.beats, note.key, note.velocity, note.channel)
                 for note in _music(part, half_s, tempo)])
        file = f"library/{kind}/{name}-{member}.{codecs.CODECS[codec].extension}"
        steps = (midi.play("timgm6mb"), codecs.encode(codec, _half_graph(kind, half_s, seconds), source="@played.wav"))
        notes = midi.midi_file(first + rest, tempo, {0: 0, 1: 33, 2: lead, 3: organ})
        found.append(Recipe(file=file, tracks=(f"altered-{name}",), family="shifted" if same else "altered", treatment=kind,
                            parameter=f"half={half_s};codec={codec}", seed=seed_of(file), source=source, steps=steps,
                            midi=notes, labels=tuple((other.file, "same" if same else "altered") for other in found)))
    return found


def halves(size, versions):
    """Pairs of files that share only their first half; `versions` as in negatives.recipes."""
    column, seconds = (0, 60) if size == "small" else (1, 90)
    return [recipe for kind, counts in HALVES.items() for number in range(counts[column])
            for recipe in _half_pair(kind, number, versions, seconds)]
