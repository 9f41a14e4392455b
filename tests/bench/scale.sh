#!/usr/bin/env bash
# bench/scale on small libraries: every table is there, and its recall is right.
. "$(dirname "${BASH_SOURCE[0]}")/../cli/lib.sh"

build=$(dirname "$(dirname "$ECHOFOLD")")
scale() { "$ECHOFOLD_SOURCE/bench/scale" --build "$build" --out "$work/runs" "$@"; }
expect 0 scale --sizes 2000,4000 --small 1000 --rounds 2 --work "$work/libraries"
says "ours, skewed"
says "string_ratio"

python3 - "$work"/runs/scale-*.json <<'PY' || { cat "$work/out" >&2; fail "the result is not what it should be"; }
import json, sys
r = json.load(open(sys.argv[1], encoding="utf-8"))
assert [row["tracks"] for row in r["joins"]] == [2000, 4000]
for row in r["joins"]:
    assert len(row["ours"]["seconds_of_rounds"]) == len(row["plain_join"]["seconds_of_rounds"]) == 2 and row["ratio"] > 0
    for name in ("ours", "plain_join"):
        assert row[name]["recall"]["codec"] == 1 and row[name]["recall"]["shifted"] == 1, row[name]
    assert row["ours"]["recall"]["harsh"] >= 0.95 > 0
assert r["skew"]["tracks"] == 4000 + 400 + 160 and r["skew"]["ours"]["recall"]["codec"] == 1
assert r["growth"][0]["seconds_per_track"] == 1 and len(r["growth"]) == 2
assert {row["stage"] for row in r["stages"]} == {"extract", "sort", "probe", "vote", "verify"}
assert abs(sum(row["share"] for row in r["stages"]) - 1) < 0.01 and all(row["thread_s"] >= 0 for row in r["stages"])
indexes = {row["index"]: row for row in r["indexes"]}
assert set(indexes) == {"echofold", "ivf_lists", "hash", "multihash", "ivf"}
assert indexes["hash"]["hits_per_item"] == indexes["echofold"]["hits_per_item"]
assert all(row["recall"]["codec"] == 1 for row in indexes.values())
rivals = {row["rival"]: row for row in r["rivals"]}
assert rivals["exhaustive"]["recall"]["codec"] == 1 and rivals["exhaustive"]["false_pairs"] == 0
assert rivals["string_ratio"]["recall"]["shifted"] < 0.5 and rivals["exhaustive"]["seconds"]["4000"] > 0
assert r["daily"]["all pairs, first time, s"] > 0 and r["daily"]["new_tracks copies_paired"] == 1
assert r["machine"]["commit"] and r["machine"]["kernel"] and r["limits"]["read_gb_per_s"] > 0
PY

python3 - "$work"/runs/scale-*.html <<'PY' || fail "the page is not what it should be"
import re, sys, xml.etree.ElementTree as tree
text = open(sys.argv[1], encoding="utf-8").read()
root = tree.fromstring(text.replace("<!DOCTYPE html>", ""))
svg = "{http://www.w3.org/2000/svg}"
charts = {chart.get("id"): chart for chart in root.iter(svg + "svg")}
assert set(charts) == {"chart-ways", "chart-joins", "chart-growth", "chart-stages", "chart-indexes"}, set(charts)
for name, chart in charts.items():
    assert max(float(bar.get("width")) for bar in chart.iter(svg + "rect")) > 0, name
assert len(list(root.iter("table"))) >= 7
links = re.findall(r"""(?:https?:)?//[^\s"'<]+""", text.replace('xmlns="http://www.w3.org/2000/svg"', ""))
assert not links and "<script" not in text and "@import" not in text, links
PY

expect 2 scale --sizes 500
expect 2 scale --sizes 2000 --main 4000
expect 1 "$ECHOFOLD_SOURCE/bench/scale" --build "$work/nothing" --sizes 2000 --out "$work/runs"
says "build it"
