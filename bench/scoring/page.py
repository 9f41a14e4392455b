"""The result as one self-contained page: no script, nothing from the network, well-formed XML."""

from xml.sax.saxutils import escape

from . import charts, text

STYLE = """
body { font: 14px/1.5 sans-serif; max-width: 1100px; margin: 2em auto; padding: 0 1em; color: #222; }
h1, h2 { font-weight: 600; } h2 { margin-top: 2em; }
table { border-collapse: collapse; margin: 1em 0; font-variant-numeric: tabular-nums; }
th, td { padding: 2px 10px; border-bottom: 1px solid #ddd; text-align: right; }
th:first-child, td:first-child { text-align: left; }
td.name { text-align: left; word-break: break-all; }
svg.chart { max-width: 100%; height: auto; font: 12px sans-serif; }
"""


def table(head, rows, cell_class=None):
    cell = f'<td class="{cell_class}">' if cell_class else "<td>"
    lines = ["<tr>" + "".join(f"<th>{escape(name)}</th>" for name in head) + "</tr>"]
    lines += ["<tr>" + "".join(f"{cell}{escape(value)}</td>" for value in row) + "</tr>" for row in rows]
    return "<table>\n" + "\n".join(lines) + "\n</table>"


def section(title, *parts):
    return "\n".join([f"<h2>{escape(title)}</h2>", *parts])


def paragraph(words):
    return f"<p>{escape(words)}</p>"


def about(result):
    machine, library = result["machine"], result["library"]
    counts = lambda numbers: ", ".join(f"{count} {name}" for name, count in numbers.items())
    rows = [["library", f"{library['name']}, {library['files']} files ({counts(library['statuses'])}), digest "
                        f"{library['digest'][:16]}"],
            ["half of the music", result["half"]],
            ["labelled pairs", counts(library["labels"])],
            ["commit", machine["commit"]],
            ["processor", f"{machine['cpu']}, {machine['cores']} cores, {machine['system']}"],
            ["compiler, kernel", f"{machine['compiler']}, {machine['kernel']}"],
            ["measured", machine["measured_at"]],
            ["seconds", ", ".join(f"{stage} {seconds:g}" for stage, seconds in result["seconds"].items())]]
    return table(["what", "value"], rows, "name")


def goals(result):
    halves = result["goals_by_half"]
    return section("Goals", table(text.GOAL_HEAD, [text.goal_cells(row) for row in result["goals"]]),
                   *([table(text.HALF_HEAD, text.half_rows(halves))] if halves else []))


def treatments(result):
    rows = result["treatments"]
    return section("Each treatment",
                   charts.bands("chart-bands", rows), charts.similarities("chart-similarity", rows),
                   table(text.TREATMENT_HEAD, [text.treatment_cells(row) for row in rows]))


def negatives(result):
    numbers = result["negatives"]
    by_decile = lambda field, count: [
        (f"{row['changed_bits_from']:.2f} .. {row['changed_bits_to']:.2f}", row[field],
         f"{text.number(row[field])} ({row[count]})") for row in numbers["deciles"]]
    return section("What must not match, by sparseness (changed bits an item)",
                   paragraph("False pairs per million:"),
                   charts.bars("chart-false-pairs", by_decile("false_pairs_per_million", "false_pairs"),
                               charts.COLOURS["bad"]),
                   paragraph("False moves per 1,000 moves:"),
                   charts.bars("chart-false-moves", by_decile("false_moves_per_1000", "false_moves"),
                               charts.COLOURS["bad"]),
                   table(text.NEGATIVE_HEAD, text.negative_rows(numbers)),
                   paragraph(f"False pairs by band: {numbers['bands']}; listed as insufficient, which is no claim: "
                             f"{numbers['insufficient']}."))


def pair_table(rows):
    head = ["a", "b", "band", "relation", "guard", "similarity"]
    return table(head, [[row["a"], row["b"], row["band"] or "-", row["relation"] or "not listed", row["guard"] or "-",
                         text.cut(row["similarity"])] for row in rows], "name")


def rivals(result):
    rows = result["rivals"]
    if not rows:
        return ""
    found = [(row["rival"], row["found_of_same"], f"{text.percent(row['found_of_same'])} %, "
              f"{text.number(row['false_pairs_per_million'])} false per million") for row in rows]
    return section("Rivals on the same fingerprints", charts.bars("chart-rivals", found, charts.COLOURS["other"]),
                   table(text.RIVAL_HEAD, [text.rival_cells(row) for row in rows]),
                   paragraph("Found at the rival's own threshold, %:"), found_by_treatment(rows))


def found_by_treatment(rows):
    """All rivals have the same treatments in the same order."""
    return table(["treatment", "label", "n"] + [row["rival"] for row in rows],
                 [[cells[0]["treatment"], cells[0]["label"], text.number(cells[0]["n"])]
                  + [text.percent(cell["found"]) for cell in cells]
                  for cells in zip(*(row["treatments"] for row in rows))])


def render(result):
    title = f"echofold: accuracy on {result['library']['name']}"
    body = [f"<h1>{escape(title)}</h1>", about(result), goals(result), treatments(result), negatives(result),
            rivals(result),
            section("Listed although they must not match", pair_table(result["negatives"]["listed"])),
            section("Labelled pairs that are not where they belong", pair_table(result["misses"][:200]))]
    if result["candidates_missed"] is not None:
        body.append(section("Related by the exhaustive search alone",
                            table(["a", "b"], result["candidates_missed"][:200], "name")))
    return ("<!DOCTYPE html>\n" f'<html lang="en"><head><meta charset="utf-8"/><title>{escape(title)}</title>'
            f"<style>{STYLE}</style></head>\n<body>\n" + "\n".join(body) + "\n</body></html>\n")
