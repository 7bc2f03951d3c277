#!/usr/bin/env python3
"""Looks for secrets where none may be: canaries in every secret column of a file of each format,
and the secrets that were made for it.

    tests/tools/canaries.py --bin PATH [FORMAT...]

A file is executed in a database. No report, result, log, plan, history or audit may show a secret;
made ones can be fetched once; what can be downloaded later is what was written at once, byte for
byte; and when a job is purged, in whatever moment a process that purges is killed, no byte of the
database and its log has any of them. (Each such moment: ./dev torture.) Nor does any other verb say
one: validate in all forms of findings, fix, plan, show, apply, execute-job, retry, undo.
"""
import argparse
import csv
import io
import json
import os
import random
import signal
import stat
import subprocess
import sys
import tempfile
import time

CASES = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "conformance")
TIME_LIMIT = 120
OUTPUTS = ("report", "result", "error_rows", "error_log")
FORMS = ("text", "jsonl", "csv", "junit", "sarif", "github", "html")
# Each secret of the case, and a canary in its place.
CANARIES = {
    "ctu": {"Welcome-Ann1": "Canary-Ann-4711", "Welcome-Bob1": "Canary-Bob-4712",
            "Welcome-Carla1": "Canary-Carla-4713"},
    "clusterpbx": {"Ch4nge-me-soon": "Canary-web-5811", "s1p-S3cret-x": "Canary-sip-5812",
                   "908172": "9081726354"},
    "subscriber_import": {"908172": "9081726355"},
    "extension_generator": {"Much-t00-secret": "Canary-phone-6911", "908172": "9081726356"},
}
MADE = {"ctu": 0, "clusterpbx": 3, "subscriber_import": 1, "extension_generator": 4}


def read(path):
    with open(path, "rb") as file:
        return file.read()


