"""extension_generator: many extensions with all that belongs to them; create only."""

from __future__ import annotations

import re
from random import Random
from typing import Any

import cells
from changes import create, created_value, update
from claims import Holders, settle_claims
from engine import Format
from kinds import EMAIL, MAC, PHONE, SECRET_GENERATED, Bad, Kind, digits, fold
from kinds import reference, refuse_damage, refuse_length, secret, text
from kinds import extension as extension_kind
from rows import Column, Job, Row, Want
from settings import BAD_PASSWORDS, PASSWORDS, faults_of_password, is_integer_from, random_value

RANGE_MAX = 1_000
ONE_NUMBER = extension_kind(2, 8)
SOME_DIGITS = digits(1, 20)


def read_extensions(cell: str) -> str:
    """An extension, or a range of them (spec X4); kept as typed."""
    found = re.fullmatch(r"([0-9]+)-([0-9]+)", cell, re.ASCII)
    if not found:
        return ONE_NUMBER.read(cell)
    refuse_damage(cell)
    first, last = found.groups()
    for side in (first, last):
        refuse_length(side, 2, 8)
    count = int(last) - int(first) + 1
    if len(first) != len(last) or not 1 <= count <= RANGE_MAX:
        raise Bad("extension.range")
    return cell


def read_caller_id(cell: str) -> str:
    """With a plus a phone, else digits (spec X7)."""
    return PHONE.read(cell) if cell.startswith("+") else SOME_DIGITS.read(cell)


COLUMNS = [
    Column("Extension", "extension", Kind(read_extensions), is_mandatory=True, is_required=True),
    Column("First Name", "first_name", text(64), is_mandatory=True, is_required=True),
    Column("Last Name", "last_name", text(64)),
    Column("Email", "email", EMAIL),
    Column("Pager", "pager", EMAIL),
    Column("DID", "did", PHONE),
    Column("Caller ID", "caller_id", Kind(read_caller_id)),
    Column("MAC", "mac", MAC),
    Column("Phone Model", "phone_model", reference()),
    Column("Password", "password", secret(8, 128), create="generate"),
    Column("Voicemail PIN", "voicemail_pin", secret(4, 10, digits_only=True), create="generate"),
]
SINGLE_VALUE_COLUMNS = ("DID", "MAC", "Email", "Pager", "Password")


