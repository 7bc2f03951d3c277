#!/usr/bin/env python3
"""Hold docs/reference/c.md to the headers of the C ABI, of which it is made.

    reference.py [--update]

Exit 1 if the page is not what the headers say, or if a function or struct has no words before it;
--update writes the page. Python 3 standard library only.
"""

import os
import re
import sys

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
INCLUDE = os.path.join(TREE, "capi", "include")
PAGE = os.path.join(TREE, "docs", "reference", "c.md")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
OPENING = """# The C ABI

Made from the headers in `capi/include` by `tests/capi/reference.py`; a test compares. How it is
used is shown in [Embed rollcall in C](../guides/embed-in-c.md), and what it promises is said in
[the ABI](../abi.md). The numbers of statuses and codes stand in `rollcall/codes.h`.
"""


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def words_of(comment):
    """What a comment says, as Markdown: a blank line parts, what is indented stays as it is."""
    lines = [re.sub(r"^ ?\* ?", "", line) for line in comment[2:-2].split("\n")]
    text = "\n".join(line.rstrip() for line in lines).strip("\n ")
    out, code = [], []
    for line in text.split("\n") + [""]:
        if line.startswith("  ") or (code and not line):
            code.append(line[2:])
            continue
        if code:
            out += ["```", *"\n".join(code).strip("\n").split("\n"), "```", ""]
            code = []
        out.append(line.strip("- ") if re.match(r"^-+$|^---- ", line) else line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).strip()


def umbrella():
    return [words_of(COMMENT.search(read(os.path.join(INCLUDE, "rollcall.h"))).group(0))]


def order():
    names = re.findall(r'#include "rollcall/(\w+)\.h"', read(os.path.join(INCLUDE, "rollcall.h")))
    return [name for name in names if name != "codes"]


def items_of(body):
    """Comments and declarations in their order, each ended by what ends it."""
    at = 0
    pattern = re.compile(r"/\*.*?\*/|^(?:ROLLCALL_API|typedef|enum|struct|#define)\b",
                         re.DOTALL | re.MULTILINE)
    while found := pattern.search(body, at):
        if found.group(0).startswith("/*"):
            yield "comment", found.group(0)
            at = found.end()
            continue
        end = end_of(body, found.start())
        yield "code", body[found.start():end].strip()
        at = end


def end_of(body, start):
    if body.startswith("#define", start):
        return body.index("\n", start)
    depth = 0
    for at in range(start, len(body)):
        depth += {"{": 1, "}": -1}.get(body[at], 0)
        if body[at] == ";" and depth == 0:
            return at + 1
    raise ValueError("a declaration without an end")


def page_of(name, faults):
    text = read(os.path.join(INCLUDE, "rollcall", name + ".h"))
    opening = COMMENT.match(text).group(0)
    body = text[text.index("#define", text.index("#ifndef")):]
    body = body[body.index("\n"):body.rindex("#endif")].replace('extern "C" {', "")
    out = [f"## rollcall/{name}.h", words_of(opening)]
    block, before = [], None
    for sort, what in items_of(body):
        if sort == "comment":
            out += ["```c\n" + "\n".join(block) + "\n```"] if block else []
            out.append(words_of(what))
            block, before = [], what
        else:
            is_plain = re.match(r"typedef struct (\w+) \1;|#define ROLLCALL_API|struct \w+;", what)
            if before is None and not block and not is_plain and what.startswith("ROLLCALL_API"):
                faults.append(f"{name}.h: nothing is said of {what.split('(')[0].split()[-1]}")
            if not what.startswith(("#define ROLLCALL_API", "#define ROLLCALL_DEP")):
                block.append(what)
    out += ["```c\n" + "\n".join(block) + "\n```"] if block else []
    return out


def main():
    faults = []
    parts = [OPENING.strip(), *umbrella()]
    for name in order():
        parts += page_of(name, faults)
    made = "\n\n".join(part for part in parts if part) + "\n"
    if "--update" in sys.argv[1:]:
        with open(PAGE, "w", encoding="utf-8") as file:
            file.write(made)
    elif not os.path.exists(PAGE) or read(PAGE) != made:
        faults.append("docs/reference/c.md is not what the headers say: "
                      "tests/capi/reference.py --update")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
