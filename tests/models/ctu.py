"""ctu: contact-centre agents; create only, and every row that shares a login is rejected."""

from __future__ import annotations

import unicodedata
from random import Random

import cells
from changes import create, created_value
from engine import Format
from kinds import Bad, Kind, boolean, digits, fold, plain_text, reference, refuse_length, secret
from rows import Column, Job, Row

BYTES_MAX = 102_400
NAME_SIGNS = " +-%_,/().£$!?@\\'"


def read_name(cell: str) -> str:
    """Unicode letters and marks, digits, a few signs (spec T4); before the length (spec E18)."""
    for letter in cell:
        is_letter = unicodedata.category(letter)[0] in "LM"
        if not (is_letter or letter in "0123456789" or letter in NAME_SIGNS):
            raise Bad("value.characters")
    refuse_length(cell, 1, 50)
    return cell


def read_login(cell: str) -> str:
    """Any Unicode white space is a space (spec T4)."""
    if any(letter.isspace() for letter in cell):
        raise Bad("value.characters")
    refuse_length(cell, 1, 40)
    return cell


NAME = Kind(read_name, plain_text)
LOGIN = Kind(read_login, plain_text)
TRUE_FALSE = boolean(("TRUE", "FALSE"))

COLUMNS = [
    Column("First Name", "first_name", NAME, is_mandatory=True, is_required=True),
    Column("Last Name", "last_name", NAME, is_mandatory=True, is_required=True),
    Column("Login", "login", LOGIN, is_mandatory=True, is_required=True),
    Column("Password", "password", secret(), is_mandatory=True, is_required=True),
    Column("Permission Group", "permission_group", reference(), ("Role",), True, True),
    Column("Web RTC", "web_rtc", TRUE_FALSE, ("WebRTC",), create="default", default=False),
    Column("Extension", "extension", digits(1, 10)),
    Column("Primary Team", "primary_team", reference(), is_mandatory=True, is_required=True),
    Column("Capacity Plan", "capacity_plan", reference()),
    Column("Active", "active", TRUE_FALSE, create="default", default=True),
]


