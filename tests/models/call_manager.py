"""call_manager: changes to users who exist already; numbers are taken from whoever holds them."""

from __future__ import annotations

import re
from random import Random
from typing import Any

import cells
from changes import change_of, is_changed, update, updated_value
from claims import warn_of_contests
from engine import Format
from kinds import Bad, Kind, boolean, fold, plain_phone, plain_text, reference, refuse_damage, text
from rows import Column, Job, Row


def plain_number(value: Any) -> Any:
    """Separators are allowed in front of `;ext=` only, which is kept in lower case (spec C7)."""
    if not isinstance(value, str):
        return value
    number, semicolon, extension = value.partition(";")
    return plain_phone(number) + semicolon + plain_text(extension).lower()


def read_number(cell: str) -> str:
    """Also bare digits, whose plus is restored from the inventory (spec C8)."""
    refuse_damage(cell)
    number, semicolon, extension = cell.partition(";")
    if semicolon and not re.fullmatch(r"ext=[0-9]{1,8}", extension, re.IGNORECASE | re.ASCII):
        raise Bad("value.phone")
    if not re.fullmatch(r"\+[1-9][0-9]{7,14}|[0-9]{8,15}", plain_phone(number)):
        raise Bad("value.phone")
    return plain_number(cell)


NUMBER = Kind(read_number, plain_number)

COLUMNS = [
    Column("User Principal Name", "upn", text(), ("UPN", "User"), True, True),
    Column("Display Name", "display_name", text()),
    Column(
        "Enterprise Voice Enabled", "enterprise_voice", boolean(("TRUE", "FALSE")), ("EV Enabled",)
    ),
    Column(
        "Primary Phone Number",
        "primary_number",
        NUMBER,
        ("Phone Number", "Line URI"),
        update="clear",
    ),
    Column("Primary Location", "primary_location", reference(), update="clear"),
    Column("Private Phone Number", "private_number", NUMBER, update="clear"),
    Column("Private Location", "private_location", reference(), update="clear"),
    Column("Caller ID Policy", "caller_id_policy", reference()),
    Column("Voice Route Policy", "voice_route_policy", reference()),
]
CHANGED = COLUMNS[2:]
UPN = "User Principal Name"
ENTERPRISE_VOICE = "Enterprise Voice Enabled"
NUMBERS = ("Primary Phone Number", "Private Phone Number")
LOCATIONS = {"Primary Phone Number": "Primary Location", "Private Phone Number": "Private Location"}
POLICIES = {"Caller ID Policy": "caller_id_policy", "Voice Route Policy": "voice_route_policy"}
FIELD = {column.name: column.field for column in COLUMNS}
KIND = {column.name: column.kind for column in COLUMNS}
SLOTS = (("primary_number", "primary_location"), ("private_number", "private_location"))


