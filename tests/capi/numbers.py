#!/usr/bin/env python3
"""Hold the numbers that the headers of the C ABI give to those that are in capi/abi/numbers.txt.

    numbers.py [--update]

Every enumerator and every macro with a number keeps it for ever: one that is gone, has another
number, or is not on the list yet is a fault. Before that is believed, such faults that are made on
purpose must be seen. --update adds what is new, and nothing else: a number that was changed stays a
fault. Python 3 standard library only.
"""

import glob
import os
import re
import sys

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
INCLUDE = os.path.join(TREE, "capi", "include")
LIST = os.path.join(TREE, "capi", "abi", "numbers.txt")
ENUM = re.compile(r"\benum\s*\w*\s*\{(.*?)\}", re.DOTALL)
MACRO = re.compile(r"^#define (ROLLCALL_\w+)[ \t]+(\S.*?)[ \t]*$", re.MULTILINE)
NUMBER = re.compile(r"\(*(-?(?:0x[0-9A-Fa-f]+|\d+))[uUlL]*(?:\s*<<\s*(\d+)[uUlL]*)?\)*")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def number(text):
    """None: it is none."""
    found = NUMBER.fullmatch(text.strip())
    if text.strip() == "SIZE_MAX":
        return "SIZE_MAX"
    return None if found is None else str(int(found[1], 0) << int(found[2] or 0))


def numbers_of(text):
    """By name, those that a header gives."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    given = {}
    for body in ENUM.findall(text):
        for entry in filter(str.strip, body.split(",")):
            name, _, value = entry.partition("=")
            given[name.strip()] = number(value) or f"what is no number: {value.strip()}"
    for name, value in MACRO.findall(text):
        if number(value) is not None:
            given[name] = number(value)
    return given


def said():
    given = {}
    for path in sorted(glob.glob(os.path.join(INCLUDE, "**", "*.h"), recursive=True)):
        given.update(numbers_of(read(path)))
    return given


def recorded():
    if not os.path.exists(LIST):
        return {}
    return dict(line.split(" = ") for line in read(LIST).splitlines())


def faults_between(before, now):
    faults = [f"{name} was {value} and is {now.get(name, 'gone')}"
              for name, value in before.items() if now.get(name) != value]
    return faults + [f"{name} = {value} is not recorded: numbers.py --update"
                     for name, value in now.items() if name not in before]


def unseen_breaks(now):
    """Faults made on purpose that are not seen: a number that changes, goes, or comes."""
    name = "ROLLCALL_ANSWER_REFUSED"
    without = {each: value for each, value in now.items() if each != name}
    other = {"another number": {**now, name: "17"}, "one that is gone": without}
    unseen = [f"{what} is not seen" for what, changed in other.items()
              if not faults_between(now, changed)]
    return unseen if faults_between(without, now) else unseen + ["one that comes is not seen"]


def main():
    before, now = recorded(), said()
    if "--update" in sys.argv[1:]:
        before = {**now, **before}
        with open(LIST, "w", encoding="utf-8") as file:
            file.writelines(f"{name} = {before[name]}\n" for name in sorted(before))
    faults = faults_between(before, now) + unseen_breaks(now)
    for fault in faults:
        print(fault)
    print(f"{len(now)} numbers, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