class Ctu(Format):
    name = "ctu"
    keys = {
        "user": "login",
        "permission_group": "name",
        "team": "name",
        "capacity_plan": "name",
        "password_policy": "name",
    }
    columns = COLUMNS

    def is_allowed(self, job: Job) -> bool:
        """Groups must be listed: without the kind nobody is allowed (spec T2)."""
        return self.actors_group(job) is not None

    def actors_group(self, job: Job) -> dict | None:
        name = job.actor().get("permission_group")
        return self.find(job, "permission_group", name) if name else None

    def fault_of_file(self, job: Job, data_rows: int) -> str | None:
        """In this order; the first that fails is the only finding (spec T1)."""
        if not fold(job.file_name).endswith((".csv", ".txt")):
            return "file.type"
        if len(job.source) > BYTES_MAX:
            return "file.too_large"
        return "file.no_entries" if data_rows == 0 else None

    def check(self, job: Job, row: Row) -> None:
        if row["Login"].is_good():
            row.key = row["Login"].value  # also if the row is rejected (spec F3)
        self.look_up(job, row, "Permission Group", "permission_group")
        self.look_up(job, row, "Primary Team", "team")
        self.look_up(job, row, "Capacity Plan", "capacity_plan")
        self.check_rank(job, row)
        self.check_team(job, row)
        self.check_password(job, row)
        if row["Extension"].is_good():
            existing = [found.get("extension") for found in job.objects("user")]
            self.warn_of_lost_zero(row, "Extension", [row["Extension"].value], existing)

    def group_of(self, job: Job, row: Row) -> dict | None:
        return self.find(job, "permission_group", row["Permission Group"].value)

    def check_rank(self, job: Job, row: Row) -> None:
        """A larger rank ranks higher; none is 0 (spec T2)."""
        if row["Permission Group"].is_good():
            group = self.group_of(job, row)
            if group and (group.get("rank") or 0) > (self.actors_group(job).get("rank") or 0):
                row.error("authority.rank", "Permission Group")

    def check_team(self, job: Job, row: Row) -> None:
        """Also where teams are not listed; an unknown one is only that (spec T5)."""
        cell = row["Primary Team"]
        if cell.is_good() and (job.is_open("team") or self.find(job, "team", cell.value)):
            if fold(cell.value) not in map(fold, job.actor().get("teams") or []):
                row.error("authority.team", "Primary Team")

    def check_password(self, job: Job, row: Row) -> None:
        """The policy of the row's group, else the tenant's; one not found is none (spec T3)."""
        if not (row["Password"].is_good() and row["Permission Group"].is_good()):
            return
        group = self.group_of(job, row) or {}
        for name in (group.get("password_policy"), job.tenant().get("password_policy")):
            policy = self.find(job, "password_policy", name) if name else None
            if policy:
                login = row["Login"].value if row["Login"].is_good() else None
                if breaks(policy, row["Password"].text, login):
                    row.error("secret.policy", "Password")
                return

    def settle(self, job: Job) -> None:
        """Also rows that failed earlier share a login (spec 4, `duplicates: every`)."""
        with_login = [row for row in job.rows if row.key is not None]
        good = [row for row in with_login if not row.is_rejected()]
        shared = [
            row
            for row in with_login
            if sum(fold(row.key) == fold(other.key) for other in with_login) > 1
        ]
        for row in shared:
            row.error("claim.duplicate_in_file", "Login")
        for row in good:
            if row not in shared and self.find(job, "user", row.key):  # spec T6
                row.error("claim.taken", "Login")

    def plan(self, job: Job, row: Row) -> None:
        fields = {column.field: created_value(column, row[column.name]) for column in COLUMNS}
        del fields["login"]
        row.changes = [create("user", row.key, fields)]


def breaks(policy: dict, password: str, login: str | None) -> bool:
    """spec T3"""
    categories = [unicodedata.category(letter) for letter in password]
    needed = {
        "upper": "Lu" in categories,
        "lower": "Ll" in categories,
        "digit": any(letter in "0123456789" for letter in password),
        "symbol": any(is_symbol(letter) for letter in password),
    }
    shortest, longest = policy.get("min_length"), policy.get("max_length")
    return (
        (shortest is not None and len(password) < shortest)
        or (longest is not None and len(password) > longest)
        or any(policy.get(name) and not is_there for name, is_there in needed.items())
        or bool(policy.get("forbid_login") and login is not None and fold(login) in fold(password))
    )


def is_symbol(letter: str) -> bool:
    return unicodedata.category(letter)[0] not in "LMN" and not letter.isspace()


# --- random files ---------------------------------------------------------------------------------

EXISTING = ["Ann", "bob.jones", "zoë", "straße", "o'neil", "x" * 40]
LOGINS = [*EXISTING, "STRASSE", "carla", "dan", "eve", "gus"]
TEAMS = ["Sales", "Support", "Billing"]
GROUPS = ["Agent", "Supervisor", "Manager", "Director"]
PASSWORDS = [
    "Welcome-1",
    " easy66 ",
    "Str0ng-Enough!",
    "no-capital-1",
    "N0symbolatall",
    "No-digits-here",
]


def random_case(chance: Random) -> cells.Case:
    directory = random_directory(chance)
    group = chance.choices(["manager", "Agent", "Director", "Nobody", None], [40, 5, 10, 1, 1])[0]
    actor: dict = {"name": "Mona", "teams": ["SALES", "Support", "Nowhere"]}
    if group:
        actor["permission_group"] = group
    if chance.random() < 0.1:
        actor["teams"] = chance.choice([None, [], ["Billing"], ["support"]])
    often = chance.choice([0.02, 0.05, 0.15])
    rows = [random_row(chance, often, number) for number in range(cells.row_count(chance))]
    file_name = chance.choices(["users.csv", "Users.TXT", "users.xlsx", "csv"], [60, 10, 1, 1])[0]
    return cells.Case(rows, directory, {"actor": actor}, file_name=file_name)


