"""Channels that carry different things, and sound above 4.5 kHz alone: what a mono sum or a low band does not hear."""

from . import codecs, midi, moments, sealing, speech, voices
from .model import Treatment

_HATS = (42, 44, 46, 54, 70, 82, 75)  # hi-hats, tambourine, maracas, shaker, claves
_SPLIT = "acrossover=split=4700:order=16th"
_SIDE_NAMES = ("left", "right")


def _stretch(track, rng, least=5):
    """A part of the track, or the whole of it."""
    if rng.random() < 0.4:
        return 0.0, track.seconds
    seconds = round(rng.uniform(least, track.seconds / 2), 3)
    return round(rng.uniform(3, track.seconds - seconds), 3), seconds


def _other_of(track, rng, others):
    able = [other for other in others if not set(other.names()) & set(track.names()) and other.audible(5, 30) >= 23]
    return rng.choice(able) if able else None


def _foreign(track, rng, others, db):
    """(chain, files, sources, steps, words) of a voice or of other music at `db` against the track, in one channel."""
    other = _other_of(track, rng, others)
    if other is None or rng.random() < 0.5:
        language = rng.choice(speech.LANGUAGES)
        step = speech.say(speech.verse(rng, language, track.seconds), speech.voice(rng, language), "@voice.wav")
        chain = f"[1:a]aresample=44100,volume={voices.gain_of(track, db):.1f}dB"
        return chain, (), ("@voice.wav",), (step,), f"voice={language}"
    gain = track.median_rms_db + db - other.median_rms_db
    return f"[1:a]{sealing.FORMAT},pan=mono|c0=0.5*c0+0.5*c1,volume={gain:.1f}dB", (other.file,), (), (), f"from={other.name}"


def _placed(chain, begin, seconds, pan):
    return (f"{chain},atrim=end={seconds:.3f},asetpts=PTS-STARTPTS,{pan},{sealing.FORMAT},"
            f"adelay=delays={1000 * begin:.1f}:all=1[b]")


def _in_the_side(track, rng, others):
    """Something with opposite signs left and right: a mono sum does not have it."""
    db, (begin, seconds) = round(rng.uniform(-12, 0), 1), _stretch(track, rng)
    chain, files, sources, steps, words = _foreign(track, rng, others, db)
    graph = (f"{_placed(chain, begin, seconds, 'pan=stereo|c0=c0|c1=-1*c0')};[0:a]{sealing.FORMAT}[a];"
             "[a][b]amix=inputs=2:normalize=0:duration=first,volume=0.7[mix]")
    where = (sealing.span(track, begin, begin + seconds),)
    return sealing.sealed(rng, f"side={db};{words}", graph, (track.file, *files), where, steps, sources, shift=begin > 0)


def _keeps(side, begin, seconds):
    """Filters that silence one channel for a while."""
    gate = moments.gate([(begin, begin + seconds)])
    one, two = (f"{gate},", "") if side == 0 else ("", f"{gate},")
    return (f"[0:a]{sealing.FORMAT},channelsplit[l][r];[l]{one}anull[l1];[r]{two}anull[r1];"
            "[l1][r1]join=inputs=2:channel_layout=stereo[a]")


def _one_side_other(track, rng, others):
    """Left or right is silent, another song or a voice, for a while or throughout."""
    side, (begin, seconds) = rng.randrange(2), _stretch(track, rng)
    keeps, where = _keeps(side, begin, seconds), (sealing.span(track, begin, begin + seconds),)
    words = f"{_SIDE_NAMES[side]}={begin}+{seconds}"
    if rng.random() < 0.3:
        return sealing.sealed(rng, f"{words};silent", f"{keeps};[a]anull[mix]", (track.file,), where, shift=begin > 0)
    chain, files, sources, steps, what = _foreign(track, rng, others, 0)
    pan = "pan=stereo|c0=c0|c1=0*c0" if side == 0 else "pan=stereo|c0=0*c0|c1=c0"
    graph = f"{keeps};{_placed(chain, begin, seconds, pan)};[a][b]amix=inputs=2:normalize=0:duration=first[mix]"
    return sealing.sealed(rng, f"{words};{what}", graph, (track.file, *files), where, steps, sources, shift=begin > 0)