class ExtensionGenerator(Format):
    name = "extension_generator"
    keys = {
        "user": "username",
        "extension": "extension",
        "mailbox": "mailbox",
        "endpoint": "username",
        "contact": "extension",
        "inbound_route": "did",
        "number": "e164",
        "provisioning_file": "mac",
        "phone_model": "name",
    }
    columns = COLUMNS
    result_columns = ("User", "Endpoint")  # spec E13

    def is_allowed(self, job: Job) -> bool:
        return job.actor().get("role") in ("admin", "tenant_admin")

    def faults_of_settings(self, job: Job) -> list[str]:
        """spec X5"""
        kinds = {"multi_tenant": bool, "provisioning": bool, "welcome_email": bool}
        kinds |= {"script": str, "phone_model": str}
        faults = [
            "tenant.setting"
            for name, kind in kinds.items()
            if setting(job, name) is not None and not isinstance(setting(job, name), kind)
        ]
        for name, lowest in (("max_extensions", 0), ("voicemail_pin_length", 1)):
            if setting(job, name) is not None and not is_integer_from(lowest, setting(job, name)):
                faults.append("tenant.setting")
        passwords = [layer.get("password") for layer in (job.tenant(), job.defaults())]
        faults += ["tenant.setting"] * sum(faults_of_password(passwords))
        name = setting(job, "name")
        if name is not None or setting(job, "multi_tenant") is True:
            if not (isinstance(name, str) and re.fullmatch(r"[a-z0-9]+", name, re.ASCII)):
                faults.append("tenant.name")
        return faults

    def check(self, job: Job, row: Row) -> None:
        if row["Extension"].is_good():
            row.key = row["Extension"].value  # also if the row is rejected (spec F3)
            existing = [found["extension"] for found in job.objects("extension")]
            self.warn_of_lost_zero(row, "Extension", numbers_of(row), existing)
            if "-" in row.key:
                for column in SINGLE_VALUE_COLUMNS:
                    if row[column].is_good():
                        row.error("range.single_value_column", column)
        if row["MAC"].is_good():
            if not setting(job, "provisioning"):
                row.warn("mac.ignored", "MAC")
            elif phone_model(job, row) is None:
                row.warn("mac.no_phone_model", "MAC")
        self.check_did(job, row)
        self.look_up(job, row, "Phone Model", "phone_model")  # used or not (spec X6)

    def check_did(self, job: Job, row: Row) -> None:
        """A warning of step 3, also where the claim then fails (spec X9)."""
        if row["DID"].is_good() and not job.is_open("number"):
            if self.find(job, "number", row["DID"].value) is None:
                if job.option("create_missing_dids"):
                    row.warn("did.created", "DID")
                else:
                    row.error("reference.unknown", "DID")

    def settle(self, job: Job) -> None:
        rows = [row for row in job.rows if not row.is_rejected()]
        holders: Holders = {}
        for row in rows:
            for number in numbers_of(row):
                row.wants.append(Want("Extension", "extension", number))
                if self.is_extension_held(job, number):
                    holders["extension", number] = ["somebody"]
            if row["DID"].is_good():
                row.wants.append(Want("DID", "did", row["DID"].value))
                if self.is_did_held(job, row["DID"].value):
                    holders["did", row["DID"].value] = ["somebody"]
            if makes_file(job, row):
                row.wants.append(Want("MAC", "mac", row["MAC"].value))
                files = [MAC.plain(found["mac"]) for found in job.objects("provisioning_file")]
                if row["MAC"].value in files:
                    holders["mac", row["MAC"].value] = ["somebody"]
        settle_claims(rows, holders)
        self.check_limit(job, [row for row in rows if not row.is_rejected()])

    def is_extension_held(self, job: Job, number: str) -> bool:
        """By any of five kinds (spec X9)."""
        user, endpoint = names(job, number)
        return any(
            self.find(job, kind, key)
            for kind, key in (
                ("extension", number),
                ("mailbox", number),
                ("contact", number),
                ("user", user),
                ("endpoint", endpoint),
            )
        )

    def is_did_held(self, job: Job, did: str) -> bool:
        """By another tenant, or by a route."""
        if self.find(job, "inbound_route", did):
            return True
        number = self.find(job, "number", did) or {}
        owner = number.get("tenant")
        is_foreign = owner is not None and fold(owner) != fold(setting(job, "name") or "")
        return is_foreign or number.get("route") is not None

    def check_limit(self, job: Job, rows: list[Row]) -> None:
        """In file order; a row that does not fit takes no room (spec X3)."""
        limit = setting(job, "max_extensions")
        count = len(job.objects("extension"))
        for row in rows:
            if limit is not None and count + len(numbers_of(row)) > limit:
                row.error("extension.limit", "Extension")
            else:
                count += len(numbers_of(row))

    def plan(self, job: Job, row: Row) -> None:
        values = {c.field: created_value(c, row[c.name]) for c in COLUMNS}
        for number in numbers_of(row):
            row.changes += self.objects_of(job, row, number, values)
        kinds = list(self.keys)
        row.changes.sort(key=lambda change: (kinds.index(change["kind"]), change["key"]))
        user, endpoint = names(job, row["Extension"].value)  # a range has neither MAC nor Email
        if makes_file(job, row):
            row.effects.append(
                {
                    "effect": "provisioning.write",
                    "mac": values["mac"],
                    "endpoint": endpoint,
                    "phone_model": phone_model(job, row),
                }
            )
        if setting(job, "welcome_email") and values["email"]:
            row.effects.append({"effect": "email.welcome", "to": values["email"], "user": user})

    def objects_of(self, job: Job, row: Row, number: str, values: dict) -> list[dict]:
        """The table of the format's page, line by line."""
        user, endpoint = names(job, number)
        name = " ".join(part for part in (values["first_name"], values["last_name"]) if part)
        caller_id = values["caller_id"]
        if caller_id is None and job.option("use_dids_as_caller_ids"):
            caller_id = values["did"]
        has_file = makes_file(job, row)
        model = phone_model(job, row) if has_file else None
        email, did = values["email"], values["did"]
        portal = {"extension": number, "email": email, "password": SECRET_GENERATED}  # spec M7
        portal |= {"first_name": values["first_name"], "last_name": values["last_name"]}
        script = setting(job, "script") or "dial"
        line = {"user": user, "script": script, "endpoint": endpoint, "mailbox": number}
        box = {"owner": name, "email": email, "pager": values["pager"]}
        box["pin"] = values["voicemail_pin"]
        phone = {"caller_id": caller_id, "password": values["password"], "mailbox": number}
        if has_file:  # spec X8
            phone |= {"mac": values["mac"], "phone_model": model}
        made = [
            create("user", user, portal),
            create("extension", number, line),
            create("mailbox", number, box),
            create("endpoint", endpoint, phone),
            create("contact", number, {"name": name, "email": email}),
        ]
        if did is not None:
            made.append(create("inbound_route", did, {"handler": "extension", "extension": number}))
            made += self.number_of(job, did, number)
        if has_file:
            fields = {"phone_model": model, "endpoint": endpoint}
            made.append(create("provisioning_file", values["mac"], fields))
        return made

    def number_of(self, job: Job, did: str, extension: str) -> list[dict]:
        """One that exists keeps its own tenant, also null (spec X1)."""
        if job.is_open("number"):  # spec X2
            return []
        found = self.find(job, "number", did)
        if found:
            return [update("number", found["e164"], {"route": [None, extension]})]
        return [create("number", did, {"tenant": setting(job, "name"), "route": extension})]


