#!/usr/bin/env python3
"""Reads every form of findings with a real parser, and holds it to what its readers ask for.

    tests/tools/forms.py --bin build/release/rollcall [--xmllint PROGRAM] [--keep DIR]

The file that is judged has in its cells whatever could end a form early, and secrets that must be
in none of them; beside it a file in which nothing is found, one that is refused, and a plan. SARIF
is held to the sections of SARIF 2.1.0 that code hosts rely on, JUnit to our schema of what servers
read (by xmllint), annotations to GitHub's grammar of commands, the page to what it promises: it is
well nested, fetches nothing, runs nothing, and can be read by whoever hears it.
"""
import argparse
import csv
import html.parser
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree as ElementTree

import junit_schema

FORMS = ["text", "jsonl", "csv", "junit", "sarif", "github", "html"]
CANARY = "c4nary"
NAME = "my users, 100%.csv"
HEADER = ("ID,First Name,Last Name,Email,Extension,Department,Language,Forward Number,"
          "Web Passwords,Phone Secret,Voicemail Pin,Mac Address,<i>Nickname</i>")
OTHERS = {"a good file": "ID,First Name,Last Name,Email,Extension\n,Eve,Adams,eve@b.example,210\n",
          "a refused file": "17;Eve;Adams;eve@b.example;210\n"}
NASTY = ["<script>alert(1)</script>", "]]>", "</td></table>", "a&amp;b", "%0A::error::x",
         "{0} [x](https://a.example)", "=1+1", "\u202eevil", "J\u00f6rg \U0001f600", "\x7f"]


def users():
    """The file: rows that are nasty, one that is good, and secrets in each."""
    rows = [HEADER]
    for number, nasty in enumerate(NASTY):
        rows.append(f'{number + 1},Ada,"{nasty}","{nasty}",20x{number},"{nasty}",,"4420{number}",'
                    f'{CANARY}{number},{CANARY},{CANARY},zz,x')
    rows.append('11,,"two\nlines","a@\nb",201,,,,' + f'{CANARY},{CANARY},12,,')
    rows.append(',Eve,Adams,eve@b.example,210,,,,,,,00:15:65:74:b1:50,')
    rows.append(f'12,"Ada"x,Byron,ada@b.example,202,,,,{CANARY},{CANARY}')
    rows.append('13,Bob,Last,bob@b.example,4.42E+11,,,,,,,,')
    return "\r\n".join(rows) + "\r\n"


class Fault(Exception):
    """What a form does that it must not."""


def need(condition, what):
    if not condition:
        raise Fault(what)


# ---- Each form, as its reader reads it: the findings by code and column --------------------------

def count(kinds, code, column, times=1):
    kinds[(code, column or "")] = kinds.get((code, column or ""), 0) + times


def read_jsonl(text, _file):
    kinds = {}
    for line in text.splitlines():
        finding = json.loads(line)
        count(kinds, finding["code"], finding["column"])
    return kinds


def read_csv(text, _file):
    kinds = {}
    rows = list(csv.reader(io.StringIO(text, newline="")))
    for row in rows[1:]:
        need(len(row) == len(rows[0]), "a row has other columns than the header")
        for cell in row:
            need(not re.match(r"[=@\t\r]", cell) and re.match(r"[+-](?![\d.]+$)", cell) is None,
                 f"a spreadsheet would run {cell!r}")
        count(kinds, row[1], row[4])
    return kinds


def read_junit(text, _file):
    kinds = {}
    root = ElementTree.fromstring(text)
    need(root.tag == "testsuites" and len(root) == 1, "one suite in testsuites")
    suite = root[0]
    cases = suite.findall("testcase")
    order = [child.tag for child in suite]
    need(order == ["properties"] + ["testcase"] * len(cases), f"order of elements: {order}")
    failures = suite.findall("testcase/failure")
    for element in (root, suite):
        need(int(element.get("tests")) == len(cases), "tests counts the cases")
        need(int(element.get("failures")) == len(failures), "failures counts the failures")
    names = [case.get("name") for case in cases]
    need(len(set(names)) == len(names), "no case is there twice")
    for case in cases:
        if len(case) == 0:
            need(names == ["no findings"], "a case says what was found")
            continue
        code, _, column = case.get("name").partition(" in ")
        text = case[0].text
        more = re.search(r"^\.\.\. and ([\d,]+) more$", text, re.M)
        lines = len(re.findall(r"^line \d+: ", text, re.M)) or 1
        if case[0].tag == "failure":
            need(case[0].get("type") == code, "the type of a failure is its code")
            lines = int(re.match(r"([\d,]+) finding", case[0].get("message"))[1].replace(",", ""))
        elif more:
            lines += int(more[1].replace(",", ""))
        count(kinds, code, column, lines)
    return kinds


