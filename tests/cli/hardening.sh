#!/usr/bin/env bash
# The release build is hardened: position independent, no writable code, function addresses resolved and read-only at
# start, stacks and copies protected.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
command -v readelf >/dev/null || skip "readelf is not installed"
readelf -hW "$ECHOFOLD" | grep -q 'Type: *DYN' || fail "not position independent"
readelf -dW "$ECHOFOLD" >"$work/dynamic"
grep -q 'FLAGS_1.*NOW.*PIE' "$work/dynamic" || fail "not PIE, or its symbols are bound late"
if grep -qE 'RPATH|RUNPATH|TEXTREL' "$work/dynamic"; then fail "libraries from odd places, or code that is changed when it is loaded"; fi
readelf -lW "$ECHOFOLD" >"$work/segments"
grep -q GNU_RELRO "$work/segments" || fail "no RELRO"
grep -E 'GNU_STACK' "$work/segments" | grep -q 'RWE' && fail "the stack can be run"
grep -E '^ *LOAD' "$work/segments" | grep -q 'RWE' && fail "a segment can be written and run"
readelf -sW --dyn-syms "$ECHOFOLD" >"$work/symbols"
grep -q '__stack_chk_fail' "$work/symbols" || fail "stacks are not guarded"
grep -qE ' UND .*__(memcpy|memmove|memset|read|pread64|snprintf|fprintf|vsnprintf)_chk' "$work/symbols" || fail "copies are not checked"
if [ "$(uname -m)" = x86_64 ]; then
  # Does not test the flag in its notes: Debian's own start files lack it, and so does every program.
  objdump -d --no-show-raw-insn "$ECHOFOLD" | grep -c endbr64 >"$work/landings" || true
  [ "$(cat "$work/landings")" -gt 1000 ] || fail "jumps are not guarded (-fcf-protection)"
fi