def setting(job: Job, name: str) -> Any:
    """The tenant's, else the system-wide default."""
    return job.tenant().get(name, job.defaults().get(name))


def names(job: Job, number: str) -> tuple[str, str]:
    """Of the user and the endpoint."""
    if setting(job, "multi_tenant"):
        tenant = setting(job, "name")
        return f"{tenant}-{number}", f"{number}-{tenant}"
    return number, number


def numbers_of(row: Row) -> list[str]:
    """All numbers of a range, with its leading zeros."""
    first, dash, last = row["Extension"].value.partition("-")
    if not dash:
        return [first]
    return [f"{number:0{len(first)}}" for number in range(int(first), int(last) + 1)]


def phone_model(job: Job, row: Row) -> str | None:
    """The row's, else the default one, which is not looked up (spec X6)."""
    return row["Phone Model"].value if row["Phone Model"].is_good() else setting(job, "phone_model")


def makes_file(job: Job, row: Row) -> bool:
    """MAC given and provisioning on and a phone model known."""
    is_on = bool(setting(job, "provisioning"))
    return row["MAC"].is_good() and is_on and phone_model(job, row) is not None


# --- random files ---------------------------------------------------------------------------------

TAKEN = ["200", "201", "202", "203", "0250", "00251"]
EXTENSIONS = ["200", "201", "202", "204", "205", "0204", "250", "251", "10", "12345678"]
RANGES = ["200-203", "204-206", "007-012", "205-205", "248-252", "0204-0206"]
BAD_RANGES = ["206-204", "98-105", "1000-2000", "200-", "-200", "200 - 203", "200-203-205", "1-9"]
DIDS = [f"+4930123410{digit}" for digit in range(8)]
MACS = [f"00:1b:2c:3d:4e:0{digit}" for digit in "12345"]
MODELS = ["T46", "VVX 450"]


def random_case(chance: Random) -> cells.Case:
    directory = random_directory(chance)
    often = chance.choice([0.01, 0.04, 0.1])
    rows = [random_row(chance, often, number) for number in range(cells.row_count(chance))]
    role = chance.choices(["admin", "tenant_admin", "client", None], [30, 20, 1, 1])[0]
    context: dict = {"actor": {"name": "ops", "role": role} if role else {"name": "ops"}}
    options = {}
    arguments = []
    for name in ("use_dids_as_caller_ids", "create_missing_dids"):
        luck = chance.random()
        if luck < 0.5:
            options[name] = luck < 0.3
        if luck > 0.9 or luck < 0.05:  # the command line goes before the context (spec F10)
            arguments += ["--option", chance.choice([name, f"{name}=true", f"{name}=false"])]
    if options:
        context["options"] = options
    return cells.Case(rows, directory, context, arguments)


def random_directory(chance: Random) -> dict:
    directory: dict = {"tenant": random_settings(chance, 0.6)}
    if chance.random() < 0.4:
        directory["defaults"] = random_settings(chance, 0.5)
    numbers: list[dict] = [{"e164": did} for did in DIDS[:6]]
    for number in numbers:
        for name, values in (("tenant", ["acme", "acme", "rival"]), ("route", ["100", None])):
            if chance.random() < 0.25:
                number[name] = chance.choice(values)
    names = ["acme-{}", "ACME-{}", "{}-acme", "{}"]
    for kind, objects in (
        ("number", numbers),
        ("inbound_route", [{"did": DIDS[4], "handler": "extension"}, {"did": DIDS[7]}]),
        ("provisioning_file", [{"mac": MACS[0], "endpoint": "100"}]),
        ("phone_model", [{"name": name} for name in MODELS]),
        ("extension", [{"extension": number} for number in some(chance, TAKEN)]),
        ("mailbox", [{"mailbox": number, "pin": True} for number in some(chance, TAKEN)]),
        ("contact", [{"extension": number, "name": "Old"} for number in some(chance, TAKEN)]),
        ("user", [{"username": chance.choice(names).format(n)} for n in some(chance, TAKEN)]),
        ("endpoint", [{"username": chance.choice(names).format(n)} for n in some(chance, TAKEN)]),
    ):
        if chance.random() < 0.7:
            directory[kind] = objects
    return directory


