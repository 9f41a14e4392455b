"""The rivals on the same fingerprints: what they find, what they find wrongly, and what it costs."""

from .score import Negatives, RIGHT_RELATION, by_treatment, rate, share


def pairs_to_compare(library, run, most_negatives):
    """Every labelled pair, and a sample of those that must not match."""
    labelled = by_treatment(library, *RIGHT_RELATION)
    positives = [pair for pairs in labelled.values() for pair in pairs if pair[0] in run.ids and pair[1] in run.ids]
    return positives, Negatives(library, run).sample(most_negatives)


def claims(row):
    return row.get("relation") not in ("insufficient", "unrelated")


def found(row):
    return row["found"] and claims(row)


def recall_without_false(same, false_scores):
    """The share of the copies that score above every pair that must not match: the best any threshold could do."""
    highest = max(false_scores, default=0)
    return share(sum(score > highest for score in same), len(same))


def score_rival(name, library, run, most_negatives):
    positives, negatives = pairs_to_compare(library, run, most_negatives)
    scores, summary = run.rival(name, positives + negatives)
    searched = summary["searched"]  # it searched the whole library: it did not print what it did not find
    if searched:
        negatives = [pair for pair in scores if library.expected(*pair) == "different"]
    false = sum(pair in scores and found(scores[pair]) for pair in negatives)
    of = sum(Negatives(library, run).pairs_by_decile().values()) if searched else len(negatives)
    groups = by_treatment(library, *RIGHT_RELATION)
    # If a rival judges, only pairs that it claims have a score: its guards are part of it.
    score_of = lambda pair: scores[pair]["score"] if pair in scores and claims(scores[pair]) else 0
    same = [score_of(pair) for key, pairs in groups.items() if key[2] == "same" for pair in pairs]
    rows = [{"family": key[0], "treatment": key[1], "label": key[2], "n": len(pairs),
             "found": share(sum(pair in scores and found(scores[pair]) for pair in pairs), len(pairs))}
            for key, pairs in groups.items()]
    return {"rival": name, "pairs": summary["pairs"], "us_per_pair": rate(summary["cpu_s"], summary["pairs"], 1e6),
            "negatives": of, "false_pairs": false, "false_pairs_per_million": rate(false, of, 1_000_000),
            "found_of_same": found_of_same(rows),
            "found_of_same_without_false": recall_without_false(same, [score_of(pair) for pair in negatives]),
            "treatments": rows}, scores


def found_of_same(rows):
    n = sum(row["n"] for row in rows if row["label"] == "same")
    return share(sum(row["found"] * row["n"] for row in rows if row["label"] == "same"), n)


def candidates_missed(scores, run):
    """Pairs that the exhaustive search relates and that the candidate stage did not offer."""
    return sorted(pair for pair, row in scores.items() if found(row) and pair not in run.candidates)
