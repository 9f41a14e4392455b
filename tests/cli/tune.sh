#!/usr/bin/env bash
# tune: labels in two formats and from the library, the sweep, thresholds in the configuration file.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
for seed in 1 2 3; do
  song $seed "$music/$seed.flac" 60
  convert "$music/$seed.flac" "$music/$seed.mp3" -b:a 128k -ss 0.3
done
# Half of another song after the first half: an edit.
ffmpeg -nostdin -v error -y -t 30 -i "$music/1.flac" -ss 30 -i "$music/2.flac" -filter_complex '[0][1]concat=n=2:v=0:a=1' "$music/edit.flac"
cat >"$music/labels.csv" <<'CSV'
a,b,label,treatment
1.flac,1.mp3,same,mp3
2.flac,2.mp3,same,mp3
"3.flac","3.mp3",same,mp3
1.flac,edit.flac,edit,joined
1.flac,2.flac,different,
2.mp3,3.flac,different,
CSV

# Without a library; the same result for one thread and two, from CSV and NDJSON.
expect 0 echofold --threads 1 tune --format ndjson "$music/labels.csv"
json 'all(r["schema"] == "echofold.sweep/1" for r in rows[:-1]) and rows[-1]["schema"] == "echofold.thresholds/1"'
json '{r["threshold"] for r in rows[:-1]} == {"auto_similarity", "review_similarity"} and rows[-1]["not_same"] == 3'
json '[(r["recall"], r["precision"], r["wrong"]) for r in rows if r.get("threshold") == "auto_similarity" and r["value"] == 0.98] == [(1, 1, 0)]'
json 'abs(rows[-1]["rate_high"] - (1 - 0.025 ** (1 / 3))) < 1e-9 and not rows[-1]["shown"] and rows[-1]["auto_similarity"] == 0.98'
cp "$work/out" "$work/reference"
[ ! -e "$db" ] || fail "a library was made"
expect 0 echofold --threads 2 tune --format ndjson "$music/labels.csv"
cmp "$work/reference" "$work/out" || fail "two threads say something else"
python3 - "$music" <<'PY' >"$work/labels.ndjson"
import base64, csv, json, sys
for row in csv.DictReader(open(sys.argv[1] + "/labels.csv", newline="")):
    print(json.dumps({"a": f"{sys.argv[1]}/{row['a']}", "label": row["label"],
                      "b_base64": base64.b64encode(f"{sys.argv[1]}/{row['b']}".encode()).decode()}))
PY
expect 0 echofold tune --format ndjson "$work/labels.ndjson"
cmp "$work/reference" "$work/out" || fail "NDJSON says something else than CSV"
expect 0 echofold tune "$music/labels.csv"
says "too few to show that rate: it is not lowered"
expect 0 echofold tune --format csv "$music/labels.csv"
says "threshold,value,recall,precision"

# With a library: known files are not decoded again, so they may be gone.
expect 0 echofold scan "$music"
mkdir "$work/away"
mv "$music"/*.flac "$music"/*.mp3 "$work/away"
expect 0 echofold tune --format ndjson "$music/labels.csv"
cmp "$work/reference" "$work/out" || fail "stored fingerprints say something else"
mv "$work/away"/* "$music"

# A rate that three pairs can prove: lowered, written, the rest of the file unchanged, and effective at once.
config=$work/config.toml
printf '# mine\r\nthreads = 1 # one\r\n\r\nauto_similarity=0.9999 # careful\r\n' >"$config"
cp "$config" "$work/config.before"
ln -s "$config" "$work/link.toml"
expect 0 echofold pairs --format ndjson --config "$config"
json 'not any(r["band"] == "auto" for r in rows)'
expect 0 echofold --config "$work/link.toml" tune --false-moves 0.5 "$music/labels.csv"
cmp "$config" "$work/config.before" || fail "written without --write"
python3 - "$music" <<'PY' >"$work/many.csv"
import itertools, sys
print("a,b,label")
for n in "123": print(f"{sys.argv[1]}/{n}.flac,{sys.argv[1]}/{n}.mp3,same")
for a, b in itertools.combinations("123", 2):
    for x, y in itertools.product(("flac", "mp3"), repeat=2): print(f"{sys.argv[1]}/{a}.{x},{sys.argv[1]}/{b}.{y},different")
PY
expect 0 echofold --config "$work/link.toml" tune --false-moves 0.3 --write "$work/many.csv"
[ -L "$work/link.toml" ] || fail "the link was replaced"
python3 - "$config" <<'PY' || { cat "$config"; fail "the configuration file is not as it should be"; }
import re, sys
text = open(sys.argv[1], newline="").read()
sys.exit(not re.fullmatch(r"# mine\r\nthreads = 1 # one\r\n\r\nauto_similarity=0\.9 # careful\r\nreview_similarity = 0\.9\r\n", text))
PY
ls "$work" | grep -q '\.new\.' && fail "a temporary file was left"
expect 0 echofold pairs --format ndjson --config "$config"
json 'sum(r["band"] == "auto" for r in rows) == 3'
expect 0 echofold plan --format ndjson --config "$config"
json 'sum(d["action"] == "move" for r in rows for d in r["drop"]) == 3'
mkdir "$work/xdg"
expect 0 env XDG_CONFIG_HOME="$work/xdg" "$ECHOFOLD" --db "$db" tune --write "$music/labels.csv"
grep -qx 'auto_similarity = 0.98' "$work/xdg/echofold/config.toml" || fail "no configuration file was made"

# Unreadable or contradictory lines are refused by number; a file that can't be decoded is named.
refused() { printf '%b' "$1" >"$work/bad.csv"; expect 2 echofold tune "$work/bad.csv"; says "$work/bad.csv$2"; }
refused 'a,b,label\nx,y,same\ny,x,edit\n' ':3: contradicts line 2'
refused 'a,b,label\nx,y,alike\n' ':2: `alike` is not a label'
refused 'a,b\nx,y\n' ':1: the header has no column `label`'
refused 'a,b,label\nx,y\n' ':2: 2 cells'
refused 'a,b,label\n' ': holds no labelled pair'
refused '{"a":"x","b":"y","label":"same"}\n{"a":"x"\n' ':2: '
expect 2 echofold tune "$work/none.csv"
expect 2 echofold tune
expect 2 echofold tune --false-moves 2 "$music/labels.csv"
expect 2 echofold tune --html "$music/1.flac" "$music/labels.csv"
says "is not a report"
echo text >"$music/text.mp3"
printf 'a,b,label\n1.flac,1.mp3,same\n1.flac,text.mp3,same\n' >"$music/some.csv"
expect 1 echofold tune "$music/some.csv"
says "$music/text.mp3"
says "Left out: 1 pair"

# The folder of a labelled library: pairs without a label are different.
cat >"$music/manifest.csv" <<'CSV'
file,track
1.flac,one
1.mp3,one
2.flac,two
2.mp3,two
3.flac,three
3.mp3,three
edit.flac,one+two
CSV
expect 0 echofold tune --format ndjson "$music"
json 'rows[-1]["not_same"] == 12 + 2 + 1'
echo '1.flac,text.mp3,different,' >>"$music/labels.csv"
expect 2 echofold tune "$music"
says "text.mp3 is not in"

# Verdicts.
expect 10 "$ECHOFOLD" --db "$work/nowhere" tune --verdicts
expect 2 echofold tune --verdicts
says "no verdicts yet"
