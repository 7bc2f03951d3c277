#!/usr/bin/env python3
"""Runs the guides: what they show is what happens, byte for byte.

    tests/docs/guides.py --bin build/release/rollcall [--update] [GUIDE...]

A guide is a README, the tutorial, a Markdown file in docs/guides, a page of docs/formats on what a
vendor's own page says, or a page of the reference that shows what is written. Its fenced blocks say
what they are by their first line:

    ```csv users.csv         a file, written into the folder in which the guide is run
    ```json format.json      likewise; it must be JSON
    ```json format.json +    what is added to that file, see `merge`
    ```json plan.jsonl =     what a command has written there, line by line, see `says_so`
    ```console               each `$ ...` is run by the shell; what follows it is what it must print

Other blocks are only to be read. Beside the guide of the examples are the examples. A schema that a
guide builds is part of the example of the same name in docs/formats/examples, so the two cannot
drift apart. Names of plans and times are other ones whenever a guide runs, so those are not
compared. --update writes what was printed into the guide; the diff is then the review.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, os.pardir)
DOCS = os.path.join(SOURCE, "docs")
GUIDES = os.path.join(DOCS, "guides")
FORMATS = os.path.join(DOCS, "formats")
REFERENCE = os.path.join(DOCS, "reference")
EXAMPLES = os.path.join(FORMATS, "examples")
SHOWN = [(SOURCE, "README.md"), (DOCS, "tutorial.md"), (GUIDES, ".md"), (FORMATS, "-page.md"),
         (EXAMPLES, "README.md"), (os.path.join(SOURCE, "bindings", "python"), "README.md"),
         *((REFERENCE, name + ".md") for name in ("convert", "fixes", "jobs", "plan"))]
BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TIME_LIMIT = 60
# Moments, and names of plans.
VARYING = re.compile(r"\b[0-9a-f]{32}\b|\b\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?")


def name_of(element):
    """By what a reader knows an element of a list again; None for what has no name."""
    if not isinstance(element, dict):
        return None
    if "code" in element:
        return element["code"], element.get("blame"), element.get("require")
    return next((element[by] for by in ("field", "name", "header", "kind") if by in element), None)


def merge(old, new):
    """Members go into the object of the same name; what is not there yet goes to the end."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: merge(old[key], new[key]) if key in old else new[key]
                          for key in new}}
    if not (isinstance(old, list) and new and name_of(new[0])):
        return new
    merged = list(old)
    for element in new:
        at = next((i for i, each in enumerate(merged) if name_of(each) == name_of(element)), None)
        if at is None:
            merged.append(element)
        else:
            merged[at] = merge(merged[at], element)
    return merged


def values_of(text):
    """JSON values, one behind the other, with members in their order."""
    decoder, values, at = json.JSONDecoder(object_pairs_hook=list), [], 0
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        values.append(value)
        at += len(text[at:]) - len(text[at:].lstrip())
    return values


def says_so(shown, written):
    """A page may break lines, and leave out members behind one that is called "..."."""
    if isinstance(shown, list) and isinstance(written, list):
        if shown and shown[-1] == ("...", "..."):
            shown, written = shown[:-1], written[:len(shown) - 1]
        return len(shown) == len(written) and all(map(says_so, shown, written))
    if isinstance(shown, tuple) and isinstance(written, tuple):
        return shown[0] == written[0] and (shown[0] in ("id", "path", "digest") or
                                           says_so(shown[1], written[1]))
    return shown == written


