"""counts.py LIBRARY: checks the number of files of each family and treatment in the small library."""

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "datasets"))
from labelled import altered, manifest, negatives, plan, scores  # noqa: E402

ORIGINALS = 4  # all of them stereo and 60 s long; one has stems, two have another version
FILES_A_SET = {"same_chords": 3, "two_sound_fonts": 2}
WITH_A_BASE = {"voice_other", "voice_other_soft", "verse_words", "voice_word_muted", "voice_word_reversed", "two_intros",
               "two_outros", "hidden_other", "medley_other", "languages_apart", "hats_other", "master_declicked", "any_two"}


def expected():
    found = Counter({("original", "original"): ORIGINALS, ("version", "remix"): 1, ("version", "long_short"): 1})
    for treatment in plan.TREATMENTS:
        found[treatment.family, treatment.name] = 1 if treatment.name in ("backing", "stem") else ORIGINALS
    for kind, (small, _) in altered.HALVES.items():
        found["shifted" if kind == "pause" else "altered", kind] = 2 * small
    for kind, (small, _) in negatives.COUNTS.items():
        found["negative", kind] = small * FILES_A_SET.get(kind, 1)
    # Of each of the new kinds there is one, and the file that it is compared with if that is not an original.
    for treatment in plan.LISTEN:
        found[treatment.family, treatment.name] = treatment.few * (2 if treatment.name in WITH_A_BASE else 1)
    for treatment in plan.SPEEDS:
        found[treatment.family, treatment.name] = treatment.few
    found["faint_moment", "moment_quiet"] = 0  # the four originals have no quiet passage
    for name, (family, _, _) in scores.CHANGES.items():
        found[family, name] = 1
    found["passage", "held_after_pause"] = 2
    found["original", "score"] = scores.PIECES["small"]
    return found


def main(library):
    rows, labels = manifest.read(library)
    got, wanted = Counter((row["family"], row["treatment"]) for row in rows), expected()
    wrong = [f"{key}: {got[key]} instead of {wanted[key]}" for key in sorted(set(got) | set(wanted)) if got[key] != wanted[key]]
    tracks = {row["file"]: set(row["track"].split("+")) for row in rows}
    for row in labels:
        shared = tracks[row["a"]] & tracks[row["b"]]
        if bool(shared) == (row["label"] == "different"):
            wrong.append(f"{row['a']}, {row['b']}: {row['label']}, of {shared or 'no common track'}")
    unlabelled = {row["file"] for row in rows} - {row[side] for row in labels for side in ("a", "b")}
    wrong += [f"{file}: in no label" for file in sorted(unlabelled)]
    print(f"{len(rows)} files, {len(labels)} labels, {len(wanted)} treatments")
    return "\n".join(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) or 0)