class CallManager(Format):
    name = "call_manager"
    keys = {
        "user": "upn",
        "number": "e164",
        "location": "name",
        "caller_id_policy": "name",
        "voice_route_policy": "name",
    }
    columns = COLUMNS
    rows_act_in_turn = True

    def is_allowed(self, job: Job) -> bool:
        may_validate = job.is_dry and job.actor().get("role") == "reader"
        return may_validate or job.actor().get("role") in ("owner", "writer")

    def before_cells(self, job: Job, row: Row) -> None:
        """Without a private line its columns count as not there (spec M9)."""
        if job.tenant().get("private_line") is False:
            for column in ("Private Phone Number", "Private Location"):
                if row[column].is_filled():
                    row.warn("authority.column", None)
                row[column].state = "absent"

    def check(self, job: Job, row: Row) -> None:
        self.check_repetition(job, row)
        for column in NUMBERS:
            self.check_number(job, row, column)
            self.look_up(job, row, LOCATIONS[column], "location")
        for column, kind in POLICIES.items():
            if row[column].is_good() and fold(row[column].value) == fold("Global"):
                row[column].value = None  # clears it
            else:
                self.look_up(job, row, column, kind)
        user = self.user_of(job, row)
        if user is not None:  # spec C10
            self.check_rules(row, user)
            if not row.is_rejected():
                self.check_claims(job, row, user)

    def check_repetition(self, job: Job, row: Row) -> None:
        """Every earlier readable row with that upn counts, also a rejected one (spec E37)."""
        if row[UPN].is_good():
            earlier = [other for other in job.rows[: row.number - 1] if other.is_readable]
            named = [fold(other[UPN].value) for other in earlier if other[UPN].is_good()]
            if fold(row[UPN].value) in named:
                row.warn("row.repeats_key", UPN)

    def check_number(self, job: Job, row: Row, column: str) -> None:
        cell = row[column]
        if not cell.is_good():
            return
        is_bare = not cell.value.startswith("+")
        if is_bare and (job.is_open("number") or not in_inventory(job, "+" + cell.value)):
            cell.state = "bad"
            row.error("value.phone", column)
        elif is_bare:
            cell.value = "+" + cell.value
            row.warn("value.plus_restored", column)
        elif not job.is_open("number") and not in_inventory(job, cell.value):
            row.error("reference.unknown", column)

    def user_of(self, job: Job, row: Row) -> dict | None:
        """None if it is not known or cannot be changed in bulk."""
        if not row[UPN].is_good():
            return None
        user = self.find(job, "user", row[UPN].value)
        if user is None:
            row.error("object.unknown", UPN)
            return None
        row.key = row.target = user["upn"]
        if not is_standard(user):
            row.error("object.not_eligible", UPN)
            return None
        return user

    def resulting(self, row: Row, user: dict) -> dict:
        """By column; a location goes with its number unless its cell is filled (spec C2)."""
        values = {c.name: updated_value(c, row[c.name], user.get(c.field)) for c in CHANGED}
        for number, location in LOCATIONS.items():
            is_cleared = values[number] is None and user.get(FIELD[number]) is not None
            if is_cleared and row[location].is_empty():
                values[location] = None
        return values

    def check_rules(self, row: Row, user: dict) -> None:
        """Each only if the cells that it reads are good, and the row changes one (spec E21)."""
        values = self.resulting(row, user)
        changed = {c for c in values if is_changed(KIND[c], user.get(FIELD[c]), values[c])}
        name = row["Display Name"]
        if name.is_good() and name.value != plain_text(user.get("display_name")):  # spec C1
            row.warn("value.ignored", "Display Name")
        for number, location in LOCATIONS.items():
            if not row[number].is_bad() and changed & {number, location}:
                if values[location] is not None and values[number] is None:
                    row.error("location.without_number", location)
        if any(row[column].is_bad() for column in NUMBERS):
            return
        primary, private = (plain_number(values[column]) for column in NUMBERS)
        if changed & {*NUMBERS} and primary is not None and primary == private:
            row.error("number.same_for_both", "Private Phone Number")
        if not row[ENTERPRISE_VOICE].is_bad() and changed & {ENTERPRISE_VOICE, *NUMBERS}:
            if not values[ENTERPRISE_VOICE] and (primary is not None or private is not None):
                row.error("enterprise_voice.required", ENTERPRISE_VOICE)
        self.check_clearing(row, user)

    def check_clearing(self, row: Row, user: dict) -> None:
        """Not if the same row gives the number to the user's other field (spec C6)."""
        for column, other in (NUMBERS, NUMBERS[::-1]):
            held = plain_number(user.get(FIELD[column]))
            if row[column].state == "blank" and held is not None and row[other].value != held:
                row.warn("value.cleared", column)

    def check_claims(self, job: Job, row: Row, user: dict) -> None:
        """Only a number that the row's user holds in neither field is taken (spec E38)."""
        moved = []
        for column in NUMBERS:
            value = row[column].value
            if not row[column].is_good() or holds(user, value):
                continue
            holders = [other for other in job.objects("user") if holds(other, value)]
            if not all(map(is_standard, holders)):  # spec C3
                row.error("claim.taken", column)
            elif holders:
                moved.append(column)
        if not row.is_rejected():  # spec E20
            for column in moved:
                row.warn("claim.moved", column)

    def settle(self, job: Job) -> None:
        warn_of_contests(
            [
                (row, row.target, column, row[column].value)
                for row in job.rows
                for column in NUMBERS
                if not row.is_rejected() and row[column].is_good()
            ]
        )

    def plan(self, job: Job, row: Row) -> None:
        user = self.find(job, "user", row.target)
        fields = {}
        for column, value in self.resulting(row, user).items():
            before = user.get(FIELD[column])
            if is_changed(KIND[column], before, value):
                fields[FIELD[column]] = change_of(KIND[column], before, value)
        if fields:
            row.changes.append(update("user", row.key, fields))
        given = [row[column].value for column in NUMBERS if row[column].is_good()]
        taken = [value for value in given if not holds(user, value)]
        for other in sorted(job.objects("user"), key=lambda found: found["upn"]):
            lost = what_is_lost(other, taken) if other is not user else {}
            if lost:
                row.changes.append(update("user", other["upn"], lost))


