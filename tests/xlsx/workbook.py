#!/usr/bin/env python3
"""Takes the workbooks of `template --xlsx` apart: every cell is text, the header stays in view and
says its rules, and where only a few words may stand there is a list of them.

    tests/xlsx/workbook.py --bin build/release/rollcall

What a spreadsheet makes of them, tests/xlsx/round_trip.py asks one.
"""
import argparse
import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TEXT = "49"  # the number format "@" of ECMA-376, 18.8.30
LAST_ROW = 1048576

# What each format asks of a tenant, and who may ask; and what some columns have to say.
FORMATS = {
    "call_manager": ({}, {"role": "writer"}, {}),
    "clusterpbx": ({}, {"role": "client"},
                   {"DND On": (["1", "0"], "Yes or no"),
                    "Extension": (None, "An extension, 2 to 10 digits. Leading zeros count"),
                    "Mac Address": (None, "a desk phone needs its MAC address"),
                    "Web Passwords": (None, "in a new one: a blank cell has one made")}),
    "ctu": ({"permission_group": [{"name": "Manager", "rank": 1}]},
            {"permission_group": "Manager"}, {}),
    "extension_generator": ({"tenant": {"name": "acme"}}, {"role": "admin"}, {}),
    "subscriber_import": ({"tenant": {"name": "acme", "max_devices": 4, "languages": ["en", "de"]}},
                          {"role": "company_admin"},
                          {"Type": (["User", "Location"], "One of: User, Location"),
                           "Language": (["en", "de", "English"], "One of: en, de")}),
}


class Fault(Exception):
    """What a workbook does that it must not."""


def need(condition, what):
    if not condition:
        raise Fault(what)


