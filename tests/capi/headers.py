#!/usr/bin/env python3
"""Compile every header of the C ABI alone, as each language that it promises to be.

    headers.py

C99, C11 and C17, C++11, 14, 17 and 20, with every compiler of those below that is here, pedantic
and with warnings as errors. A fault is also an enumerator without a written value, a function with
variable arguments, one that can fail and says so in a way of its own, a handle that is a void* or
passes for another, a callback without its user, and a deprecation that does not say since when and
what else; each rule must find what is broken on purpose. Exit 1 if there is one. Python 3 standard
library only.
"""

import glob
import os
import re
import shutil
import subprocess
import sys

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
INCLUDE = os.path.join(TREE, "capi", "include")
WARNINGS = ["-pedantic", "-Wall", "-Wextra", "-Wshadow", "-Wconversion", "-Wsign-conversion",
            "-Wundef", "-Werror"]
LANGUAGES = {
    "c": ([["gcc"], ["clang", "clang-14"]], ["c99", "c11", "c17"],
          ["-Wstrict-prototypes", "-Wmissing-prototypes"]),
    "c++": ([["g++"], ["clang++", "clang++-14"]], ["c++11", "c++14", "c++17", "c++20"],
            ["-Wold-style-cast", "-Wzero-as-null-pointer-constant"]),
}


def compilers(families):
    found = [next((name for name in family if shutil.which(name)), None) for family in families]
    return [name for name in found if name]


def compile_alone(compiler, language, standard, more, names):
    """All headers in one run: each is a file of its own, included twice."""
    faults = []
    for name in names:
        text = f'#include "{name}"\n#include "{name}"\n'
        command = [compiler, "-x", language, f"-std={standard}", *WARNINGS, *more, "-fsyntax-only",
                   f"-I{INCLUDE}", "-"]
        done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            faults.append(f"{name}, {compiler} -std={standard}:\n{done.stderr}")
    return faults


def declarations(name):
    """A header without its comments."""
    with open(os.path.join(INCLUDE, name), encoding="utf-8") as file:
        return re.sub(r"/\*.*?\*/", "", file.read(), flags=re.S)


def implicit_enumerators(name, text):
    return [f"{name}: {entry.strip()} has no written value"
            for body in re.findall(r"\benum\s*\{(.*?)\}", text, flags=re.S)
            for entry in body.split(",") if entry.strip() and "=" not in entry]


def variadic(name, text):
    return [f"{name}: variable arguments"] if re.search(r"\.\.\.\s*\)\s*;", text) else []


def functions(text):
    """What each returns, its name, what it is given."""
    return [(kind.strip(), function, given) for kind, function, given in re.findall(
        r"ROLLCALL_API\s+([^;(]*?)\b(rollcall_\w+)\s*\(([^;]*)\)\s*;", text)]


def returns(name, text):
    """What can fail returns a status and takes `rollcall_error** err` last; sinks, which are used
    within a call that can fail, return one alone."""
    faults = []
    for kind, function, given in functions(text):
        takes_error = bool(re.search(r"rollcall_error\s*\*\*\s*err\s*$", given))
        is_sink = bool(re.match(r"\s*rollcall_(objects|answers|words)\s*\*\s*sink\b", given))
        is_error_itself = function == "rollcall_error_status"
        if (kind == "rollcall_status") != (takes_error or is_sink or is_error_itself):
            faults.append(f"{name}: {function} returns a status or takes an error, and not both")
    return faults


def untyped(name, text):
    """No handle is a `void*`: bytes are the only thing that comes by one."""
    return [f"{name}: {function} takes a void*" for _, function, given in functions(text)
            for taken in re.findall(r"void\s*\*+\s*(\w+)", given)
            if (function, taken) != ("rollcall_source_memory", "data")]


def users(name, text):
    """Every callback is told whose it is before all else, and returns nothing that it could forget
    to return; but for memory, which is asked for and not told."""
    return [f"{name}: {callback} has no user, or returns something"
            for kind, callback, given in re.findall(
                r"typedef\s+(void\b[^(]*)\(\*(\w+)\)\s*\(([^)]*)\)", text)
            if not re.match(r"void\s*\*\s*user\b", given) or
            (kind.strip() != "void" and callback != "rollcall_alloc_fn")]


RULES = (implicit_enumerators, variadic, returns, untyped, users)
# What each of them must find.
BROKEN = {
    implicit_enumerators: "enum { ROLLCALL_A = 1, ROLLCALL_B };",
    variadic: "ROLLCALL_API void rollcall_say(const char* how, ...);",
    returns: "ROLLCALL_API rollcall_status rollcall_do(rollcall_plan* plan);",
    untyped: "ROLLCALL_API void rollcall_plan_free(void* plan);",
    users: "typedef void (*rollcall_done_fn)(int32_t code, void* user);",
}


def mixed_up():
    """A handle for another is an error of every compiler, in C and in C++."""
    text = ('#include "rollcall.h"\nvoid use(rollcall_plan* plan, rollcall_schema* schema);\n'
            "void use(rollcall_plan* plan, rollcall_schema* schema)\n"
            "{{\n  (void)plan;\n  (void)schema;\n  rollcall_schema_free({});\n}}\n")
    faults = []
    for language, (families, standards, _) in LANGUAGES.items():
        for compiler in compilers(families):
            for handle, fits in ("schema", True), ("plan", False):
                command = [compiler, "-x", language, f"-std={standards[0]}",
                           "-Werror=incompatible-pointer-types" if language == "c" else "-Werror",
                           "-fsyntax-only", f"-I{INCLUDE}", "-"]
                done = subprocess.run(command, input=text.format(handle), capture_output=True,
                                      text=True, check=False)
                if (done.returncode == 0) != fits:
                    faults.append(f"{compiler}, a {handle} for a schema: {done.stderr}")
    return faults


def deprecations():
    """A function that is deprecated warns who calls it, unless he will not hear of it."""
    text = ('#include "rollcall.h"\n'
            'ROLLCALL_DEPRECATED("1.2", "rollcall_new_thing") void rollcall_thing(void);\n'
            "void use(void);\nvoid use(void) { rollcall_thing(); }\n")
    faults = []
    for compiler in compilers(LANGUAGES["c"][0]):
        for more, is_told in ([], True), (["-DROLLCALL_NO_DEPRECATED_WARNINGS"], False):
            done = subprocess.run([compiler, "-x", "c", "-std=c99", *more, "-fsyntax-only",
                                   f"-I{INCLUDE}", "-"], input=text, capture_output=True,
                                  text=True, check=False)
            words = "since rollcall 1.2; use rollcall_new_thing"
            if done.returncode != 0 or (words in done.stderr) != is_told:
                faults.append(f"{compiler} {more} says of a deprecated function: {done.stderr}")
    return faults


def main():
    names = sorted(os.path.relpath(path, INCLUDE)
                   for path in glob.glob(os.path.join(INCLUDE, "**", "*.h"), recursive=True))
    faults = [fault for name in names for rule in RULES for fault in rule(name, declarations(name))]
    faults += [f"{rule.__name__} finds nothing in: {BROKEN[rule]}" for rule in RULES
               if len(rule("broken", BROKEN[rule])) != 1]
    faults += mixed_up() + deprecations()
    tried = 0
    for language, (families, standards, more) in LANGUAGES.items():
        for compiler in compilers(families):
            for standard in standards:
                faults += compile_alone(compiler, language, standard, more, names)
                tried += len(names)
    for fault in faults:
        print(fault)
    print(f"{len(names)} headers, compiled {tried} times, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
