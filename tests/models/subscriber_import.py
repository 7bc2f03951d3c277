"""subscriber_import: users and locations; create only, within the tenant's settings."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import cells
from changes import create, created_value, ids_left, next_id, update
from claims import Holders, settle_claims
from engine import Format
from kinds import EMAIL, PHONE, SECRET_GENERATED, Kind, boolean, choice, digits, extension
from kinds import fold, integer, plain_phone, plain_text, reference, secret, text
from rows import Column, Job, Row, Want
from settings import is_integer_from, is_list_of_texts, is_pool, is_span, random_value

YES_NO = boolean(("y", "n"))  # in either case (spec S9)
PLUS_DIGITS = digits(1, 20, plus=True)


def flag(name: str, field: str) -> Column:
    return Column(name, field, YES_NO, create="default", default=False)


def language(words: list[str]) -> Kind:
    """One of the tenant's; `English` reads as `en`, where it is none of them itself."""

    def read(cell: str) -> str:
        is_word = fold(cell) == fold("English")
        is_english = is_word and fold(cell) not in [fold(word) for word in words]
        return choice(*words).read("en" if is_english else cell)

    return Kind(read)


COLUMNS = [
    Column("Type", "type", choice("User", "Location"), is_mandatory=True, is_required=True),
    Column("FirstName", "first_name", text(64)),
    Column("LastName", "last_name", text(64), is_mandatory=True, is_required=True),
    Column("Email", "email", EMAIL),
    Column("HomePhone", "home_phone", PLUS_DIGITS),
    Column("MobilePhone", "mobile_phone", PLUS_DIGITS),
    Column("Extension", "extension", extension(2, 10)),
    Column("Language", "language", language(["en"])),
    Column("IncomingDID", "incoming_did", PHONE),
    Column("OutgoingCLID", "outgoing_clid", reference(), create="default", default="default"),
    flag("Privacy", "privacy"),
    flag("PAI", "pai"),
    flag("HFAback", "hands_free_answer_back"),
    flag("Locked", "locked"),
    Column("Hold", "hold", reference()),
    Column("DirAccess", "dir_access", choice("dial", "both", "none")),
    Column("MaxDevices", "max_devices", integer(1, 1), create="default", default=1),
    flag("Twin", "twin"),
    flag("SCR", "selective_call_routing"),
    flag("ODCR", "on_demand_recording"),
    flag("VM", "voicemail"),
    flag("Agent", "agent"),
    flag("Dsite", "dynamic_site"),
    Column("DsiteCLID", "dsite_clid", PLUS_DIGITS),  # spec M16
    Column("NumCallDsite", "dsite_max_calls", integer(0, 999)),
    Column("DsiteZone", "dsite_zone", reference()),
    flag("CAdmin", "company_admin"),
    flag("EAdmin", "enterprise_admin"),
    Column("CallProfile", "call_profile", reference()),
    Column("KeyProfile", "key_profile", reference()),
    Column("PIN", "pin", secret(4, 10, digits_only=True)),
    flag("SysPIN", "system_pin"),
]
TELCO_COLUMNS = ("PAI", "Dsite", "DsiteCLID", "NumCallDsite", "DsiteZone")
LOGIN_COLUMNS = ("PIN", "SysPIN", "CAdmin", "EAdmin")
NOTIFICATIONS = ("none", "display", "email", "email_and_display")


