#!/usr/bin/env bash
# Hazard: one file under several paths. With a path given twice, a link, a bind mount or hard links, no file counts as
# its own copy, and one of two copies always remains.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$music/a.flac"
convert "$music/a.flac" "$music/a.mp3" -b:a 192k
ln "$music/a.flac" "$music/linked.flac"
tree "$music" >"$work/before"

# there_and_back WHAT PATH...: one group of two files; the loser is moved once, and restored.
there_and_back() {
  local what=$1
  shift
  rm -rf "$db"
  expect 0 "${program[@]}" dedupe "$@" --format ndjson
  json 'len(rows) == 1 and len(rows[0]["drop"]) == 1'
  json 'rows[0]["keep"]["path"].endswith(".flac") and rows[0]["drop"][0]["path"].endswith("/a.mp3")'
  expect 0 "${program[@]}" dedupe "$@" --apply
  [ -e "$music/a.flac" ] && [ -e "$music/linked.flac" ] || fail "$what: a keeper was moved"
  [ ! -e "$music/a.mp3" ] || fail "$what: the loser was not set aside"
  [ "$(find "$work" -name a.mp3 | wc -l)" -eq 1 ] || fail "$what: the loser is not there once"
  expect 0 "${program[@]}" undo
  tree "$music" >"$work/after"
  diff "$work/before" "$work/after" || fail "$what: undo did not restore the tree"
}

program=("$ECHOFOLD" --db "$db")
there_and_back "a path given twice" "$music" "$music/." "$music/../music/" "$music/a.mp3"
ln -s music "$work/link"
there_and_back "a path through a link" "$work/link" "$music"

[ "$(id -u)" -eq 0 ] || skip "the part with a bind mount: mounting takes root"
mkdir "$work/again"
# expanded by the only shell that sees the mount
program=(unshare -m bash -c 'mount --bind "$1" "$2" && shift 2 && exec "$@"' - "$music" "$work/again" "${program[@]}")
"${program[@]}" --help >/dev/null 2>&1 || skip "the part with a bind mount: mounting is not allowed here"
there_and_back "a path through a bind mount" "$work/again" "$music"
