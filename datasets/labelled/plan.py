"""Which files the library contains and which pairs are labelled: plain data, the same for the same originals."""

import math
from collections import Counter

from . import altered, channel_kinds, copies, edits, masters, moments, passages, remasters, shifts, speeds, versions, voices
from .model import Recipe, random_of, seed_of
from .music_half import half_of, half_of_pair

TREATMENTS = (copies.TREATMENTS + shifts.TREATMENTS + remasters.TREATMENTS + altered.TREATMENTS + edits.TREATMENTS +
              versions.TREATMENTS)
# What only listening can tell apart, and the copies and masters beside it (scores.py has more of them).
LISTEN = (moments.TREATMENTS + voices.TREATMENTS + passages.TREATMENTS + channel_kinds.TREATMENTS + masters.TREATMENTS)
SPEEDS = speeds.TREATMENTS


_ENOUGH = 4  # other tracks of the same half


def _chosen(treatment, tracks, size):
    """(tracks that may be treated in order of preference, how many of them to treat)."""
    able = sorted((track for track in tracks if track.seconds >= treatment.min_seconds), key=lambda track: track.name)
    if size == "small" and not treatment.few:
        return able, len(able)
    count = treatment.few if size == "small" else math.ceil(treatment.share * len(able))
    able.sort(key=lambda track: seed_of(f"{treatment.name}/{track.name}"))
    # A few of the new kinds suit only some tracks, so others take their places; the old ones keep their choice.
    return (able if treatment.few else able[:count]), count


def _others(treatment, track, tracks):
    """What a track may be mixed with: of its own half, so that the pair is in one half, if there are enough."""
    others = [other for other in tracks if other.name != track.name]
    if not treatment.few:
        return others
    own = half_of(track.names())
    near = [other for other in others if half_of(other.names()) == own]
    return near if len(near) >= _ENOUGH else others


def _file(treatment, track, made, base=""):
    return f"library/{treatment.name}/{track.name}{base}.{made.extension}"


def _recipe(treatment, track, made, file, labels):
    partners = made.partners if made.partner is None else (made.partner, *made.partners)
    names = [name for each in (track, *partners, *made.heard) for name in each.names()]
    return Recipe(file=file, tracks=tuple(dict.fromkeys(names)), family=treatment.family, treatment=treatment.name,
                  parameter=made.parameter, seed=seed_of(f"library/{treatment.name}/{track.name}"), source=track.source,
                  steps=made.steps, inputs=made.inputs, midi=made.midi, labels=tuple(labels),
                  spans=made.spans if labels else ())


def _recipes(treatment, track, tracks):
    """The recipe of a treated track, after that of the file it is compared with; empty if the track is not suitable."""
    made = treatment.make(track, random_of(f"library/{treatment.name}/{track.name}"), _others(treatment, track, tracks))
    if made is None:
        return []
    file, found = _file(treatment, track, made), []
    if made.base is not None:
        base = _file(treatment, track, made.base, "-base")
        found.append(_recipe(treatment, track, made.base, base, ()))
        others = [base]
    else:
        others = [each.file for each in (track, *((made.partner,) if made.partner else ()), *made.partners)]
    return [*found, _recipe(treatment, track, made, file, [(other, treatment.label) for other in others])]


def derived(tracks, size, treatments=TREATMENTS):
    """Recipes of each of `treatments` for each suitable track, or for as many of them as its share is."""
    found = []
    for treatment in treatments:
        able, count = _chosen(treatment, tracks, size)
        made = []
        for track in able:
            if len(made) < count and (recipes := _recipes(treatment, track, tracks)):
                made.append(recipes)
        found += [recipe for recipes in sorted(made, key=lambda each: each[-1].file) for recipe in recipes]
    return found


def in_turns(recipes):
    """The first of each treatment, then the second of each: a stopped run has some of every kind."""
    turns, counts = {}, Counter()
    for recipe in recipes:
        turns[recipe.file] = counts[recipe.treatment]
        counts[recipe.treatment] += bool(recipe.labels)  # a file without a label comes before the one it is compared with
    return sorted(recipes, key=lambda recipe: turns[recipe.file])


def _two_copies(recipes):
    """Two copies that both start at other points; neither is the original."""
    starts = {recipe.tracks: recipe.file for recipe in recipes if recipe.treatment == "start_cut"}
    for recipe in recipes:
        if recipe.treatment in ("start_pad", "start_cut_low") and recipe.tracks in starts:
            yield starts[recipe.tracks], recipe.file, "same", "two_copies", "shifted"


def _other_tracks(recipes):
    """Each original and the next one, which is other music."""
    originals = sorted((r for r in recipes if r.family == "original"), key=lambda r: r.file)
    for a, b in zip(originals, originals[1:]):
        if not set(a.tracks) & set(b.tracks):
            yield a.file, b.file, "different", "other_track", "negative"


def labels(recipes):
    """Rows of a, b, label, treatment, family, half; sorted, each pair once."""
    rows = [(other, recipe.file, label, recipe.treatment, recipe.family)
            for recipe in recipes for other, label in recipe.labels]
    rows += [*_two_copies(recipes), *_other_tracks(recipes)]
    pairs = [frozenset(row[:2]) for row in rows]
    if len(set(pairs)) != len(pairs):
        raise ValueError("a pair has two labels")
    tracks = {recipe.file: recipe.tracks for recipe in recipes}
    return sorted((*row, half_of_pair(tracks.get(row[0], ()), tracks.get(row[1], ()))) for row in rows)


def spans(recipes):
    """Rows of a, b, start, seconds, level_db: where b differs from a, in the time of b."""
    return sorted((other, recipe.file, span.start, span.seconds, span.level_db)
                  for recipe in recipes for other, _ in recipe.labels for span in recipe.spans)
