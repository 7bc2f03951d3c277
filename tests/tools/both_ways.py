#!/usr/bin/env python3
"""Runs conformance cases by a built-in format, and by the JSON that `schema show` prints of it.

    tests/tools/both_ways.py --bin build/release/rollcall [NAME...]      (NAME: part of format/slug)

Reports, results, error rows, error logs, directories, findings as they are printed and exit codes
must be the same, byte for byte. Whether they are right is what tests/conformance/run.py asks. Cases
of formats that this program does not have are left out.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

CASES = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "conformance")
TIME_LIMIT = 60


def read(path):
    with open(path, "rb") as file:
        return file.read()


def run(binary, folder, case, schema, work):
    """Everything that comes out of a case, by name."""
    os.mkdir(work)
    command = [binary, case["action"], "--format", schema,
               "--context", os.path.join(folder, "context.json"),
               "--directory", os.path.join(folder, "directory.json")]
    written = {}
    if case["action"] in ("validate", "execute"):
        source = os.path.join(work, case.get("file_name", "users.csv"))
        with open(source, "wb") as file:
            file.write(read(os.path.join(folder, "input.csv")))
        written = {name: os.path.join(work, name)
                   for name in ("report", "result", "error-rows", "error-log", "directory-out")}
        command.append(source)
        if "--json" not in case.get("args", []):
            command += ["--findings", "text"]
        for name, path in written.items():
            command += [f"--{name}", path]
    done = subprocess.run(command + case.get("args", []), capture_output=True,
                          timeout=TIME_LIMIT, check=False)
    out = {name: read(path) if os.path.exists(path) else None for name, path in written.items()}
    out["exit"] = done.returncode
    out["printed"] = done.stdout.replace(work.encode(), b"")
    out["said"] = done.stderr.replace(work.encode(), b"")
    return out


def formats_of(binary):
    """The names of the formats that are built in."""
    shown = subprocess.run([binary, "formats", "--json"], capture_output=True, timeout=TIME_LIMIT,
                           check=True)
    return [json.loads(line)["format"] for line in shown.stdout.splitlines()]


def schema_of(binary, name, folder):
    """The file with a built-in format as JSON; printed when it is first asked for."""
    path = os.path.join(folder, name + ".json")
    if not os.path.exists(path):
        with open(path, "wb") as file:
            subprocess.run([binary, "schema", "show", name], stdout=file, timeout=TIME_LIMIT,
                           check=True)
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, help="the rollcall program")
    parser.add_argument("names", nargs="*", metavar="NAME")
    asked = parser.parse_args()
    known = formats_of(asked.bin)
    same = differing = left_out = 0
    with tempfile.TemporaryDirectory() as work:
        folders = [folder for folder, _, files in os.walk(CASES) if "case.json" in files]
        for folder in sorted(folders):
            name = os.path.relpath(folder, CASES).replace(os.sep, "/")
            if asked.names and not any(part in name for part in asked.names):
                continue
            case = json.loads(read(os.path.join(folder, "case.json")))
            if case["format"] not in known:
                left_out += 1
                continue
            schema = schema_of(asked.bin, case["format"], work)
            actions = ["execute", "validate"] if case["action"] == "execute" else [case["action"]]
            for action in actions:
                case["action"] = action
                at = os.path.join(work, str(same + differing))
                ways = [run(asked.bin, folder, case, case["format"], at + "-built-in"),
                        run(asked.bin, folder, case, schema, at + "-from-json")]
                found = [what for what in ways[0] if ways[0][what] != ways[1][what]]
                if found:
                    print(f"FAIL  {name} ({action}): {', '.join(found)} differ")
                differing += bool(found)
                same += not found
    print(f"{same} the same, {differing} differ, {left_out} left out")
    return 1 if differing or not same else 0


if __name__ == "__main__":
    sys.exit(main())
