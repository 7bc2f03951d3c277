#!/usr/bin/env python3
"""Stops a job from another process, while it reads and while it applies.

    tests/tools/cancel.py --bin PATH

What was applied stays and is what the job says; the rest is withheld; the job is cancelled. What it
made of secrets is there for those that were applied, and for nobody else.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

ROWS = (60_000, 240_000, 960_000)  # as many as it takes to come in time
TIME_LIMIT = 240
ASKS = ["--actor", "client@acme.example", "--role", "client"]


class TooLate(Exception):
    """The job had ended before it could be stopped."""


class Host:
    def __init__(self, binary, work, rows):
        self.binary, self.work = binary, work
        self.db = os.path.join(work, "host.db")
        self.file = os.path.join(work, "users.csv")
        with open(os.path.join(work, "directory.json"), "w", encoding="utf-8") as file:
            file.write('{"user": []}')
        with open(self.file, "w", encoding="utf-8") as file:
            file.write("ID,First Name,Last Name,Email,Extension\n")
            for i in range(rows):
                file.write(f",Ada,Ek,a{i}@x.de,{10_000 + i}\n")
        self.ask("init", self.db, "--directory", os.path.join(work, "directory.json"))

    def ask(self, *command):
        done = subprocess.run([self.binary, *command], capture_output=True, timeout=TIME_LIMIT,
                              check=False)
        assert done.returncode == 0, (command, done)
        return done.stdout.decode()

    def job(self):
        lines = self.ask("jobs", "--json", "--db", self.db, *ASKS).splitlines()
        return json.loads(lines[0]) if lines else None


def stop_when(host, is_time):
    """Executes the file, and cancels it as soon as what `job` says is what is waited for."""
    process = subprocess.Popen([host.binary, "execute", host.file, "--format", "clusterpbx", "--db",
                                host.db, *ASKS], stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE)
    deadline = time.monotonic() + TIME_LIMIT
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise TooLate
        job = host.job()
        if job and is_time(host.ask("job", str(job["id"]), "--db", host.db, *ASKS)):
            break
        time.sleep(0.02)
    try:
        host.ask("cancel", str(job["id"]), "--db", host.db, *ASKS)
    except AssertionError:
        process.wait(TIME_LIMIT)
        if process.returncode == 0:
            raise TooLate from None
        raise
    process.wait(TIME_LIMIT)
    return process.returncode


def check_applying(host, rows):
    assert stop_when(host, lambda page: "groups of its plan are done" in page) == 1
    job = host.job()
    assert job["state"] == "cancelled", job
    assert 0 < job["created"] < rows and job["created"] + job["withheld"] == rows, job
    dumped = os.path.join(host.work, "after.json")
    host.ask("dump", host.db, "-o", dumped)
    with open(dumped, encoding="utf-8") as file:
        assert len(json.load(file)["user"]) == job["created"]
    made = host.ask("download", str(job["id"]), "secrets", "--db", host.db, *ASKS)
    assert made.count("\n") == 3 * job["created"] + 1, made.count("\n")
    report = host.ask("download", str(job["id"]), "report", "--db", host.db, *ASKS)
    last = json.loads(report.splitlines()[-1])["job"]
    assert last["state"] == "cancelled" and last["withheld"] == job["withheld"], last


def check_reading(host, _rows):
    code = stop_when(host, lambda page: "running" in page)
    job = host.job()
    assert job["state"] == "cancelled" and code == 1, (code, job)


def in_time(check, binary):
    for rows in ROWS:
        with tempfile.TemporaryDirectory() as work:
            try:
                return check(Host(binary, work, rows), rows)
            except TooLate:
                pass
    raise AssertionError(f"no job of {ROWS[-1]} rows could be stopped in time")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    given = parser.parse_args()
    in_time(check_applying, given.bin)
    in_time(check_reading, given.bin)


if __name__ == "__main__":
    sys.exit(main())
