#!/usr/bin/env python3
"""Compare rollcall with the models of this folder, over random files.

    random_files.py --bin PATH [--format F ...] [--files N] [--seed S] [--keep DIR]
    random_files.py --conformance DIR [--format F ...]

Every file has a seed of its own, S and those after it, so that any is found again with
`--seed ITS --files 1`. At a difference the seed and what differs are printed, and a folder with all
inputs, both reports and both after-directories stays below DIR. The last line is
`N files, M differ`; exit 1 if any did.

With --conformance the models are held against the conformance cases below DIR, without a binary.
Cases of damaged CSV are not modelled and counted apart. Python 3 standard library only.
"""

from __future__ import annotations

import argparse
import copy
import json
import shutil
import subprocess
import sys
import tempfile
import traceback
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

import call_manager
import clusterpbx
import ctu
import extension_generator
import subscriber_import
from cells import Case, random_file
from engine import Format, run
from reading import NotWellFormed
from rows import Job

FORMATS: dict[str, tuple[Format, object]] = {
    "call_manager": (call_manager.CallManager(), call_manager.random_case),
    "clusterpbx": (clusterpbx.ClusterPbx(), clusterpbx.random_case),
    "ctu": (ctu.Ctu(), ctu.random_case),
    "extension_generator": (
        extension_generator.ExtensionGenerator(),
        extension_generator.random_case,
    ),
    "subscriber_import": (subscriber_import.SubscriberImport(), subscriber_import.random_case),
}
COUNTS = (
    *("state", "rows", "blank_rows", "created", "updated", "unchanged", "rejected"),
    *("withheld", "stale", "failed", "unknown", "warnings"),
)
AT_ONCE = 2
TIME_LIMIT = 60


@dataclass
class Said:
    """What a run says, by the model or by the program."""

    rows: list[dict]
    job: dict
    after: dict
    exit_code: int
    header: list[str] = field(default_factory=list)


# --- the model ------------------------------------------------------------------------------------


def what_the_model_says(format: Format, source: bytes, case: Case, is_dry: bool) -> Said:
    directory = keys_as_text(format, case.directory)
    context = copy.deepcopy(case.context)
    for name, is_on in options_of(case.arguments).items():
        context.setdefault("options", {})[name] = is_on
    job = Job(source, case.file_name, directory, context, "--atomic" in case.arguments, is_dry)
    rows, line, after = run(format, job)
    return Said(rows, line, directory if is_dry else after, exit_code(line), job.header.names)


def keys_as_text(format: Format, directory: dict) -> dict:
    """A key given as an integer is read as its decimal text, and written as text (spec F1)."""
    directory = copy.deepcopy(directory)
    for kind, key in format.keys.items():
        for found in directory.get(kind, []):
            if isinstance(found[key], int):
                found[key] = str(found[key])
    return directory


def options_of(arguments: list[str]) -> dict[str, bool]:
    """`NAME` and `NAME=true` are true, `NAME=false` false (spec F10)."""
    given = [text for flag, text in zip(arguments, arguments[1:]) if flag == "--option"]
    return {text.partition("=")[0]: not text.endswith("=false") for text in given}


def exit_code(job: dict) -> int:
    codes = [finding["code"] for finding in job["findings"] if finding["severity"] == "error"]
    if codes:
        return 5 if "actor.not_allowed" in codes else 3
    return 0 if job["state"] == "succeeded" else 1


# --- the program ----------------------------------------------------------------------------------


def what_the_program_says(
    program: str, name: str, folder: Path, case: Case, is_dry: bool
) -> Said | str:
    """A text if it did not answer as it must."""
    command = [
        *(program, "validate" if is_dry else "execute", str(folder / case.file_name)),
        *("--format", name, "--directory", str(folder / "directory.json")),
        *("--context", str(folder / "context.json"), "--report", str(folder / "report.jsonl")),
        *("--directory-out", str(folder / "after.json"), *case.arguments),
    ]
    (folder / "command.txt").write_text(" ".join(command) + "\n")
    complaint = ""
    try:
        done = subprocess.run(command, capture_output=True, timeout=TIME_LIMIT, check=False)
        complaint = done.stderr.decode("utf-8", "replace")
        report = (folder / "report.jsonl").read_text(encoding="utf-8").splitlines()
        after = json.loads((folder / "after.json").read_text(encoding="utf-8"))
        lines = [json.loads(line) for line in report]
        return Said(lines[:-1], lines[-1]["job"], after, done.returncode)
    except (OSError, ValueError, LookupError, subprocess.TimeoutExpired) as error:
        return f"no report or no after-directory: {error}; {complaint}"