class SubscriberImport(Format):
    name = "subscriber_import"
    keys = {
        "user": "id",
        "number": "e164",
        "announcement": "id",
        "zone": "id",
        "call_profile": "id",
        "key_profile": "id",
    }
    columns = COLUMNS
    key_is_given_by_host = True

    def is_allowed(self, job: Job) -> bool:
        roles = ("telco_admin", "enterprise_admin", "company_admin")
        return is_telco(job) or job.actor().get("role") in roles

    def faults_of_settings(self, job: Job) -> list[str]:
        """spec S6"""
        tenant = job.tenant()
        faults = [
            tenant.get("pin_notification", "none") not in NOTIFICATIONS,
            not is_integer_from(1, tenant.get("max_devices", 1)),
            not is_list_of_texts(tenant.get("languages", ["en"])),
            not is_span(tenant.get("pin_length", [4, 10])),
            "extension_pool" in tenant and not is_pool(tenant["extension_pool"]),
        ]
        return ["tenant.setting" for is_bad in faults if is_bad]

    def columns_for(self, job: Job) -> list[Column]:
        """Some limits are the tenant's, and Email is mandatory where PINs are sent by email."""
        tenant = job.tenant()
        shortest, longest = tenant.get("pin_length") or [4, 10]
        changed = {
            "Email": {"is_mandatory": notifies_by_email(job)},
            "Language": {"kind": language(languages(job))},
            "MaxDevices": {"kind": integer(1, tenant.get("max_devices") or 1)},
            "PIN": {"kind": secret(shortest, longest, digits_only=True)},
        }
        return [replace(column, **changed.get(column.name, {})) for column in COLUMNS]

    def check(self, job: Job, row: Row) -> None:
        self.check_references(job, row)
        self.check_email(job, row)
        self.check_pin(row)
        left_out = (
            [] if is_telco(job) else [name for name in TELCO_COLUMNS if says_something(row, name)]
        )
        if left_out:
            row.warn("authority.column", None)  # spec S2
        if is_location(row) and any(says_something(row, name) for name in LOGIN_COLUMNS):
            row.warn("location.no_login", None)
        if row["Extension"].is_good():
            existing = [user.get("extension") for user in job.objects("user")]
            self.warn_of_lost_zero(row, "Extension", [row["Extension"].value], existing)

    def check_references(self, job: Job, row: Row) -> None:
        self.look_up(job, row, "IncomingDID", "number")
        self.check_outgoing_clid(job, row)
        self.look_up(job, row, "Hold", "announcement")
        self.look_up(job, row, "CallProfile", "call_profile")
        if is_telco(job):  # those that are left out are not looked up (spec S2)
            self.look_up(job, row, "DsiteZone", "zone")
        if row["KeyProfile"].is_good() and row["KeyProfile"].value == "-1":
            row["KeyProfile"].value = None  # spec S7
        else:
            self.look_up(job, row, "KeyProfile", "key_profile")

    def check_outgoing_clid(self, job: Job, row: Row) -> None:
        """-1, 0, or the `id` of a number (spec S7); not looked up without the kind (spec S8)."""
        cell = row["OutgoingCLID"]
        if not cell.is_good():
            return
        if cell.value in ("-1", "0"):
            cell.value = {"-1": "private", "0": "default"}[cell.value]
        elif not job.is_open("number"):
            ids = [number["id"] for number in job.objects("number") if number.get("id") is not None]
            found = [one for one in ids if fold(one) == fold(cell.value)]
            if found:
                cell.value = found[0]
            else:
                row.error("reference.unknown", "OutgoingCLID")

    def check_email(self, job: Job, row: Row) -> None:
        """Each reason needs its own cells good; a SysPIN of a Location counts (spec S3)."""
        is_user = row["Type"].is_good() and row["Type"].value == "User"
        asks_for_pin = row["SysPIN"].is_good() and row["SysPIN"].value
        if row["Email"].is_empty() and ((is_user and notifies_by_email(job)) or asks_for_pin):
            row.error("email.required", "Email")

    def check_pin(self, row: Row) -> None:
        """Only one that is good and used (spec S4)."""
        if row["PIN"].is_good() and row["Type"].is_good() and not is_location(row):
            pin = row["PIN"].text
            is_extension = row["Extension"].is_good() and row["Extension"].value == pin
            if is_weak(pin) or is_extension:
                row.warn("secret.weak", "PIN")

    def settle(self, job: Job) -> None:
        rows = [row for row in job.rows if not row.is_rejected()]
        for row in rows:
            for column, claim in (("Extension", "extension"), ("IncomingDID", "incoming_did")):
                if row[column].is_good():
                    row.wants.append(Want(column, claim, row[column].value))
        settle_claims(rows, self.holders(job))
        self.fill_from_pool(job, [row for row in rows if not row.is_rejected()])

    def holders(self, job: Job) -> Holders:
        """Nothing is updated, so nobody gives anything up."""
        holders: Holders = {}
        for user in job.objects("user"):
            if user.get("extension") is not None:
                holders["extension", plain_text(user["extension"])] = ["somebody"]
            if user.get("incoming_did") is not None:
                holders["incoming_did", plain_phone(user["incoming_did"])] = ["somebody"]
        for number in job.objects("number"):
            if number.get("assigned_to") is not None:
                holders["incoming_did", plain_phone(number["e164"])] = ["somebody"]
        return holders

    def fill_from_pool(self, job: Job, rows: list[Row]) -> None:
        """Lowest free first, in file order, once the claims are settled (spec S5); a row that no
        id is left for draws none."""
        pool = job.tenant().get("extension_pool") or {"first": "1", "last": "0"}
        ids = ids_left(job.now, "user", "id")
        taken = {plain_text(user.get("extension")) for user in job.objects("user")}
        taken |= {row["Extension"].value for row in rows if row["Extension"].is_good()}
        width = len(pool["first"])
        numbers = range(int(pool["first"]), int(pool["last"]) + 1)
        free = [f"{number:0{width}}" for number in numbers]
        free = [number for number in free if number not in taken]
        for row in rows:
            draws = row["Extension"].is_empty() and "extension_pool" in job.tenant()
            if draws and not free:
                row.error("extension.pool_empty", "Extension")
            elif ids == 0:
                row.error("host.refused", None)
            else:
                ids -= 1
                if draws:
                    row["Extension"].state, row["Extension"].value = "good", free.pop(0)

    def plan(self, job: Job, row: Row) -> None:
        row.key = next_id(job.now, "user", "id")
        fields = {c.field: created_value(c, row[c.name]) for c in COLUMNS}
        if fields["language"] is None:
            fields["language"] = languages(job)[0]
        if fields["dir_access"] is None:
            fields["dir_access"] = "dial" if is_location(row) else "both"
        if fields["call_profile"] is None:
            fields["call_profile"] = job.tenant().get("default_call_profile")
        left_out = [] if is_telco(job) else [*TELCO_COLUMNS]
        left_out += LOGIN_COLUMNS if is_location(row) else ()
        for column in COLUMNS:
            if column.name in left_out:
                fields[column.field] = False if column.kind is YES_NO else None
        if fields["system_pin"] and fields["pin"] is None:
            fields["pin"] = SECRET_GENERATED
        row.changes = [create("user", row.key, fields)]
        if fields["incoming_did"] is not None and not job.is_open("number"):
            number = self.find(job, "number", fields["incoming_did"])
            row.changes.append(update("number", number["e164"], {"assigned_to": [None, row.key]}))
        if fields["system_pin"] and notifies_by_email(job):
            row.effects = [{"effect": "email.pin", "to": fields["email"], "user": row.key}]


