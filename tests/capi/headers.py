#!/usr/bin/env python3
"""Compile every header of the C ABI alone, as each language that it promises to be.

    headers.py

C99, C11 and C17, C++11, 14, 17 and 20, with every compiler of those below that is here, pedantic
and with warnings as errors. A fault is also an enumerator without a written value, a function with
variable arguments, and a deprecation that does not say since when and what else. Exit 1 if there is
one. Python 3 standard library only.
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


def implicit_enumerators(name):
    with open(os.path.join(INCLUDE, name), encoding="utf-8") as file:
        text = re.sub(r"/\*.*?\*/", "", file.read(), flags=re.S)
    return [f"{name}: {entry.strip()} has no written value"
            for body in re.findall(r"\benum\s*\{(.*?)\}", text, flags=re.S)
            for entry in body.split(",") if entry.strip() and "=" not in entry]


def variadic(name):
    with open(os.path.join(INCLUDE, name), encoding="utf-8") as file:
        text = re.sub(r"/\*.*?\*/", "", file.read(), flags=re.S)
    return [f"{name}: variable arguments"] if re.search(r"\.\.\.\s*\)\s*;", text) else []


def returns(name):
    """What can fail returns a status and takes `rollcall_error** err` last; sinks, which are used
    within a call that can fail, return one alone."""
    with open(os.path.join(INCLUDE, name), encoding="utf-8") as file:
        text = re.sub(r"/\*.*?\*/", "", file.read(), flags=re.S)
    faults = []
    for kind, function, given in re.findall(
            r"ROLLCALL_API\s+([^;(]*?)\b(rollcall_\w+)\s*\(([^;]*)\)\s*;", text):
        says_status = kind.strip() == "rollcall_status"
        takes_error = bool(re.search(r"rollcall_error\s*\*\*\s*err\s*$", given))
        is_sink = bool(re.match(r"\s*rollcall_(objects|answers|words)\s*\*\s*sink\b", given))
        is_error_itself = function == "rollcall_error_status"
        if says_status != (takes_error or is_sink or is_error_itself):
            faults.append(f"{name}: {function} returns a status or takes an error, and not both")
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
    faults = [fault for name in names
              for fault in implicit_enumerators(name) + variadic(name) + returns(name)]
    faults += deprecations()
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
