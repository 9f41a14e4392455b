"""Synthesised files that look similar but must never match; each is a track of its own."""

from . import codecs, midi
from .midi import Note
from .model import Recipe, Source, random_of, seed_of

_CARRIERS = ("flac", "mp3_128", "opus_96", "vorbis_q3")
# kind -> how many in (small and medium, full); for same_chords and two_sound_fonts the number of sets
COUNTS = {"sparse": (3, 12), "drone": (3, 12), "near_silent": (2, 6), "noise": (3, 9), "test_tone": (4, 10),
          "clicks": (3, 8), "silence": (3, 6), "very_short": (4, 16), "same_chords": (1, 8), "two_sound_fonts": (2, 12)}
_SECONDS = {"small": 40, "medium": 40, "full": 150}
_SILENCES = (5, 60, 180, 1, 30, 600)
_TONES = ("sin(2*PI*1000*t)", "sin(2*PI*1004*t)", "sin(2*PI*440*t)", "sgn(sin(2*PI*440*t))", "sin(2*PI*50*t)",
          "sin(2*PI*(100*t+20*t*t))", "0.5*sin(2*PI*697*t)+0.5*sin(2*PI*1209*t)", "sin(2*PI*445*t)",
          "0.5*sin(2*PI*19000*t)+0.5*sin(2*PI*1000*t)", "sin(2*PI*1000*t)*gt(sin(2*PI*0.5*t)\\,0)")


def _negative(kind, number, codec, steps, parameter, others=(), data=b"", source=Source()):
    name = f"{kind}-{number}"
    file = f"library/{kind}/{name}.{codecs.CODECS[codec].extension}"
    return Recipe(file=file, tracks=(f"negative-{name}",), family="negative", treatment=kind,
                  parameter=f"{parameter};codec={codec}", seed=seed_of(file), source=source, steps=tuple(steps),
                  midi=data, labels=tuple((other.file, "different") for other in others))


def _tone(expression, seconds):
    return f"aevalsrc={expression}:s=44100:d={seconds}"


def _lavfi(kind, number, rng, seconds):
    """The filter graph and its parameter."""
    if kind == "drone":
        root = rng.choice((55.0, 65.41, 73.42))
        partials = [(n, rng.uniform(0.03, 0.2) / n ** 0.5, rng.uniform(0.02, 0.15)) for n in range(1, 9)]
        voices = "+".join(f"{a:.4f}*(1+0.5*sin(2*PI*{beat:.4f}*t))*sin(2*PI*{root * n:.3f}*t)" for n, a, beat in partials)
        return _tone(f"0.4*({voices})", seconds), f"root={root}"
    if kind == "near_silent":
        amplitude = round(rng.uniform(0.0002, 0.0006), 6)
        seed = rng.randrange(2**31)
        return f"anoisesrc=color=pink:seed={seed}:amplitude={amplitude}:r=44100:d={seconds}", f"peak={amplitude}"
    if kind == "noise":
        color = ("white", "pink", "brown")[number % 3]
        return f"anoisesrc=color={color}:seed={rng.randrange(2**31)}:amplitude=0.4:r=44100:d={seconds}", f"color={color}"
    if kind == "test_tone":
        return _tone(f"0.5*({_TONES[number]})", seconds), f"tone={number}"
    if kind == "clicks":
        bpm = (120, 121, 60, 90, 100, 119, 140, 180)[number]
        return _tone(f"0.8*lt(mod(t\\,60/{bpm})\\,0.012)*sin(2*PI*1500*t)", seconds), f"bpm={bpm}"
    return f"anullsrc=r=44100:cl=stereo:d={_SILENCES[number]}", f"seconds={_SILENCES[number]}"