def is_standard(user: dict) -> bool:
    return user.get("standard") is not False


def holds(user: dict, number: str) -> bool:
    return number in (
        plain_number(user.get("primary_number")),
        plain_number(user.get("private_number")),
    )


def in_inventory(job: Job, number: str) -> bool:
    """It is there as a whole or without its `;ext=` (spec C7)."""
    known = [plain_number(found["e164"]) for found in job.objects("number")]
    return number in known or number.partition(";")[0] in known


def what_is_lost(user: dict, taken: list[str]) -> dict:
    """The numbers, each with its location."""
    fields = {}
    for number, location in SLOTS:
        if user.get(number) is not None and plain_number(user[number]) in taken:
            fields[number] = change_of(NUMBER, user[number], None)
            if user.get(location) is not None:
                fields[location] = change_of(reference(), user[location], None)
    return fields


# --- random files ---------------------------------------------------------------------------------

NAMES = ("Debra", "alex", "kim", "LEE", "sam", "zoë", "val", "hall", "ann", "bob", "eve", "gus")
UPNS = [f"{name}@contoso.com" for name in NAMES]
HELD = [f"+4420718387{number}" for number in range(50, 75)]
PLACES = ["London HQ", "Leeds", "Zürich"]
CALLER_IDS = ["Anonymous", "Main Line"]
ROUTES = ["UK", "International"]


def random_case(chance: Random) -> cells.Case:
    directory = random_directory(chance)
    users = list(directory["user"])
    chance.shuffle(users)
    often = chance.choice([0.02, 0.05, 0.1])
    count = cells.row_count(chance)
    if chance.random() < 0.7:
        count = min(count, len(users))
    rows = [random_row(chance, users, often) for _ in range(count)]
    for columns in (["Primary Phone Number"], ["Private Phone Number"], [*NUMBERS]):
        pass_round(chance, rows, columns)
    if len(rows) > 2 and chance.random() < 0.2:
        number = chance.choice(HELD[:20])
        for row in chance.sample(rows, chance.randint(3, len(rows))):
            row[chance.choice(NUMBERS)] = number
    roles = ["owner", "writer", "reader", "tenant_setup", None]
    role = chance.choices(roles, [30, 30, 4, 1, 1])[0]
    context = {"actor": {"name": "ops", "role": role} if role else {"name": "ops"}}
    return cells.Case(rows, directory, context)


def pass_round(chance: Random, rows: list[dict[str, str]], columns: list[str]) -> None:
    """Let numbers move between users and between their two fields."""
    if chance.random() < 0.6:
        cells.pass_round(chance, rows, columns)
    if rows and chance.random() < 0.6:
        chance.choice(rows)[columns[0]] = chance.choice(HELD)
    if len(columns) == 2 and rows and chance.random() < 0.4:
        row = chance.choice(rows)
        first, second = columns
        row[first], row[second] = row.get(second, ""), row.get(first, "")


