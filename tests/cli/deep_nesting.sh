#!/usr/bin/env bash
# Text nested 100,000 levels deep crashes no verb: it is refused by name before a parser recurses into it.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$music/a.flac"
convert "$music/a.flac" "$music/a.mp3" -b:a 192k
expect 0 echofold dedupe --format ndjson "$music"
cp "$work/out" "$work/plan"
expect 0 echofold apply "$work/plan"
verbs() { # every verb, with its arguments
  printf '%s\n' "scan $music" import pairs plan "apply $work/plan" "dedupe $music" review undo history "query $music/a.flac" \
    "compare $music/a.flac $music/a.flac" export "tune $work/labels" check "config show" "config path" stats "watch $music" organize \
    "tag --all --offline" verdicts "purge --older-than 1y"
}
too_deep() { # WHAT COMMAND...
  local what=$1
  shift
  expect 2 "$@"
  says "$what: it is nested more than 100 levels deep"
}
text() { python3 -c "import sys; sys.stdout.write($1)"; }

# A configuration: the user's, the project's, or a named one. 100 kB are enough to exhaust a stack.
mkdir -p "$work/project" "$HOME/.config/echofold"
touch "$work/labels"
text '"a." * 50000 + "a = 1\n"' >"$work/keys.toml"
text '"exclude = " + "[" * 100000 + "]" * 100000 + "\n"' >"$work/arrays.toml"
text '"a = " + "{a=" * 100000 + "1" + "}" * 100000 + "\n"' >"$work/tables.toml"
text '"[" + "a." * 50000 + "a]\nb = 1\n"' >"$work/header.toml"
text '"[" + "a." * 60 + "a]\n" + "b." * 60 + "b = {" + "c." * 60 + "c = 1}\n"' >"$work/sum.toml"
for kind in keys arrays tables header sum; do
  too_deep "$work/$kind.toml" echofold --config "$work/$kind.toml" history
  too_deep "$work/$kind.toml" env ECHOFOLD_CONFIG="$work/$kind.toml" "$ECHOFOLD" --db "$db" undo
  cp "$work/$kind.toml" "$work/project/echofold.toml"
  (cd "$work/project" && too_deep "$work/project/echofold.toml" echofold undo)
done
while read -r verb; do
  # shellcheck disable=SC2086  # verb and arguments
  (cd "$work/project" && too_deep "$work/project/echofold.toml" echofold $verb)
done < <(verbs)
cp "$work/keys.toml" "$HOME/.config/echofold/config.toml"
too_deep "$HOME/.config/echofold/config.toml" echofold undo
rm "$HOME/.config/echofold/config.toml"

# Text that only looks deep is accepted.
text '"# " + "a." * 50000 + "[" * 50000 + "\nexclude = [\"" + "[" * 5000 + "\", \x27" + "a.{" * 5000 + "\x27]\n"' >"$work/shallow.toml"
expect 0 echofold --config "$work/shallow.toml" undo
expect 0 echofold apply "$work/plan"

# A plan.
for inner in '"[" * 100000 + "]" * 100000' '"{\"a\":" * 100000 + "1" + "}" * 100000' '"[" * 100000'; do
  head -c -2 "$work/plan" >"$work/deep"
  text "',\"more\":' + $inner + '}\n'" >>"$work/deep"
  too_deep "$work/deep: line 1 of the plan" echofold apply "$work/deep"
  echofold apply -n - <"$work/deep" >"$work/out" 2>"$work/err" && code=0 || code=$?
  [ $code -eq 2 ] || fail "exit code $code instead of 2"
  says "levels deep"
done
text '"[" * 100000' >"$work/deep"
expect 2 echofold apply "$work/deep"
says "levels deep"

# Lines to import: the deep one is a bad line, the next one is imported.
text "'{\"path\":\"/x\",\"duration\":9,\"fingerprint\":[1,2,3],\"more\":' + '[' * 100000 + ']' * 100000 + '}\n'" >"$work/lines"
echo '{"path":"/y","duration":9,"fingerprint":[1,2,3]}' >>"$work/lines"
text "'[' * 100000 + '\n' + '{\"fingerprint\":' * 100000 + '\n'" >>"$work/lines"
expect 1 echofold import "$work/lines"
says "$work/lines:1: it is nested more than 100 levels deep"
says "$work/lines:3: it is nested"
says "$work/lines:4: it is nested"
says "1 imported"
text "'{\"path\":\"/' + '[{' * 50000 + '\",\"duration\":9,\"fingerprint\":[1,2,3]}'" >"$work/lines"
expect 0 echofold import "$work/lines"

# Labels.
text "'{\"a\":\"x\",\"b\":\"y\",\"label\":\"same\",\"more\":' + '[' * 100000 + ']' * 100000 + '}\n'" >"$work/labels"
too_deep "$work/labels:1" echofold tune "$work/labels"
text "'a,b,label\n' + '[' * 100000 + ',' + '{' * 100000 + ',same\n'" >"$work/labels"
expect 1 echofold tune "$work/labels" # names two files that do not exist

# A naming template.
text '"organize.template = \"" + "[" * 2000 + "{title}" + "]" * 2000 + "\"\n"' >"$work/template.toml"
expect 2 echofold --config "$work/template.toml" organize
says "too deep"
