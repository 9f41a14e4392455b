"""Composed songs with drums, bass, chords, a lead and a pad. One thing is edited, and the rest stays note for note."""

from dataclasses import dataclass, replace

from . import codecs, midi, sealing
from .midi import Note
from .model import Recipe, Source, Span, random_of, seed_of

PIECES = {"small": 2, "medium": 6, "full": 20}
PARTS = ("drums", "bass", "chords", "lead", "pad")
_CHANNEL = {"chords": 0, "bass": 1, "lead": 2, "pad": 3, "drums": 9}
_LEADS = (4, 24, 26, 40, 56, 61, 65, 68, 71, 73, 80, 81)
_CHORDS = (0, 1, 4, 6, 16, 24, 25, 27)
_PADS = (48, 49, 50, 51, 52, 89, 90, 91)
_BASSES = (32, 33, 34, 35, 38)
_FORM = (("intro", 4), ("verse", 8), ("chorus", 8), ("verse2", 8), ("chorus2", 8), ("outro", 4))  # bars
_SHORT_FORM = (("intro", 4), ("verse", 4), ("chorus", 6), ("verse2", 4), ("chorus2", 6), ("outro", 4))
_OF_SECTION = {"intro": ("chords", "pad"), "outro": ("chords", "pad", "lead"), "verse": ("drums", "bass", "chords", "lead"),
               "verse2": ("drums", "bass", "chords", "lead"), "chorus": PARTS, "chorus2": PARTS}
_SAME_NOTES = {"chorus2": "chorus"}  # the chorus comes back as it was


@dataclass(frozen=True)
class Song:
    """What is decided before the notes: all variants of a song share it, but for what they change."""

    name: str
    tempo: float
    progressions: tuple  # of verse and chorus
    programs: dict
    form: tuple
    salts: dict   # (part, section) -> a word that makes these notes others
    absent: tuple = ()
    shifts: tuple = ()  # (part, semitones)
    touch: str = ""     # the player: who plays other times and strengths
    font: str = "timgm6mb"

    def sections(self):
        """(name, first bar, bars)."""
        found, bar = [], 0
        for name, bars in self.form:
            found.append((name, bar, bars))
            bar += bars
        return found

    def seconds_of(self, section):
        """(start, length) of a section."""
        first, bars = next((first, bars) for name, first, bars in self.sections() if name == section)
        return 240 * first / self.tempo, 240 * bars / self.tempo

    def seconds(self):
        return 240 * sum(bars for _, bars in self.form) / self.tempo


def song(number, size):
    name = f"score-{number}"
    rng = random_of(name)
    programs = {0: rng.choice(_CHORDS), 1: rng.choice(_BASSES), 2: rng.choice(_LEADS), 3: rng.choice(_PADS)}
    form = _SHORT_FORM if size == "small" or rng.random() < 0.4 else _FORM
    return Song(name, rng.randint(92, 144), (tuple(midi.chords(rng)), tuple(midi.chords(rng))), programs, form, {})


def _drums(rng, bars):
    """One bar of kick, snare and hats that repeats, with a fill in every fourth."""
    kick = [0.0] + [beat / 2 for beat in range(1, 8) if rng.random() < 0.3]
    snare, grid, hat = [1.0, 3.0], rng.choice((0.5, 0.25, 1.0)), rng.choice((42, 42, 44, 51))
    found = []
    for bar in range(bars):
        found += [Note(4 * bar + beat, 0.2, 36, 105, 9) for beat in kick]
        found += [Note(4 * bar + beat, 0.2, 38, 100, 9) for beat in snare]
        found += [Note(4 * bar + i * grid, 0.2, hat, 75 + 20 * (i % 2 == 0), 9) for i in range(round(4 / grid))]
        if bar % 4 == 3:
            found += [Note(4 * bar + 3 + i / 4, 0.2, rng.choice((41, 43, 45, 48)), 95, 9) for i in range(4)]
    return found


def _bass(rng, progression, bars):
    pattern = midi.rhythm(rng)
    jumps = [rng.choice((0, 0, 0, 7, 12)) for _ in pattern]
    return [Note(4 * bar + beat, length, progression[bar % 8][0] - 12 + jump, 98, 1)
            for bar in range(bars) for (beat, length), jump in zip(pattern, jumps)]


def _chords(rng, progression, bars):
    pattern = midi.rhythm(rng)
    return [Note(4 * bar + beat, length, key, 78, 0) for bar in range(bars) for beat, length in pattern
            for key in progression[bar % 8]]


def _lead(rng, progression, bars):
    """Mostly tones of the chord, an octave above it."""
    found, beat = [], 0.0
    while beat < 4 * bars:
        length, chord = rng.choice((0.5, 0.5, 1, 1, 1.5, 2)), progression[int(beat / 4) % 8]
        key = rng.choice(chord) + 24 + rng.choice((0, 0, 0, 2, 12))
        if rng.random() < 0.88:
            found.append(Note(beat, length * 0.95, key, rng.randint(88, 112), 2))
        beat += length
    return found


