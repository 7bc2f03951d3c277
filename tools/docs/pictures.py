#!/usr/bin/env python3
"""Makes the pictures of docs/pictures: what the program prints on a terminal, as SVG.

    tools/docs/pictures.py --bin build/release/rollcall [--update]

The files are those of the tutorial. Exit 1 if a picture is not what the program prints; --update
makes it. Names of plans are other ones in each run, so a fixed seed makes them.
"""
import argparse
import os
import pty
import re
import subprocess
import sys
import tempfile
from xml.sax.saxutils import escape

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PICTURES = os.path.join(TREE, "docs", "pictures")
TUTORIAL = os.path.join(TREE, "docs", "tutorial.md")
FILE = re.compile(r"^```(?:csv|json) (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HOST = "--format clusterpbx --directory directory.json --context me.json"
FIX_NUMBERS = "s/4.42072E+11/+442071838750/; s/maybe/yes/; s/mailto://"
# name: (what is shown as typed, what is run before, what is run, title, lines shown)
SHOWN = {
    "finding": ("rollcall validate users.csv --format clusterpbx --db host.db --findings text",
                [], f"rollcall validate users.csv {HOST} --findings text", 19),
    "plan": ("rollcall show plan.jsonl",
             [f"sed -i '{FIX_NUMBERS}' users.csv",
              f"rollcall plan users.csv {HOST} -o plan.jsonl --seed 1 --now 2026-11-21T08:30:15Z"],
             "rollcall show plan.jsonl", 24),
}
PAPER, INK, FAINT = "#16181d", "#d7dae0", "#8b92a0"
COLOURS = {31: "#ff7b72", 32: "#7ee787", 33: "#e3b341", 34: "#79c0ff", 35: "#d2a8ff",
           36: "#76e3ea", 90: FAINT}
ADVANCE, LINE, MARGIN = 8.43, 19, 18
SGR = re.compile(r"\x1b\[([0-9;]*)m")


def on_a_terminal(command, folder, environment):
    """What a command prints if it writes to a terminal; the terminal is 100 columns wide."""
    leader, follower = pty.openpty()
    with subprocess.Popen(["bash", "-c", f"stty cols 100; {command}"], cwd=folder, env=environment,
                          stdin=follower, stdout=follower, stderr=follower) as process:
        os.close(follower)
        out = b""
        while True:
            try:
                piece = os.read(leader, 65536)
            except OSError:  # all have closed it
                break
            if not piece:
                break
            out += piece
        process.wait(timeout=60)
    os.close(leader)
    return out.decode().replace("\r\n", "\n")


def printed(name, binary, folder):
    with open(TUTORIAL, encoding="utf-8") as file:
        for path, body in FILE.findall(file.read()):
            with open(os.path.join(folder, path), "w", encoding="utf-8") as made:
                made.write(body)
    programs = os.path.join(folder, ".bin")
    os.mkdir(programs)
    os.symlink(os.path.abspath(binary), os.path.join(programs, "rollcall"))
    environment = {"PATH": programs + os.pathsep + os.environ["PATH"], "TERM": "xterm-256color",
                   "LC_ALL": "C.UTF-8", "HOME": folder}
    typed, before, command, lines_max = SHOWN[name]
    for each in before:
        subprocess.run(["bash", "-c", each], cwd=folder, env=environment, check=True,
                       stdout=subprocess.DEVNULL)
    lines = on_a_terminal(command, folder, environment).rstrip("\n").split("\n")
    lines = [re.sub(r"\x1b\[[0-9;?]*[A-Za-ln-z]|.*\r", "", line) for line in lines]
    if len(lines) > lines_max:
        lines = lines[:lines_max] + ["..."]
    return [f"$ {typed}", *lines]


def spans(line):
    """(text, colour, is bold) of a line with the terminal's own marks."""
    colour, bold, at = INK, False, 0
    for mark in SGR.finditer(line):
        if mark.start() > at:
            yield line[at:mark.start()], colour, bold
        for number in (int(each or 0) for each in mark[1].split(";")):
            if number == 0:
                colour, bold = INK, False
            elif number == 1:
                bold = True
            elif number == 2:
                colour = FAINT
            elif number in COLOURS or number - 60 in COLOURS:
                colour = COLOURS.get(number) or COLOURS[number - 60]
        at = mark.end()
    if at < len(line):
        yield line[at:], colour, bold


def svg(lines, title):
    columns = max(len(SGR.sub("", line)) for line in lines)
    width, height = round(columns * ADVANCE + 2 * MARGIN), LINE * len(lines) + 2 * MARGIN
    made = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}">',
            f'<rect width="{width}" height="{height}" rx="8" fill="{PAPER}"/>',
            '<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', '
            'monospace" font-size="14">']
    for i, line in enumerate(lines):
        at, y = 0, MARGIN + LINE * i + 14
        for text, colour, bold in spans(line):
            for words in re.finditer(r"\S+(?: \S+)*", text):  # spaces are places, not characters
                x = MARGIN + (at + words.start()) * ADVANCE
                weight = ' font-weight="bold"' if bold else ""
                made.append(f'<text x="{x:.2f}" y="{y}" fill="{colour}"{weight} '
                            f'textLength="{len(words[0]) * ADVANCE:.2f}">{escape(words[0])}</text>')
            at += len(text)
    return "\n".join([*made, "</g>", "</svg>"]) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    faults = 0
    for name, shown in SHOWN.items():
        with tempfile.TemporaryDirectory() as folder:
            made = svg(printed(name, options.bin, folder), f"What {shown[0]} prints")
        path = os.path.join(PICTURES, name + ".svg")
        if options.update:
            os.makedirs(PICTURES, exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(made)
            continue
        with open(path, encoding="utf-8") as file:
            if file.read() != made:
                print(f"docs/pictures/{name}.svg is not what the program prints: "
                      "tools/docs/pictures.py --update")
                faults += 1
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
