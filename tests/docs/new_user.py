#!/usr/bin/env python3
"""A new user has the README, the program, and nothing else.

    tests/docs/new_user.py --bin build/release/rollcall

Does what "A first file" of the README says, as it stands there, in an empty folder and with an
empty environment: a broken ClusterPBX export is understood, mended, planned, applied and undone in
under ten commands. After each it is looked at what became of the phone system. (That the README
shows what is printed is held by guides.py.)
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

README = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, os.pardir, "README.md")
BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TIME_LIMIT = 60
FEWER_THAN = 10


def claim(holds, what):
    if not holds:
        sys.exit(f"FAIL  {what}")


class User:
    """In a folder of his own, with the program in his path."""

    def __init__(self, program, folder):
        self.program = os.path.abspath(program)
        self.folder = folder
        os.mkdir(os.path.join(folder, "bin"))
        os.symlink(self.program, os.path.join(folder, "bin", "rollcall"))
        self.environment = {"HOME": folder, "PATH": f"{folder}/bin:/usr/bin:/bin"}

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    def types(self, command):
        """Its verb, exit code, and what was printed."""
        done = subprocess.run(["sh", "-c", command], cwd=self.folder, env=self.environment,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=TIME_LIMIT, check=False)
        return command.split()[1], done.returncode, done.stdout.decode()

    def users(self):
        """Of the phone system as it is now: what is known of each, by id."""
        done = subprocess.run([self.program, "dump", "office.db"], cwd=self.folder,
                              stdout=subprocess.PIPE, timeout=TIME_LIMIT, check=True)
        return {user["id"]: user for user in json.loads(done.stdout)["user"]}


def first_file(text):
    section = text[text.index("\n## A first file\n"):]
    return BLOCK.findall(section[:section.index("\n## ", 1)])


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, help="the rollcall program")
    asked = parser.parse_args()
    with open(README, encoding="utf-8") as file:
        blocks = first_file(file.read())
    with tempfile.TemporaryDirectory() as folder:
        user = User(asked.bin, folder)
        commands = []
        for language, words, body in blocks:
            if language == "console":
                commands += re.findall(r"^\$ (.*)$", body, re.MULTILINE)
            else:
                user.write(words.strip(), body)
        claim(len(commands) < FEWER_THAN, f"{len(commands)} commands are too many")
        before, done = None, []
        for command in commands:
            if command.startswith("rollcall undo "):
                applied = user.users()
            done.append(user.types(command))
            verb = done[-1][0]
            if verb == "init":
                before = user.users()
            elif verb not in ("apply", "undo"):
                same = verb == "jobs" or user.users() == before
                claim(same, f"{verb} changed the phone system")
        # The first fix only shows what the second one writes.
        wanted = [("init", 0), ("validate", 1), ("explain", 0), ("fix", 0), ("fix", 0), ("plan", 0),
                  ("apply", 0), ("jobs", 0), ("undo", 0)]
        claim([(verb, code) for verb, code, _ in done] == wanted, f"a command has failed: {done}")
        said = {verb: text for verb, _, text in done}
        found = set(re.findall(r"^error\[([\w.]+)\]", said["validate"], re.MULTILINE))
        claim(len(found) > 2, "the file is not broken")
        shown, written = [text for verb, _, text in done if verb == "fix"]
        claim("nothing was written" in shown and "mended copy: " in written,
              "what fix shows is not written, and what it writes is")
        code = said["explain"].split()[0]
        claim(code in found and "How to mend it" in said["explain"],
              f"{code} was not found, and is explained")
        claim("rejected" not in said["plan"], "rows of the mended file are rejected")
        claim(applied["17"]["last_name"] == "Lovelace", "Ada's name is not changed")
        claim(applied["18"]["forward_number"] == "442071838751", "Bob's number is not mended")
        new = [user for user in applied.values() if user["id"] not in before]
        claim([user["first_name"] for user in new] == ["Cy"], "Cy is not there")
        claim(new[0]["phone_model_id"] == "snom_d785", "Cy's phone is not mended")
        claim(user.users() == before, "undo has not brought back what was")
    print(f"understood, mended, planned, applied and undone in {len(commands)} commands")
    return 0


if __name__ == "__main__":
    sys.exit(main())
