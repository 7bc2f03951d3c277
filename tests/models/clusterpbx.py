"""clusterpbx: users.csv, round trip; create and update. First the model, then random files."""

from __future__ import annotations

from random import Random

import cells
from changes import change_of, create, created_value, is_changed, ids_left, next_id
from changes import update, updated_value
from claims import settle_claims
from engine import Format
from kinds import (
    EMAIL,
    IDENTIFIER,
    MAC,
    boolean,
    digits,
    extension,
    fold,
    ip_address,
    reference,
    secret,
    text,
)
from rows import Column, Job, Row, Want

SWITCH = boolean(("1", "0"), ("yes", "no"), ("true", "false"), ("on", "off"))
PLUS_DIGITS = digits(1, 20, plus=True)

COLUMNS = [
    Column("ID", "id", IDENTIFIER),
    Column("First Name", "first_name", text(64), is_mandatory=True, is_required=True),
    Column("Last Name", "last_name", text(64), is_mandatory=True, is_required=True),
    Column("Email", "email", EMAIL, is_mandatory=True, is_required=True),
    Column("Web Passwords", "web_password", secret(), aliases=("Web Password",), create="generate"),
    Column("Phone Secret", "phone_secret", secret(), create="generate"),
    Column("Voicemail Pin", "voicemail_pin", secret(4, 10, digits_only=True), create="generate"),
    Column("Extension", "extension", extension(2, 10), is_mandatory=True, is_required=True),
    Column("Department", "department", text(), update="clear"),
    Column("Language", "language", text(), update="keep"),
    Column("Phone Model ID", "phone_model_id", reference(), update="clear"),
    Column("Provisioning Template ID", "provisioning_template_id", reference(), update="clear"),
    Column("Mac Address", "mac", MAC, update="clear"),
    Column("User Profile ID", "user_profile_id", reference(), update="clear"),
    Column("Forward Number", "forward_number", PLUS_DIGITS, update="clear"),
    Column("Followme Number", "followme_number", PLUS_DIGITS, update="clear"),
    Column("DND On", "dnd", SWITCH, create="default", default=False),
    Column("Callwaiting on", "call_waiting", SWITCH, create="default", default=True),
    Column("IP address", "ip_address", text()),
]
NEVER_APPLIED = ("ID", "IP address")
PHONE_FIELDS = ("phone_model_id", "provisioning_template_id", "mac")
CLAIMS = {"email": fold, "extension": str, "mac": MAC.plain}


