#!/usr/bin/env bash
# No free function is declared in two headers and no type defined in two, and the check that says so finds one that is.
set -euo pipefail
check=${ECHOFOLD_SOURCE:?}/tools/one_declaration.py
"$check"

tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree"/{index,engine,tools}
# expect RC WHAT: with the current two headers, the check must exit with RC.
expect() {
  local rc=0
  "$check" "$tree" >"$tree/out" || rc=$?
  [ "$rc" = "$1" ] || { echo "FAILED: $2: $rc instead of $1" >&2; cat "$tree/out" >&2; exit 1; }
}
header() { printf '#pragma once\nnamespace echofold {\n%s\n}\n' "$2" >"$tree/$1"; }

header index/a.h 'std::string extension_of(std::string_view path);'
header engine/b.h 'std::string_view extension_of(std::string_view name) noexcept;'
expect 1 'two return types'
grep -q 'extension_of.*engine/b.h and index/a.h' "$tree/out"

header engine/b.h 'inline std::string extension_of(std::string_view name = {}) { if (name.empty()) return {}; return x(name); }'
expect 1 'one of them inline'

header engine/b.h 'template <class T>
std::string extension_of(std::string_view name);'
expect 1 'one of them a template'

header engine/b.h 'std::string extension_of(const std::string& name);
struct Other {
  std::string extension_of(std::string_view path);
};
// std::string extension_of(std::string_view path);'
expect 0 'an overload, a member, a comment'

header engine/b.h 'namespace other {
std::string extension_of(std::string_view path);
}'
expect 0 'another namespace'

header engine/b.h 'struct Answer { int x; };'
header tools/c.h 'class Answer final : public Base { std::string text; };'
expect 1 'a type with two definitions'
grep -q 'Answer is defined in engine/b.h and tools/c.h' "$tree/out"

header tools/c.h 'struct Answer;
struct Outer {
  struct Answer { int x; };
};
struct Answer::Part { int x; };
enum class Answers { one };'
expect 0 'a declaration, a member, a part, another name'
