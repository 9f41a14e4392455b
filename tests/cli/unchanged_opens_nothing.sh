#!/usr/bin/env bash
# A second scan of an unchanged folder opens no audio file.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
command -v strace >/dev/null || skip "strace is not installed"
strace -o /dev/null true 2>/dev/null || skip "this machine does not allow ptrace"
song 1 "$music/a.flac"
song 2 "$music/b.mp3"
# The leak check of a sanitizer build does not work under a tracer.
traced() { ASAN_OPTIONS=detect_leaks=0 strace -f -e trace=open,openat,openat2 -o "$work/trace" "$ECHOFOLD" --db "$db" scan "$music"; }
expect 0 traced
[ "$(grep -c '\(a\.flac\|b\.mp3\)"' "$work/trace")" -ge 2 ] || fail "the trace does not show the first scan's opens"
expect 0 traced
says "2 unchanged"
if grep '\(a\.flac\|b\.mp3\)"' "$work/trace"; then fail "an unchanged file was opened"; fi
