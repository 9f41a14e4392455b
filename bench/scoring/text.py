"""The result as tables for a terminal."""


def percent(value):
    return "-" if value is None else f"{value * 100:.2f}".rstrip("0").rstrip(".")


def number(value):
    if value is None or isinstance(value, int):
        return "-" if value is None else f"{value:,}"
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def cut(value):
    return "-" if value is None else f"{value:.4f}"


def table(head, rows):
    """Columns as wide as they need to be; the first is left-aligned, the others right-aligned."""
    cells = [head] + rows
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    lines = []
    for row in cells:
        first, *others = (cell.ljust(width) if column == 0 else cell.rjust(width)
                          for column, (cell, width) in enumerate(zip(row, widths)))
        lines.append("  ".join([first, *others]).rstrip())
    lines.insert(1, "-" * len(lines[0]))
    return "\n".join(lines)


TREATMENT_HEAD = ["treatment", "family", "label", "n", "candidate %", "auto %", "auto+review %", "right %", "wrong",
                  "median", "worst"]


def treatment_cells(row):
    return [row["treatment"], row["family"], row["label"], number(row["n"]), percent(row["candidates"]),
            percent(row["auto"]), percent(row["auto_or_review"]), percent(row["right_relation"]),
            number(row["wrong_relation"]), cut(row["similarity_median"]), cut(row["similarity_worst"])]


GOAL_HEAD = ["goal", "of", "%", "95 % interval", "wanted", "met"]


def goal_cells(row):
    low, high = row["interval"]
    met = {True: "yes", False: "NO", None: "-"}[row["met"]]
    return [row["goal"], f"{number(row['part'])} of {number(row['n'])}", percent(row["value"]),
            f"{percent(low)} .. {percent(high)}", f"{'>=' if row['at_least'] else '<='} {percent(row['wanted'])}", met]


HALF_HEAD = ["goal", "tuning", "%", "held out", "%"]


def half_rows(by_half):
    """Each goal in both halves of the music."""
    cell = lambda row: [f"{number(row['part'])} of {number(row['n'])}", percent(row["value"])]
    return [[one["goal"], *cell(one), *cell(two)] for one, two in zip(by_half["tuning"], by_half["held_out"])]


NEGATIVE_HEAD = ["changed bits an item", "pairs", "false", "per million", "auto moves", "false", "per 1,000"]


def negative_cells(name, row):
    return [name, number(row["pairs"]), number(row["false_pairs"]), number(row["false_pairs_per_million"]),
            number(row["moves"]), number(row["false_moves"]), number(row["false_moves_per_1000"])]


def negative_rows(negatives):
    rows = [negative_cells(f"{row['changed_bits_from']:.2f} .. {row['changed_bits_to']:.2f}", row)
            for row in negatives["deciles"]]
    return rows + [negative_cells("all", negatives)]


RIVAL_HEAD = ["program", "copies found %", "without a false one %", "false pairs", "of", "per million", "us a pair"]


def rival_cells(row):
    return [row["rival"], percent(row["found_of_same"]), percent(row["found_of_same_without_false"]),
            number(row["false_pairs"]), number(row["negatives"]), number(row["false_pairs_per_million"]),
            number(row["us_per_pair"])]


def listed_falsely(negatives):
    lines = [f"  {row['band']:8} {row['relation']:15} {row['similarity']:.4f}  {row['a']}  {row['b']}"
             for row in negatives["listed"]]
    return "\n".join(["listed although they must not match:", *lines]) if lines else "no false pair is listed"


def render(result):
    negatives, files = result["negatives"], result["library"]["statuses"]
    parts = [
        f"{result['library']['name']}: " + ", ".join(f"{count} {status}" for status, count in files.items()) +
        (f"; {result['half']} half" if result["half"] != "both" else ""),
        table(GOAL_HEAD, [goal_cells(row) for row in result["goals"]]),
        *([table(HALF_HEAD, half_rows(result["goals_by_half"]))] if result["goals_by_half"] else []),
        table(TREATMENT_HEAD, [treatment_cells(row) for row in result["treatments"]]),
        table(NEGATIVE_HEAD, negative_rows(negatives)),
        f"false pairs by band: {negatives['bands']}; listed as insufficient: {negatives['insufficient']}",
        listed_falsely(negatives),
    ]
    if result["rivals"]:
        parts.append(table(RIVAL_HEAD, [rival_cells(row) for row in result["rivals"]]))
    if result["candidates_missed"] is not None:
        parts.append(f"pairs that only the exhaustive search relates: {len(result['candidates_missed'])}")
    return "\n\n".join(parts)