def is_telco(job: Job) -> bool:
    """Whatever else the actor is (spec S1)."""
    return job.actor().get("telco_admin") is True or job.actor().get("role") == "telco_admin"


def is_location(row: Row) -> bool:
    return row["Type"].is_good() and row["Type"].value == "Location"


def says_something(row: Row, column: str) -> bool:
    """y, or a value, that is good (spec S2)."""
    return row[column].is_good() and row[column].value is not False


def notifies_by_email(job: Job) -> bool:
    return job.tenant().get("pin_notification") in ("email", "email_and_display")


def languages(job: Job) -> list[str]:
    return job.tenant().get("languages") or ["en"]


def is_weak(pin: str) -> bool:
    """It repeats one digit, or runs up or down by one; runs do not wrap (spec S4). A digit alone
    repeats nothing."""
    steps = {int(after) - int(before) for before, after in zip(pin, pin[1:])}
    return steps in ({0}, {1}, {-1})


# --- random files ---------------------------------------------------------------------------------

EXTENSIONS = ["200", "201", "202", "203", "204", "205", "0200", "0201", "2088"]
DIDS = [f"+1212555100{digit}" for digit in range(8)]


def random_case(chance: Random) -> cells.Case:
    directory = random_directory(chance)
    often = chance.choice([0.01, 0.04, 0.1])
    rows = [random_row(chance, often) for _ in range(cells.row_count(chance))]
    roles = ["company_admin", "enterprise_admin", "telco_admin", "reseller", None]
    actor: dict = {"name": "office", "role": chance.choices(roles, [30, 10, 10, 2, 1])[0]}
    if chance.random() < 0.3:
        actor["telco_admin"] = chance.choice([True, False, None])
    context = {"actor": {name: value for name, value in actor.items() if value is not None}}
    return cells.Case(rows, directory, context)


def random_directory(chance: Random) -> dict:
    users = []
    for key in chance.sample(["3", "17", "009", "x-1"], chance.randint(0, 3)):
        user = {"id": key, "type": "User", "last_name": "Old"}
        if chance.random() < 0.8:
            user["extension"] = chance.choice(["200", "0203", "00204", "000201", "205", "2088"])
        if chance.random() < 0.3:
            user["incoming_did"] = chance.choice([DIDS[0], "+1 (212) 555-1001"])
        if key == "17" and chance.random() < 0.3:
            user["id"] = 17  # spec F1
        users.append(user)
    if users and chance.random() < 0.04:
        users[0]["id"] = chance.choice(cells.LONG_IDS)
    directory: dict = {"user": users}
    numbers = [{"e164": did, "id": str(50 + at)} for at, did in enumerate(DIDS[:6])]
    numbers[5]["id"] = "Main"
    for number in numbers:
        if chance.random() < 0.15:
            number["assigned_to"] = "17"
    for kind, objects in (
        ("tenant", random_settings(chance)),
        ("number", numbers),
        ("announcement", [{"id": "1"}, {"id": "Hold"}]),
        ("zone", [{"id": "7"}]),
        ("call_profile", [{"id": "3"}, {"id": "4"}]),
        ("key_profile", [{"id": "9"}]),
    ):
        if chance.random() < 0.85:
            directory[kind] = objects
    if not users and chance.random() < 0.5:
        del directory["user"]
    return directory


