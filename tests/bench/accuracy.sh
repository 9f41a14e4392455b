#!/usr/bin/env bash
# bench/accuracy on a library with known answers: the numbers, the effect of a wrong label, and the page.
. "$(dirname "${BASH_SOURCE[0]}")/../cli/lib.sh"

lib=$work/tiny
files=$lib/library
mkdir -p "$files"
song 1 "$files/one.flac" 60
song 2 "$files/two.flac" 60
song 3 "$files/three.flac"
song 4 "$files/four.flac"
convert "$files/one.flac" "$files/one.mp3" -b:a 128k
convert "$files/two.flac" "$files/two.mp3" -b:a 128k
convert "$files/one.flac" "$files/one_cut.ogg" -ss 0.2
convert "$files/one.flac" "$files/one_edit.flac" -t 35
ffmpeg -nostdin -v error -f lavfi -i anullsrc -t 30 "$files/silence.flac"

{
  echo file,track,source_package,source_version,licence,source_file,family,treatment,parameter,seed,sha256
  while read -r name track family; do echo "library/$name,$track,made,1,CC0,,$family,,,,"; done <<'FILES'
one.flac one original
one.mp3 one copy
one_cut.ogg one shifted
one_edit.flac one edit
two.flac two original
two.mp3 two copy
three.flac three original
four.flac four original
silence.flac silence negative
FILES
} >"$lib/manifest.csv"
cat >"$lib/labels.csv" <<'LABELS'
a,b,label,treatment,family
library/one.flac,library/one.mp3,same,mp3_128,copy
library/two.flac,library/two.mp3,same,mp3_128,copy
library/one.flac,library/one_cut.ogg,same,cut_200ms,shifted
library/one.flac,library/one_edit.flac,edit,radio_edit,edit
library/three.flac,library/four.flac,different,other,negative
LABELS

accuracy() { "$ECHOFOLD_SOURCE/bench/accuracy" "$@" --echofold "$ECHOFOLD" --db "$db" --out "$work/runs"; }
# result EXPRESSION: evaluates Python over the JSON `r`, the treatments by name `t` and the rivals by name `v`.
result() {
  python3 - "$work"/runs/accuracy-tiny-*.json "$1" <<'PY' || { cat "$work/out" >&2; fail "not true of the result: $1"; }
import json, sys
r = json.load(open(sys.argv[1], encoding="utf-8"))
t = {row["treatment"]: row for row in r["treatments"]}
v = {row["rival"]: row for row in r["rivals"]}
sys.exit(0 if eval(sys.argv[2]) else 1)
PY
}

expect 0 accuracy "$lib"
says "pairs that only the exhaustive search relates: 0"
result 'r["library"]["statuses"] == {"fingerprinted": 8, "silent": 1}'
result '[(n, t[n]["n"]) for n in t] == [("mp3_128", 2), ("cut_200ms", 1), ("radio_edit", 1)]'
result 'all(row["candidates"] == 1 and row["right_relation"] == 1 and row["wrong_relation"] == 0 for row in t.values())'
result 't["mp3_128"]["auto"] == 1 and t["cut_200ms"]["auto_or_review"] == 1 and t["radio_edit"]["auto_or_review"] == 0'
result 't["mp3_128"]["similarity_worst"] > 0.98 and t["mp3_128"]["similarity_median"] >= t["mp3_128"]["similarity_worst"]'
# 8 files: 6 pairs among the four of "one", and 1 of "two".
result 'r["negatives"]["pairs"] == 28 - 6 - 1 and r["negatives"]["false_pairs"] == 0'
result 'r["negatives"]["moves"] == 3 and r["negatives"]["false_moves"] == 0 and r["misses"] == []'
result 'r["machine"]["commit"] and r["machine"]["cpu"] and r["machine"]["compiler"] and r["machine"]["kernel"]'
result 'list(v) == ["string_ratio", "histogram_match", "exhaustive", "faiss_flat"]'
result 'v["exhaustive"]["found_of_same"] == 1 and v["exhaustive"]["false_pairs"] == 0 and r["candidates_missed"] == []'
result 'v["histogram_match"]["found_of_same"] == 1 and v["faiss_flat"]["found_of_same"] == 1'
result 'v["string_ratio"]["found_of_same"] < 1 and all(row["negatives"] == 21 for row in v.values())'