class ClusterPbx(Format):
    name = "clusterpbx"
    keys = {"user": "id", "phone_model": "id", "provisioning_template": "id", "user_profile": "id"}
    columns = COLUMNS
    key_is_given_by_host = True

    def is_allowed(self, job: Job) -> bool:
        return job.actor().get("role") == "client"

    def check(self, job: Job, row: Row) -> None:
        user = self.user_of(job, row)
        for column, kind in (
            ("Phone Model ID", "phone_model"),
            ("Provisioning Template ID", "provisioning_template"),
            ("User Profile ID", "user_profile"),
        ):
            self.look_up(job, row, column, kind)
        if user is not None:
            self.check_phone(job, row, user)
        self.check_ip_address(row, user)
        if row["ID"].is_empty() and row["Extension"].is_good():
            existing = [found.get("extension") for found in job.objects("user")]
            self.warn_of_lost_zero(row, "Extension", [row["Extension"].value], existing)

    def user_of(self, job: Job, row: Row) -> dict | None:
        """The user of the row; an empty one for a row that creates; None if it is not known."""
        if row["ID"].is_empty():
            return {}
        if row["ID"].is_bad():
            return None
        user = self.find(job, "user", row["ID"].value)
        if user is None:
            row.error("object.unknown", "ID")
        else:
            row.key = row.target = user["id"]  # spec F3
        return user

    def resulting(self, row: Row, user: dict) -> dict:
        """The fields of the user that the row leads to."""
        fields = {}
        for column in COLUMNS:
            if column.name not in NEVER_APPLIED:
                cell = row[column.name]
                before = user.get(column.field)
                fields[column.field] = (
                    updated_value(column, cell, before) if user else created_value(column, cell)
                )
        if is_softphone(fields) and self.touches_phone(user, fields):
            fields["mac"] = None  # it holds no MAC (spec P1)
        return fields

    def touches_phone(self, user: dict, fields: dict) -> bool:
        """It creates, or changes any of the three: an old disorder is left alone (spec M18)."""
        return not user or any(
            is_changed(self.kind_of(name), user.get(name), fields[name]) for name in PHONE_FIELDS
        )

    def check_phone(self, job: Job, row: Row, user: dict) -> None:
        fields = self.resulting(row, user)
        model, template = fields["phone_model_id"], fields["provisioning_template_id"]
        if row["Mac Address"].is_bad():  # the phone rules read all three cells (spec M18)
            return
        if is_softphone(fields):
            if row["Mac Address"].is_good():  # changed or not (spec M6)
                row.warn("mac.without_phone", "Mac Address")
            return
        if not self.touches_phone(user, fields):
            return
        if model is None:
            row.error("provisioning.incomplete", "Phone Model ID")
        elif template is None:
            row.error("provisioning.incomplete", "Provisioning Template ID")
        else:
            if fields["mac"] is None:
                row.error("mac.required", "Mac Address")
            self.check_template(job, row, model, template)

    def check_template(self, job: Job, row: Row, model: str, template: str) -> None:
        """Only if the template exists and neither cell is unknown (spec P3)."""
        unknown = [column for _, code, column in row.findings if code == "reference.unknown"]
        if (
            row["Phone Model ID"].header in unknown
            or row["Provisioning Template ID"].header in unknown
        ):
            return
        found = self.find(job, "provisioning_template", template)
        fits = found and found.get("phone_model_id")
        if fits and fold(fits) != fold(model):
            row.error("provisioning.template_model_mismatch", "Provisioning Template ID")

    def check_ip_address(self, row: Row, user: dict | None) -> None:
        """It never rejects; of a user who is not known only `value.ip` can be said (spec P4)."""
        cell = row["IP address"]
        if not cell.is_good():
            return
        if ip_address(cell.value) is None:
            row.warn("value.ip", "IP address")
        elif user is not None and ip_address(cell.value) != ip_address(user.get("ip_address")):
            row.warn("value.ignored", "IP address")

    def kind_of(self, field: str):
        return next(column.kind for column in COLUMNS if column.field == field)

    def settle(self, job: Job) -> None:
        rows = [row for row in job.rows if not row.is_rejected()]
        for row in rows:
            self.find_claims(job, row)
        holders: dict[tuple[str, str], list[str]] = {}
        for user in job.objects("user"):
            for claim, plain in CLAIMS.items():
                if user.get(claim) is not None:
                    holders.setdefault((claim, plain(user[claim])), []).append(user["id"])
        settle_claims(rows, holders, key_column="ID")
        ids = ids_left(job.now, "user", "id")
        for row in rows:
            if row.target is None and not row.is_rejected():
                if ids == 0:
                    row.error("host.refused", None)
                ids = max(0, ids - 1)

    def find_claims(self, job: Job, row: Row) -> None:
        user = self.find(job, "user", row.target) if row.target else {}
        fields = self.resulting(row, user)
        for claim, plain in CLAIMS.items():
            before, after = user.get(claim), fields[claim]
            if before is not None and after is not None and plain(before) == plain(after):
                continue
            if after is not None:
                column = next(column.name for column in COLUMNS if column.field == claim)
                row.wants.append(Want(column, claim, plain(after)))
            if before is not None:
                row.gives_up.append((claim, plain(before)))

    def plan(self, job: Job, row: Row) -> None:
        if row.target is None:
            row.key = next_id(job.now, "user", "id")
            row.changes = [create("user", row.key, self.resulting(row, {}))]
            return
        user = self.find(job, "user", row.target)
        changed = {}
        for name, value in self.resulting(row, user).items():
            kind = self.kind_of(name)
            if is_changed(kind, user.get(name), value):
                changed[name] = change_of(kind, user.get(name), value)
        if changed:
            row.changes = [update("user", row.key, changed)]