def random_directory(chance: Random) -> dict:
    numbers = chance.sample(HELD, len(HELD))
    users = []
    for upn in chance.sample(UPNS, chance.choice([2, 6, 9, 12])):
        users.append(random_user(chance, upn, numbers))
    directory: dict = {"user": users}
    inventory = [*HELD[:24], "+442071838780", "+442071838781;ext=7"]
    for kind, objects in (
        ("number", [{"e164": number} for number in inventory]),
        ("location", [{"name": name} for name in PLACES]),
        ("caller_id_policy", [{"name": name} for name in CALLER_IDS]),
        ("voice_route_policy", [{"name": name} for name in ROUTES]),
    ):
        if chance.random() < 0.85:
            directory[kind] = objects
    if chance.random() < 0.3:
        directory["tenant"] = {
            "name": "contoso",
            "private_line": chance.choice([True, False, None]),
        }
    return directory


def random_user(chance: Random, upn: str, numbers: list[str]) -> dict:
    user: dict = {"upn": upn}
    for number, location in SLOTS:
        if chance.random() < 0.6:
            user[number] = numbers.pop() if chance.random() < 0.95 else chance.choice(HELD)
            user[number] = chance.choice(
                [user[number], user[number], respelled(chance, user[number])]
            )
        if chance.random() < (0.6 if number in user else 0.03):
            user[location] = chance.choice([*PLACES, "leeds"])
    for name, values in (
        ("display_name", ["Debra Berger", "Zoë", "Zoe\u0308"]),
        ("enterprise_voice", [True] * 9 + [False]),
        ("caller_id_policy", CALLER_IDS),
        ("voice_route_policy", ["UK", "uk"]),
    ):
        if chance.random() < 0.9:
            user[name] = chance.choice(values)
    if chance.random() < 0.1:
        user["standard"] = chance.choice([True, False, False, None])
    return user


def respelled(chance: Random, number: str) -> str:
    changed = [
        f"{number[:3]} {number[3:6]} {number[6:]}",
        f"{number};ext=204",
        f"{number[:3]}.({number[3:]}) ;EXT=7",
    ]
    return chance.choice(changed)


def random_row(chance: Random, users: list[dict], often: float) -> dict[str, str]:
    """A row of an export that was amended."""
    row: dict[str, str] = {}
    if users:
        user = users.pop() if len(users) > 1 and chance.random() < 0.8 else chance.choice(users)
        row = exported(user)
    for name, pool in POOLS.items():
        if chance.random() < often * (3 if name in NUMBERS else 1):
            row[name] = cells.pick(chance, pool)
    return row


def exported(user: dict) -> dict[str, str]:
    row = {}
    for column in COLUMNS:
        value = user.get(column.field)
        if value is not None:
            row[column.name] = str(value).upper() if isinstance(value, bool) else value
    return row


MORE_NUMBERS = ["+442071838780", "+442071838781;ext=7", "+442071838781", "+442071838750;EXT=204"]
BARE_NUMBERS = ["442071838750", "44 2071 838751", "442071838752;ext=9", "'+442071838753"]
BAD_NUMBERS = [
    *cells.BAD_PHONES,
    "442071839999",
    "+442071838750;ext=",
    "+442071838750;ext=1 2",
    "+44207183;8750",
]
NUMBER_POOL = cells.Pool(
    ["", "", *HELD, *MORE_NUMBERS, *BARE_NUMBERS], [*BAD_NUMBERS, "+442071839998"]
)

POOLS = {
    UPN: cells.Pool(UPNS, ["", "debbra@contoso.com", "12-May"]),
    "Display Name": cells.Pool(["", "Debra Berger", "Zoë", "'=Bob"], []),
    ENTERPRISE_VOICE: cells.Pool(["", "TRUE", "true", "FALSE"], ["yes", "1"]),
    "Primary Phone Number": NUMBER_POOL,
    "Primary Location": cells.Pool(["", *PLACES], ["Londn HQ"]),
    "Private Phone Number": NUMBER_POOL,
    "Private Location": cells.Pool(["", *PLACES], ["Nowhere"]),
    "Caller ID Policy": cells.Pool(["", *CALLER_IDS, "Global", "global"], ["Anonimous"]),
    "Voice Route Policy": cells.Pool(["", *ROUTES, "GLOBAL"], ["US"]),
}
