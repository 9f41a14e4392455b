"""The stages of a join, compared with the least time that this machine would need for each."""

BYTES_PER_ITEM = 4


def least_seconds(limits, items, counts):
    """Thread seconds by stage: the machine's rates are those of all its threads."""
    threads = limits["threads"]
    read = lambda count: count * BYTES_PER_ITEM / (limits["read_gb_per_s"] * 1e9)
    return {stage: seconds * threads for stage, seconds in {
        "extract": read(items),  # every item once
        "sort": counts["postings"] / limits["sorted_words_per_s"],
        "probe": read(items),  # every item once more; the positions of the lists are read in order
        "vote": counts["walks"] / limits["random_reads_per_s"],  # each list is at another position
        "verify": counts["items_compared"] / limits["compared_items_per_s"],
    }.items()}


def breakdown(limits, items, run):
    least = least_seconds(limits, items, run["counts"])
    total = sum(run["stages"].values())
    return [{"stage": stage, "thread_s": round(spent, 3), "share": round(spent / total, 4),
             "least_s": round(least[stage], 3), "of_least": round(spent / least[stage], 2) if least[stage] else None}
            for stage, spent in run["stages"].items()]
