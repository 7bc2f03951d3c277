#!/usr/bin/env python3
"""Hold what `rollcall dump` writes against what `--directory-out` does, byte for byte.

    dump_ways.py --bin PATH

Runs every conformance case that executes a file both ways, and compares the reports too. Python 3
standard library only.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile

CASES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "conformance")


def read(path):
    if not os.path.exists(path):
        return b"(absent)"
    with open(path, "rb") as file:
        return file.read()


def compare_case(program, folder):
    """What differs, in words; empty if nothing does, None if the case does not fit."""
    case = json.loads(read(os.path.join(folder, "case.json")))
    if case["action"] != "execute":
        return None
    with tempfile.TemporaryDirectory() as work:
        def path(name):
            return os.path.join(work, name)

        os.mkdir(path("in"))
        source = os.path.join(path("in"), case.get("file_name", "users.csv"))
        shutil.copyfile(os.path.join(folder, "input.csv"), source)
        directory = os.path.join(folder, "directory.json")
        common = [program, "execute", source, "--format", case["format"], "--context",
                  os.path.join(folder, "context.json")] + case.get("args", [])

        def run(command):
            return subprocess.run(command, capture_output=True, timeout=60, check=False).returncode

        plain = run(common + ["--directory", directory, "--directory-out", path("plain.json"),
                              "--report", path("plain.jsonl")])
        made = run([program, "init", path("host.db"), "--directory", directory])
        if made != 0:
            return f"init ends with {made}"
        stored = run(common + ["--db", path("host.db"), "--report", path("stored.jsonl")])
        if plain != stored:
            return f"exit {stored} instead of {plain}"
        run([program, "dump", path("host.db"), "-o", path("stored.json")])
        if read(path("plain.json")) != read(path("stored.json")):
            return "the dump is another than --directory-out"
        if read(path("plain.jsonl")) != read(path("stored.jsonl")):
            return "the reports differ"
    return ""


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, help="the rollcall program")
    program = parser.parse_args().bin
    passed = failed = 0
    for folder in sorted(folder for folder, _, files in os.walk(CASES) if "case.json" in files):
        found = compare_case(program, folder)
        if found is None:
            continue
        if not found:
            passed += 1
            continue
        failed += 1
        print(f"FAIL  {os.path.relpath(folder, CASES)}: {found}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
