"""The result as one self-contained page: no script, nothing from the network, well-formed XML."""

import math
from xml.sax.saxutils import escape

from scoring import charts
from scoring.page import STYLE, paragraph, section, table

from . import text

COLOURS = charts.COLOURS


def about(result):
    machine = result["machine"]
    return table(["what", "value"], [
        ["commit", machine["commit"]],
        ["processor", f"{machine['cpu']}, {machine['cores']} cores, {machine['system']}"],
        ["compiler, kernel", f"{machine['compiler']}, {machine['kernel']}"],
        ["measured", machine["measured_at"]],
        ["rounds", str(result["rounds"])]], "name")


def harsh(row):
    return f"harsh copies {text.percent(row['recall'].get('harsh'))} %"


def ways(result):
    """All pairs of the largest library that the plain join processed, by every method; logarithmic from 1 s on."""
    size = max((row["tracks"] for row in result["joins"] if "plain_join" in row), default=None)
    if size is None:
        return ""
    join = next(row for row in result["joins"] if row["tracks"] == size)
    rows = [("echofold", join["ours"]["seconds"]["wall"], harsh(join["ours"])),
            ("plain join", join["plain_join"]["seconds"]["wall"], harsh(join["plain_join"]))]
    rows += [(f"{row['rival']} *", row["seconds"][str(size)], harsh(row)) for row in result["rivals"]
             if str(size) in row["seconds"]]
    bars = [(name, max(math.log10(seconds), 0.05), f"{text.seconds(seconds)}, {note}") for name, seconds, note in rows]
    return section(f"All pairs of {size:,} tracks", charts.bars("chart-ways", bars, COLOURS["other"]),
                   paragraph("The length is the logarithm of the time. * reckoned from what one pair costs."))


def joins(result):
    bars = [(f"{text.number(row['tracks'])}, {name}", row[key]["seconds"]["wall"],
             f"{text.seconds(row[key]['seconds']['wall'])}, {harsh(row[key])}")
            for row in result["joins"] for name, key in (("echofold", "ours"), ("plain join", "plain_join"))
            if key in row]
    return section("By size", charts.bars("chart-joins", bars, COLOURS["auto"]),
                   table(text.JOIN_HEAD, text.join_rows(result)),
                   charts.bars("chart-growth", [(row[0], float(row[1]), row[1]) for row in text.growth_rows(result)],
                               COLOURS["related"]),
                   table(text.GROWTH_HEAD, text.growth_rows(result)))


def stages(result):
    bars = [(row["stage"], row["thread_s"], f"{row['thread_s']:.2f} s, the machine's least {row['least_s']:.2f} s")
            for row in result["stages"]]
    return section("Where the time goes", charts.bars("chart-stages", bars, COLOURS["review"]),
                   table(text.STAGE_HEAD, text.stage_rows(result)))


def indexes(result):
    bars = [(row["index"], row["items_per_s"], f"{row['items_per_s']:,.0f}/s, {harsh(row)}") for row in result["indexes"]]
    return section("Items looked up a second, one core", charts.bars("chart-indexes", bars, COLOURS["auto"]),
                   table(text.INDEX_HEAD, text.index_rows(result)))


def rivals(result):
    return section("Pair by pair", table(text.rival_head(result), text.rival_rows(result)))


def others(result):
    return "\n".join(section(name.capitalize(), table(["what", "value"], rows, "name"))
                     for name, rows in text.other_tables(result))


def render(result):
    title = "echofold: scale"
    body = [f"<h1>{escape(title)}</h1>", about(result), ways(result), joins(result), stages(result), indexes(result),
            rivals(result), others(result)]
    return ("<!DOCTYPE html>\n" f'<html lang="en"><head><meta charset="utf-8"/><title>{escape(title)}</title>'
            f"<style>{STYLE}</style></head>\n<body>\n" + "\n".join(body) + "\n</body></html>\n")