def name_of(column):
    name = ""
    while column > 0:
        column, digit = divmod(column - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


def unescaped(text):
    """ECMA-376, part 1, 22.9.2.19."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


class Workbook:
    """The parts of a workbook, as ECMA-376 has them."""

    def __init__(self, data):
        archive = zipfile.ZipFile(io.BytesIO(data))
        need(archive.testzip() is None, "the archive is broken")
        self.parts = {name: ElementTree.fromstring(archive.read(name))
                      for name in archive.namelist() if name.endswith((".xml", ".rels", ".vml"))}
        self.strings = [unescaped("".join(each.itertext()))
                        for each in self.parts["xl/sharedStrings.xml"].findall(MAIN + "si")]
        self.sheet = self.parts["xl/worksheets/sheet1.xml"]
        self.formats = [each.get("numFmtId") for each in
                        self.parts["xl/styles.xml"].find(MAIN + "cellXfs")]

    def cells(self, part):
        cells = {}
        for cell in self.parts[part].iter(MAIN + "c"):
            need(cell.get("t") == "s", f"{cell.get('r')} is no text")
            need(self.formats[int(cell.get("s", 0))] == TEXT, f"{cell.get('r')} is formatted")
            cells[cell.get("r")] = self.strings[int(cell.find(MAIN + "v").text)]
        return cells

    def notes(self):
        return {each.get("ref"): "".join(each.itertext())
                for each in self.parts["xl/comments1.xml"].iter(MAIN + "comment")}

    def lists(self):
        """The words of each column that has a list, by the column."""
        lists = {}
        for each in self.sheet.iter(MAIN + "dataValidation"):
            need(each.get("type") == "list", "what is checked is a list")
            column, last = re.fullmatch(r"([A-Z]+)2:[A-Z]+(\d+)", each.get("sqref")).groups()
            need(int(last) == LAST_ROW, "all rows have the list")
            formula = each.find(MAIN + "formula1").text
            if formula.startswith('"'):
                need(len(formula) <= 257 and formula.count('"') == 2, f"a list {formula}")
                lists[column] = formula.strip('"').split(",")
                continue
            of, first, end = re.fullmatch(r"Choices!\$([A-Z]+)\$(\d+):\$[A-Z]+\$(\d+)",
                                          formula).groups()
            words = self.cells("xl/worksheets/sheet2.xml")
            lists[column] = [words[f"{of}{row}"] for row in range(int(first), int(end) + 1)]
        return lists


def check(data, headers, wanted):
    book = Workbook(data)
    need(book.cells("xl/worksheets/sheet1.xml") ==
         {f"{name_of(at)}1": header for at, header in enumerate(headers, 1)},
         "the header is not that of the CSV template, or there is more")
    columns = set()
    for column in book.sheet.find(MAIN + "cols"):
        need(book.formats[int(column.get("style"))] == TEXT, "a column is not text")
        need(re.fullmatch(r"[\d.]+", column.get("width")), f"width {column.get('width')}")
        columns.update(range(int(column.get("min")), int(column.get("max")) + 1))
    need(columns >= set(range(1, len(headers) + 1)), "every column is text")
    pane = book.sheet.find(f"{MAIN}sheetViews/{MAIN}sheetView/{MAIN}pane")
    need(pane is not None and pane.get("state") == "frozen" and pane.get("ySplit") == "1",
         "the header stays in view")
    sheets = book.parts["xl/workbook.xml"].find(MAIN + "sheets")
    need([(each.get("name"), each.get("state")) for each in sheets][:2] in
         ([("Import", None)], [("Import", None), ("Choices", "hidden")]), "the sheets")
    notes, lists = book.notes(), book.lists()
    for at, header in enumerate(headers, 1):
        need(notes.get(f"{name_of(at)}1", "").strip(), f"{header} has no note")
    for header, (words, note) in wanted.items():
        column = name_of(headers.index(header) + 1)
        need(lists.get(column) == words, f"{header} has the list {lists.get(column)}")
        need(note in notes[column + "1"], f"{header} has the note {notes[column + '1']!r}")


# Names and words that spreadsheets, XML or people who cut texts would change.
ODD = ["=ID", "@First", "+Last", "B" + " long" * 49, "a\u202eb", "a\x01b", "_x0041_", "<b>&amp;",
       "'-x", 'two, "words"', "J\u00f6rg \U0001f600", "x" * 32767]
ODD_WORDS = ["w" * 300, "\u202ew", "_x0041_", "a\x02", "=1+1", "<w>"]
LONG = [f"a word, and one more {number}" for number in range(40)]
SOUGHT = {"Department": (LONG, "One of: a word"), "Language": (['"', "x"], "One of: \", x"),
          "DND On": (["1", "0"], "Yes or no")}


def with_long_lists(run, path):
    """A format of one's own, with lists that no cell of a workbook can hold."""
    schema = json.loads(run("schema", "show", "clusterpbx").stdout)
    for column in schema["columns"]:
        words = SOUGHT.get(column["header"])
        if words and column["header"] != "DND On":
            column["type"] = {"choice": {"of": words[0]}}
    with open(path, "w", encoding="utf-8") as file:
        json.dump(schema, file)


def with_odd_names(run, path):
    """A format of one's own, in which nothing is called as one would call it."""
    schema = json.loads(run("schema", "show", "clusterpbx").stdout)
    for column, name in zip(schema["columns"], ODD):
        column["header"] = name
    column = schema["columns"][len(ODD)]
    column["type"] = {"choice": {"of": ODD_WORDS}}
    with open(path, "w", encoding="utf-8") as file:
        json.dump(schema, file)
    return {column["header"]: (ODD_WORDS, "One of")}


def typed(name):
    """What a cell of the CSV template says, as a spreadsheet would show it."""
    return name[1:] if re.match(r"'['=+@-]", name) else name


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, help="the rollcall program")
    binary = os.path.abspath(parser.parse_args().bin)
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        def run(*words, **more):
            return subprocess.run([binary, *words], cwd=folder, capture_output=True, timeout=60,
                                  check=False, **more)
        for name, (directory, actor, wanted) in FORMATS.items():
            for path, what in (("directory.json", directory), ("context.json", {"actor": actor})):
                with open(os.path.join(folder, path), "w", encoding="utf-8") as file:
                    json.dump(what, file)
            host = ["--format", name, "--directory", "directory.json", "--context", "context.json"]
            try:
                made = run("template", *host, "--xlsx", "-o", "template.xlsx",
                           env={**os.environ, "LC_ALL": "de_DE.UTF-8"})
                need(made.returncode == 0, f"exit {made.returncode}: {made.stderr.decode()}")
                need(not made.stderr, f"it says {made.stderr.decode()}")
                headers = next(csv.reader(io.StringIO(run("template", *host).stdout.decode())))
                with open(os.path.join(folder, "template.xlsx"), "rb") as file:
                    data = file.read()
                need(run("template", *host, "--xlsx").stdout[:2] == b"PK", "standard output")
                check(data, headers, wanted)
            except (Fault, ElementTree.ParseError, KeyError, ValueError, AttributeError) as fault:
                faults.append(f"{name}: {type(fault).__name__}: {fault}")
        with_long_lists(run, os.path.join(folder, "long.json"))
        # libxlsxwriter 1.1 loses a few bytes of each such list.
        host = ["--format", "./long.json", "--role", "client"]
        made = run("template", *host, "--xlsx",
                   env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"})
        try:
            need(made.returncode == 0, f"exit {made.returncode}: {made.stderr.decode()}")
            headers = next(csv.reader(io.StringIO(run("template", *host).stdout.decode())))
            check(made.stdout, headers, SOUGHT)
        except (Fault, ElementTree.ParseError, KeyError, ValueError, AttributeError) as fault:
            faults.append(f"long lists: {type(fault).__name__}: {fault}")
        sought = with_odd_names(run, os.path.join(folder, "odd.json"))
        host[1] = "./odd.json"
        made = run("template", *host, "--xlsx",
                   env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"})
        try:
            need(made.returncode == 0, f"exit {made.returncode}: {made.stderr.decode()}")
            headers = list(map(typed, next(csv.reader(
                io.StringIO(run("template", *host).stdout.decode(), newline="")))))
            need(headers[:len(ODD)] == ODD, "the CSV template has other names")
            check(made.stdout, headers, sought)
        except (Fault, ElementTree.ParseError, KeyError, ValueError, AttributeError) as fault:
            faults.append(f"odd names: {type(fault).__name__}: {fault}")
        refused = run("template", "--format", "ctu", "--xlsx", "-o", "refused.xlsx")
        if refused.returncode != 5 or os.path.exists(os.path.join(folder, "refused.xlsx")):
            faults.append(f"who may not ask gets a workbook (exit {refused.returncode})")
    for fault in faults:
        print(f"FAIL  {fault}")
    print(f"{len(FORMATS)} workbooks were taken apart, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
