"""New users checked as one would write it in Python: csv, compiled regular expressions, sets.

    check_python.py IN.csv OUT.csv [DIRECTORY.json]

The columns are those of ClusterPBX, in its order. OUT.csv is the file with a column Errors. Prints
a JSON object: rows, bad, seconds and cpu_seconds of the checking, directory_seconds of reading.
"""
import csv
import json
import re
import sys
import time

LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
is_email = re.compile(
    rf"[^@\s\"(),:;<>\[\]\\]{{1,64}}@(?:{LABEL}\.)+{LABEL}", re.IGNORECASE).fullmatch
is_extension = re.compile("[0-9]{2,10}").fullmatch
is_pin = re.compile("[0-9]{4,10}").fullmatch
is_mac = re.compile("[0-9a-f]{2}(?:[:.-]?[0-9a-f]{2}){5}", re.IGNORECASE).fullmatch
is_number = re.compile(r"\+?[0-9]{1,20}").fullmatch
is_reference = re.compile("[A-Za-z0-9._-]{1,64}").fullmatch
is_boolean = frozenset("1 0 yes no true false on off".split()).__contains__
strip_mac = str.maketrans("", "", ":.-")


def faults_of(cells):
    """What is wrong with a row by itself."""
    (_, first, last, email, _, _, pin, extension, _, _, model, template, mac, profile,
     forward, followme, dnd, waiting, _) = cells
    faults = []
    if not 0 < len(first) <= 64:
        faults.append("First Name: 1 to 64 characters")
    if not 0 < len(last) <= 64:
        faults.append("Last Name: 1 to 64 characters")
    if len(email) > 254 or not is_email(email):
        faults.append("Email: no address")
    if pin and not is_pin(pin):
        faults.append("Voicemail Pin: 4 to 10 digits")
    if not is_extension(extension):
        faults.append("Extension: 2 to 10 digits")
    if model and not is_reference(model):
        faults.append("Phone Model ID: no id")
    if template and not is_reference(template):
        faults.append("Provisioning Template ID: no id")
    if profile and not is_reference(profile):
        faults.append("User Profile ID: no id")
    if mac and not is_mac(mac):
        faults.append("Mac Address: no address")
    if (model == "") != (template == ""):
        faults.append("Phone Model ID and Provisioning Template ID come together")
    elif model and not mac:
        faults.append("Mac Address: a phone needs one")
    if forward and not is_number(forward):
        faults.append("Forward Number: no number")
    if followme and not is_number(followme):
        faults.append("Followme Number: no number")
    if dnd and not is_boolean(dnd.lower()):
        faults.append("DND On: yes or no")
    if waiting and not is_boolean(waiting.lower()):
        faults.append("Callwaiting on: yes or no")
    return faults


def claimed(cells):
    """What only one user may have: email, extension, and a phone's MAC address."""
    mac = cells[12].translate(strip_mac).lower() if cells[10] else ""
    return cells[3].casefold(), cells[7], mac


def check(source, target, taken):
    rows = bad = 0
    seen = (set(), set(), set())
    names = ("Email", "Extension", "Mac Address")
    reader = csv.reader(source)
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(next(reader) + ["Errors"])
    for cells in reader:
        rows += 1
        cells = [cell.strip() for cell in cells]
        faults = faults_of(cells)
        if not faults:
            values = claimed(cells)
            for value, name, here, there in zip(values, names, seen, taken):
                if value in here or value in there:
                    faults.append(name + ": somebody else has it")
            if not faults:
                for value, here in zip(values, seen):
                    if value:
                        here.add(value)
        bad += bool(faults)
        cells.append("; ".join(faults))
        writer.writerow(cells)
    return rows, bad


def taken_in(path):
    with open(path, encoding="utf-8") as file:
        users = json.load(file)["user"]
    return ({user["email"].casefold() for user in users},
            {user["extension"] for user in users},
            {user["mac"].translate(strip_mac).lower() for user in users})


def main():
    begin = time.perf_counter()
    taken = taken_in(sys.argv[3]) if len(sys.argv) > 3 else (set(), set(), set())
    wall, cpu = time.perf_counter(), time.process_time()
    with open(sys.argv[1], newline="", encoding="utf-8") as source, \
            open(sys.argv[2], "w", newline="", encoding="utf-8") as target:
        rows, bad = check(source, target, taken)
    print(json.dumps({"rows": rows, "bad": bad, "seconds": time.perf_counter() - wall,
                      "cpu_seconds": time.process_time() - cpu,
                      "directory_seconds": wall - begin}))


main()