def _pad(_rng, progression, bars):
    return [Note(4 * bar, 3.95, key + 12, 62, 3) for bar in range(bars) for key in progression[bar % 8]]


_WRITERS = {"bass": _bass, "chords": _chords, "lead": _lead, "pad": _pad}


def _notes(song_, part, section, bars):
    salt = song_.salts.get((part, section), "")
    rng = random_of(f"{song_.name}/{part}/{_SAME_NOTES.get(section, section) if not salt else section}/{salt}")
    if part == "drums":
        return _drums(rng, bars)
    progression = song_.progressions[section.startswith("chorus")]
    if salt == "progression":
        progression = midi.chords(rng)
    return _WRITERS[part](rng, progression, bars)


def _played(song_, place, notes):
    """The notes of one part in one section as this player has them: no two players are equally early and equally strong.
    A change elsewhere does not change them."""
    rng = random_of(f"{song_.name}/touch/{song_.touch}")
    late, soft, legato = rng.uniform(0.006, 0.028), rng.uniform(4, 14), rng.uniform(0.85, 1.1)
    beats, lean = song_.tempo / 60, {channel: rng.uniform(-0.012, 0.012) for channel in range(16)}
    rng = random_of(f"{song_.name}/touch/{song_.touch}/{place}")
    return [replace(note, beat=max(note.beat + beats * (lean[note.channel] + rng.gauss(0, late) * 0.6), 0),
                    beats=max(note.beats * legato * rng.uniform(0.9, 1.1), 0.05),
                    velocity=min(max(round(note.velocity + rng.gauss(0, soft)), 25), 127)) for note in notes]


def notes_of(song_):
    """All notes of a song, each with its channel."""
    found, shifts = [], dict(song_.shifts)
    for section, first, bars in song_.sections():
        for part in _OF_SECTION[section]:
            if part not in song_.absent:
                notes = [replace(note, beat=note.beat + 4 * first, key=min(max(note.key + shifts.get(part, 0), 0), 127))
                         for note in _notes(song_, part, section, bars)]
                found += _played(song_, f"{part}/{section}", notes) if song_.touch else notes
    return found


def _salted(song_, *places):
    return replace(song_, salts={**song_.salts, **dict.fromkeys(places, "other")})


def _everywhere(song_):
    return (Span(0.0, round(song_.seconds(), 3)),)


def _of_section(song_, section):
    start, seconds = song_.seconds_of(section)
    return (Span(round(start, 3), round(seconds, 3)),)


def _part_missing(song_, rng):
    part = rng.choice(PARTS)
    return replace(song_, absent=(part,)), f"without={part}", _everywhere(song_)


def _part_changed(song_, rng):
    part = rng.choice(("drums", "bass", "chords", "lead"))
    return _salted(song_, *((part, section) for section, _ in song_.form)), f"other={part}", _everywhere(song_)


def _part_octave(song_, rng):
    part, shift = rng.choice(("bass", "lead", "lead", "chords")), rng.choice((-12, 12))
    return replace(song_, shifts=((part, shift),)), f"{part}={shift:+}", _everywhere(song_)


def _part_instrument(song_, rng):
    channel, choices = rng.choice(((2, _LEADS), (0, _CHORDS), (3, _PADS), (1, (38, 39, 43, 58))))
    program = rng.choice([each for each in choices if each != song_.programs[channel]])
    changed = replace(song_, programs={**song_.programs, channel: program})
    return changed, f"channel={channel};program={program}", _everywhere(song_)


def _part_once(song_, rng):
    """A part is missing or other in one section alone."""
    section, part = rng.choice(("verse", "chorus", "verse2", "chorus2")), rng.choice(("drums", "bass", "lead", "chords"))
    return _salted(song_, (part, section)), f"{section}:{part}", _of_section(song_, section)


def _verse_other(song_, rng):
    section = rng.choice(("verse", "verse2"))
    return _salted(song_, ("lead", section)), f"lead of {section}", _of_section(song_, section)


def _last_chorus_other(song_, rng):
    parts = rng.choice((("lead",), ("lead", "drums"), ("pad", "chords")))
    changed = _salted(song_, *((part, "chorus2") for part in parts))
    return changed, f"last chorus: {'+'.join(parts)}", _of_section(song_, "chorus2")


def _end_other(section):
    def change(song_, _rng):
        salts = dict.fromkeys(((part, section) for part in PARTS), "progression")
        return replace(song_, salts={**song_.salts, **salts}), section, _of_section(song_, section)
    return change


def _other_touch(song_, rng):
    return replace(song_, touch=f"player-{rng.randrange(1000)}"), "touch", _everywhere(song_)


def _other_font(song_, _rng):
    return replace(song_, font="musescore"), "font=musescore", _everywhere(song_)