def spot(lines, line, column):
    """Where in a text a line and column of it are, both counted from 1."""
    return sum(len(each) for each in lines[:line - 1]) + column - 1


def check_region(region, file):
    need(region.get("startLine", 0) >= 1, "a region begins in a line")
    if "startColumn" not in region:
        need(set(region) == {"startLine"}, f"half a region: {region}")
        return None
    raw = file.encode()
    lines = file.splitlines(keepends=True)
    begin = spot(lines, region["startLine"], region["startColumn"])
    end = spot(lines, region["endLine"], region["endColumn"])
    cell = raw[region["byteOffset"]:region["byteOffset"] + region["byteLength"]].decode()
    need(file[begin:end] == cell, f"{file[begin:end]!r} and {cell!r} are not the same place")
    around = file[begin - 1:begin] + file[end:end + 1]
    need(re.fullmatch(r"[,\n][,\r]", around), f"{cell!r} is no whole cell")
    return cell


def read_sarif(text, file):
    kinds = {}
    log = json.loads(text)
    need(log["version"] == "2.1.0" and log["$schema"].endswith("sarif-2.1.0.json"), "version")
    need(len(log["runs"]) == 1, "one run")
    run = log["runs"][0]
    need(set(run) == {"columnKind", "results", "artifacts", "tool"}, f"run: {sorted(run)}")
    need(run["columnKind"] == "unicodeCodePoints", "columns are code points")
    rules = run["tool"]["driver"]["rules"]
    ids = [rule["id"] for rule in rules]
    need(len(set(ids)) == len(ids), "no rule is there twice")
    for rule in rules:
        need(rule["shortDescription"]["text"], "a rule has a short description")
        need(rule["defaultConfiguration"]["level"] in ("error", "warning", "note"), "level of rule")
    for result in run["results"]:
        need(ids[result["ruleIndex"]] == result["ruleId"], "the index of a rule is that of its id")
        need(result["level"] in ("error", "warning", "note"), "level of a result")
        message = result["message"]["text"]
        need(message and not re.search(r"(?<!\{)\{(?:\{\{)*(?!\{)", message), f"braces: {message}")
        need(not re.search(r"(?<!\\)\]\(", message), f"a link: {message}")
        for location in result["locations"] + result.get("relatedLocations", []):
            place = location["physicalLocation"]
            uri = place["artifactLocation"]["uri"]
            need(urllib.parse.unquote(uri) == NAME and " " not in uri, f"uri: {uri}")
            if "region" in place:
                check_region(place["region"], file)
        for value in result.get("partialFingerprints", {}).values():
            need(re.fullmatch(r"[0-9a-f]{32}", value), "a fingerprint")
        for fix in result.get("fixes", []):
            for change in fix["artifactChanges"]:
                for each in change["replacements"]:
                    need(check_region(each["deletedRegion"], file), "what a fix deletes")
                    need(isinstance(each["insertedContent"]["text"], str), "what it inserts")
        count(kinds, result["ruleId"], "")
    return kinds


def read_github(text, _file):
    kinds = {}
    for line in text.splitlines():
        command = re.fullmatch(r"::(error|warning|notice) ((?:\w+=[^,:\s][^,:]*,?)+)::(.*)", line)
        need(command, f"no command: {line!r}")
        properties = dict(each.split("=", 1) for each in command[2].split(","))
        need(urllib.parse.unquote(properties["file"]) == NAME, f"file: {properties['file']}")
        need(set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"},
             f"properties: {sorted(properties)}")
        more = re.match(r"and ([\d,]+) more ", command[3])
        count(kinds, properties["title"], "", int(more[1].replace(",", "")) if more else 1)
    return kinds


