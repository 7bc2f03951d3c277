#!/usr/bin/env python3
"""Hold the list of thirty things in docs/abi.md to the tests that it names.

    checklist.py --build BUILD [--ctest CTEST]

Each yes must name a test that ctest knows in this build, and what stands behind `capi_checks`: must
be claims that stand in tests/capi, parted by semicolons. There must be thirty rows, of which 27 say
yes. Exit 1 if not. Python 3 standard library only.
"""

import argparse
import glob
import os
import re
import subprocess
import sys

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PAGE = os.path.join(TREE, "docs", "abi.md")
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| (yes|p|no) \| ([^|]*)\|$", re.MULTILINE)
ROWS, YES_MIN = 30, 27


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def known_tests(ctest, build):
    done = subprocess.run([ctest, "--test-dir", build, "-N"], capture_output=True, text=True,
                          check=True)
    return set(re.findall(r"^ *Test +#\d+: (\S+)", done.stdout, re.MULTILINE))


def known_claims():
    claims = set()
    for path in glob.glob(os.path.join(TREE, "tests", "capi", "*.c")):
        for text in re.findall(r'CLAIM\(\s*((?:"[^"]*"\s*)+),', read(path)):
            claims.add("".join(re.findall(r'"([^"]*)"', text)))
    return claims


def faults_of(number, shown, tests, claims):
    named = re.findall(r"`(\w+)`", shown)
    faults = [] if named else [f"row {number} says yes, and names no test"]
    faults += [f"row {number} names `{name}`, which is no test" for name in named
               if name not in tests]
    for text in re.findall(r"`capi_checks`: ([^`]*)", shown):
        faults += [f"row {number} claims what no check does: {claim.strip()}"
                   for claim in text.split(";") if claim.strip() not in claims]
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True)
    parser.add_argument("--ctest", default="ctest")
    asked = parser.parse_args()
    tests, claims = known_tests(asked.ctest, asked.build), known_claims()
    rows = ROW.findall(read(PAGE))
    faults = []
    if [int(number) for number, *_ in rows] != list(range(1, ROWS + 1)):
        faults.append(f"docs/abi.md has {len(rows)} rows, not those from 1 to {ROWS}")
    for number, _, is_so, shown in rows:
        if is_so == "yes":
            faults += faults_of(number, shown, tests, claims)
    count = sum(is_so == "yes" for _, _, is_so, _ in rows)
    if count < YES_MIN:
        faults.append(f"{count} of {ROWS} are so, {YES_MIN} must be")
    for fault in faults:
        print(fault)
    print(f"{count} of {len(rows)} say yes, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