def is_softphone(fields: dict) -> bool:
    return fields["phone_model_id"] is None and fields["provisioning_template_id"] is None


# --- random files ---------------------------------------------------------------------------------

EXTENSIONS = ["101", "102", "103", "104", "105", "106", "107", "108", "0101", "00102"]
EMAILS = [f"{n}@acme.example" for n in ("ann", "bob", "carla", "dan", "Eve", "zoë", "gus", "hal")]
MACS = [f"00:1b:2c:3d:4e:0{digit}" for digit in "12345678"]
MODELS = ["1", "2", "T46"]
TEMPLATES = ["10", "20", "any"]
PROFILES = ["5", "6"]
IDS = ["1", "2", "3", "7", "12", "20", "003", "Ann", "b-2"]
ADDRESSES = ["10.0.0.7", "10.0.0.8", "2001:db8::1"]
NAMES = ["Ann", "Bob", "Zoë", "Carla Maria", "O'Neil", "=Sum", "'quoted", "Smith\nJones", "N" * 64]


def random_case(chance: Random) -> cells.Case:
    directory = random_directory(chance)
    users = list(directory.get("user", []))
    chance.shuffle(users)
    often = chance.choice([0.02, 0.05, 0.1])
    rows = [random_row(chance, users, often) for _ in range(cells.row_count(chance))]
    cells.pass_round(chance, rows, ["Extension", "Email", "Mac Address"])
    role = chance.choices(["client", "reseller", "owner", None], [60, 1, 1, 1])[0]
    actor = {"name": "client@acme.example", "role": role}
    context = {"actor": {name: value for name, value in actor.items() if value is not None}}
    return cells.Case(rows, directory, context)


def random_directory(chance: Random) -> dict:
    ids = chance.sample(IDS, chance.choice([0, 2, 5, 8]))
    extensions = chance.sample(EXTENSIONS, len(EXTENSIONS))
    emails = chance.sample(EMAILS, len(EMAILS))
    macs = chance.sample(MACS, len(MACS))
    users = [random_user(chance, *values) for values in zip(ids, extensions, emails, macs)]
    if users and chance.random() < 0.04:
        users[0]["id"] = chance.choice(cells.LONG_IDS)
    if len(users) > 1 and chance.random() < 0.05:  # an existing disorder: two hold one value
        users[0]["extension"] = users[1]["extension"]
    directory: dict = {"user": users}
    if chance.random() < 0.8:
        directory["phone_model"] = [{"id": name} for name in MODELS]
    if chance.random() < 0.8:
        fits = {"10": "1", "20": "2"}
        templates = [{"id": name, "phone_model_id": fits.get(name)} for name in TEMPLATES]
        directory["provisioning_template"] = [
            {k: v for k, v in found.items() if v} for found in templates
        ]
    if chance.random() < 0.8:
        directory["user_profile"] = [{"id": name} for name in PROFILES]
    if not users and chance.random() < 0.5:
        del directory["user"]
    return directory


def random_user(chance: Random, key: str, extension: str, email: str, mac: str) -> dict:
    user: dict = {
        "id": key,
        "first_name": chance.choice(NAMES),
        "last_name": "Smith",
        "email": email,
        "extension": extension,
    }
    if key.isdigit() and not key.startswith("0") and chance.random() < 0.2:
        user["id"] = int(key)  # spec F1
    for name, values in (
        ("web_password", [True, None]),
        ("voicemail_pin", [True]),
        ("department", ["Sales", " Sales", "Zu\u0308rich"]),
        ("language", ["en", "fr", None]),
        ("user_profile_id", PROFILES),
        ("forward_number", ["+442071838750", "200 "]),
        ("dnd", [True, False]),
        ("call_waiting", [True, False]),
        ("ip_address", ADDRESSES),
        ("remark", ["kept as it is"]),
    ):
        if chance.random() < 0.6:
            user[name] = chance.choice(values)
    if chance.random() < 0.5:
        template = chance.choice(TEMPLATES)
        user["provisioning_template_id"] = template
        user["phone_model_id"] = {"10": "1", "20": "2"}.get(template, "T46")
        user["mac"] = chance.choice([mac, mac, mac, mac.upper().replace(":", "-")])
    if chance.random() < 0.08:  # an existing disorder: half a phone, a MAC without one
        for name in chance.sample(PHONE_FIELDS, chance.randint(1, 2)):
            user.pop(name, None)
    return user


