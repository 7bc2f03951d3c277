#!/usr/bin/env python3
"""Holds the vendors' pages, docs/formats/*-vendor-page.md, to what there is.

    tests/docs/vendor_pages.py --bin build/release/rollcall [PAGE...]

Each built-in format has one: a table of what the vendor's own page says, sentence by sentence, with
what rollcall does about it, by what, and which test shows it. Checked is that no sentence is left
out of the count and that all that is named is there: files and folders, conformance and golden
cases, test cases by their names, headings, rules of the specification, verbs with their options,
finding codes, elements of the format, names in public headers. Whether a test shows what a page
says it shows is a matter of reading. docs/formats/README.md says what the words mean.
"""
import argparse
import functools
import json
import os
import re
import subprocess
import sys

SOURCE = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
FORMATS = os.path.join(SOURCE, "docs", "formats")
SUFFIX = "-vendor-page.md"
# What rollcall does about a sentence, and what a row that says so must have.
WORDS = {
    "same": "by proof",
    "better": "by proof reason",
    "differs": "by proof reason rule",
    "host": "reason",
    "none": "",
    "open": "reason",
}
LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)((?: \"[^\"|]+\",?)*)")
CODE = re.compile(r"`([^`]+)`")
CASE = re.compile(r'(?:TEST_CASE|SUBCASE)\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)')
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


@functools.lru_cache(maxsize=None)
def text_of(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


@functools.lru_cache(maxsize=None)
def test_cases_of(path):
    """The names of a file of doctest cases, those that take two lines as well."""
    return {"".join(re.findall(r'"((?:[^"\\]|\\.)*)"', names)).replace('\\"', '"')
            for names in CASE.findall(text_of(path))}


def anchors_of(text):
    """What the headings of a page can be linked to by."""
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-")
            for heading in re.findall(r"^#+ (.*)$", FENCE.sub("", text), re.MULTILINE)}


def cells_of(line):
    """The cells of a line of a table; a bar with a backslash is none of its borders."""
    return [cell.strip().replace("\\|", "|")
            for cell in re.split(r"(?<!\\)\|", line.strip()[1:-1])]


def named(parent, name):
    """The member of an object, or the element of a list that goes by a name."""
    if isinstance(parent, dict):
        return parent.get(name)
    by = ("field", "name", "header", "kind", "code", "word")
    return next((each for each in parent or [] if isinstance(each, dict) and
                 any(each.get(key) == name for key in by)), None)


def holds(schema, path):
    """Does a schema have what a path says? Names may have dots themselves: effects.email.pin."""
    parts = path.split(".")
    for end in range(1, len(parts) + 1):
        child = named(schema, ".".join(parts[:end])) if isinstance(schema, (dict, list)) else None
        if child is not None and (end == len(parts) or holds(child, ".".join(parts[end:]))):
            return True
    return False


class Program:
    """What the command line knows."""

    def __init__(self, binary):
        self.binary = binary
        verbs = self.out("help").partition("\n\n")[2]  # in parts, each with a title
        self.verbs = set(re.findall(r"^  ([a-z-]+) {2,}\S", verbs, re.MULTILINE))

    @functools.lru_cache(maxsize=None)
    def out(self, *words):
        """What it prints; nothing where that is wrong use."""
        done = subprocess.run([self.binary, *words], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, timeout=60, check=False)
        return done.stdout.decode() if done.returncode == 0 else ""

    @functools.lru_cache(maxsize=None)
    def schema(self, name):
        return json.loads(self.out("schema", "show", name))

    def knows(self, words, schema):
        """Is it a verb with options that it has, a finding code, or an element of the format?"""
        verb, *rest = words.split()
        if verb in self.verbs:
            known = re.findall(r"(?<!\S)--?[a-z-]+", self.out("help", verb))
            return all(word in known for word in rest if word.startswith("-"))
        return holds(schema, words) or ("." in words and self.out("explain", words) != "")


class Page:
    """One page and what is wrong with it."""

    def __init__(self, path, program):
        self.path = path
        self.text = text_of(path)
        self.program = program
        self.schema = program.schema(os.path.basename(path)[: -len(SUFFIX)])
        self.count = {word: 0 for word in WORDS}
        self.faults = []

    def check(self):
        for part in FENCE.split(self.text):
            for match in LINK.finditer(part):
                self.check_link(*match.groups())
        rows = [cells_of(line) for line in self.text.splitlines() if re.match(r"\| S\d", line)]
        self.check_numbers([row[0] for row in rows])
        for row in rows:
            if len(row) == 5:
                self.check_row(*row)
            else:
                self.faults.append(f"{row[0]} has not five cells")

    def check_numbers(self, numbers):
        """S1, S2a, S2b, S3: none is left out, and no letter stands alone."""
        counted = []
        for number in numbers:
            sentence, letter = re.fullmatch(r"S(\d+)(.*)", number).groups()
            if letter in ("", "a"):
                counted.append("")
            if int(sentence) != len(counted) or len(letter) > 1:
                self.faults.append(f"{number} is out of order")
                return
            counted[-1] += letter
        for i, letters in enumerate(counted, 1):
            if letters not in ["", *("abcdefgh"[:n] for n in range(2, 9))]:
                self.faults.append(f"of S{i} there are only the claims {letters}")
        if not counted:
            self.faults.append("has no row")

    def check_link(self, shown, target, names):
        if "://" in target:
            return
        path, _, anchor = target.partition("#")
        there = os.path.normpath(os.path.join(FORMATS, path)) if path else self.path
        if not os.path.exists(there):
            self.faults.append(f"there is no {target}")
            return
        if anchor and anchor not in anchors_of(text_of(there)):
            self.faults.append(f"there is no heading for {target}")
        if re.fullmatch(r"[A-Z]\d+", shown) and f"**{shown}**" not in text_of(there):
            self.faults.append(f"{target} has no rule {shown}")
        symbol = re.fullmatch(r"`(\w+)`", shown)
        if symbol and there.endswith(".hpp") and not re.search(rf"\b{symbol[1]}\b", text_of(there)):
            self.faults.append(f"{target} has no {symbol[1]}")
        if f"{os.sep}tests{os.sep}" in there and os.path.isdir(there):
            if not {"case.json", "args"} & set(os.listdir(there)):
                self.faults.append(f"{target} is no case")
        for name in re.findall(r'"([^"]+)"', names):
            if name not in test_cases_of(there):
                self.faults.append(f'{target} has no test case "{name}"')
        if there.endswith("_test.cpp") and not names:
            self.faults.append(f"of {target} no test case is named")

    def check_row(self, number, says, does, by, proof):
        word = re.match(r"[a-z]*", does)[0]
        if word not in WORDS or not says:
            self.faults.append(f"{number} does not say what rollcall does")
            return
        self.count[word] += 1
        self.check_cells(number, WORDS[word], does, by, proof)

    def check_cells(self, number, needs, does, by, proof):
        if "by" in needs and not CODE.search(by) and not LINK.search(by):
            self.faults.append(f"{number} does not say by what")
        if "reason" in needs and not re.match(r"[a-z]+: \S", does):
            self.faults.append(f"{number} does not say why or how")
        if "rule" in needs and "](../spec/" not in does:
            self.faults.append(f"{number} differs by no rule of docs/spec")
        shown = [target for _, target, _ in LINK.findall(proof)]
        if "proof" in needs and not any("/tests/" in target or target.startswith("#")
                                        for target in shown):
            self.faults.append(f"{number} is shown by no test")
        for words in CODE.findall(LINK.sub("", by)):
            if not self.program.knows(words, self.schema):
                self.faults.append(f"{number}: `{words}` is no verb, option, code or element")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, help="the rollcall program")
    parser.add_argument("pages", nargs="*", metavar="PAGE")
    asked = parser.parse_args()
    program = Program(asked.bin)
    formats = [line.split()[0] for line in program.out("formats").splitlines() if line.strip()]
    pages = asked.pages or [os.path.join(FORMATS, name + SUFFIX) for name in formats]
    failed = 0
    for path in pages:
        name = os.path.basename(path)
        if not os.path.exists(path):
            print(f"FAIL  {name} is not there")
            failed += 1
            continue
        page = Page(os.path.abspath(path), program)
        page.check()
        for fault in dict.fromkeys(page.faults):
            print(f"FAIL  {name}: {fault}")
        failed += bool(page.faults)
        print(f"{name}: " + ", ".join(f"{n} {word}" for word, n in page.count.items()))
    print(f"{len(pages) - failed} pages hold, {failed} do not")
    return 1 if failed or not pages else 0


if __name__ == "__main__":
    sys.exit(main())
