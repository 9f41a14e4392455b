#!/usr/bin/env bash
# A file that is not a store, or a store of another version, is refused by name and not changed.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
song 1 "$music/a.flac"
mkdir "$db"
head -c 100000 /dev/urandom >"$db/data.mdb"
cp "$db/data.mdb" "$work/copy"
expect 3 echofold scan "$music"
says "$db"
expect 3 echofold pairs
cmp "$db/data.mdb" "$work/copy" || fail "a file that is no store was changed"
rm -r "$db"
expect 0 echofold scan "$music"
truncate -s 5000 "$db/data.mdb"
expect 3 echofold pairs
says "$db"
rm -r "$db"
echo "not a folder" >"$db"
expect 1 echofold scan "$music"
says "$db"
