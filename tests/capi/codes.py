#!/usr/bin/env python3
"""Hold capi/include/rollcall/codes.h to the lists that it is made from.

    codes.py [--update]

The lists are include/rollcall/codes/*.def (findings) and include/rollcall/errors.def (statuses).
Exit 1 if the header is not what they come to; --update writes it. Standard library only.
"""

import glob
import os
import re
import sys

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PUBLIC = os.path.join(TREE, "include", "rollcall")
HEADER = os.path.join(TREE, "capi", "include", "rollcall", "codes.h")

HEAD = """/* Every status below 0, and every code of a finding that all formats share. Made from
 * errors.def and codes.def; `tests/capi/codes.py --update` makes it anew.
 *
 * Codes of a format's own have no number here: they are known by their names. Be prepared for codes
 * that are not listed yet.
 */
#ifndef ROLLCALL_CODES_H
#define ROLLCALL_CODES_H

"""
TAIL = "\n#endif /* ROLLCALL_CODES_H */\n"
WIDTH = 100


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def statuses():
    text = read(os.path.join(PUBLIC, "errors.def"))
    found = re.findall(r'ROLLCALL_ERROR\(\s*(-\d+),\s*(\w+),\s*"([^"]*)"', text)
    return [(int(number), f"ROLLCALL_ERROR_{name.upper()}", says) for number, name, says in found]


def codes():
    found = []
    for path in glob.glob(os.path.join(PUBLIC, "codes", "*.def")):
        found += re.findall(r'ROLLCALL_CODE\(\s*(\d+),\s*(\w+),\s*"([^"]*)"', read(path))
    return sorted((int(number), f"ROLLCALL_CODE_{name.upper()}", slug)
                  for number, name, slug in found)


def enumeration(entries):
    lines = []
    for at, (number, name, meaning) in enumerate(entries):
        comma = "," if at + 1 < len(entries) else ""
        line = f"  {name} = {number}{comma} /* {meaning} */"
        split = [f"  /* {meaning} */", f"  {name} = {number}{comma}"]
        lines += [line] if len(line) <= WIDTH else split
    return "enum {\n" + "\n".join(lines) + "\n};\n"


def header():
    lists = enumeration(statuses()) + "\n" + enumeration(codes())
    return "/* The numbers of statuses and codes. */ /* clang-format off */\n" + HEAD + lists + TAIL


def main():
    made = header()
    if "--update" in sys.argv[1:]:
        with open(HEADER, "w", encoding="utf-8") as file:
            file.write(made)
        return 0
    if os.path.exists(HEADER) and read(HEADER) == made:
        return 0
    name = os.path.relpath(HEADER, TREE)
    print(f"{name} is not what the lists come to: tests/capi/codes.py --update")
    return 1


if __name__ == "__main__":
    sys.exit(main())