python3 - "$work"/runs/accuracy-tiny-*.html <<'PY' || fail "the page is not what it should be"
import re, sys, xml.etree.ElementTree as tree
text = open(sys.argv[1], encoding="utf-8").read()
root = tree.fromstring(text.replace("<!DOCTYPE html>", ""))
svg = "{http://www.w3.org/2000/svg}"
charts = {chart.get("id"): chart for chart in root.iter(svg + "svg")}
wanted = {"chart-bands", "chart-similarity", "chart-false-pairs", "chart-false-moves", "chart-rivals"}
assert set(charts) == wanted, set(charts)
for name, chart in charts.items():
    shown = [float(bar.get("width")) for bar in chart.iter(svg + "rect")]
    assert shown and (max(shown) > 0 or "false" in name), name
words = [text.text for text in charts["chart-bands"].iter(svg + "text")]
assert "mp3_128 (same)" in words and "radio_edit (edit)" in words, words
assert len(list(root.iter("table"))) >= 7
links = re.findall(r"""(?:https?:)?//[^\s"'<]+""", text.replace('xmlns="http://www.w3.org/2000/svg"', ""))
assert not links and "<script" not in text and "@import" not in text, links
PY

# The same library with one wrong label: a pair labelled as different is found and would be moved.
sed -i 's/two.mp3,same,mp3_128,copy/two.mp3,different,other,negative/' "$lib/labels.csv"
expect 0 accuracy "$lib" --rivals ""
says "listed although they must not match"
result 't["mp3_128"]["n"] == 1 and r["library"]["statuses"] == {"fingerprinted": 8, "silent": 1} and r["rivals"] == []'
result 'r["negatives"]["pairs"] == 22 and r["negatives"]["false_pairs"] == 1 and r["negatives"]["bands"]["auto"] == 1'
result 'r["negatives"]["false_moves"] == 1 and r["negatives"]["false_moves_per_1000"] == 333.3333'
result '[row["a"] for row in r["negatives"]["listed"]] == ["library/two.flac"]'
result 'sum(row["false_pairs"] for row in r["negatives"]["deciles"]) == 1'

# An existing library follows the folder: deleted files are not counted.
rm "$files/three.flac"
sed -i '/three.flac/d' "$lib/manifest.csv" "$lib/labels.csv"
expect 0 accuracy "$lib" --rivals exhaustive
result 'r["library"]["statuses"] == {"fingerprinted": 7, "silent": 1} and r["negatives"]["pairs"] == 21 - 6'
result 'v["exhaustive"]["false_pairs"] == 1 and v["exhaustive"]["found_of_same_without_false"] < 1'

# A file has changed since the pairs were made: the index file still has the track that is gone.
candidates=$(dirname "$ECHOFOLD")/../bench/bench_candidates
convert "$files/one.flac" "$files/one.mp3" -b:a 64k
expect 0 "$ECHOFOLD" --db "$db" --progress never scan "$files"
expect 0 "$candidates" "$db"
grep -q 'candidate/1.*/one.flac","b":".*/one.mp3"' "$work/out" || fail "the file as it is now is no candidate"

# Each pair on its own: the FLAC stays, and no question is asked.
expect 0 echofold --progress never pairs
expect 0 "$(dirname "$ECHOFOLD")/../bench/bench_decisions" "$db"
json '[(r["band"], r["better"], r["doubts"], r["level_doubts"], r["drop_hole"]) for r in rows if r.get("drop", "").endswith("two.mp3")] == [("auto", "lossless", [], [], None)]'

expect 2 accuracy "$music"
says "manifest.csv"
expect 2 accuracy "$lib" --rivals guesswork
expect 1 "$ECHOFOLD_SOURCE/bench/accuracy" "$lib" --echofold "$work/nothing" --out "$work/runs"
says "build it"
