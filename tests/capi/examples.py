#!/usr/bin/env python3
"""Run the examples of the C ABI, and look at what they did.

    examples.py --sqlite-host PATH

Exit 1 if one did not what it says. Python 3 standard library only.
"""

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile

FILE = """ID,First Name,Last Name,Email,Extension,Web Passwords
1,Anne,Smith,ann@acme.example,102,
,Bob,Jones,bob@acme.example,101,S3cret-enough
,Carla,Lopez,carla@acme,103,
"""


def run(command, folder):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60,
                          check=False)
    return done.returncode, done.stdout + done.stderr


def beside_a_reader(program, folder):
    """Somebody reads, so nothing can be committed: the job breaks off, and all is as it was."""
    with open(os.path.join(folder, "more.csv"), "w", encoding="utf-8") as file:
        file.write("ID,First Name,Last Name,Email,Extension\n1,Annie,Smith,ann@acme.example,102\n")
    name = "SELECT first_name FROM user WHERE id = 1"
    db = sqlite3.connect(os.path.join(folder, "phones.db"), isolation_level=None)
    db.execute("BEGIN")
    before = db.execute(name).fetchall()
    code, said = run([program, "phones.db", "more.csv"], folder)
    db.execute("COMMIT")
    faults = [] if code == 2 and "host_failed" in said else [f"ends with {code}, says: {said}"]
    if db.execute(name).fetchall() != before:
        faults.append("has changed a user")
    code, said = run([program, "phones.db", "more.csv"], folder)
    if code != 0 or "1 updated" not in said or db.execute(name).fetchall() != [("Annie",)]:
        faults.append(f"ends with {code} afterwards, says: {said}")
    db.close()
    return faults


def sqlite_host(program):
    """A user gives up her extension to a new one; a wrong address is refused."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "users.csv"), "w", encoding="utf-8") as file:
            file.write(FILE)
        code, said = run([program, "phones.db", "users.csv"], folder)
        faults = [] if code == 0 else [f"ends with {code}"]
        if "1 created, 1 updated, 1 rejected" not in said or "row 3: " not in said:
            faults.append(f"says: {said}")
        db = sqlite3.connect(os.path.join(folder, "phones.db"))
        users = db.execute("SELECT id, first_name, email, extension FROM user ORDER BY id")
        got = users.fetchall()
        db.close()
        wanted = [(1, "Anne", "ann@acme.example", "102"), (2, "Bob", "bob@acme.example", "101")]
        if got != wanted:
            faults.append(f"has the users {got} instead of {wanted}")
        faults += [f"beside a reader: {fault}" for fault in beside_a_reader(program, folder)]
        with open(os.path.join(folder, "phones.db"), "rb") as file:
            if b"S3cret-enough" in file.read():
                faults.append("has kept a secret of the file")
        return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sqlite-host", required=True)
    asked = parser.parse_args()
    faults = sqlite_host(os.path.abspath(asked.sqlite_host))
    for fault in faults:
        print(f"sqlite_host {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
