"""Which files the library contains and which pairs are labelled: plain data, the same for the same originals."""

import math

from . import altered, copies, edits, remasters, shifts, versions
from .model import Recipe, random_of, seed_of

TREATMENTS = (copies.TREATMENTS + shifts.TREATMENTS + remasters.TREATMENTS + altered.TREATMENTS + edits.TREATMENTS +
              versions.TREATMENTS)


def _chosen(treatment, tracks, size):
    """The tracks to which the treatment is applied, sorted by name."""
    able = [track for track in tracks if track.seconds >= treatment.min_seconds]
    if size != "small":
        able.sort(key=lambda track: seed_of(f"{treatment.name}/{track.name}"))
        able = able[:math.ceil(treatment.share * len(able))]
    return sorted(able, key=lambda track: track.name)


def _recipe(treatment, track, tracks):
    name = f"library/{treatment.name}/{track.name}"
    others = [other for other in tracks if other.name != track.name]
    made = treatment.make(track, random_of(name), others)
    if made is None:
        return None
    heard = (track,) if made.partner is None else (track, made.partner)
    return Recipe(file=f"{name}.{made.extension}", tracks=tuple(name for each in heard for name in each.names()),
                  family=treatment.family, treatment=treatment.name, parameter=made.parameter, seed=seed_of(name),
                  source=track.source, steps=made.steps, inputs=made.inputs, midi=made.midi,
                  labels=tuple((each.file, treatment.label) for each in heard))


def derived(tracks, size):
    """A recipe for each treatment of each suitable track."""
    found = (_recipe(treatment, track, tracks) for treatment in TREATMENTS for track in _chosen(treatment, tracks, size))
    return [recipe for recipe in found if recipe is not None]


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
    """Rows of a, b, label, treatment, family; sorted, each pair once."""
    rows = [(other, recipe.file, label, recipe.treatment, recipe.family)
            for recipe in recipes for other, label in recipe.labels]
    rows += [*_two_copies(recipes), *_other_tracks(recipes)]
    pairs = [frozenset(row[:2]) for row in rows]
    if len(set(pairs)) != len(pairs):
        raise ValueError("a pair has two labels")
    return sorted(rows)
