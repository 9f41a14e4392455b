#!/usr/bin/env bash
# A library without write access can be read: without permission, and on a read-only file system.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$music/a.flac" 30
convert "$music/a.flac" "$music/a.mp3" -b:a 192k
expect 0 echofold dedupe "$music"
expect 0 echofold plan --format ndjson
cp "$work/out" "$work/plan"
song 2 "$music/b.flac" 30
convert "$music/b.flac" "$music/b.mp3" -b:a 192k
expect 0 echofold scan "$music"

reads() {
  expect 0 "${program[@]}" "$@"
  grep -qiE 'denied|read-only file system' "$work/err" && { cat "$work/err"; fail "$* complains"; }
  return 0
}
check_all() {
  for verb in stats history verdicts; do reads $verb; done
  reads plan --format ndjson
  says "can't be written to"
  says "2 tracks were not compared"
  json 'any(r["keep"]["path"].endswith("/a.flac") for r in rows)'
  reads pairs
  says "a.mp3"
  reads export
  says "a.mp3"
  reads query "$music/a.mp3"
  says "a.flac"
  reads compare "$music/a.flac" "$music/a.mp3"
  reads apply -n "$work/plan"
  reads scan -n "$music"
  for verb in "scan $music" "apply $work/plan" "undo" "purge --older-than 1d --yes"; do
    # shellcheck disable=SC2086  # words
    expect 1 "${program[@]}" $verb
    says "the library $db can't be written to"
  done
}

# Without permission, with and without LMDB's reader table.
program=("$ECHOFOLD" --db "$db")
if [ "$(id -u)" -eq 0 ]; then # permissions do not restrict root
  command -v setpriv >/dev/null || skip "setpriv is not installed"
  chmod 755 "$work"
  program=(setpriv --reuid=65534 --regid=65534 --clear-groups "${program[@]}")
  "${program[@]}" --help >/dev/null 2>&1 || { cp "$ECHOFOLD" "$work/echofold"; program[4]=$work/echofold; }
fi
chmod -R a+rX "$db" "$music"
chmod a-w "$db" "$db"/*
check_all
# During a run that writes, a reader that can't register itself waits until the run ends.
exec 7<"$db/lock"
flock -x 7
expect 11 "${program[@]}" stats
says "being written to"
exec 7<&-
reads stats
chmod u+w "$db" && rm "$db/lock.mdb" && chmod u-w "$db"
check_all

[ "$(id -u)" -eq 0 ] || skip "the part with a read-only file system: mounting takes root"
chmod u+w "$db" "$db"/*
# expanded by the only shell that sees the mount
program=(unshare -m bash -c 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"' - "$db" "$ECHOFOLD" --db "$db")
"${program[@]}" --help >/dev/null 2>&1 || skip "the part with a read-only file system: mounting is not allowed here"
check_all