SETTINGS = {
    "pin_notification": ([*NOTIFICATIONS, None], ["mail", True, 1]),
    "default_call_profile": (["3", "8"], []),
    "max_devices": ([1, 2, 5, None], [0, -1, "2", True]),
    "languages": (
        [["en"], ["fr", "EN"], ["de"], ["English", "fr"], ["fr", "english", "en"], None],
        [[], "en", [1], {}],
    ),
    "pin_length": ([[4, 10], [4, 4], [6, 8], [1, 4], None], [[5, 4], [0, 4], [4], ["4", "5"], 4]),
    "extension_pool": (
        [
            {"first": "200", "last": "203"},
            {"first": "0200", "last": "0209"},
            {"first": "205", "last": "205"},
            None,
        ],
        [{"first": "203", "last": "200"}, {"first": "20", "last": "209"}, {"first": "x"}, "200"],
    ),
}


def random_settings(chance: Random) -> dict:
    settings: dict = {"name": "acme"}
    for name, (good, bad) in SETTINGS.items():
        if chance.random() < 0.5:
            settings[name] = random_value(chance, good, bad)
    return settings


def random_row(chance: Random, often: float) -> dict[str, str]:
    row = {"Type": chance.choice(["User", "User", "Location", "user"]), "LastName": "New"}
    row["Email"] = chance.choice([*cells.EMAILS, ""])
    if chance.random() < 0.7:
        row["Extension"] = chance.choice([str(chance.randint(210, 280)), chance.choice(EXTENSIONS)])
    if chance.random() < 0.3:
        row["IncomingDID"] = chance.choice(DIDS[:6])
    for name, pool in POOLS.items():
        if chance.random() < often:
            row[name] = cells.pick(chance, pool)
    if chance.random() < 0.2:
        row |= {"SysPIN": "y", "PIN": chance.choice(["", "908172", "2345"])}
    return row


FLAG_POOL = cells.Pool(["", "y", "n", "Y"], ["yes", "1", "true"])
PINS = ["", "9081", "908172", "8888", "23456", "8765", "2088", "0201", "9012", "1"]
DIGITS_POOL = cells.Pool(["", "+12125550001", "2125550002", "1" * 20], cells.BAD_PLUS_DIGITS)

POOLS = {column.name: FLAG_POOL for column in COLUMNS if column.kind is YES_NO} | {
    "Type": cells.Pool(["User", "Location", "LOCATION"], ["", "Person"]),
    "FirstName": cells.Pool(["", "Ann", "N" * 64], ["N" * 65]),
    "LastName": cells.Pool(["Smith", "Zoë"], ["", "N" * 65]),
    "Email": cells.Pool(["", *cells.EMAILS], cells.BAD_EMAILS),
    "HomePhone": DIGITS_POOL,
    "MobilePhone": DIGITS_POOL,
    "Extension": cells.Pool(["", *EXTENSIONS], [*cells.BAD_EXTENSIONS, "2", "1" * 11]),
    "Language": cells.Pool(["", "en", "EN", "English", "fr", "de"], ["xx"]),
    "IncomingDID": cells.Pool(["", *DIDS, "+1-212-555-1002", "'+12125551003"], cells.BAD_PHONES),
    "OutgoingCLID": cells.Pool(["", "-1", "'-1", "0", "50", "51", "main"], ["99", "+12125551001"]),
    "Hold": cells.Pool(["", "1", "HOLD"], ["2"]),
    "DirAccess": cells.Pool(["", "dial", "Both", "none"], ["all"]),
    "MaxDevices": cells.Pool(["", "1", "02", "5"], ["0", "6", "1.5", "x", "-1", "9" * 30]),
    "DsiteCLID": DIGITS_POOL,
    "NumCallDsite": cells.Pool(["", "0", "25", "999", "-0"], ["1000", "-1", "x", "9" * 30]),
    "DsiteZone": cells.Pool(["", "7"], ["8"]),
    "CallProfile": cells.Pool(["", "3", "4"], ["5"]),
    "KeyProfile": cells.Pool(["", "-1", "9"], ["10"]),
    "PIN": cells.Pool(PINS, ["91827x", " 9081", "1" * 11, "\u0661\u0662\u0663\u0664"]),
}
