"""Voices over one backing: another voice and language, another verse, a word that is missing from the vocals alone."""

from . import moments, sealing, speech
from .model import Treatment

_HEADROOM = 0.6  # of the sum of backing and voice
LOUD_DB, SOFT_DB = (-12.0, 0.0), (-24.0, -12.1)
_SLOT_S = (8, 13)  # a verse


def voiced(chain, gain_db, begin, seconds, label):
    """The filters that put a voice over the music from `begin` on."""
    return (f"{chain}{sealing.WIDE},{sealing.FORMAT},atrim=end={seconds:.3f},volume={gain_db:.1f}dB,"
            f"adelay=delays={1000 * begin:.1f}:all=1{label}")


def summed(voices):
    """The backing [0:a] and the filter chains of voices, which end in [v0], [v1], ..."""
    names = "".join(f"[v{i}]" for i in range(len(voices)))
    return (f"[0:a]{sealing.FORMAT}[a];{';'.join(voices)};[a]{names}amix=inputs={len(voices) + 1}:normalize=0:duration=first,"
            f"volume={_HEADROOM}[mix]")


def gain_of(track, db):
    """What brings speech to `db` against the track."""
    return track.median_rms_db + db - speech.RMS_DB


def _stretch(track, rng):
    """Where a voice sounds: most of the track."""
    begin = round(rng.uniform(0.03, 0.2) * track.seconds, 3)
    return begin, round(rng.uniform(0.6, 0.78) * track.seconds, 3)


def _sung(track, rng, language, spoken, db, begin, seconds, seal):
    step = speech.say(speech.verse(rng, language, seconds), spoken, "@voice.wav")
    graph = summed([voiced("[1:a]", gain_of(track, db), begin, seconds, "[v0]")])
    return seal(rng, f"db={db};voice={spoken[0]};begin={begin}", graph, (track.file,),
                spans=(sealing.span(track, begin, begin + seconds),), steps=(step,), sources=("@voice.wav",))


def _other_voice(levels):
    """Both files have a voice: each its own, in its own language."""
    def make(track, rng, _others):
        db, language, (begin, seconds) = round(rng.uniform(*levels), 1), rng.choice(speech.LANGUAGES), _stretch(track, rng)
        base = _sung(track, rng, language, speech.voice(rng, language), db, begin, seconds, sealing.base_of)
        other, spoken = speech.other_voice(rng, language)
        return _sung(track, rng, other, spoken, db, begin, seconds, lambda *a, **k: sealing.sealed(*a, base=base, **k))
    return make


def _voice_added(levels):
    def make(track, rng, _others):
        db, language, (begin, seconds) = round(rng.uniform(*levels), 1), rng.choice(speech.LANGUAGES), _stretch(track, rng)
        return _sung(track, rng, language, speech.voice(rng, language), db, begin, seconds, sealing.sealed)
    return make


def _verses(track, rng, texts, spoken, db, slots, seal, spans=()):
    steps = tuple(speech.say(text, spoken, f"@verse{i}.wav") for i, text in enumerate(texts))
    chains = [voiced(f"[{i + 1}:a]", gain_of(track, db), begin, seconds, f"[v{i}]") for i, (begin, seconds) in enumerate(slots)]
    return seal(rng, f"db={db};voice={spoken[0]}", summed(chains), (track.file,), spans=spans, steps=steps,
                sources=tuple(f"@verse{i}.wav" for i in range(len(texts))))


def _verse_other(track, rng, _others):
    """One voice throughout; one of its verses has other words."""
    db, language = round(rng.uniform(*LOUD_DB), 1), rng.choice(speech.LANGUAGES)
    spoken, slots, begin = speech.voice(rng, language), [], rng.uniform(1, 4)
    while begin < track.seconds - _SLOT_S[1] and len(slots) < 6:
        slots.append((round(begin, 3), round(rng.uniform(*_SLOT_S), 3)))
        begin += slots[-1][1] + rng.uniform(1, 4)
    if len(slots) < 2:
        return None
    texts = [speech.verse(rng, language, seconds) for _, seconds in slots]
    base = _verses(track, rng, texts, spoken, db, slots, sealing.base_of)
    turn = rng.randrange(len(slots))
    changed = [*texts[:turn], speech.verse(rng, language, slots[turn][1]), *texts[turn + 1:]]
    span = sealing.span(track, slots[turn][0], sum(slots[turn]))
    return _verses(track, rng, changed, spoken, db, slots, lambda *a, **k: sealing.sealed(*a, base=base, **k), (span,))


def _words_of_the_voice(change):
    """The backing goes on; the voice alone lacks a few words, or has them backwards."""
    def make(track, rng, _others):
        db, language, (begin, seconds) = round(rng.uniform(-9, 0), 1), rng.choice(speech.LANGUAGES), _stretch(track, rng)
        spoken, text = speech.voice(rng, language), speech.verse(rng, language, seconds)
        step, gain = speech.say(text, spoken, "@voice.wav"), gain_of(track, db)
        more = dict(steps=(step,), sources=("@voice.wav",))
        base = sealing.base_of(rng, f"db={db};voice={spoken[0]}",
                               summed([voiced("[1:a]", gain, begin, seconds, "[v0]")]), (track.file,), **more)
        places = rng.sample(range(2, int(seconds) - 2, 3), rng.randint(1, 4))
        words = sorted((at, at + rng.uniform(0.25, 1.0)) for at in places)
        voice = f"[1:a]{moments.gate(words)}"
        if change == "reversed":
            copies = "".join(f"[x{i}]" for i in range(len(words)))
            voice = f"[1:a]asplit={len(words) + 1}[w]{copies};[w]{moments.gate(words)}[g];"
            voice += ";".join(moments.piece(f"[x{i}]", at, end - at, at, 0, "areverse") + f"[y{i}]"
                              for i, (at, end) in enumerate(words))
            voice += f";[g]{copies.replace('x', 'y')}amix=inputs={len(words) + 1}:normalize=0:duration=first"
        graph = summed([voiced(f"{voice},", gain, begin, seconds, "[v0]")])
        spans = tuple(sealing.span(track, begin + at, begin + end) for at, end in words)
        return sealing.sealed(rng, f"db={db};{change}={len(words)}", graph, (track.file,), spans, base=base, **more)
    return make


def babble(rng, count, seconds):
    """(steps, sources) of several people who talk at once."""
    languages = [rng.choice(speech.LANGUAGES) for _ in range(count)]
    steps = tuple(speech.say(speech.verse(rng, language, seconds), speech.voice(rng, language), f"@person{i}.wav")
                  for i, language in enumerate(languages))
    return steps, tuple(f"@person{i}.wav" for i in range(count))


TREATMENTS = (
    Treatment("voice_other", "voice", "altered", _other_voice(LOUD_DB), 0.14, 30, few=1),
    Treatment("voice_added", "voice", "altered", _voice_added(LOUD_DB), 0.1, 30, few=1),
    Treatment("verse_words", "voice", "altered", _verse_other, 0.12, 30, few=1),
    Treatment("voice_word_muted", "voice", "altered", _words_of_the_voice("muted"), 0.1, 30, few=1),
    Treatment("voice_word_reversed", "voice", "altered", _words_of_the_voice("reversed"), 0.08, 30, few=1),
    Treatment("voice_other_soft", "soft_voice", "altered", _other_voice(SOFT_DB), 0.12, 30, few=1),
    Treatment("voice_added_soft", "soft_voice", "altered", _voice_added(SOFT_DB), 0.08, 30, few=1),
)
