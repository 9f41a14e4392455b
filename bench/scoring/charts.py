"""Charts as inline SVG, well-formed XML; each is one function of rows."""

import math
from xml.sax.saxutils import escape

WIDTH, LABEL, BAR, GAP = 860, 250, 16, 8
COLOURS = {"auto": "#2a7f62", "review": "#e0a526", "related": "#7a8fb8", "missed": "#c8c8c8", "bad": "#b3372f",
           "other": "#4a6fa5"}


def svg(name, height, parts):
    head = (f'<svg id="{name}" class="chart" xmlns="http://www.w3.org/2000/svg" role="img" '
            f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}">')
    return "\n".join([head, *parts, "</svg>"])


def rect(x, y, width, height, colour, title):
    return (f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}" fill="{colour}">'
            f"<title>{escape(title)}</title></rect>")


def line(x1, y1, x2, y2, colour="#999"):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'


def words(x, y, text, anchor="start"):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def legend(entries, y):
    parts, x = [], LABEL
    for colour, name in entries:
        parts += [rect(x, y, 12, 12, colour, name), words(x + 17, y + 11, name)]
        x += 35 + 7 * len(name)
    return parts


def rows_below(count, top=30):
    return [top + place * (BAR + GAP) for place in range(count)]


def bands(name, rows):
    """Where the pairs of each treatment ended up, with a stroke for those that the candidate stage offered."""
    parts = legend([(COLOURS["auto"], "auto"), (COLOURS["review"], "review"), (COLOURS["related"], "related"),
                    (COLOURS["missed"], "not listed"), (COLOURS["bad"], "| offered as candidate")], 4)
    room = WIDTH - LABEL - 60
    for y, row in zip(rows_below(len(rows)), rows):
        parts.append(words(LABEL - 8, y + 13, f"{row['treatment']} ({row['label']})", "end"))
        x = LABEL
        counts = dict(row["bands"])
        counts["missed"] = row["n"] - sum(counts.values())
        for band, count in counts.items():
            width = room * count / row["n"]
            if count:
                parts.append(rect(x, y, width, BAR, COLOURS[band], f"{band}: {count} of {row['n']}"))
            x += width
        at = LABEL + room * row["candidates"]
        parts += [line(at, y - 3, at, y + BAR + 3, COLOURS["bad"]), words(WIDTH - 50, y + 13, f"n {row['n']}")]
    return svg(name, 40 + len(rows) * (BAR + GAP), parts)


def similarities(name, rows):
    """From the worst to the median similarity of listed pairs, with the two thresholds."""
    rows = [row for row in rows if row["similarity_worst"] is not None]
    floor = min([0.9] + [math.floor(row["similarity_worst"] * 20) / 20 for row in rows])
    room = WIDTH - LABEL - 60
    place = lambda value: LABEL + room * (value - floor) / (1 - floor)
    bottom = 30 + len(rows) * (BAR + GAP)
    parts = []
    for value, anchor in ((floor, "middle"), (0.95, "end"), (0.98, "middle"), (1, "start")):
        parts += [line(place(value), 22, place(value), bottom), words(place(value), 16, f"{value:.2f}", anchor)]
    for y, row in zip(rows_below(len(rows)), rows):
        worst, median = row["similarity_worst"], row["similarity_median"]
        parts += [words(LABEL - 8, y + 13, f"{row['treatment']} ({row['label']})", "end"),
                  rect(place(worst), y + 4, max(place(median) - place(worst), 2), BAR - 8, COLOURS["other"],
                       f"worst {worst:.4f}, median {median:.4f}")]
    return svg(name, bottom + 10, parts)


def bars(name, rows, colour):
    """Horizontal bars of (label, value or None, note)."""
    most = max([value for _, value, _ in rows if value] + [0]) or 1
    room = WIDTH - LABEL - 260  # space for the notes after the bars
    parts = []
    for y, (label, value, note) in zip(rows_below(len(rows), 8), rows):
        parts += [words(LABEL - 8, y + 13, label, "end"),
                  rect(LABEL, y, room * (value or 0) / most, BAR, colour, f"{label}: {note}"),
                  words(LABEL + room * (value or 0) / most + 6, y + 13, note)]
    return svg(name, 16 + len(rows) * (BAR + GAP), parts)
