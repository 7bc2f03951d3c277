#!/usr/bin/env python3
"""Holds docs/reference/codes.md to what `rollcall explain` says, of which it is made.

    tests/docs/codes_page.py --bin build/release/rollcall [--update]

Exit 1 if they differ; --update writes the page.
"""
import argparse
import os
import re
import subprocess
import sys

PAGE = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..",
                                     "docs", "reference", "codes.md"))
OPENING = """# Codes

Whatever is wrong with a file, its rows, the actor or the host's objects is a *finding* and has a
code. Whatever rollcall could not do is an *error* and has one, too; those come last. Codes are a
promise: none is ever renamed or given another meaning, and their numbers stay. `rollcall explain
CODE` says the same as this page, which is made from it; a test compares.
"""


def explain(binary, *words):
    return subprocess.run([binary, "explain", *words], stdout=subprocess.PIPE, check=True,
                          timeout=60).stdout.decode()


def bands_of(listing):
    """(what it is about, its codes) in the order of the program."""
    bands = []
    for line in listing.splitlines():
        if line and not line.startswith(" "):
            bands.append((line, []))
        elif line.strip() and bands:
            bands[-1][1].extend(line.split())
    return [(title, [word for word in words if re.fullmatch(r"[a-z_.]+", word)])
            for title, words in bands]


def entry(text):
    """One code: its first line, then titles with what is indented under them."""
    first, *rest = text.splitlines()
    code, what = re.fullmatch(r"(\S+) \((.+)\)", first).groups()
    made = [f"### {code}\n", f"*{what}*\n"]
    title, lines = None, []
    for line in [*rest, "end"]:
        if line and not line.startswith(" "):
            if title:
                made.append(part(title, lines))
            title, lines = line, []
        elif line.strip():
            lines.append(line.strip())
    return "\n".join(made)


def part(title, lines):
    title, _, beside = title.partition(": ")
    lines = [beside, *lines] if beside else lines
    said = " ".join(line.replace("*", "\\*").replace("<", "&lt;") for line in lines)
    return f"**{title}**: {said}\n" if title != "What it means" else f"{said}\n"


def page(binary):
    out = [OPENING]
    for title, codes in bands_of(explain(binary)):
        if not codes:
            continue
        out.append(f"## {title}\n")
        out += [entry(explain(binary, code)) for code in codes]
    return "\n".join(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    made = page(options.bin)
    if options.update:
        with open(PAGE, "w", encoding="utf-8") as file:
            file.write(made)
        return 0
    with open(PAGE, encoding="utf-8") as file:
        if file.read() == made:
            return 0
    print("docs/reference/codes.md is not what `rollcall explain` says: run it with --update")
    return 1


if __name__ == "__main__":
    sys.exit(main())
