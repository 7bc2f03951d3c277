#!/usr/bin/env python3
"""Holds the documents together: every link of a page leads somewhere, every page is led to, and
what a page names in C or CMake is there, as are the pages that sources name.

    tests/docs/linked_pages.py

Looked at are all pages of the tree, as a forge shows them; headings and the site are the business
of ./dev docs. A page is led to by a link to itself, or to its folder if that holds nothing but
pages of one kind (design notes, results of benchmarks). A name is looked for in what is built and
installed; those of the environment stand in the program.
"""
import os
import re
import sys

TREE = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^(```+).*?^\1$", re.MULTILINE | re.DOTALL)
QUOTED = re.compile(r"`[^`\n]+`")
NAME = re.compile(r"\b(?:rollcall_[a-z]|ROLLCALL_[A-Z])\w*[a-zA-Z0-9]\b")
NAMED_IN = ["CMakeLists.txt", "cmake", "capi", "include", "bindings/python/rollcall", "tools"]
FROM_TEXTS = {"docs/reference/command_line.md"}  # made by the program: names are put together
PAGE = re.compile(r"\bdocs/[\w/-]+\.md\b")
LEFT_OUT = {"build", ".git", ".cache", "golden", "corpus"}  # hold no pages


def pages():
    for folder, folders, names in os.walk(TREE):
        folders[:] = [name for name in folders if name not in LEFT_OUT]
        for name in names:
            if name.endswith(".md"):
                yield os.path.relpath(os.path.join(folder, name), TREE)


def sources(places):
    """The paths and texts of what is no page."""
    for place in places:
        top = os.path.join(TREE, place)
        paths = [top] if os.path.isfile(top) else [
            os.path.join(folder, name) for folder, _, names in os.walk(top)
            for name in names if not name.endswith((".pyc", ".md"))]
        for path in paths:
            with open(path, encoding="utf-8", errors="replace") as file:
                yield os.path.relpath(path, TREE), file.read()


def main():
    faults, led_to = [], set()
    names = {name for _, text in sources(NAMED_IN) for name in NAME.findall(text)}
    faults += [f"{path} names {page}, which is not there"
               for path, text in sources(NAMED_IN + ["src"]) for page in PAGE.findall(text)
               if not os.path.exists(os.path.join(TREE, page))]
    found = sorted(pages())
    for page in found:
        with open(os.path.join(TREE, page), encoding="utf-8") as file:
            text = FENCE.sub("", file.read())
        if page not in FROM_TEXTS:
            faults += [f"{page} names {name}, which is nowhere" for quoted in QUOTED.findall(text)
                       for name in NAME.findall(quoted) if name not in names]
        for target in LINK.findall(text):
            if "://" in target or target.startswith(("mailto:", "#")):
                continue
            there = os.path.normpath(os.path.join(os.path.dirname(page), target.split("#")[0]))
            if not os.path.exists(os.path.join(TREE, there)):
                faults.append(f"{page} links to {target}, which is not there")
            if there != page:
                led_to.add(there)
    for page in found:
        if page not in led_to and os.path.dirname(page) not in led_to and page != "README.md":
            faults.append(f"no page leads to {page}")
    print("\n".join(faults) or f"{len(found)} pages, all of them led to")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
