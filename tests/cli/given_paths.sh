#!/usr/bin/env bash
# Paths in flags, variables and files: `~` is the home folder everywhere, and a path that does not exist is refused,
# with the nearest name, before anything is done.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
mkdir -p "$HOME/Music/Albums" "$HOME/Music/New"
song 1 "$HOME/Music/Albums/a.mp3" 20
convert "$HOME/Music/Albums/a.mp3" "$HOME/Music/New/a.flac"

# For every verb that takes paths: exit 2, with the nearest existing name.
expect 2 echofold scan "$HOME/Musik"
says "no such file or folder: $HOME/Musik (did you mean \`$HOME/Music\`?)"
[ ! -e "$db" ] || fail "a library was made for nothing"
expect 0 echofold scan '~/Music'
refuses() { # TEXT COMMAND...
  local text=$1
  shift
  expect 2 echofold "$@"
  says "$text"
}
refuses 'no such folder: ~/Music/Albms (did you mean `~/Music/Albums`?)' dedupe --protect=~/Music/Albms '~/Music'
refuses 'no such file or folder: ~/Misic/New (did you mean `~/Music/New`?)' dedupe '~/Misic/New'
refuses 'no such file or folder: nothere' organize nothere
refuses '(did you mean `' organize "$HOME/Music/Albms"
refuses 'no such file or folder: ~/Music/Albms' tag '~/Music/Albms' --offline
refuses '(did you mean `~/Music`?)' watch '~/Musik'
refuses '(did you mean `~/Music/New/a.flac`?)' query '~/Music/New/b.flac'
refuses '(did you mean `~/Music/New/a.flac`?)' compare '~/Music/New/a.flac' '~/Music/New/a.flacc'
refuses 'no such file: plan.ndjson' apply plan.ndjson
refuses 'no such file: ~/prints' import '~/prints'
refuses 'no such file or folder: labels.csv' tune labels.csv
refuses 'no such folder: ~/Musik' export --format m3u --relative=~/Musik
refuses 'no such file: list.txt' scan --files-from list.txt
refuses '--protect: ' plan --protect "$HOME/Nowhere"
refuses "is not a folder" plan --protect "$HOME/Music/New/a.flac"

# `~` works in every source of the setting.
stays() { json 'len(rows) == 1 and rows[0]["keep"]["path"].endswith("Albums/a.mp3")'; }
expect 0 echofold plan --protect=~/Music/Albums --format ndjson
json 'len(rows) == 1 and "protected" in rows[0]["keep"]["why"] + rows[0]["drop"][0]["why"]'
expect 0 env ECHOFOLD_PROTECT='~/Music/New:~/Music/Albums' "$ECHOFOLD" --db "$db" plan --format ndjson
json 'rows[0]["drop"][0]["action"] == "none"'
mkdir -p "$HOME/.config/echofold" "$work/project"
echo 'protect = ["~/Music/Albms"]' >"$HOME/.config/echofold/config.toml"
refuses "config.toml:1: no such folder: ~/Music/Albms (did you mean" plan
rm "$HOME/.config/echofold/config.toml"
echo 'protect = ["~/Music/Albums", "sub"]' >"$work/project/echofold.toml"
mkdir "$work/project/sub"
(cd "$work/project" && expect 0 "$ECHOFOLD" --db "$db" plan --format ndjson)
json '"protected" in rows[0]["keep"]["why"] + rows[0]["drop"][0]["why"]'

# The set-aside folder from a file, and the location of the library.
echo 'dups = "~/Dups"' >"$HOME/.config/echofold/config.toml"
cd "$work"
expect 0 echofold dedupe --apply '~/Music'
[ -n "$(find "$HOME/Dups" -name 'a.flac')" ] || fail "not in the home folder"
[ ! -e "$work/~" ] && [ ! -e "$HOME/Music/~" ] || fail "a folder of the name ~ was made"
expect 0 echofold undo
expect 0 "$ECHOFOLD" --db='~/lib' scan '~/Music'
[ -d "$HOME/lib" ] && [ ! -e '~' ] || fail "the library is not in the home folder"
expect 0 env ECHOFOLD_DB='~/lib' "$ECHOFOLD" stats
expect 0 env ECHOFOLD_CONFIG='~/.config/echofold/config.toml' "$ECHOFOLD" --db "$db" config show
says '~/Dups'
expect 0 "$ECHOFOLD" --db "$db" --config '~/.config/echofold/config.toml' config show
says '~/Dups'

# A folder that the library knows is absent, not misspelt: the guard and watch handle it.
mv "$HOME/Music" "$HOME/Unplugged"
code=0
echofold scan "$HOME/Music" >"$work/out" 2>"$work/err" || code=$?
[ "$code" -ne 2 ] || fail "a root that is away is taken for a slip"
expect 0 echofold plan --protect=~/Music/Albums
expect 0 echofold organize '~/Music/Albums'
expect 0 echofold stats
