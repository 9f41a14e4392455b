#!/usr/bin/env bash
# Flag > environment > project's file > user's file > default. A project's file can't do harm unnoticed.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
project=$work/project
mkdir -p "$project/deep/er" "$HOME/.config/echofold"
user=$HOME/.config/echofold/config.toml
cd "$project/deep/er"
show() { expect 0 "$ECHOFOLD" "$@" config show --format ndjson; }
is() { json "[(r['value'], r['origin'], r['where']) for r in rows if r['key'] == '$1'] == [($2, '$3', $4)]"; }

show
is threads None default None
is db "'$HOME/.local/share/echofold'" default None
printf 'threads = 1\nlength = 60\nexclude = ["u"]\n[format]\nscan = "ndjson"\n' >"$user"
show
is threads 1 user "'$user:1'"
is format.scan "'ndjson'" user "'$user:5'"
printf '# of this folder\nthreads = 2\ndb = "lib"\nprotect = ["masters", "/x"]\n' >"$project/.echofold.toml"
show
is threads 2 project "'$project/.echofold.toml:2'"
says "with the settings of $project/.echofold.toml"
is length 60 user "'$user:2'"
is db "'$project/lib'" project "'$project/.echofold.toml:3'"
is protect "['$project/masters', '/x']" project "'$project/.echofold.toml:4'"
export ECHOFOLD_THREADS=3 ECHOFOLD_EXCLUDE=a:b
show
is threads 3 environment "'ECHOFOLD_THREADS'"
is exclude "['a', 'b']" environment "'ECHOFOLD_EXCLUDE'"
show --threads 4 -q
is threads 4 flag "'--threads'"
is verbosity "'quiet'" flag "'--quiet'"
ECHOFOLD_THREADS=none expect 2 "$ECHOFOLD" config show
says "ECHOFOLD_THREADS must be a whole number"
unset ECHOFOLD_THREADS ECHOFOLD_EXCLUDE

# --config replaces both files.
printf 'color = "never"\n' >"$work/only.toml"
show --config "$work/only.toml"
is threads None default None
is color "'never'" user "'$work/only.toml:1'"
ECHOFOLD_CONFIG=$work/only.toml expect 0 "$ECHOFOLD" config path
says "$work/only.toml"

# Shown as TOML, which is accepted unchanged.
expect 0 "$ECHOFOLD" config show
cp "$work/out" "$work/printed.toml"
expect 0 "$ECHOFOLD" --config "$work/printed.toml" config show
cmp "$work/out" "$work/printed.toml" || fail "what config show prints is not what it was"
expect 0 "$ECHOFOLD" config show --origin
says "# project $project/.echofold.toml:2"
expect 0 "$ECHOFOLD" config path
says "project  $project/.echofold.toml"
says "user     $user"

# The nearest file is used, and the one that is not hidden.
printf 'threads = 9\n' >"$project/deep/echofold.toml"
printf 'threads = 8\n' >"$project/deep/.echofold.toml"
show
is threads 9 project "'$project/deep/echofold.toml:1'"

# Only the user's file may set what decides about moves.
for line in 'auto_similarity = 0.1' 'dups = "/tmp"'; do
  printf '%s\n' "$line" >"$project/deep/echofold.toml"
  expect 2 "$ECHOFOLD" config show
  says "$project/deep/echofold.toml:1: \`${line%% *}\` can't be set by a project: it belongs in $user"
done
printf 'threads = 9\n' >"$project/deep/echofold.toml"
chmod o+w "$project/deep/echofold.toml"
show
is threads 1 user "'$user:1'"
says "$project/deep/echofold.toml is not used: anybody may write to it"
rm "$project/deep/echofold.toml" "$project/deep/.echofold.toml" "$project/.echofold.toml"

refused() { printf '%b' "$1" >"$user"; expect 2 "$ECHOFOLD" config show; says "$user:$2"; }
refused '\nthraeds = 2\n' "2: unknown key \`thraeds\` (did you mean \`threads\`?)"
refused '[format]\nscna = "csv"\n' "2: unknown key \`format.scna\` (did you mean \`format.scan\`?)"
refused 'format.scan = "csv"\n' "1: \`format.scan\` must be one of table, ndjson"
refused 'allow_vanished = true\n' "1: unknown key"
rm "$user"

# A typo in a variable's name is reported; unknown variables are ignored.
ECHOFOLD_THRAEDS=2 ECHOFOLD_MY_OWN_THING=1 expect 0 "$ECHOFOLD" config show
says "ECHOFOLD_THRAEDS in the environment is not a setting: did you mean ECHOFOLD_THREADS?"
grep -q MY_OWN "$work/err" && fail "complains of a variable that is nobody's slip"

# Each verb can have its own format.
song 1 "$music/a.flac"
printf 'format.scan = "ndjson"\n' >"$user"
expect 0 "$ECHOFOLD" scan "$music"
json 'rows[0]["status"] == "fingerprinted"'
expect 0 "$ECHOFOLD" scan --format table "$music"
says "1 unchanged"
expect 0 "$ECHOFOLD" export
grep -q '^id,\|,path,\|path' "$work/out" || fail "another verb's format was used"