def _other_performer(song_, rng):
    played, _, spans = _other_touch(song_, rng)
    return replace(played, font="musescore"), "touch;font=musescore", spans


def _other_tempo(song_, rng):
    percent = round(rng.choice((-1, 1)) * rng.uniform(0.4, 3), 2)
    changed = replace(song_, tempo=song_.tempo * (1 + percent / 100), touch=f"player-{rng.randrange(1000)}")
    return changed, f"tempo={percent:+}%", _everywhere(song_)


# treatment -> (family, label, what it does to the song)
CHANGES = {
    "part_missing": ("arrangement", "altered", _part_missing),
    "part_changed": ("arrangement", "altered", _part_changed),
    "part_octave": ("arrangement", "altered", _part_octave),
    "part_instrument": ("arrangement", "altered", _part_instrument),
    "part_once": ("arrangement", "altered", _part_once),
    "verse_other": ("passage", "altered", _verse_other),
    "last_chorus_other": ("passage", "altered", _last_chorus_other),
    "intro_other": ("passage", "altered", _end_other("intro")),
    "outro_other": ("passage", "altered", _end_other("outro")),
    "touch_other": ("performance", "altered", _other_touch),
    "font_other": ("performance", "altered", _other_font),
    "performer_other": ("performance", "altered", _other_performer),
    "tempo_other": ("performance", "altered", _other_tempo),
}


def _recipe(song_, file, family, treatment, parameter, drawn, versions, notes=None, seconds=None, **fields):
    package, licence = midi.FONTS[song_.font][1:]
    source = Source(package, versions.get(package, ""), licence, midi.FONTS[song_.font][0])
    rng = random_of(file)
    made = sealing.sealed(rng, parameter, f"[0:a]{sealing.FORMAT},atrim=end={seconds or song_.seconds() + 1.5:.3f}[mix]", (),
                          spans=fields.pop("spans", ()), sources=("@played.wav",), steps=(midi.play(song_.font),), drawn=drawn,
                          shift=fields.pop("shift", True))
    data = midi.midi_file(notes or notes_of(song_), song_.tempo, song_.programs)
    return Recipe(file=f"{file}.{made.extension}", tracks=(song_.name,), family=family, treatment=treatment,
                  parameter=made.parameter, seed=seed_of(file), source=source, steps=made.steps, midi=data,
                  spans=made.spans, **fields)


def _base(song_, versions):
    """The song as it is compared with: FLAC, with a player of its own."""
    return _recipe(song_, f"library/score/{song_.name}", "original", "score", f"tempo={song_.tempo}",
                   codecs.drawn(random_of(song_.name), lossless=1), versions, shift=False)


def _variant(song_, name, base, versions):
    family, label, change = CHANGES[name]
    file = f"library/{name}/{song_.name}"
    rng = random_of(file)
    changed, parameter, spans = change(song_, rng)
    return _recipe(changed, file, family, name, parameter, codecs.drawn(rng), versions, spans=spans,
                   labels=((base.file, label),))


def _held(song_, versions):
    """The song's beginning, a pause, and then a held chord: two files, two chords."""
    found, short = [], replace(song_, form=song_.form[:3])
    rng = random_of(f"held_after_pause/{song_.name}")
    pause, held, root = round(rng.uniform(1.5, 6), 2), round(rng.uniform(6, 14), 2), rng.randint(46, 58)
    program = rng.choice((16, 19, 48, 52, 90))
    chords = rng.sample(((0, 4, 7), (0, 3, 7), (0, 5, 9), (0, 4, 9), (0, 5, 8), (0, 2, 7)), 2)
    at = short.seconds() + pause
    beat, beats = at * short.tempo / 60, held * short.tempo / 60
    short = replace(short, programs={**short.programs, 4: program})
    for number, chord in enumerate(chords):
        notes = notes_of(short) + [Note(beat, beats, root + tone, 92, 4) for tone in chord]
        file = f"library/held_after_pause/{song_.name}-{'ab'[number]}"
        drawn = codecs.drawn(random_of(file), lossless=0.15 if number else 1)
        spans = (Span(round(at, 3), held),) if number else ()
        found.append(_recipe(short, file, "passage", "held_after_pause", f"pause={pause};held={held}", drawn, versions,
                             notes=notes, seconds=at + held + 1, spans=spans, shift=number == 1,
                             labels=tuple((other.file, "altered") for other in found)))
    return found


def recipes(size, versions, most=None):
    """Songs (at most `most`) and their variants; the small library has each change of one song alone. `versions` as in
    negatives.recipes."""
    found = []
    for number in range(PIECES[size] if most is None else min(PIECES[size], most)):
        song_ = replace(song(number, size), touch="first")
        base = _base(song_, versions)
        names = [name for place, name in enumerate(CHANGES) if size != "small" or place % PIECES[size] == number]
        found += [base, *(_variant(song_, name, base, versions) for name in names)]
        if size != "small" or number == 0:
            found += _held(song_, versions)
    return found