def _generated(kind, count, seconds):
    found = []
    for number in range(count):
        codec = "flac" if kind in ("silence", "near_silent") else _CARRIERS[number % len(_CARRIERS)]
        graph, parameter = _lavfi(kind, number, random_of(f"{kind}-{number}"), seconds)
        step = codecs.generate(codec, graph)
        found.append(_negative(kind, number, codec, (step,), parameter, found[-1:]))
    return found


def _played(kind, number, codec, notes, tempo, programs, parameter, others, versions, font="timgm6mb"):
    package, licence = midi.FONTS[font][1:]
    source = Source(package, versions.get(package, ""), licence, midi.FONTS[font][0])
    steps = (midi.play(font), codecs.encode(codec, source="@played.wav"))
    return _negative(kind, number, codec, steps, parameter, others, midi.midi_file(notes, tempo, programs), source)


def _sparse(count, seconds, versions):
    """Single notes of a few pitches with long rests between them."""
    found = []
    for number in range(count):
        rng, beat, notes = random_of(f"sparse-{number}"), 0.0, []
        while beat < seconds:
            notes.append(Note(beat, 2.5, rng.choice((48, 55, 60, 64)), rng.randint(60, 100)))
            beat += rng.uniform(5, 9)
        codec = _CARRIERS[number % len(_CARRIERS)]
        found.append(_played("sparse", number, codec, notes, 60, {0: 0}, "piano", found[-1:], versions))
    return found


def _very_short(count, versions):
    found = []
    for number in range(count):
        rng, seconds = random_of(f"very_short-{number}"), (1, 2, 4, 8)[number % 4]
        notes = midi.melody(rng, 2 * seconds)
        codec = _CARRIERS[number % len(_CARRIERS)]
        program = rng.choice((0, 4, 11, 24))
        found.append(_played("very_short", number, codec, notes, 120, {0: program}, f"seconds={seconds}", found[-1:], versions))
    return found


def _same_chords(sets, seconds, versions):
    """Each set: one progression, one tempo, one instrument, three rhythms."""
    found = []
    for number in range(sets):
        rng = random_of(f"same_chords-{number}")
        progression, tempo, program = midi.chords(rng), rng.randint(90, 130), rng.choice((0, 4, 24, 48))
        members = []
        for turn in range(3):
            notes = midi.accompaniment(progression, midi.rhythm(rng), round(seconds * tempo / 240))
            members.append(_played("same_chords", f"{number}-{turn}", _CARRIERS[turn], notes, tempo, {0: program, 1: 33},
                                   f"set={number}", members, versions))
        found += members
    return found


def _two_sound_fonts(count, seconds, versions):
    """The same notes, played by two sets of instruments."""
    found = []
    for number in range(count):
        rng = random_of(f"two_sound_fonts-{number}")
        tempo, lead = rng.randint(85, 140), rng.choice((4, 24, 40, 56, 65, 73))
        bars = round(seconds * tempo / 240)
        notes = midi.accompaniment(midi.chords(rng), midi.rhythm(rng), bars) + midi.melody(rng, 4 * bars, channel=2)
        first = None
        for font in midi.FONTS:
            recipe = _played("two_sound_fonts", f"{number}-{font}", _CARRIERS[number % len(_CARRIERS)], notes, tempo,
                             {0: 0, 1: 33, 2: lead}, f"font={font}", [first] if first else [], versions, font)
            first = first or recipe
            found.append(recipe)
    return found


def recipes(size, versions):
    """All recipes; `versions` maps the packages of the sound fonts to their versions."""
    column, seconds = int(size == "full"), _SECONDS[size]
    count = {kind: counts[column] for kind, counts in COUNTS.items()}
    found = []
    for kind in ("drone", "near_silent", "noise", "test_tone", "clicks", "silence"):
        found += _generated(kind, count[kind], seconds)
    found += _sparse(count["sparse"], seconds, versions)
    found += _very_short(count["very_short"], versions)
    found += _same_chords(count["same_chords"], seconds, versions)
    return found + _two_sound_fonts(count["two_sound_fonts"], seconds, versions)
