#!/usr/bin/env python3
"""Holds what the program writes to the JSON Schemas that are published in docs/reference.

    tests/docs/json_schemas.py --bin build/release/rollcall

Every format that is built in, and every example, is one by format.schema.json; what a format must
not have is refused by it, and by the program as well. Every line of the plan of every conformance
case, and of those of a store with its undo, is one by plan.schema.json, and has no member that does
not stand there. Ends with 77 where python3-jsonschema is not there.
"""
import argparse
import copy
import glob
import json
import os
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    print("python3-jsonschema is not there")
    sys.exit(77)

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, os.pardir)
REFERENCE = os.path.join(SOURCE, "docs", "reference")
sys.path.insert(0, os.path.join(SOURCE, "tests", "tools"))
import through_plan  # noqa: E402  (its cases, made into plans)

FORMATS = ["call_manager", "clusterpbx", "ctu", "extension_generator", "subscriber_import"]


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def validator_of(schema):
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


def complaints(validator, value):
    """The first thing that is wrong, where anything is."""
    error = jsonschema.exceptions.best_match(validator.iter_errors(value))
    return [] if error is None else [f"{error.json_path}: {error.message[:200]}"]


def closed(schema):
    """The same, with no room for members that it does not name."""
    schema = copy.deepcopy(schema)
    def close(node):
        if isinstance(node, dict):
            if "properties" in node and node.get("type") == "object":
                node.setdefault("additionalProperties", False)
            for each in node.values():
                close(each)
        elif isinstance(node, list):
            for each in node:
                close(each)
    close(schema)
    # Of these the members are a format's own.
    for name in ("actor", "options"):
        schema["definitions"]["header"]["properties"]["plan"]["properties"][name].pop(
            "additionalProperties", None)
    effects = schema["definitions"]["row"]["properties"]["effects"]
    effects["items"].pop("additionalProperties", None)
    return schema


def damaged(schema):
    """Formats that are none, each in one place."""
    def change(path, value):
        made = copy.deepcopy(schema)
        at = made
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = value
        return made
    return [change(["colour"], "red"),
            change(["columns", 0, "headr"], "ID"),
            change(["columns", 0, "type"], "number"),
            change(["columns", 0, "type"], {"text": {"longest": 3}}),
            change(["columns", 0, "on_create"], "ask"),
            change(["rules"], {}),
            change(["revision"], "one"),
            change(["objects", 0, "kind"], None)]


def check_formats(binary, work):
    faults = []
    validator = validator_of(load(os.path.join(REFERENCE, "format.schema.json")))
    for name in FORMATS:
        done = subprocess.run([binary, "schema", "show", name], capture_output=True, check=True)
        schema = json.loads(done.stdout)
        faults += [f"{name}: {each}" for each in complaints(validator, schema)]
        for number, wrong in enumerate(damaged(schema)):
            if not complaints(validator, wrong):
                faults.append(f"{name}: damage {number} passes for a format")
            path = os.path.join(work, "damaged.json")
            with open(path, "w", encoding="utf-8") as file:
                json.dump(wrong, file)
            if subprocess.run([binary, "schema", "check", path], capture_output=True,
                              check=False).returncode == 0:
                faults.append(f"{name}: the program takes damage {number} for a format")
    examples = glob.glob(os.path.join(SOURCE, "docs", "formats", "examples", "*.json"))
    for path in examples:
        faults += [f"{os.path.basename(path)}: {each}"
                   for each in complaints(validator, load(path))]
    return len(FORMATS) + len(examples), faults


def plans_of_cases(binary, work):
    """The plan of each conformance case that executes a file."""
    folders = sorted(folder for folder, _, files in os.walk(through_plan.CASES)
                     if "case.json" in files)
    for folder in folders:
        case = load(os.path.join(folder, "case.json"))
        if case["action"] != "execute":
            continue
        made = through_plan.Case(binary, folder, case, work)
        if os.path.exists(made.plan):
            os.remove(made.plan)
        made.run("plan", made.source, *made.host, "--directory", made.directory, *made.args, "-o",
                 made.plan)
        if os.path.exists(made.plan):
            yield os.path.relpath(folder, through_plan.CASES), made.plan


def plans_of_store(binary, work):
    """What a store adds: its own plans, sealed, and that of an undo."""
    paths = {name: os.path.join(work, name) for name in
             ("host.json", "users.csv", "host.db", "plan.jsonl", "undo.jsonl")}
    with open(paths["host.json"], "w", encoding="utf-8") as file:
        json.dump({"user": [{"id": "1", "first_name": "Ann", "last_name": "Lee",
                             "email": "ann@a.example", "extension": "201"}]}, file)
    with open(paths["users.csv"], "w", encoding="utf-8") as file:
        file.write("ID,First Name,Last Name,Email,Extension,Web Passwords\n"
                   "1,Ann,Lee,ann@a.example,202,Rosebud-19\n"
                   ",Bob,Day,bob@a.example,203,\n,Cid,Fox,cid@a,204,\n")
    host = ["--db", paths["host.db"], "--role", "client"]
    format_ = ["--format", "clusterpbx"]
    for command in (["init", paths["host.db"], "--directory", paths["host.json"]],
                    ["plan", paths["users.csv"], *format_, *host, "-o", paths["plan.jsonl"]],
                    ["apply", paths["plan.jsonl"], *format_, *host],
                    ["undo", "2", *host, "-o", paths["undo.jsonl"]]):
        done = subprocess.run([binary, *command], capture_output=True, check=False)
        if done.returncode not in (0, 1):
            raise SystemExit(f"{command[0]}: exit {done.returncode}: {done.stderr.decode()}")
    for name in ("plan.jsonl", "undo.jsonl"):
        yield f"the {name} of a store", paths[name]


def check_plans(binary, work):
    faults, plans, lines = [], 0, 0
    published = load(os.path.join(REFERENCE, "plan.schema.json"))
    validator_of(published)
    validator = validator_of(closed(published))
    for plans_here in (plans_of_cases(binary, work), plans_of_store(binary, work)):
        for name, path in plans_here:
            plans += 1
            with open(path, encoding="utf-8") as file:
                for number, line in enumerate(file, 1):
                    lines += 1
                    faults += [f"{name}, line {number}: {each}"
                               for each in complaints(validator, json.loads(line))]
    for wrong in ({"plan": {"version": "1.1"}}, {"row": 0, "line": 2, "outcome": "updated"},
                  {"row": 1, "line": 2, "outcome": "done"}, {"end": {}}, {},
                  {"row": 1, "line": 2, "outcome": "updated", "changes": [
                      {"op": "update", "kind": "user", "key": "1", "fields": {"pin": [None]}}]}):
        if not complaints(validator, wrong):
            faults.append(f"this passes for a line of a plan: {wrong}")
    if plans < 50:
        faults.append(f"only {plans} plans were made")
    return plans, lines, faults


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, help="the rollcall program")
    binary = os.path.abspath(parser.parse_args().bin)
    with tempfile.TemporaryDirectory() as work:
        formats, faults = check_formats(binary, work)
        plans, lines, more = check_plans(binary, work)
    faults += more
    for fault in faults[:40]:
        print(f"FAIL  {fault}")
    print(f"{formats} formats, {plans} plans of {lines} lines, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