# --- comparing ------------------------------------------------------------------------------------


def canonical(value: object) -> str:
    """True and 1 are not the same here."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def differences(model: Said, program: Said) -> list[str]:
    out = [*compared("exit code", model.exit_code, program.exit_code)]
    for name in COUNTS:
        out += compared(f"job: {name}", model.job[name], program.job.get(name))
    out += compared("job: findings", findings(model.job), findings(program.job))
    out += compared("rows in the report", len(model.rows), len(program.rows))
    for wanted, found in zip(model.rows, program.rows):
        out += differences_of_rows(wanted, found)
    for kind in sorted({*model.after, *program.after}):
        out += compared(f"after: {kind}", objects(model.after, kind), objects(program.after, kind))
    return out


def compared(what: str, wanted: object, found: object) -> list[str]:
    if canonical(wanted) == canonical(found):
        return []
    return [
        f"{what}: the model says {canonical(wanted)}",
        f"{what}: the program  {canonical(found)}",
    ]


def differences_of_rows(wanted: dict, found: dict) -> list[str]:
    out = []
    where = f"row {wanted['row']}"
    for name in ("row", "line", "outcome", "key", "changes"):
        out += compared(f"{where}: {name}", wanted[name], found.get(name))
    out += compared(f"{where}: findings", findings(wanted), findings(found))
    for one in found["findings"]:
        if one["code"] == "claim.contested" and "other_line" in one:  # not in conformance cases
            lines = [one["other_line"], one.get("more_lines", "")]
            out += compared(f"{where}: contests", wanted["contests"].get(one["column"]), lines)
    return out + compared(f"{where}: effects", effects(wanted), effects(found))


def findings(line: dict) -> list[list]:
    named = [
        [found.get(name) for name in ("severity", "code", "column")]
        for found in line.get("findings", [])
    ]
    return sorted(named, key=canonical)


def effects(line: dict) -> list[str]:
    return sorted(map(canonical, line.get("effects", [])))


def objects(directory: dict, kind: str) -> list[str] | None:
    """As texts, nulls left out, in any order; None if the kind is not there (spec F7)."""
    listed = directory.get(kind)
    if not isinstance(listed, list):
        return None if listed is None else [canonical(listed)]
    return sorted(canonical({k: v for k, v in found.items() if v is not None}) for found in listed)


def disorder(program: Said, header: list[str]) -> list[str]:
    """By severity, column of the file, code; where those without a column stand is open."""
    severities = ("error", "warning", "info")
    out = []
    for row in program.rows:
        ranks = [
            (severities.index(found["severity"]), header.index(found["column"]), found["code"])
            for found in row["findings"]
            if found["column"] in header
        ]
        if ranks != sorted(ranks):
            out.append(f"row {row['row']}: the findings do not stand in order")
    return out


# --- random files ---------------------------------------------------------------------------------


def try_file(program: str, name: str, keep: Path, seed: int) -> list[str]:
    """The differences of one file; its folder stays if there are any."""
    format, random_case = FORMATS[name]
    chance = Random(f"{name} {seed}")
    case = random_case(chance)
    source = random_file(chance, case, format.columns)
    if chance.random() < 0.1:
        case.arguments.append("--atomic")
    is_dry = chance.random() < 0.1
    folder = Path(tempfile.mkdtemp(prefix=f"{name}-"))
    try:
        (folder / case.file_name).write_bytes(source)
        write_json(folder / "directory.json", case.directory)
        write_json(folder / "context.json", case.context)
        try:
            found = differences_of_file(program, name, folder, source, case, is_dry)
        except Exception:  # the model's own fault; without its seed it could not be looked for
            found = traceback.format_exc().splitlines()
        if found:
            kept = keep / f"{name}-{seed}"
            shutil.copytree(folder, kept, dirs_exist_ok=True)
            (kept / "differences.txt").write_text("\n".join(found) + "\n", encoding="utf-8")
        return found
    finally:
        shutil.rmtree(folder)


def differences_of_file(
    program: str, name: str, folder: Path, source: bytes, case: Case, is_dry: bool
) -> list[str]:
    program_says = what_the_program_says(program, name, folder, case, is_dry)
    model_says = what_the_model_says(FORMATS[name][0], source, case, is_dry)
    write_lines(folder / "model.jsonl", [*model_says.rows, {"job": model_says.job}])
    write_json(folder / "model_after.json", model_says.after)
    if isinstance(program_says, str):
        return [program_says]
    return differences(model_says, program_says) + disorder(program_says, model_says.header)


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_lines(path: Path, values: list[dict]) -> None:
    path.write_text(
        "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values), encoding="utf-8"
    )


def try_files(program: str, names: list[str], count: int, seed: int, keep: Path) -> tuple[int, int]:
    tried = differ = 0
    with ProcessPoolExecutor(AT_ONCE) as pool:
        for name in names:
            seeds = range(seed, seed + count)
            results = pool.map(partial(try_file, program, name, keep), seeds, chunksize=8)
            for one, found in zip(seeds, results):
                tried += 1
                if found:
                    differ += 1
                    print(f"{name}, seed {one}: {keep / f'{name}-{one}'}")
                    print("".join(f"    {text}\n" for text in found), end="", flush=True)
    return tried, differ


# --- conformance cases ----------------------------------------------------------------------------


def try_conformance(cases: Path, names: list[str]) -> tuple[int, int]:
    tried = differ = not_modelled = 0
    for path in sorted(cases.rglob("case.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["format"] not in names or told["action"] not in ("execute", "validate"):
            continue
        try:
            found = try_case(path.parent, told)
        except NotWellFormed:
            not_modelled += 1
            continue
        tried += 1
        if found:
            differ += 1
            print(f"{path.parent}\n" + "".join(f"    {text}\n" for text in found), end="")
    print(f"not modelled: {not_modelled}")
    return tried, differ


def try_case(folder: Path, told: dict) -> list[str]:
    def read(name: str) -> object:
        return json.loads((folder / name).read_text(encoding="utf-8"))

    case = Case([], read("directory.json"), read("context.json"), told["args"], told["file_name"])
    source = (folder / "input.csv").read_bytes()
    if "--encoding" in case.arguments:
        raise NotWellFormed
    lines = [
        json.loads(line)
        for line in (folder / "expect.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    wanted = Said(
        lines[:-1], lines[-1]["job"], read("expect_directory.json"), int(read("expect_exit"))
    )
    model = what_the_model_says(
        FORMATS[told["format"]][0], source, case, told["action"] == "validate"
    )
    return differences(model, wanted)


# --- the command line -----------------------------------------------------------------------------


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ways = parser.add_mutually_exclusive_group(required=True)
    ways.add_argument("--bin", help="the rollcall program")
    ways.add_argument(
        "--conformance", metavar="DIR", help="hold the models against the cases below DIR instead"
    )
    parser.add_argument(
        "--format", action="append", choices=FORMATS, help="again for several (default: all)"
    )
    parser.add_argument(
        "--files", type=int, default=100, help="how many of each format (default: 100)"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the first file (default: 1)")
    parser.add_argument(
        "--keep", default="differing", help="folder for what differs (default: differing)"
    )
    asked = parser.parse_args()
    names = asked.format or list(FORMATS)
    if asked.conformance:
        tried, differ = try_conformance(Path(asked.conformance), names)
    else:
        tried, differ = try_files(asked.bin, names, asked.files, asked.seed, Path(asked.keep))
    print(f"{tried} files, {differ} differ")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
