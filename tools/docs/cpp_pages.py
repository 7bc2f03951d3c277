"""The C++ reference, made from the public headers: a page a header. What a header says at its top
is prose; what follows is shown as it stands, since its comments are the contracts."""
import os
import re

OPENING = """# C++

A header a noun. Each says at its top what it promises: who owns what, for how long, on which
thread, what empty means. All is in `namespace rollcall`, and every function that can fail returns
a [`Result`](result.md).

| header | |
|---|---|
"""


def prose_of(lines):
    """The words of // comments as Markdown; what is indented is code."""
    out, code = [], []
    for line in [*lines, ""]:
        text = re.sub(r"^// ?", "", line)
        if text.startswith("  "):
            code.append(text[2:])
            continue
        if code:
            out += ["", "```cpp", *code, "```", ""]
            code = []
        out.append(text.replace("<", "&lt;"))
    return "\n".join(out).strip()


def split(text):
    """What stands before the include guard, and what lies within it and the namespace."""
    lines = text.splitlines()
    top = 0
    while top != len(lines) and lines[top].startswith("//"):
        top += 1
    body = "\n".join(lines[top:])
    body = re.sub(r"\A\s*#ifndef \w+\n#define \w+\n", "", body)
    body = re.sub(r"\n#endif[^\n]*\s*\Z", "\n", body)
    body = re.sub(r"^#include [^\n]*\n", "", body, flags=re.MULTILINE)
    body = re.sub(r"\A\s*namespace rollcall \{\n|\n\} // namespace rollcall\s*\Z", "", body)
    return lines[:top], body.strip()


def first_sentence(prose):
    text = " ".join(prose.split("```")[0].split())
    sentence = re.match(r".*?[.:](?= |$)", text)
    return (sentence[0] if sentence else text).rstrip(".:").replace("|", "\\|")


def pages(folder):
    index = [OPENING]
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".hpp"):
            continue
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            top, body = split(file.read())
        prose = prose_of(top)
        stem = name[:-len(".hpp")]
        index.append(f"| [`rollcall/{name}`]({stem}.md) | {first_sentence(prose)} |\n")
        yield f"{stem}.md", f"# rollcall/{name}\n\n{prose}\n\n```cpp\n{body}\n```\n"
    yield "index.md", "".join(index)