def missing(part, whole, path=""):
    """Where `part` says something that `whole` does not."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return [fault for key in part
                for fault in ([f"{path}.{key}"] if key not in whole else
                              missing(part[key], whole[key], f"{path}.{key}"))]
    if isinstance(part, list) and isinstance(whole, list) and part and name_of(part[0]):
        there = {name_of(each): each for each in whole}
        return [fault for each in part
                for fault in missing(each, there.get(name_of(each)), f"{path}[{name_of(each)}]")]
    if isinstance(part, list) and isinstance(whole, list):
        return [path] if any(each not in whole for each in part) else []
    return [] if part == whole else [path]


class Guide:
    """One run of one guide, in a folder of its own."""

    def __init__(self, path, binary, folder):
        self.path = path
        self.folder = folder
        self.schemas = set()
        self.faults = []
        programs = os.path.join(folder, ".bin")
        os.mkdir(programs)
        os.symlink(os.path.abspath(binary), os.path.join(programs, "rollcall"))
        beside = os.path.dirname(os.path.abspath(path))
        if os.path.samefile(beside, EXAMPLES):
            for name in os.listdir(beside):
                os.symlink(os.path.join(beside, name), os.path.join(folder, name))
        self.environment = {**os.environ, "NO_COLOR": "1",
                            "PATH": programs + os.pathsep + os.environ["PATH"]}

    def run(self):
        """The text of the guide as it should be; what cannot be mended is in `faults`."""
        with open(self.path, encoding="utf-8") as file:
            text = file.read()
        text = BLOCK.sub(self.do, text)
        for name in self.schemas:
            with open(os.path.join(EXAMPLES, name), encoding="utf-8") as file:
                whole = json.load(file)
            self.faults += [f"{name}{where} is not so in the example"
                            for where in missing(self.read(name), whole)]
        return text

    def do(self, block):
        language, words, body = block.groups()
        words = words.split()
        if language == "console":
            return f"```console\n{self.printed(body)}```"
        if words[1:] == ["="]:
            with open(os.path.join(self.folder, words[0]), encoding="utf-8") as file:
                written = values_of(file.read().strip())
            if not says_so(values_of(body.strip()), written):
                self.faults.append(f"{words[0]} does not say so, but {json.dumps(written)}")
            return block[0]
        if words:
            self.write(words[0], body, language, is_added=words[1:] == ["+"])
        return block[0]

    def write(self, name, body, language, is_added):
        if language == "json":
            parsed = json.loads(body)
            if os.path.exists(os.path.join(EXAMPLES, name)):
                self.schemas.add(name)
            if is_added:
                body = json.dumps(merge(self.read(name), parsed), indent=2) + "\n"
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(body)

    def read(self, name):
        with open(os.path.join(self.folder, name), encoding="utf-8") as file:
            return json.load(file)

    def printed(self, session):
        """The commands of a session, each with what it prints."""
        out = ""
        for command in re.findall(r"^\$ ((?:.*\\\n)*.*)\n", session, re.MULTILINE):
            done = subprocess.run(["bash", "-c", command], cwd=self.folder, env=self.environment,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                  timeout=TIME_LIMIT, check=False)
            printed = done.stdout.decode().replace("\r\n", "\n")
            out += f"$ {command}\n{printed}"
        return session if VARYING.sub("", out) == VARYING.sub("", session) else out


def differences(shown, happened):
    """The first lines that differ, for people."""
    pairs = zip(shown.splitlines() + [""], happened.splitlines() + [""])
    return next((f"line {i}: shown {a!r}, printed {b!r}" for i, (a, b) in enumerate(pairs, 1)
                 if a != b), "the ends differ")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, help="the rollcall program")
    parser.add_argument("--update", action="store_true", help="write what was printed")
    parser.add_argument("guides", nargs="*", metavar="GUIDE")
    asked = parser.parse_args()
    guides = asked.guides or sorted(os.path.join(folder, name) for folder, end in SHOWN
                                    for name in os.listdir(folder) if name.endswith(end))
    failed = 0
    for path in guides:
        with tempfile.TemporaryDirectory() as folder:
            guide = Guide(path, asked.bin, folder)
            happened = guide.run()
        with open(path, encoding="utf-8") as file:
            shown = file.read()
        if asked.update and shown != happened:
            with open(path, "w", encoding="utf-8") as file:
                file.write(happened)
        elif shown != happened:
            guide.faults.append(differences(shown, happened))
        for fault in guide.faults:
            print(f"FAIL  {os.path.basename(path)}: {fault}")
        failed += bool(guide.faults)
    print(f"{len(guides) - failed} guides hold, {failed} do not")
    return 1 if failed or not guides else 0


if __name__ == "__main__":
    sys.exit(main())