class Page(html.parser.HTMLParser):
    """Holds a page to what it promises while it is read."""
    VOID = {"meta", "input", "br"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.labels, self.inputs, self.headings = [], [], [], [], []
        self.text, self.kinds, self.title, self.headers = "", {}, "", 0

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        need(tag not in {"script", "link", "img", "iframe", "object", "embed", "form", "a", "base",
                         "audio", "video", "svg"}, f"<{tag}>")
        for name, value in attrs:
            need(not name.startswith("on") and name not in {"src", "href", "action", "style"},
                 f"the attribute {name}={value!r}")
        if tag == "html":
            need(attributes.get("lang") == "en", "the language is said")
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "label":
            self.labels.append(attributes["for"])
        if tag == "input":
            self.inputs.append(attributes["id"])
        if tag in {"h1", "h2", "h3"}:
            self.headings.append(int(tag[1]))
        if tag == "th":
            need(attributes.get("scope") in {"col", "row", "rowgroup"}, "the scope of a th")
        if tag == "tr":
            need(self.open[-1] in {"thead", "tbody"}, "rows are in groups")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        need(self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-1:]}")
        self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1] == "title":
            self.title += data
        elif self.open and self.open[-1] != "style":
            self.text += data

    def check(self, text):
        need(text.startswith("<!DOCTYPE html>"), "the doctype")
        need(not self.open, f"left open: {self.open}")
        need(len(set(self.ids)) == len(self.ids), "no id is there twice")
        need(sorted(self.labels) == sorted(self.inputs), "each box has its label")
        need(self.title.strip(), "a title")
        need(self.headings[:1] == [1] and self.headings.count(1) == 1, "one h1, and first")
        for before, after in zip(self.headings, self.headings[1:]):
            need(after <= before + 1, "no level of headings is left out")
        need("default-src 'none'" in text and "script-src" not in text, "a policy against scripts")
        need("@import" not in text and "url(" not in text, "no style fetches anything")


def read_html(text, _file):
    page = Page()
    page.feed(text)
    page.close()
    page.check(text)
    kinds = {}
    for code, column, times in re.findall(
            r"<h3><code>([^<]+)</code>(?: in ([^<]*))?</h3> <span class=\"count\">([\d,]+)", text):
        count(kinds, code, html.unescape(column), int(times.replace(",", "")))
    return kinds


def read_text(text, _file):
    """Each by itself, or, where some were left out, all of them in a list at the end."""
    kinds = {}
    titles = "rollcall fix mends|rollcall fix --unsafe-fixes guesses|by hand"
    listed = re.search(rf"^(?:{titles})\n(?:.+\n)+", text, re.M)
    if listed:
        for times, code in re.findall(r"^ +([\d,]+)  ([\w.]+)", listed[0], re.M):
            count(kinds, code, "", int(times.replace(",", "")))
        return kinds
    for code in re.findall(r"^(?:error|warning|note)\[([^\]]+)\]: ", text, re.M):
        count(kinds, code, "")
    return kinds


READ = {"text": read_text, "jsonl": read_jsonl, "csv": read_csv, "junit": read_junit,
        "sarif": read_sarif, "github": read_github, "html": read_html}
NAMES_COLUMNS = {"jsonl", "csv", "junit", "html"}


def by_code(kinds):
    codes = {}
    for (code, _), times in kinds.items():
        codes[code] = codes.get(code, 0) + times
    return codes


class Program:
    """The command line, in a folder with the file."""

    def __init__(self, binary, folder):
        self.binary, self.folder = os.path.abspath(binary), folder

    def run(self, *words):
        done = subprocess.run([self.binary, *words], cwd=self.folder, capture_output=True,
                              timeout=120, check=False)
        need(done.returncode in (0, 1, 3), f"{words}: {done.returncode}: {done.stderr.decode()}")
        return done.stdout.decode()