def _one_side_word(track, rng, _others):
    """A word is missing in one channel alone."""
    side, seconds = rng.randrange(2), round(rng.uniform(0.2, 1.0), 3)
    at = moments.loud(track, rng, seconds, 3)
    if at is None:
        return None
    return sealing.sealed(rng, f"{_SIDE_NAMES[side]}={at}+{seconds}", f"{_keeps(side, at, seconds)};[a]anull[mix]",
                          (track.file,), (sealing.span(track, at, at + seconds),))


def _other_side_signal(track, rng, others):
    """The middle is the track's, the difference of the channels another one's."""
    other = _other_of(track, rng, others)
    if other is None:
        return None
    gain = track.median_rms_db - other.median_rms_db - rng.uniform(0, 9)
    graph = (f"[0:a]{sealing.FORMAT},pan=stereo|c0=0.5*c0+0.5*c1|c1=0.5*c0+0.5*c1[a];[1:a]{sealing.FORMAT},"
             f"pan=stereo|c0=0.5*c0+0.5*c1|c1=-0.5*c0-0.5*c1,volume={gain:.1f}dB[b];"
             "[a][b]amix=inputs=2:normalize=0:duration=first,volume=0.7[mix]")
    return sealing.sealed(rng, f"side of {other.name}", graph, (track.file, other.file),
                          (sealing.span(track, 0, min(track.seconds, other.seconds)),))


def _languages_apart(track, rng, _others):
    """One language left and one right, against a file with one of them on both sides, or with a third one."""
    db, begin, seconds = round(rng.uniform(-9, 3), 1), round(rng.uniform(1, 5), 3), round(0.75 * track.seconds, 3)
    tongues = rng.sample(speech.LANGUAGES, 3)
    steps = tuple(speech.say(speech.verse(rng, tongue, seconds), speech.voice(rng, tongue), f"@v{i}.wav")
                  for i, tongue in enumerate(tongues))
    third = rng.choice((0, 2, None))

    def heard(left, right, seal, **more):
        def one(tongue, name, pan):
            return (f"[{tongue}:a]aresample=44100,volume={voices.gain_of(track, db):.1f}dB,atrim=end={seconds},{pan},"
                    f"{sealing.FORMAT},adelay=delays={1000 * begin:.1f}:all=1[{name}]")
        graph = (f"{one(1, 'v0', 'pan=stereo|c0=c0|c1=0*c0')};{one(2, 'v1', 'pan=stereo|c0=0*c0|c1=c0')};"
                 f"[0:a]{sealing.FORMAT}[a];[a][v0][v1]amix=inputs=3:normalize=0:duration=first,volume=0.6[mix]")
        return seal(rng, f"db={db};left={tongues[left]};right={tongues[right]}", graph, (track.file,),
                    steps=(steps[left], steps[right]) if left != right else (steps[left],),
                    sources=(f"@v{left}.wav", f"@v{right}.wav"), **more)

    base = heard(0, 1, sealing.base_of)
    left, right = {0: (0, 0), 2: (0, 2), None: (1, 0)}[third]
    return heard(left, right, sealing.sealed, base=base, spans=(sealing.span(track, begin, begin + seconds),))


def _surround_other(track, rng, others):
    """5.1: in front the track, behind other music, or a voice in the centre."""
    chain, files, sources, steps, words = _foreign(track, rng, others, round(rng.uniform(-9, 0), 1))
    pan = rng.choice(("FC=0.3*c0+0.3*c1+c2|BL=0.2*c0|BR=0.2*c1", "FC=0.3*c0+0.3*c1|BL=c2|BR=c2"))
    graph = (f"{chain}[b];[0:a]{sealing.FORMAT}[a];[b]{sealing.WIDE},{sealing.FORMAT},apad[c];"
             f"[a][c]amerge=inputs=2,atrim=end={track.seconds:.3f},pan=5.1|FL=0.7*c0|FR=0.7*c1|LFE=0*c0|{pan}[mix]")
    return sealing.sealed(rng, f"surround;{words}", graph, (track.file, *files), sealing.whole(track), steps, sources,
                          drawn=codecs.drawn(rng, ("aac", "vorbis", "ac3"), 0.2, 128), shift=False)


