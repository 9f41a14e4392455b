"""The result as tables for a terminal. Speed is always shown with recall."""

from scoring.text import number, percent, table

KINDS = ("codec", "shifted", "harsh", "edit")


def recalls(row):
    return [percent(row["recall"].get(kind)) for kind in KINDS]


def seconds(value):
    for size, unit in ((365.25 * 86_400, "years"), (86_400, "days"), (3_600, "h")):
        if value >= size:
            return f"{value / size:,.1f} {unit}"
    return f"{value:,.2f} s"


JOIN_HEAD = ["all pairs", "tracks", "time", *(f"{kind} %" for kind in KINDS), "not planted", "peak MB", "of the plain join"]


def join_rows(result):
    rows = []
    for row in result["joins"]:
        for name in ("ours", "plain_join"):
            if name in row:
                run = row[name]
                rows.append([name, number(row["tracks"]), seconds(run["seconds"]["wall"]), *recalls(run),
                             number(run["others"]), number(run["peak_mb"]),
                             f"{row['ratio']:.2f}" if name == "ours" and "ratio" in row else "-"])
    skew = result["skew"]
    if skew:
        rows.append(["ours, skewed", number(skew["tracks"]), seconds(skew["ours"]["seconds"]["wall"]),
                     *recalls(skew["ours"]), number(skew["ours"]["others"]), number(skew["ours"]["peak_mb"]), "-"])
    return rows


GROWTH_HEAD = ["tracks", "seconds a track, of the smallest library's"]


def growth_rows(result):
    rows = [[number(row["tracks"]), f"{row['seconds_per_track']:.2f}"] for row in result["growth"]]
    skew = result["skew"]
    return rows + ([[f"{number(skew['tracks'])}, skewed, of the plain one's", f"{skew['seconds_per_track']:.2f}"]]
                   if skew else [])


STAGE_HEAD = ["stage", "thread seconds", "share %", "least on this machine", "times that"]


def stage_rows(result):
    return [[row["stage"], f"{row['thread_s']:.2f}", percent(row["share"]), f"{row['least_s']:.2f}",
             number(row["of_least"])] for row in result["stages"]]


INDEX_HEAD = ["index", "build", "files MB", "open ms", "memory MB", "items/s", "hits an item",
              *(f"{kind} %" for kind in KINDS)]


def index_rows(result):
    return [[row["index"], seconds(row["build_s"]), number(round(row["files_mb"])), number(round(row["open_ms"], 1)),
             number(round(row["memory_mb"])), number(round(row["items_per_s"])), number(round(row["hits_per_item"], 2)),
             *recalls(row)] for row in result["indexes"]]


def rival_head(result):
    return ["pair by pair", "us a pair", *(f"{kind} %" for kind in KINDS), "false of strangers",
            *(f"{number(size)} tracks" for size in result["sizes"])]


def rival_rows(result):
    return [[row["rival"], number(row["us_per_pair"]), *recalls(row), f"{row['false_pairs']} of {row['strangers']}",
             *(seconds(row["seconds"][str(size)]) for size in result["sizes"])] for row in result["rivals"]]


def other_tables(result):
    """The output of other programs of bench/, field by field."""
    return [(name, [[field, number(value) if isinstance(value, (int, float)) else str(value)]
                    for field, value in result[name].items() if field != "schema"])
            for name in ("limits", "daily")]


def render(result):
    parts = [table(JOIN_HEAD, join_rows(result)), table(GROWTH_HEAD, growth_rows(result)),
             table(STAGE_HEAD, stage_rows(result)), table(INDEX_HEAD, index_rows(result)),
             table(rival_head(result), rival_rows(result))]
    parts += [table([name, "value"], rows) for name, rows in other_tables(result)]
    return "\n\n".join(parts)
