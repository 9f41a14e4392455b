#!/usr/bin/env bash
# Names with newlines, quotes, a leading dash or bytes that are not UTF-8 pass through the whole job and back.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$work/one.flac"
names=($'new\nline' 'quo"te'"'s" '-dash' $'latin\xe9' $'esc\x1b[31mred' ' blank ' '=formula' "$(printf 'x%.0s' {1..240})")
mkdir "$music/-sub"
for name in "${names[@]}"; do
  cp "$work/one.flac" "$music/-sub/$name.flac"
done
convert "$work/one.flac" "$music/-sub/copy.mp3" -b:a 320k
tree "$music" >"$work/before"
cd "$music"
expect 0 echofold dedupe --format ndjson -- -sub
json 'len(rows) == 1 and len(rows[0]["drop"]) == 8'
json 'any("path_base64" in d and __import__("base64").b64decode(d["path_base64"]).endswith(b"latin\xe9.flac") for d in rows[0]["drop"] + [rows[0]["keep"]])'
cp "$work/out" "$work/plan"
expect 0 echofold apply "$work/plan"
if grep -q $'\x1b' "$work/out" "$work/err"; then fail "a control character reached the terminal"; fi
[ "$(find "$music" -name .echofold-duplicates -prune -o -type f -printf x | wc -c)" -eq 1 ] || fail "not one copy is left"
expect 0 echofold export
expect 0 echofold undo
tree "$music" >"$work/after"
diff "$work/before" "$work/after" || fail "undo did not restore the tree"
