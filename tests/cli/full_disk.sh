#!/usr/bin/env bash
# No space for the store: a clear message, exit code 1, the music is untouched, and the scan can continue later.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
for seed in 1 2 3; do song $seed "$music/$seed.flac" 60; done
tree "$music" >"$work/before"
# A limit on file size acts like a disk that is full at that size, and works without root.
limited() { (ulimit -f 20; exec "$ECHOFOLD" --db "$db" scan "$music"); }
expect 1 limited
says "$db"
tree "$music" >"$work/after"
cmp "$work/before" "$work/after" || fail "the music was touched"
expect 0 echofold scan "$music"
expect 0 echofold plan

# A really full disk, if mounting is allowed.
if [ "$(id -u)" -eq 0 ] && mkdir "$work/small" && mount -t tmpfs -o size=64k none "$work/small" 2>/dev/null; then
  trap 'umount "$work/small"; chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
  expect 1 "$ECHOFOLD" --db "$work/small/db" scan "$music"
  says "$work/small/db"
  says "space"
fi
