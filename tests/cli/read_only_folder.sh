#!/usr/bin/env bash
# A folder without write permission: its loser stays, with a reason, and everything else is done.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
mkdir "$music/open" "$music/shut"
song 1 "$music/open/a.flac"
convert "$music/open/a.flac" "$music/shut/a.mp3" -b:a 320k
song 2 "$music/open/b.flac"
convert "$music/open/b.flac" "$music/open/b.mp3" -b:a 320k
chmod 555 "$music/shut"
run=()
if [ "$(id -u)" -eq 0 ]; then # permissions do not restrict root
  command -v setpriv >/dev/null || skip "setpriv is not installed"
  chown -R 65534:65534 "$work"
  chmod 755 "$work"
  run=(setpriv --reuid=65534 --regid=65534 --clear-groups)
  "${run[@]}" test -x "$ECHOFOLD" || { cp "$ECHOFOLD" "$work/echofold"; ECHOFOLD=$work/echofold; }
fi
expect 1 "${run[@]}" "$ECHOFOLD" --db "$db" dedupe --apply "$music"
says "$music/shut"
[ -f "$music/shut/a.mp3" ] || fail "the loser of the read-only folder is gone"
[ ! -e "$music/open/b.mp3" ] || fail "the other loser was not set aside"
expect 0 "${run[@]}" "$ECHOFOLD" --db "$db" undo
[ -f "$music/open/b.mp3" ] || fail "undo did not bring it back"
# An unreadable file gives a row with its path and reason.
chmod 000 "$music/open/b.flac"
touch "$music/open/b.flac"
expect 1 "${run[@]}" "$ECHOFOLD" --db "$db" scan --format ndjson "$music"
json '[r["path"].endswith("/open/b.flac") for r in rows if r["status"] == "failed"] == [True]'
json 'all("ermission" in r["error"] for r in rows if r["status"] == "failed")'
chmod 644 "$music/open/b.flac"
expect 0 "${run[@]}" "$ECHOFOLD" --db "$db" scan "$music"
# An unreadable folder is named, and its tracks do not count as vanished.
chmod 000 "$music/shut"
expect 1 "${run[@]}" "$ECHOFOLD" --db "$db" scan "$music"
says "$music/shut"
chmod 755 "$music/shut"
expect 0 "${run[@]}" "$ECHOFOLD" --db "$db" scan --format ndjson "$music"
json 'len(rows) == 4 and all(r["status"] == "unchanged" for r in rows)'