def some(chance: Random, values: list[str]) -> list[str]:
    return chance.sample(values, chance.choice([0, 0, 1, 2]))


SETTINGS = {
    "name": (["acme"], ["Acme Corp", "äcme", "a-b", 7]),
    "multi_tenant": ([True, False], ["yes", 1]),
    "script": (["ring-then-mail"], [5, True]),
    "phone_model": (["T46", "Old 1"], [46]),
    "provisioning": ([True, True, True, False], ["on"]),
    "welcome_email": ([True, False], [0]),
    "max_extensions": ([0, 2, 5, 8, 1000], [-1, "5", True]),
    "password": (PASSWORDS, BAD_PASSWORDS),
    "voicemail_pin_length": ([1, 6, 100, None], [0, "6"]),
}


def random_settings(chance: Random, often: float) -> dict:
    settings: dict = {}
    for name, (good, bad) in SETTINGS.items():
        likely = {"name": 0.95, "provisioning": 0.8, "max_extensions": 0.2}.get(name, often)
        if chance.random() < likely:
            settings[name] = random_value(chance, good, bad)
    return settings


def random_row(chance: Random, often: float, number: int) -> dict[str, str]:
    row = {"Extension": str(300 + number), "First Name": chance.choice(["Ann", "Desk", "Zoë"])}
    if chance.random() < 0.3:
        row["Extension"] = chance.choice(EXTENSIONS + RANGES)
    elif chance.random() < 0.02:
        row["Extension"] = chance.choice([*BAD_RANGES, "1000-1999"])
    elif chance.random() < 0.15:
        row["Extension"] = f"{400 + 3 * number}-{403 + 3 * number}"
    if "-" not in row["Extension"]:
        for name, values, likely in (
            ("Email", cells.EMAILS, 0.4),
            ("DID", DIDS[:7], 0.3),
            ("MAC", MACS, 0.3),
            ("Phone Model", MODELS, 0.3),
            ("Password", ["Much-t00-secret"], 0.2),
        ):
            if chance.random() < likely:
                row[name] = chance.choice(values)
    for name, pool in POOLS.items():
        if chance.random() < often:
            row[name] = cells.pick(chance, pool)
    return row


GOOD_CALLER_IDS = ["", "+49 30 1234-0", "4930", "1" * 20, "'+493012340"]
BAD_CALLER_IDS = ["+49", "030-1234", "1" * 21, "4.9E+8", "1/1/2025", "abc"]

POOLS = {
    "Extension": cells.Pool(
        EXTENSIONS + RANGES, ["", *BAD_RANGES, *cells.BAD_EXTENSIONS, "2", "123456789"]
    ),
    "First Name": cells.Pool(["Ann", "Zoë", "N" * 64], ["", "N" * 65]),
    "Last Name": cells.Pool(["", "Smith", "'=run"], ["N" * 65]),
    "Email": cells.Pool(["", *cells.EMAILS], cells.BAD_EMAILS),
    "Pager": cells.Pool(["", *cells.EMAILS], cells.BAD_EMAILS),
    "DID": cells.Pool(["", *DIDS, "+49 (30) 1234101"], cells.BAD_PHONES),
    "Caller ID": cells.Pool(GOOD_CALLER_IDS, BAD_CALLER_IDS),
    "MAC": cells.Pool(["", *MACS, *cells.spelled_macs(MACS)], cells.BAD_MACS),
    "Phone Model": cells.Pool(["", *MODELS, "vvx 450"], ["VVX"]),
    "Password": cells.Pool(["", "Much-t00-secret", " 8 chars", "p" * 128], ["7 chars", "p" * 129]),
    "Voicemail PIN": cells.Pool(["", "908172", "0123456789"], ["917", "12a4", "1" * 11]),
}