def check_forms(what, texts, file, keep, finds=True):
    """All forms of one thing: each is sound, and all say the same."""
    faults = []
    told = {}
    for form, text in texts.items():
        if keep:
            name = what.replace(" ", "_") + "." + form
            with open(os.path.join(keep, name), "w", encoding="utf-8", newline="") as kept:
                kept.write(text)
        try:
            need(CANARY not in text, "a secret is in it")
            told[form] = READ[form](text, file)
        except (Fault, ElementTree.ParseError, ValueError, KeyError, IndexError) as fault:
            faults.append(f"{what} as {form}: {fault}")
    for form, kinds in told.items():
        wanted = told.get("jsonl", {})
        if form not in NAMES_COLUMNS:
            wanted, kinds = by_code(wanted), by_code(kinds)
        if wanted != kinds:
            missing = set(wanted.items()) ^ set(kinds.items())
            faults.append(f"{what} as {form} and as jsonl differ: {sorted(missing)[:4]}")
    if bool(told.get("jsonl")) != finds:
        faults.append(f"{what}: {told.get('jsonl')} was found")
    return faults


def check_large_plan(program):
    """Of a plan of very many rows the page has what a browser can show, and counts the others."""
    rows = "".join(f",Ada,Ek,a{number}@b.example,{number}\n" for number in range(20000, 30003))
    with open(os.path.join(program.folder, "large.csv"), "w", encoding="utf-8") as out:
        out.write("ID,First Name,Last Name,Email,Extension\n" + rows)
    host = ["--format", "clusterpbx", "--directory", "directory.json", "--role", "client"]
    program.run("plan", "large.csv", *host, "-o", "large.jsonl")
    page = program.run("show", "large.jsonl", "--findings", "html")
    shown = page.count('<tbody class="create">')
    if shown != 10000 or "The first 10,000, in the order" not in page or "and 3 more" not in page:
        return [f"the page of a large plan shows {shown} changes"]
    return []


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, help="the rollcall program")
    parser.add_argument("--xmllint", help="the program that holds XML to a schema")
    parser.add_argument("--keep", help="a folder where what was read is kept")
    asked = parser.parse_args()
    if asked.keep:
        os.makedirs(asked.keep, exist_ok=True)
    file = users()
    with tempfile.TemporaryDirectory() as folder:
        program = Program(asked.bin, folder)
        with open(os.path.join(folder, NAME), "w", encoding="utf-8", newline="") as out:
            out.write(file)
        with open(os.path.join(folder, "directory.json"), "w", encoding="utf-8") as out:
            json.dump({"user": [{"id": "12", "extension": "202", "first_name": "Old"}]}, out)
        host = ["--format", "clusterpbx", "--directory", "directory.json",
                "--role", "client"]
        validated = {form: program.run("validate", NAME, *host, "--findings", form)
                     for form in FORMS}
        program.run("plan", NAME, *host, "-o", "plan.jsonl")
        shown = {form: program.run("show", "plan.jsonl", "--findings", form) for form in FORMS}
        faults = check_large_plan(program)
        others = {}
        for what, text in OTHERS.items():
            with open(os.path.join(folder, "other.csv"), "w", encoding="utf-8") as out:
                out.write(text)
            others[what] = {form: program.run("validate", "other.csv", "--file-name", NAME, *host,
                                              "--findings", form) for form in FORMS}
    page = shown["text"]
    del shown["text"] # the plan itself, not what it found
    faults += check_forms("a file", validated, file, asked.keep)
    faults += check_forms("a plan", shown, file, asked.keep)
    for what, texts in others.items():
        faults += check_forms(what, texts, OTHERS[what], asked.keep, what != "a good file")
    if "Nothing was found." not in others["a good file"]["html"]:
        faults.append("a page does not say that nothing was found")
    if asked.xmllint:
        junit = {what: texts["junit"] for what, texts in
                 {"a file": validated, "a plan": shown, **others}.items()}
        faults += junit_schema.faults(asked.xmllint, junit)
    if "Eve" not in shown["html"] or "Eve" not in page:
        faults.append("the page of a plan does not show its changes")
    for fault in faults:
        print(f"FAIL  {fault}")
    forms = len(validated) + len(shown) + sum(map(len, others.values()))
    print(f"{forms} forms were read, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
