#!/usr/bin/env python3
"""Finds free functions that two headers of index/, engine/ or tools/ declare with the same parameters, and types that two of them define: one
concept, defined twice. Two types of one name are one type to the linker, whatever they hold.

    tools/one_declaration.py [TREE]

Overloads are fine: namespace, name and the types of the parameters are compared, but not the result.
Exits with 1 where it finds something.
"""
import pathlib
import re
import sys

TOP = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent
# of parallel.h, which includes one of them
IMPLEMENTATIONS = {"index/base/parallel_tbb.h", "index/base/parallel_threads.h"}
NOT_FUNCTIONS = {"if", "for", "while", "switch", "return", "sizeof", "decltype", "noexcept", "static_assert", "alignas"}


def code_of(text):
    """Without comments, preprocessor lines and the contents of literals."""
    text = re.sub(r"//[^\n]*|/\*.*?\*/", " ", text, flags=re.S)
    text = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*$", " ", text, flags=re.M)
    text = re.sub(r"= ?\{[^{}]*\}", "", text)  # default arguments: their braces are not bodies
    return re.sub(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])'", '""', text)


def statements(code):
    """(namespace, text, whether a body follows) of everything directly in a namespace, without bodies."""
    scopes, text, depth = [], "", 0  # depth: braces that are no namespace's
    for letter in code:
        if letter == "{":
            named = re.search(r"\bnamespace\s*([\w:]*)\s*$", text)
            if depth == 0 and named:
                scopes.append(named.group(1))
                text = ""
                continue
            if depth == 0:
                yield "::".join(scopes), text, True
                text = ""
            depth += 1
        elif letter == "}":
            if depth > 0:
                depth -= 1
            elif scopes:
                scopes.pop()
            text = ""
        elif letter == ";":
            if depth == 0:
                yield "::".join(scopes), text, False
            text = ""
        elif depth == 0:
            text += letter


def split_parameters(text):
    parts, part, depth = [], "", 0
    for letter in text:
        depth += (letter in "(<[") - (letter in ")>]")
        if letter == "," and depth == 0:
            parts.append(part)
            part = ""
        else:
            part += letter
    return [p for p in parts + [part] if p.strip()]


def type_of(parameter):
    """Only its type, without default and name."""
    kept = re.sub(r"\s+", " ", parameter.split("=")[0]).strip()
    return re.sub(r"(?<=[\w>&*\]]) ?\b(?<!::)(?!const\b|int\b|double\b|char\b|bool\b|float\b)[a-z_]\w*$", "", kept).strip() or kept


def function_of(statement):
    """(name, types) of a function declaration, or None."""
    statement = re.sub(r"\btemplate\s*<[^<>]*(?:<[^<>]*>[^<>]*)*>", "", re.sub(r"\s+", " ", statement)).strip()
    found = re.match(r"^((?:[\w:<>,&*\[\]]+ )+[&*]?)(\w+) ?\((.*)\)[^()]*(?:noexcept)?[^()]*$", statement)
    if not found or found.group(2) in NOT_FUNCTIONS:
        return None
    if re.match(r"(?:struct|class|enum|using|typedef|friend|extern)\b", found.group(1)) or "=" in found.group(1):
        return None
    return found.group(2), tuple(type_of(p) for p in split_parameters(found.group(3)))


def type_defined_by(statement):
    """The name of the type whose body follows, or nothing."""
    found = re.search(r"\b(?:struct|class|union|enum class|enum) (\w+)(?: final)? ?(?::[^:].*)?$", re.sub(r"\s+", " ", statement).strip())
    return found.group(1) if found else None


def main():
    declared, defined = {}, {}
    for folder in ("index", "engine", "tools"):
        for header in sorted((TOP / folder).rglob("*.h")):
            name = str(header.relative_to(TOP))
            if name in IMPLEMENTATIONS:
                continue
            for namespace, statement, has_body in statements(code_of(header.read_text())):
                if function := function_of(statement):
                    declared.setdefault((namespace, *function), set()).add(name)
                if has_body and (type_name := type_defined_by(statement)):
                    defined.setdefault((namespace, type_name), set()).add(name)
    if len(sys.argv) == 1 and (len(declared) < 500 or len(defined) < 250):
        sys.exit(f"FAILED: only {len(declared)} functions and {len(defined)} types were found: the headers are read wrongly")
    bad = 0
    for (namespace, name), headers in sorted(defined.items()):
        if len(headers) > 1:
            bad = 1
            print(f"{namespace}::{name} is defined in {' and '.join(sorted(headers))}")
    for (namespace, name, types), headers in sorted(declared.items()):
        if len(headers) > 1:
            bad = 1
            print(f"{namespace}::{name}({', '.join(types)}) is declared in {' and '.join(sorted(headers))}")
    return bad


sys.exit(main())
