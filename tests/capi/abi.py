#!/usr/bin/env python3
"""Hold the ABI to the one that is recorded in capi/abi/rollcall.abi.

    abi.py [--cc CC] [--update]

What the headers promise is compiled into a library of its own, each function with an empty body,
and its description by abidw (Debian: abigail-tools) compared by abidiff, which must find nothing.
(symbols.py proves that the real library has these functions and no other.) The one change that is
let pass is a member at the end of a struct with struct_size. Before it is believed, the comparison
must see breaks that are made on purpose. Ends with 77 where abidiff is not installed. --update
records the ABI anew, which is right where functions were added. Python 3 standard library only.
"""

import argparse
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
INCLUDE = os.path.join(TREE, "capi", "include")
RECORDED = os.path.join(TREE, "capi", "abi", "rollcall.abi")
ALLOWED = os.path.join(TREE, "capi", "abi", "appended.suppr")
FUNCTION = re.compile(r"^ROLLCALL_API[^;{}]*\)\s*;", re.MULTILINE)
SKIPPED = 77

# What a change would look like that breaks callers, and one that does not: header, from, to.
BREAKS = [
    ("table.h", "uint64_t rollcall_table_rows(", "uint32_t rollcall_table_rows("),
    ("reading.h", "  int32_t delimiter;", "  int32_t more;\n  int32_t delimiter;"),
    ("base.h", "  size_t len;\n} rollcall_str", "  size_t len;\n  size_t more;\n} rollcall_str"),
    ("cancel.h", "(const rollcall_cancel* cancel)", "(const rollcall_cancel* cancel, int now)"),
]
APPENDED = ("reading.h", "  uint64_t rows;\n}", "  uint64_t rows;\n  uint64_t more;\n}")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def run(command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def describe(compiler, include, folder):
    """The ABI that headers promise, as a file."""
    functions = []
    for path in sorted(glob.glob(os.path.join(include, "rollcall", "*.h"))):
        text = re.sub(r"/\*.*?\*/", "", read(path), flags=re.DOTALL)
        functions += [each.rstrip(";") for each in FUNCTION.findall(text)]
    source = os.path.join(folder, "promised.c")
    library = os.path.join(folder, "librollcall.so.1")
    with open(source, "w", encoding="utf-8") as file:
        file.write("#include <rollcall.h>\n#include <stdlib.h>\n\n")
        file.writelines(f"{each}\n{{\n  abort();\n}}\n" for each in functions)
    code, said = run([compiler, "-std=c99", "-g", "-O0", "-w", "-shared", "-fPIC", f"-I{include}",
                      "-Wl,-soname,librollcall.so.1", source, "-o", library])
    if code != 0:
        sys.exit(f"the headers do not compile: {said}")
    described = os.path.join(folder, "promised.abi")
    code, said = run(["abidw", "--no-corpus-path", "--no-comp-dir-path", "--no-show-locs",
                      "--out-file", described, library])
    if code != 0:
        sys.exit(f"abidw: {said}")
    return described


def compare(described):
    return run(["abidiff", "--suppressions", ALLOWED, "--no-added-syms", RECORDED, described])


def changed(compiler, header, old, new):
    """What the comparison says of headers in which something was changed."""
    with tempfile.TemporaryDirectory() as folder:
        include = os.path.join(folder, "include")
        shutil.copytree(INCLUDE, include)
        path = os.path.join(include, "rollcall", header)
        text = read(path)
        if old not in text:
            sys.exit(f"{header} has no longer: {old}")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace(old, new))
        return compare(describe(compiler, include, folder))[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cc", default="cc")
    parser.add_argument("--update", action="store_true")
    asked = parser.parse_args()
    if not (shutil.which("abidw") and shutil.which("abidiff")):
        print("skipped: abidw and abidiff are not here (Debian: abigail-tools)")
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        described = describe(asked.cc, INCLUDE, folder)
        if asked.update:
            shutil.copyfile(described, RECORDED)
        code, said = compare(described)
    faults = [] if code == 0 else [f"abidiff ends with {code}:\n{said}"]
    for header, old, new in BREAKS:
        if changed(asked.cc, header, old, new) == 0:
            faults.append(f"a break of {header} is not seen: {old.strip()} -> {new.strip()}")
    if changed(asked.cc, *APPENDED) != 0:
        faults.append("a member at the end of an options struct is taken for a break")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