def random_directory(chance: Random) -> dict:
    users = [
        {"login": login, "first_name": "Old", "password": True, "active": chance.random() < 0.5}
        for login in chance.sample(EXISTING, chance.randint(0, 4))
    ]
    for user in users:
        if chance.random() < 0.5:
            user["extension"] = chance.choice(["3001", "0101", "00102", "000103"])
    policies = [
        {"name": "Strict", "min_length": 10, "max_length": 20, "upper": True, "lower": True}
        | {"digit": True, "symbol": True, "forbid_login": True},
        {"name": "Easy", "min_length": chance.choice([1, 8])},
        {"name": "Other", "forbid_login": True, "symbol": False},
    ]
    groups = [{"name": name, "rank": rank} for name, rank in zip(GROUPS, (1, 5, 10, 20))]
    groups[0].pop("rank") if chance.random() < 0.3 else None
    groups[1]["password_policy"] = chance.choice(["strict", "Other", "No such"])
    directory: dict = {"permission_group": groups, "user": users}
    for kind, objects in (
        ("password_policy", policies),
        ("team", [{"name": name} for name in TEAMS]),
        ("capacity_plan", [{"name": "Standard"}, {"name": "Große"}]),
        ("tenant", {"name": "acme", "password_policy": chance.choice(["Easy", "EASY", "Nothing"])}),
    ):
        if chance.random() < 0.85:
            directory[kind] = objects
    if chance.random() < 0.01:
        del directory["permission_group"]
    if not users and chance.random() < 0.5:
        del directory["user"]
    return directory


def random_row(chance: Random, often: float, number: int) -> dict[str, str]:
    row = {
        "First Name": "New",
        "Last Name": "Smith",
        "Login": f"new{number}",
        "Primary Team": "Support",
    }
    row |= {"Password": chance.choice(PASSWORDS), "Permission Group": chance.choice(GROUPS[:3])}
    if chance.random() < 0.3:
        row["Login"] = chance.choice(LOGINS)
    for name, pool in POOLS.items():
        if chance.random() < often:
            row[name] = cells.pick(chance, pool)
    return row


BAD_NAMES = ["", "Ann*", "O’Neil", "A&B", "<b>", "x" * 51, "two\nlines", "a\tb", "½"]

POOLS = {
    "First Name": cells.Pool(
        ["Ann", "Zoë-太郎", "+-%_/.£$!?@\\'", "'=x", "é" * 50, "e\u0301" * 50], BAD_NAMES
    ),
    "Last Name": cells.Pool(["Smith", "Müller, Jr. (temp)", "नमस्ते", "de la Cruz 2"], BAD_NAMES),
    "Login": cells.Pool(LOGINS, ["", "eve stone", "a\u3000b", "x" * 41]),
    "Password": cells.Pool([*PASSWORDS, "\u00a0x", "My-ANN-passw0rd", "Ü1ü-Ü1ü-ǅ"], ["", "  "]),
    "Permission Group": cells.Pool(GROUPS, ["", "Agents"]),
    "Web RTC": cells.Pool(["", "TRUE", "false"], ["yes", "1"]),
    "Extension": cells.Pool(
        ["", "4001", "101", "102", "0101", "1" * 10], ["40x2", "4,42E+11", "1" * 11, "+12"]
    ),
    "Primary Team": cells.Pool(TEAMS, ["", "Marketing"]),
    "Capacity Plan": cells.Pool(["", "Standard", "GROSSE"], ["Huge"]),
    "Active": cells.Pool(["", "TRUE", "FALSE"], ["0", "wahr"]),
}