def _treble_other(track, rng, others):
    """Above 4.7 kHz another track."""
    other = _other_of(track, rng, others)
    if other is None:
        return None
    gain = track.median_rms_db - other.median_rms_db + rng.uniform(0, 6)
    graph = (f"[0:a]{sealing.FORMAT},{_SPLIT}[low][x];[x]anullsink;[1:a]{sealing.FORMAT},{_SPLIT}[y][high];[y]anullsink;"
             f"[high]volume={gain:.1f}dB[h];[low][h]amix=inputs=2:normalize=0:duration=first[mix]")
    return sealing.sealed(rng, f"above=4700;from={other.name}", graph, (track.file, other.file),
                          (sealing.span(track, 0, min(track.seconds, other.seconds)),), drawn=codecs.drawn(rng, least=96))


def _hats(rng, seconds, tempo):
    """A pattern of one bar on a few sounds of the drum kit."""
    keys, grid = rng.sample(_HATS, 2), rng.choice((0.25, 0.5, 1 / 3))
    steps = [(round(i * grid, 4), rng.choice(keys), rng.randint(60, 120))
             for i in range(round(4 / grid)) if rng.random() < 0.75]
    return [midi.Note(4 * bar + beat, 0.2, key, velocity, 9) for bar in range(int(seconds * tempo / 240) + 1)
            for beat, key, velocity in steps]


def _hatted(track, rng, tempo, db, seal, **more):
    graph = (f"[1:a]{sealing.FORMAT},{_SPLIT}[y][high];[y]anullsink;[high]dynaudnorm=p=0.9:m=30,atrim=end={track.seconds:.3f},"
             f"volume={track.median_rms_db + db + 8:.1f}dB[b];[0:a]{sealing.FORMAT}[a];"
             "[a][b]amix=inputs=2:normalize=0:duration=first,volume=0.8[mix]")
    return seal(rng, f"hats={db};tempo={tempo}", graph, (track.file,), steps=(midi.play("timgm6mb"),),
                sources=("@played.wav",), midi=midi.midi_file(_hats(rng, track.seconds, tempo), tempo), **more)


def _hats_other(track, rng, _others):
    """Two patterns of hi-hats above 4.7 kHz over one track."""
    tempo, db = rng.randint(80, 140), round(rng.uniform(-18, -6), 1)
    base = _hatted(track, rng, tempo, db, sealing.base_of)
    return _hatted(track, rng, tempo, db, sealing.sealed, base=base, spans=sealing.whole(track),
                   drawn=codecs.drawn(rng, least=96))


def _hats_added(track, rng, _others):
    return _hatted(track, rng, rng.randint(80, 140), round(rng.uniform(-18, -6), 1), sealing.sealed,
                   spans=sealing.whole(track), drawn=codecs.drawn(rng, least=96))


TREATMENTS = (
    Treatment("in_the_side", "channels", "altered", _in_the_side, 0.12, 30, few=1),
    Treatment("one_side_other", "channels", "altered", _one_side_other, 0.12, 30, few=1),
    Treatment("one_side_word", "channels", "altered", _one_side_word, 0.1, 30, few=1),
    Treatment("other_side_signal", "channels", "altered", _other_side_signal, 0.1, 30, few=1),
    Treatment("languages_apart", "channels", "altered", _languages_apart, 0.1, 30, few=1),
    Treatment("surround_other", "channels", "altered", _surround_other, 0.08, 30, few=1),
    Treatment("treble_other", "treble", "altered", _treble_other, 0.1, 30, few=1),
    Treatment("hats_other", "treble", "altered", _hats_other, 0.1, 30, few=1),
    Treatment("hats_added", "treble", "altered", _hats_added, 0.08, 30, few=1),
)
