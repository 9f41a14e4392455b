"""All pairs of synthetic libraries of several sizes: our join, and the plain join in the same run."""

from statistics import median


def skew_of(tracks):
    """For 500,000 tracks: 50,000 near silence, 20,000 copies of one track, and one second of sound in every third."""
    return "--silent", tracks // 10, "--clones", tracks // 25, "--jingle"


def joined(programs, tracks, rounds, rival, options=()):
    """Runs ours and the rival alternately, so that temporary load on the machine affects both."""
    files = programs.words(tracks, *options)
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(programs.run("bench_library_join", *files))
        if rival:
            theirs.append(programs.run("rival_plain_join", *files))
    row = {"tracks": ours[0]["tracks"], "ours": summary(ours)}
    if theirs:
        row["plain_join"] = summary(theirs)
        row["ratio"] = round(median(a["seconds"]["wall"] / b["seconds"]["wall"] for a, b in zip(ours, theirs)), 3)
    return row


def summary(runs):
    """Times are those of the median; checks that all rounds found the same."""
    first = runs[0]
    for run in runs[1:]:
        if (run["recall"], run["pairs"]) != (first["recall"], first["pairs"]):
            raise ValueError("a join found other pairs than in the round before")
    middle = sorted(runs, key=lambda run: run["seconds"]["wall"])[len(runs) // 2]
    return {**middle, "seconds_of_rounds": [round(run["seconds"]["wall"], 2) for run in runs],
            "peak_mb": max(run["peak_mb"] for run in runs)}


def growth(rows):
    """Seconds per track, relative to those of the smallest library."""
    per_track = [(row["tracks"], row["ours"]["seconds"]["wall"] / row["tracks"]) for row in rows]
    return [{"tracks": tracks, "seconds_per_track": round(cost / per_track[0][1], 3)} for tracks, cost in per_track]


def measure(programs, sizes, rival_up_to, rounds):
    return [joined(programs, tracks, rounds, tracks <= rival_up_to) for tracks in sizes]


def skewed(programs, tracks, plain):
    """The same music with tracks that all share keys.
    @param plain  the row of the library without them"""
    options = skew_of(tracks)
    row = joined(programs, tracks, 1, rival=False, options=options)
    cost = lambda of: of["ours"]["seconds"]["wall"] / of["tracks"]
    return {**row, "options": " ".join(map(str, options)), "seconds_per_track": round(cost(row) / cost(plain), 3)}
