#!/usr/bin/env python3
"""Executes conformance cases at once, and by way of a plan that is kept: plan, show, apply.

    tests/tools/through_plan.py --bin PATH [NAME...]    (NAME: part of format/slug)

Reports, results, error rows, error logs, directories and exit codes must be the same, byte for
byte; planning must say what validating says; a plan that was carried out must not be carried out
again; and every plan can be shown. Whether all that is right is what tests/conformance/run.py asks.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

CASES = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "conformance")
TIME_LIMIT = 60
REFUSED, STALE, NOT_ALLOWED = 3, 4, 5
OUTPUTS = ("report", "result", "error-rows", "error-log")


def read(path):
    """The bytes of a file; none if it was not written."""
    if not os.path.exists(path):
        return None
    with open(path, "rb") as file:
        return file.read()


class Case:
    """A case in a folder to work in."""

    def __init__(self, binary, folder, case, work):
        self.binary = binary
        self.work = work
        self.source = os.path.join(work, case.get("file_name", "users.csv"))
        with open(self.source, "wb") as file:
            file.write(read(os.path.join(folder, "input.csv")))
        self.directory = os.path.join(folder, "directory.json")
        self.host = ["--format", case["format"],
                     "--context", os.path.join(folder, "context.json")]
        self.args = [each for each in case.get("args", []) if each != "--json"]
        self.plan = os.path.join(work, "plan.jsonl")

    def run(self, *command):
        return subprocess.run([self.binary, *command], capture_output=True, timeout=TIME_LIMIT,
                              check=False)

    def told(self, verb, subject, args, more=(), directory=None):
        """Runs a verb with all outputs; what it wrote, by name."""
        paths = {name: os.path.join(self.work, f"{verb}.{name}") for name in OUTPUTS}
        command = [verb, subject, *self.host, "--directory", directory or self.directory, *args]
        for name, path in paths.items():
            command += [f"--{name}", path]
        done = self.run(*command, *more)
        told = {name: read(path) for name, path in paths.items()}
        if told["report"] is not None:
            told["report"] = told["report"].replace(f'"action": "{verb}"'.encode(), b"", 1)
        told["exit"] = done.returncode
        return told

    def limits(self):
        """Those of the arguments that belong to a plan as well."""
        kept = []
        for at, word in enumerate(self.args):
            if word == "--limit":
                kept += self.args[at:at + 2]
        return kept

    def faults(self):
        """What is not as it must be."""
        after = {verb: os.path.join(self.work, verb + ".after") for verb in ("execute", "apply")}
        executed = self.told("execute", self.source, self.args,
                             ["--directory-out", after["execute"]])
        validated = self.told("validate", self.source, self.args)
        planned = self.told("plan", self.source, self.args, ["-o", self.plan])
        found = [f"plan and validate differ in {name}" for name in planned
                 if planned[name] != validated[name]]
        if planned["exit"] in (REFUSED, NOT_ALLOWED):
            return found + ["there is a plan of what was refused"] * os.path.exists(self.plan)
        applied = self.told("apply", self.plan, self.limits(),
                            ["--directory-out", after["apply"]])
        found += [f"apply and execute differ in {name}" for name in applied
                  if applied[name] != executed[name]]
        if read(after["apply"]) != read(after["execute"]):
            found.append("apply and execute leave other directories")
        with open(self.plan, encoding="utf-8") as lines:
            applyable = json.loads(lines.readlines()[-1])["end"]["applyable"]
        again = self.told("apply", self.plan, self.limits(), directory=after["apply"])
        if applyable and again["exit"] != STALE:
            found.append(f"a second apply ends with {again['exit']}")
        shown = self.run("show", self.plan)
        if shown.returncode != 0 or shown.stderr or not shown.stdout:
            found.append(f"show ends with {shown.returncode}")
        return found


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, help="the rollcall program")
    parser.add_argument("names", nargs="*", metavar="NAME")
    asked = parser.parse_args()
    same = differing = 0
    for folder in sorted(folder for folder, _, files in os.walk(CASES) if "case.json" in files):
        name = os.path.relpath(folder, CASES).replace(os.sep, "/")
        case = json.loads(read(os.path.join(folder, "case.json")))
        if case["action"] != "execute":
            continue
        if asked.names and not any(part in name for part in asked.names):
            continue
        with tempfile.TemporaryDirectory() as work:
            found = Case(asked.bin, folder, case, work).faults()
        for fault in found:
            print(f"FAIL  {name}: {fault}")
        differing += bool(found)
        same += not found
    print(f"{same} the same through a plan, {differing} differ")
    return 1 if differing or not same else 0


if __name__ == "__main__":
    sys.exit(main())