def random_row(chance: Random, users: list[dict], often: float) -> dict[str, str]:
    """A row of an export that was amended, or one of a new user."""
    row: dict[str, str] = {}
    if users and chance.random() < 0.7:
        user = users.pop() if chance.random() < 0.9 else chance.choice(users)
        row = exported(user)
    else:
        row = new_user(chance)
    for name, pool in POOLS.items():
        if chance.random() < often:
            row[name] = cells.pick(chance, pool)
    return row


def exported(user: dict) -> dict[str, str]:
    row = {}
    for column in COLUMNS:
        value = user.get(column.field)
        if value is not None and not column.kind.is_secret:
            row[column.name] = (
                {True: "1", False: "0"}[value] if isinstance(value, bool) else str(value)
            )
    return row


def new_user(chance: Random) -> dict[str, str]:
    row = {"First Name": "New", "Last Name": chance.choice(NAMES)}
    number = chance.randint(109, 190)
    row["Extension"] = chance.choice([str(number), str(number), chance.choice(EXTENSIONS)])
    row["Email"] = f"new{number}@acme.example" if chance.random() < 0.8 else chance.choice(EMAILS)
    if chance.random() < 0.4:
        row |= {"Phone Model ID": "1", "Provisioning Template ID": "10"}
        row["Mac Address"] = chance.choice(
            [f"00:1b:2c:3d:5e:{number % 90 + 10}", chance.choice(MACS)]
        )
    return row


POOLS = {
    "ID": cells.Pool(["", "1", "2", "ANN"], ["99", "no one", "12-May", "x" * 65, "4E+2"]),
    "First Name": cells.Pool(NAMES, ["", "N" * 65, "\u00a0"]),
    "Last Name": cells.Pool(NAMES, ["", "N" * 65]),
    "Email": cells.Pool(EMAILS, cells.BAD_EMAILS),
    "Web Passwords": cells.Pool(["", " pass word ", "=secret", "\u00a0"], []),
    "Phone Secret": cells.Pool(["", "s1p-S3cret"], []),
    "Voicemail Pin": cells.Pool(
        ["", "9081", "0123456789"], ["917", "12a4", " 9081", "01234567890"]
    ),
    "Extension": cells.Pool(EXTENSIONS, cells.BAD_EXTENSIONS + ["2", "12345678901"]),
    "Department": cells.Pool(["", "Sales", "Support", "'=run", "''x"], []),
    "Language": cells.Pool(["", "en", "fr"], []),
    "Phone Model ID": cells.Pool(["", *MODELS], ["9", "t-46"]),
    "Provisioning Template ID": cells.Pool(["", *TEMPLATES], ["11"]),
    "Mac Address": cells.Pool(["", *MACS, *cells.spelled_macs(MACS)], cells.BAD_MACS),
    "User Profile ID": cells.Pool(["", *PROFILES], ["7"]),
    "Forward Number": cells.Pool(
        ["", "200", "+442071838750", "'+442071838750"], cells.BAD_PLUS_DIGITS
    ),
    "Followme Number": cells.Pool(["", "0", "1" * 20, "+" + "1" * 20], cells.BAD_PLUS_DIGITS),
    "DND On": cells.Pool(
        ["", "1", "0", "yes", "No", "TRUE", "false", "On", "off"], ["y", "2", "wahr"]
    ),
    "Callwaiting on": cells.Pool(["", "1", "0", "YES", "no"], ["n", "-1"]),
    "IP address": cells.Pool(
        ["", *ADDRESSES, "2001:DB8:0:0:0:0:0:1"], ["10.0.0.300", "10.0.0.07", "fe80::1%eth0", "x"]
    ),
}
