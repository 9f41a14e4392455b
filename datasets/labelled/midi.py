"""Makes Standard MIDI files from lists of notes, and the commands that play them."""

import struct
from dataclasses import dataclass

TICKS = 480  # per beat
FONTS = {  # name -> (file, Debian package, licence)
    "timgm6mb": ("/usr/share/sounds/sf2/TimGM6mb.sf2", "timgm6mb-soundfont", "GPL-2"),
    "musescore": ("/usr/share/sounds/sf3/MuseScore_General_Lite.sf3", "musescore-general-soundfont-small", "MIT"),
}


@dataclass(frozen=True)
class Note:
    beat: float
    beats: float
    key: int
    velocity: int = 90
    channel: int = 0


def _length(value):
    """MIDI's variable-length numbers: seven bits per byte; all but the last have the eighth bit set."""
    found = [value & 0x7F]
    while value := value >> 7:
        found.append(0x80 | value & 0x7F)
    return bytes(reversed(found))


def midi_file(notes, beats_per_minute, programs=None):
    """One track of `notes`; `programs` maps channels to General MIDI instruments (0 to 127)."""
    tempo = round(60_000_000 / beats_per_minute)
    events = [(0, 0, b"\xff\x51\x03" + tempo.to_bytes(3, "big"))]
    events += [(0, 1, bytes((0xC0 | channel, program))) for channel, program in sorted((programs or {}).items())]
    for note in notes:
        begin, end = round(note.beat * TICKS), round((note.beat + note.beats) * TICKS)
        events.append((begin, 3, bytes((0x90 | note.channel, note.key, note.velocity))))
        events.append((end, 2, bytes((0x80 | note.channel, note.key, 0))))
    body, now = b"", 0
    for tick, _, data in sorted(events):
        body += _length(tick - now) + data
        now = tick
    body += b"\x00\xff\x2f\x00"
    return b"MThd" + struct.pack(">IHHH", 6, 0, 1, TICKS) + b"MTrk" + struct.pack(">I", len(body)) + body


def play(font, target="@played.wav"):
    """Renders @midi without reverb and chorus."""
    return ("fluidsynth", "-n", "-i", "-q", "-R", "0", "-C", "0", "-g", "0.7", "-r", "44100", "-O", "s16", "-T", "wav",
            "-F", target, FONTS[font][0], "@midi")


SCALE = (0, 2, 4, 7, 9)  # pentatonic: every note fits every chord


def melody(rng, beats, low=60, channel=0):
    """A random walk over two octaves of a pentatonic scale."""
    keys = [low + 12 * octave + step for octave in range(2) for step in SCALE]
    place, beat, found = rng.randrange(len(keys)), 0.0, []
    while beat < beats:
        length = rng.choice((0.5, 0.5, 1, 1, 1.5, 2))
        found.append(Note(beat, length * 0.95, keys[place], rng.randint(80, 110), channel))
        place = min(max(place + rng.choice((-2, -1, 1, 2, 3, -3)), 0), len(keys) - 1)
        beat += length
    return found


def chords(rng):
    """Eight bars of a progression, each a root and a third above C."""
    steps = [((0, 4, 7), 0), ((0, 4, 7), 5), ((0, 4, 7), 7), ((0, 3, 7), 9), ((0, 3, 7), 2), ((0, 3, 7), 4)]
    root = rng.randrange(12)
    return [tuple(48 + root + degree + tone for tone in triad) for triad, degree in rng.choices(steps, k=8)]


def rhythm(rng):
    """One bar of four beats as (beat, length) pairs."""
    beat, found = 0.0, []
    while beat < 4:
        length = min(rng.choice((0.25, 0.5, 0.5, 0.75, 1, 1.5)), 4 - beat)
        if rng.random() < 0.85:
            found.append((beat, length * 0.9))
        beat += length
    return found or [(0.0, 4.0)]


def accompaniment(progression, bar, bars):
    """Repeats the progression; the chords follow the rhythm of `bar`, with a bass."""
    found = []
    for number in range(bars):
        keys = progression[number % len(progression)]
        for beat, length in bar:
            found += [Note(4 * number + beat, length, key, 85) for key in keys]
        found.append(Note(4 * number, 3.9, keys[0] - 12, 95, 1))
    return found
