#!/usr/bin/env python3
"""Hold the shared library to what it may show, and to what it may need.

    symbols.py --library PATH [--nm NM] [--update]

What it defines must be the functions that capi/include declares, the list in capi/abi/symbols.txt,
each under the version node, and the node; each must be called by a test in C; what the library
needs must be on the list below, and its name what programs are linked with. Exit 1 if not; --update
writes the list. Python 3 standard library only.
"""

import argparse
import glob
import os
import re
import subprocess
import sys

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LIST = os.path.join(TREE, "capi", "abi", "symbols.txt")
NODE, SONAME = "ROLLCALL_1", "librollcall.so.1"
NEEDED = re.compile(r"^(libc|libm|libstdc\+\+|libgcc_s|libsimdjson|libutf8proc|libsqlite3|"
                    r"ld-linux-[a-z0-9-]+)\.so(\.[0-9.]+)?$")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def output(command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def defined(library, nm):
    text = output([nm, "-D", "--defined-only", library])
    return sorted({line.split()[-1].split("@")[0] for line in text.splitlines()})


def needed(library):
    return re.findall(r"\(NEEDED\).*\[(.*)\]", output(["readelf", "-d", library]))


def sonames(library):
    return re.findall(r"\(SONAME\).*\[(.*)\]", output(["readelf", "-d", library]))


def without_node(library):
    """What is shown under no version node, or another."""
    table = [line.split() for line in output(["readelf", "-W", "--dyn-syms", library]).splitlines()]
    shown = [entry[7] for entry in table if len(entry) > 7 and entry[0][:-1].isdigit() and
             entry[4] in ("GLOBAL", "WEAK") and entry[6] != "UND"]
    return [name for name in shown if name != NODE and not name.endswith(f"@@{NODE}")]


def declared():
    names = set()
    for path in glob.glob(os.path.join(TREE, "capi", "include", "**", "*.h"), recursive=True):
        text = re.sub(r"/\*.*?\*/", "", read(path), flags=re.S)
        names |= set(re.findall(r"ROLLCALL_API[^;(]*?\b(rollcall_\w+)\s*\(", text))
    return sorted(names)


def called():
    text = "".join(read(path) for path in glob.glob(os.path.join(TREE, "tests", "capi", "*.c")))
    return sorted(set(re.findall(r"\brollcall_\w+\b", text)))


def differences(what, wanted, got):
    return [f"{what}: {name} is missing" for name in sorted(set(wanted) - set(got))] + \
           [f"{what}: {name} is too much" for name in sorted(set(got) - set(wanted))]


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", required=True)
    parser.add_argument("--nm", default="nm")
    parser.add_argument("--update", action="store_true")
    asked = parser.parse_args()
    shown = [name for name in defined(asked.library, asked.nm) if name != NODE]
    if asked.update:
        os.makedirs(os.path.dirname(LIST), exist_ok=True)
        with open(LIST, "w", encoding="utf-8") as file:
            file.write("".join(name + "\n" for name in shown))
    faults = differences("declared in a header, shown by the library", declared(), shown)
    faults += differences("listed in capi/abi/symbols.txt, shown by the library",
                          read(LIST).split(), shown)
    faults += [f"{name} is called by no test" for name in sorted(set(shown) - set(called()))]
    faults += [f"the library needs {name}" for name in needed(asked.library)
               if not NEEDED.match(name)]
    faults += [f"{name} is not under {NODE}" for name in without_node(asked.library)]
    if sonames(asked.library) != [SONAME]:
        faults.append(f"the SONAME is {sonames(asked.library)}, and not {SONAME}")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