class Host:
    """A database with the objects of a case, and a file of that case with canaries."""

    def __init__(self, binary, name, work):
        self.binary, self.name, self.work = binary, name, work
        folder = os.path.join(CASES, name, "happy_path")
        self.context = os.path.join(folder, "context.json")
        self.db = os.path.join(work, "host.db")
        self.file = os.path.join(work, "users.csv")
        directory = os.path.join(work, "directory.json")
        with open(os.path.join(folder, "directory.json"), encoding="utf-8") as file:
            host = json.load(file)
        if name == "subscriber_import":
            host["tenant"]["pin_notification"] = "email_and_display"
        with open(directory, "w", encoding="utf-8") as file:
            json.dump(host, file)
        self.canaries = list(CANARIES[name].values())
        text = read(os.path.join(folder, "input.csv")).decode()
        for secret, canary in CANARIES[name].items():
            text = text.replace(secret, canary)
        rows = list(csv.reader(io.StringIO(text)))
        if name == "subscriber_import":
            more = dict(zip(rows[0], [""] * len(rows[0])), Type="User", LastName="Made",
                        Extension="209", Email="made@acme.example", SysPIN="y")
            rows.append([more[header] for header in rows[0]])
        rejected = [cell + "-no" if cell in self.canaries else cell for cell in rows[1]]
        self.canaries += [cell for cell in rejected if cell.endswith("-no")]
        rejected[rows[0].index("Extension")] = "12-not-a-number"
        rows.append(rejected)
        with open(self.file, "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        self.must("init", self.db, "--directory", directory)

    def run(self, *command):
        return subprocess.run([self.binary, *command], capture_output=True, timeout=TIME_LIMIT,
                              check=False)

    def must(self, *command, allowed=(0,)):
        done = self.run(*command)
        if done.returncode not in allowed:
            raise AssertionError(f"{' '.join(command)}: exit {done.returncode}, {done.stderr}")
        return done

    def ask(self, *command, **more):
        return self.must(*command, "--db", self.db, "--context", self.context, **more)

    def execute(self, *more):
        paths = {name: os.path.join(self.work, name) for name in OUTPUTS}
        command = ["execute", self.file, "--format", self.name, *more]
        for name, path in paths.items():
            command += ["--" + name.replace("_", "-"), path]
        done = self.ask(*command, allowed=(1,))
        return {name: read(path) for name, path in paths.items()}, done.stdout + done.stderr

    def bytes_kept(self):
        return b"".join(read(self.db + end) for end in ("", "-wal", "-shm", "-journal", "-jobs")
                        if os.path.exists(self.db + end))

    def bytes_beside(self):
        """All files but the database and those that are as given, or were fetched."""
        given = ("users.csv", "error_rows", "secrets.csv")
        return b"".join(read(os.path.join(folder, name))
                        for folder, _, names in os.walk(self.work) for name in names
                        if not name.startswith("host.db") and name not in given)


def look(where, text, secrets):
    for secret in secrets:
        if secret.encode() in text:
            raise AssertionError(f"a secret stands in {where}: {secret}")


def check_outputs(host, written, said):
    """Nothing shows a canary, and what is told again is what was told at once."""
    job = json.loads(host.ask("jobs", "--json").stdout.splitlines()[0])["id"]
    shown = {name: host.ask("download", str(job), name).stdout for name in OUTPUTS}
    for name in OUTPUTS:
        if shown[name] != written[name]:
            raise AssertionError(f"{name} is told in another way:\n{shown[name]}\n{written[name]}")
    if host.ask("download", str(job), "source").stdout != read(host.file):
        raise AssertionError("the source is not the file")
    del shown["error_rows"]  # as given (spec E42)
    shown["plan"] = host.ask("download", str(job), "plan").stdout
    shown["history"] = (host.ask("jobs", "--json").stdout + host.ask("job", str(job)).stdout +
                        host.ask("job", str(job), "--json").stdout)
    shown["audit"] = (host.ask("audit", "--json").stdout + host.ask("audit").stdout +
                      host.ask("audit", "--access", "--json").stdout)
    shown["what was said"] = said
    return job, shown


def fetch_secrets(host, job):
    """Once, for their owner alone; then they are gone, but for those that a mail needs."""
    path = os.path.join(host.work, "secrets.csv")
    if MADE[host.name] == 0:
        done = host.run("download", str(job), "secrets", "--db", host.db, "--context", host.context)
        assert done.returncode == 6 and b"has made none" in done.stderr, done
        return []
    host.ask("download", str(job), "secrets", "-o", path)
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600, oct(os.stat(path).st_mode)
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == MADE[host.name], rows
    for row in rows:
        is_pin = "pin" in row["Field"]
        assert len(row["Value"]) == (6 if is_pin else 16), row
        assert not is_pin or row["Value"].isdigit(), row
    again = host.run("download", str(job), "secrets", "--db", host.db, "--context", host.context)
    assert again.returncode == 6 and b"were fetched on" in again.stderr, again
    assert again.stdout == b"", again
    waiting = [row for row in rows if host.name == "extension_generator"
               and row["Kind"] == "user" and row["Row"] == "1"]
    waiting += [row for row in rows if host.name == "subscriber_import"]
    gone = [row["Value"] for row in rows if row not in waiting]
    look("the database after they were fetched", host.bytes_kept(), gone)
    return [row["Value"] for row in rows]


def purge(host, job, chance, secrets):
    """Killed in any moment, each time from the beginning: where it has deleted anything, whoever
    opens the database next finishes it. How many were killed in time, and then one in peace."""
    before = {end: read(host.db + end) for end in ("", "-wal") if os.path.exists(host.db + end)}
    hits = 0
    for _ in range(8):
        for end in ("", "-wal", "-shm"):
            if os.path.exists(host.db + end):
                os.remove(host.db + end)
        for end, text in before.items():
            with open(host.db + end, "wb") as file:
                file.write(text)
        process = subprocess.Popen([host.binary, "purge", str(job), "--db", host.db, "--context",
                                    host.context], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        time.sleep(chance.random() * 0.08)
        process.send_signal(signal.SIGKILL)
        hits += process.wait() == -signal.SIGKILL
        if json.loads(host.ask("job", str(job), "--json").stdout)["purged_at"]:
            look("the database after a purge that was killed", host.bytes_kept(), secrets)
    host.ask("purge", str(job))
    look("the database after the purge", host.bytes_kept(), secrets)
    return hits


def check(binary, name, chance):
    with tempfile.TemporaryDirectory() as work:
        host = Host(binary, name, work)
        written, said = host.execute()
        job, shown = check_outputs(host, written, said)
        made = fetch_secrets(host, job)
        for where, text in shown.items():
            look(where, text, host.canaries + made)
        hits = purge(host, job, chance, host.canaries + made)
        look("a file that was left behind", host.bytes_beside(), host.canaries + made)
        gone = host.run("download", str(job), "source", "--db", host.db, "--context", host.context)
        assert gone.returncode == 6 and b"were purged on" in gone.stderr, gone
        assert host.ask("audit", "--json").stdout == host.ask("audit", "--json").stdout != b""
        return hits


def check_other_verbs(binary, name):
    """All that the verbs say and write which look at the file, or follow a job."""
    with tempfile.TemporaryDirectory() as work:
        host = Host(binary, name, work)
        plan, mended, lineage, log = (os.path.join(work, each) for each in
                                      ("plan.jsonl", "mended.csv", "lineage.jsonl", "log"))
        kept = ["--db", host.db, "--context", host.context]
        asked = [host.file, "--format", name, *kept]
        count = 0

        def said_by(*command, files=()):
            nonlocal count
            done = host.run(*command)
            if done.returncode not in (0, 1, 3, 4):
                raise AssertionError(f"{' '.join(command)}: exit {done.returncode}, {done.stderr}")
            look(" ".join(command[:2]) + " as told", done.stdout + done.stderr, host.canaries)
            for path in files:
                look(f"{path} of {command[0]}", read(path), host.canaries)
            count += 1

        for form in FORMS:
            said_by("validate", *asked, "--findings", form, "--error-log", log, files=[log])
        said_by("validate", *asked, "--json", "--error-log", log + ".jsonl", files=[log + ".jsonl"])
        said_by("fix", *asked)
        said_by("fix", *asked, "--unsafe-fixes", "--lineage", lineage, "-o", mended,
                files=[lineage])
        said_by("plan", *asked, "-o", plan, files=[plan])
        said_by("show", plan)
        for form in FORMS:
            said_by("show", plan, "--findings", form)
        said_by("execute-job", "1", *kept, "--error-log", log, files=[log])
        said_by("apply", plan, *kept, "--stale", "row", "--error-log", log, files=[log])
        jobs = [json.loads(line) for line in host.ask("jobs", "--json").stdout.splitlines()]
        executed = next(job["id"] for job in reversed(jobs) if job["kind"] == "execute")
        said_by("retry", str(executed), *kept, "--error-log", log, files=[log])
        said_by("undo", str(executed), "-o", plan, *kept, files=[plan])
        said_by("undo", str(executed), *kept, "--error-log", log, files=[log])
        for job in (json.loads(line) for line in host.ask("jobs", "--json").stdout.splitlines()):
            said_by("job", str(job["id"]), *kept)
            said_by("job", str(job["id"]), "--json", *kept)
        return count


def check_without_store(binary):
    """--secrets of a job that nobody remembers, and of one that a store does."""
    with tempfile.TemporaryDirectory() as work:
        host = Host(binary, "clusterpbx", work)
        path = os.path.join(work, "made.csv")
        host.must("execute", host.file, "--format", "clusterpbx", "--context", host.context,
                  "--directory", os.path.join(work, "directory.json"), "--secrets", path,
                  allowed=(1,))
        first = read(path)
        assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
        assert first.count(b"\r\n") == MADE["clusterpbx"] + 1, first
        host.execute("--secrets", path)
        second = read(path)
        assert first != second and second.count(b"\r\n") == MADE["clusterpbx"] + 1, second
        made = [line.split(b",")[5].decode() for line in second.splitlines()[1:]]
        look("the database", host.bytes_kept(), made)


# Files whose first row is one of data, with secrets, in part or as a whole.
def lost_line_end(host):
    """Header and first row are one line."""
    header, first, rest = read(host.file).decode().split("\r\n", 2)
    return header + "," + first + "\r\n" + rest


def lost_header(host):
    """One cell of the first row is called like a column."""
    rows = list(csv.reader(io.StringIO(read(host.file).decode())))
    first = next(row for row in rows[1:] if set(row) & set(host.canaries))
    rows[0] = ["Email" if "@" in cell else cell for cell in first]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def check_without_header(binary, name, damage):
    """Who takes secrets for names of columns does not tell them, and forgets them at a purge."""
    with tempfile.TemporaryDirectory() as work:
        host = Host(binary, name, work)
        text = damage(host)
        with open(host.file, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        written = os.path.join(work, "report")
        log = os.path.join(work, "error_log")
        for verb in ("validate", "execute"):
            done = host.ask(verb, host.file, "--format", name, "--report", written, "--error-log",
                            log, "--findings", "jsonl", allowed=(0, 1, 3))
            shown = {"what was said": done.stdout + done.stderr, "the report": read(written),
                     "the error log": read(log)}
            last = json.loads(host.ask("jobs", "--json").stdout.splitlines()[0])["id"]
            shown["the history"] = (host.ask("jobs", "--json").stdout +
                                    host.ask("job", str(last), "--json").stdout)
            shown["the plan"] = host.run("download", str(last), "plan", "--db", host.db,
                                         "--context", host.context).stdout
            for where, of in shown.items():
                look(where, of, host.canaries)
            host.ask("purge", str(last))
        look("the database after the purge", host.bytes_kept(), host.canaries)
        print(f"{name}, {damage.__name__}: no secret of the first row where none may be")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("formats", nargs="*")
    given = parser.parse_args()
    seed = random.randrange(1 << 30)
    print(f"seed {seed}")
    chance = random.Random(seed)
    for name in given.formats or CANARIES:
        hits = check(given.bin, name, chance)
        count = check_other_verbs(given.bin, name)
        print(f"{name}: no secret where none may be, {count} commands looked at, "
              f"{hits} purges killed")
    check_without_store(given.bin)
    check_without_header(given.bin, "extension_generator", lost_line_end)
    check_without_header(given.bin, "clusterpbx", lost_header)


if __name__ == "__main__":
    sys.exit(main())
