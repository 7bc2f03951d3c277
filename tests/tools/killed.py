#!/usr/bin/env python3
"""Kills the program in front of its writes, and goes on with what it has left.

    tests/tools/killed.py --bin PATH --dies-at LIBRARY [--every N]

Whatever the verb, and wherever it was killed: who resumes the job, or runs it again where there is
none or nothing of it was kept, comes to what the program would have come to in peace: objects,
counts, outputs, the plan.
"""
import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

ASKS = ["--role", "client", "--actor", "ops"]
FORMAT = ["--format", "clusterpbx"]
CHANCE = ["--seed", "5", "--now", "2026-01-01T00:00:00Z"]
TEXTS = {"--report": "report", "--result": "result.csv", "--error-rows": "errors.csv",
         "--error-log": "errors.txt"}
OUTPUTS = [word for each in TEXTS.items() for word in each]
DIRECTORY = {"phone_model": [], "user": [
    {"id": "3", "first_name": "Ann", "last_name": "Lee", "email": "ann@x.de", "extension": "101"},
    {"id": "7", "first_name": "Bo", "last_name": "Day", "email": "bo@x.de", "extension": "102",
     "web_password": True}]}
GOOD = ["ID,First Name,Last Name,Email,Web Passwords,Extension",
        "3,Ann,Lee,ann@x.de,,102", "7,Bo,Day,bo@x.de,Rosebud-19,101", ",Dora,Quinn,dora@x.de,,104"]
BAD = ",Emil,Fox,emil@x,,105"
VERBS = {
    "execute": ["execute", "users.csv", *FORMAT],
    "atomic": ["execute", "good.csv", "--atomic", *FORMAT],
    "validate": ["validate", "users.csv", *FORMAT],
    "plan": ["plan", "users.csv", "-o", "made.jsonl", *FORMAT],
    "apply": ["apply", "sealed.jsonl"],
    "unsealed": ["apply", "unsealed.jsonl", "--unsealed"],
}
NOT_KEPT = "broke off before it was kept"


class Place:
    """A folder in which a verb is run, as it was before, as often as is wanted."""

    def __init__(self, binary, library, work):
        self.binary, self.library = binary, library
        self.before, self.work = os.path.join(work, "before"), os.path.join(work, "work")
        os.mkdir(self.before)
        # Plans say where their file lies, so everything is made where it is used.
        self.begin()
        self.write("dir.json", json.dumps(DIRECTORY))
        self.write("users.csv", "\n".join([*GOOD, BAD, ""]))
        self.write("good.csv", "\n".join([*GOOD, ""]))
        self.must("init", "h.db", "--directory", "dir.json")
        self.must("plan", "users.csv", "-o", "sealed.jsonl", "--db", "h.db", *FORMAT, *ASKS)
        self.must("plan", "users.csv", "-o", "unsealed.jsonl", "--directory", "dir.json", *FORMAT,
                  *ASKS)
        shutil.rmtree(self.before)
        shutil.copytree(self.work, self.before)

    def begin(self):
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(self.before, self.work)

    def write(self, name, text):
        with open(os.path.join(self.work, name), "w", encoding="utf-8") as file:
            file.write(text)

    def read(self, name):
        path = os.path.join(self.work, name)
        if not os.path.exists(path):
            return None
        with open(path, encoding="utf-8") as file:
            return file.read()

    def run(self, *words, dies_at=0):
        environment = dict(os.environ)
        if dies_at:
            environment.update(LD_PRELOAD=self.library, DIES_AT=str(dies_at))
        return subprocess.run([self.binary, *words], cwd=self.work, env=environment, text=True,
                              capture_output=True, timeout=60, check=False)

    def must(self, *words):
        done = self.run(*words)
        assert done.returncode in (0, 1), (words, done)
        return done.stdout

    def last_job(self):
        lines = self.must("jobs", "--json", "--db", "h.db", *ASKS).splitlines()
        return json.loads(lines[0])

    def end(self, verb):
        """All that it has come to."""
        job = self.last_job()
        if verb == "plan":
            self.must("download", str(job["id"]), "plan", "-o", "kept.jsonl", "--db", "h.db", *ASKS)
        plan = self.read("kept.jsonl")
        if plan:  # without what chance has made of it, and what hangs on that
            plan = re.sub(r'"id":"[0-9a-f]{32}"', "", plan[:plan.rindex(',"digest"')])
        texts = {name: self.read(name) for name in TEXTS.values()}
        number = re.compile(r'("job": \{"id": )\d+')
        texts["report"] = number.sub(r"\1N", texts["report"] or "")
        return {"objects": self.must("dump", "h.db"), "plan": plan, **texts,
                "job": {name: value for name, value in job.items()
                        if name not in ("id", "plan", "started", "ended", "created_at")}}


def go_on(place, command, verb, jobs_before):
    """From what a killed process has left to the end."""
    job = place.last_job()
    if job["id"] > jobs_before and job["state"] == "interrupted":
        resumed = place.run("resume", str(job["id"]), "--db", "h.db", *ASKS, *OUTPUTS, *CHANCE)
        assert resumed.returncode in (0, 1, 3), (verb, resumed)
        if resumed.returncode != 3:
            return
        assert NOT_KEPT in resumed.stdout, (verb, resumed)
    elif job["id"] > jobs_before:
        return  # it had ended
    done = place.run(*command)
    assert done.returncode in (0, 1), (verb, done)


def difference(wanted, found):
    """Both from shortly before they part."""
    at = max(0, len(os.path.commonprefix([wanted, found])) - 60)
    return wanted[at:at + 300], found[at:at + 300]


def kill_at_writes(place, verb, every):
    command = [*VERBS[verb], "--db", "h.db", *ASKS, *OUTPUTS, *CHANCE]
    place.begin()
    jobs_before = place.last_job()["id"]
    assert place.run(*command).returncode in (0, 1), verb
    wanted = place.end(verb)
    killed = 0
    for at in range(1, 10_000, every):
        place.begin()
        died = place.run(*command, dies_at=at)
        if died.returncode != -signal.SIGKILL:
            assert killed * every > 40, (verb, "was hardly killed at all", died)
            return killed
        killed += 1
        go_on(place, command, verb, jobs_before)
        found = place.end(verb)
        for name, text in wanted.items():
            assert found[name] == text, (f"{verb}, killed at {at}: {name}",
                                         *difference(str(text), str(found[name])))
    raise AssertionError(f"{verb} does not end")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--dies-at", required=True)
    parser.add_argument("--every", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        place = Place(os.path.abspath(given.bin), os.path.abspath(given.dies_at), work)
        for verb in VERBS:
            print(f"{verb}: killed {kill_at_writes(place, verb, given.every)} times", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
