#!/usr/bin/env bash
# The configuration file: flags override it, and unknown keys and wrong values are refused with their line.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$music/a.flac"
song 2 "$music/b.flac"
config=$work/config.toml
printf 'db = "%s"\nexclude = ["b.*"]\n' "$work/other" >"$config"
expect 0 "$ECHOFOLD" --config "$config" scan --format ndjson "$music"
json 'len(rows) == 1 and rows[0]["path"].endswith("/a.flac")'
[ -d "$work/other" ] || fail "db of the configuration file was not used"
expect 0 "$ECHOFOLD" --config "$config" --db "$db" scan --exclude 'a.*' --format ndjson "$music"
json 'len(rows) == 1 and rows[0]["path"].endswith("/b.flac")'
mkdir -p "$HOME/.config/echofold"
printf 'db = "%s"\n' "$work/third" >"$HOME/.config/echofold/config.toml"
expect 0 "$ECHOFOLD" scan "$music"
[ -d "$work/third" ] || fail "the user's configuration file was not read"
refused() { printf '%s\n' "$1" >"$config"; expect 2 "$ECHOFOLD" --config "$config" scan "$music"; says "$config:"; says "$2"; }
refused 'thraeds = 2' thraeds
refused 'threads = "two"' threads
refused 'auto_similarity = 1.5' auto_similarity
refused 'exclude = "x"' exclude
refused 'threads = ' "$config:1"
expect 2 "$ECHOFOLD" --config "$work/none.toml" scan "$music"
says "$work/none.toml"
