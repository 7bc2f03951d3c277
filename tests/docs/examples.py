#!/usr/bin/env python3
"""Run the examples in C++, and look at what they did.

    examples.py --stream-file PATH [--rows N]

A file of many rows must be checked in the memory of one of few: 10,000 rows and N (1,000,000) may
differ by no more than a job keeps of a row, and some pages. Exit 1 if one did not what it says.
Python 3 standard library only.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile

FEW = 10_000
BYTES_A_ROW = 2  # one, in memory that grows by doubling
SLACK_KIB = 1024


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    return done.returncode, done.stdout + done.stderr


def streamed(program, rows, faults):
    """The most memory, in KiB, that so many rows have taken."""
    code, said = run(program, "--rows", str(rows))
    found = re.search(rf"^{rows} rows, {rows // 1000} of them no good, {rows // 1000} findings; "
                      r"(\d+) KiB", said, re.MULTILINE)
    if code != 0 or found is None or "is not an email address" not in said:
        faults.append(f"of {rows} rows: ends with {code}, says: {said}")
        return 0
    print(f"{rows} rows: {found[1]} KiB")
    return int(found[1])


def stream_file(program, rows):
    faults = []
    few, many = (streamed(program, each, faults) for each in (FEW, rows))
    if many - few > SLACK_KIB + rows * BYTES_A_ROW // 1024:
        faults.append(f"takes {few} KiB for {FEW} rows, and {many} KiB for {rows}")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "book.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write("Name,Number\nAnn,+442071838750\nBob,nowhere\n")
        code, said = run(program, path)
        if code != 0 or "2 rows, 1 of them no good, 1 findings" not in said:
            faults.append(f"of a file: ends with {code}, says: {said}")
    code, said = run(program, "/nowhere/book.csv")
    if code != 1 or "no such file" not in said:
        faults.append(f"of no file: ends with {code}, says: {said}")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stream-file", required=True)
    parser.add_argument("--rows", type=int, default=1_000_000)
    asked = parser.parse_args()
    faults = stream_file(os.path.abspath(asked.stream_file), asked.rows)
    for fault in faults:
        print(f"stream_file {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
