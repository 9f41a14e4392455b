#!/usr/bin/env bash
# tools/clang_check.py finds what it should in a group of sources, names the source, and remembers what was clean.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
command -v clang-tidy >/dev/null && command -v clang++ >/dev/null || skip "clang-tidy is not installed"

tree=$work/tree
mkdir -p "$tree"/{tools,index,tests,build/clang}
cp "$ECHOFOLD_SOURCE/tools/clang_check.py" "$tree/tools/"
cp "$ECHOFOLD_SOURCE/.clang-tidy" "$tree/"
export XDG_CACHE_HOME=$work/cache
check() { "$tree/tools/clang_check.py" >"$work/out" 2>&1; }

cat >"$tree/index/shared.h" <<'SOURCE'
#pragma once
#include <string>
#include <utility>
inline std::string shared(std::string text) { return text; }
SOURCE
# Two sources that declare one name, and a third.
cat >"$tree/index/one.cpp" <<'SOURCE'
#include "index/shared.h"
namespace {
int helper(int x) { return x + 1; }
}  // namespace
int one() { return helper(1); }
SOURCE
sed 's/one/two/; s/x + 1/x + 2/' "$tree/index/one.cpp" >"$tree/index/two.cpp"
cat >"$tree/index/three.cpp" <<'SOURCE'
#include "index/shared.h"
std::string three(std::string text) { return shared(std::move(text)); }
SOURCE
cat >"$tree/tests/one_test.cpp" <<'SOURCE'
#include "index/shared.h"
int main() { return 0; }
SOURCE
python3 - "$tree" <<'COMMANDS'
import json, sys
top = sys.argv[1]
names = ["index/one", "index/two", "index/three", "tests/one_test"]
entries = [{"directory": f"{top}/build/clang", "file": f"{top}/{name}.cpp",
            "command": f"/usr/bin/clang++ -I{top} -std=c++20 -Wall -Werror -o {name}.o -c {top}/{name}.cpp"} for name in names]
json.dump(entries, open(f"{top}/build/clang/compile_commands.json", "w"))
COMMANDS

check || fail "found something in a clean tree: $(cat "$work/out")"
grep -q "4 sources, 0 clean as they were" "$work/out" || fail "did not look: $(cat "$work/out")"
check || fail "found something in the same tree"
grep -q "4 sources, 4 clean as they were; 0 groups" "$work/out" || fail "did not remember: $(cat "$work/out")"

# found TEXT: the check fails, says so, and names three.cpp alone.
found() {
  ! check || fail "did not find $1"
  grep -q -- "$1" "$work/out" || fail "did not say $1: $(cat "$work/out")"
  grep -q '^index/three.cpp:$' "$work/out" || fail "did not name the source of $1"
  ! grep -qE '^index/(one|two).cpp:$' "$work/out" || fail "named another source"
}
cat >"$tree/index/three.cpp" <<'SOURCE'
#include "index/shared.h"
std::string three(std::string text) { return shared(std::move(text)) + text; }
SOURCE
found bugprone-use-after-move
cat >"$tree/index/three.cpp" <<'SOURCE'
#include "index/shared.h"
bool three(const std::string& text) { return text.size() == 0; }
SOURCE
found readability-container-size-empty
cat >"$tree/index/three.cpp" <<'SOURCE'
#include "index/shared.h"
int three() { int unused = 0; return 3; }
SOURCE
found unused-variable
echo 'int three() { return 3; }' >"$tree/index/three.cpp"
check || fail "found something in what is mended"

# A test is compiled, and a header that it includes counts.
echo 'int main() { int unused = 0; return 0; }' >"$tree/tests/one_test.cpp"
! check || fail "did not compile the test"
grep -q '^tests/one_test.cpp:$' "$work/out" || fail "did not name the test"
printf '#include "index/shared.h"\nint main() { return 0; }\n' >"$tree/tests/one_test.cpp"
check || fail "found something in the mended test"
echo 'inline int wrong() { int unused = 0; return 0; }' >>"$tree/index/shared.h"
! check || fail "did not look again after a header had changed"
