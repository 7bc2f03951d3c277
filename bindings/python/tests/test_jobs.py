"""The way of a file: schema, validate, plan, apply, report."""
import io
import json
import os

import pytest
import rollcall
from conftest import CONTEXT, FILE, HEADER
from rollcall import (Code, Context, MemoryDirectory, Options, Outputs, Plan, Reading, Refusal,
                      Report, Schema, Severity, State)


def test_a_plan_does_what_it_says(schema, directory):
    plan = schema.plan(FILE, directory, CONTEXT)
    assert [(each.code, each.row, each.column) for each in plan.findings
            if each.severity is Severity.ERROR] == [("value.email", 4, "Email")]
    assert directory.to_dict()["user"][0]["extension"] == "101"
    receipt = plan.apply(directory, CONTEXT)
    assert receipt.state is State.PARTIAL and not receipt.ok
    assert (receipt.counts.created, receipt.counts.updated, receipt.counts.rejected) == (1, 2, 1)
    assert [each["extension"] for each in directory.to_dict()["user"]] == ["102", "101", "103"]


def test_validating_changes_nothing_and_finds_what_executing_finds(schema, directory):
    before = directory.to_dict()
    seen = schema.validate(FILE, directory, CONTEXT)
    assert directory.to_dict() == before
    done = schema.execute(FILE, directory, CONTEXT)
    assert list(seen.findings) == list(done.findings)
    assert seen.counts == done.counts
    assert (seen.action, done.action) == ("validate", "execute")


def test_a_plan_is_kept_and_carried_out_once(schema, directory, tmp_path):
    path = tmp_path / "plan.jsonl"
    made = schema.plan(FILE, directory, CONTEXT)
    made.save(path)
    loaded = Plan.load(path)
    assert (loaded.digest, loaded.format) == (made.digest, "clusterpbx")
    assert loaded.source_path == ""  # it was made of bytes
    assert "Carla" in loaded.show()
    with pytest.raises(ValueError):
        loaded.report
    assert loaded.apply(directory, CONTEXT).counts.created == 1
    assert loaded.apply(directory, CONTEXT).refusal is Refusal.STALE


SECRETS = HEADER.replace(b"\r\n", b",Web Passwords\r\n") + (
    b",Carla,Lopez,carla@acme.example,103,S3cret-enough\r\n")


def through_a_pipe(data):
    reads, writes = os.pipe()
    with open(writes, "wb") as end:
        end.write(data)
    return open(reads, "rb")


def test_a_plan_of_a_file_object_reads_it_again_from_where_it_was(schema, directory):
    file = io.BytesIO(b"not of the file\n" + SECRETS)
    file.readline()
    plan = schema.plan(file, directory, CONTEXT)
    file.seek(3)  # whatever becomes of it
    assert plan.apply(directory, CONTEXT).counts.created == 1
    assert directory.to_dict()["user"][2]["web_password"] is True


def test_a_plan_of_bytes_is_of_those_that_it_was_made_of(schema, directory):
    file = bytearray(SECRETS)
    plan = schema.plan(file, directory, CONTEXT)
    file[:] = b"other"
    assert plan.apply(directory, CONTEXT).counts.created == 1


def test_a_plan_of_what_can_be_read_once_is_carried_out_unless_it_needs_its_secrets(
        schema, directory):
    with through_a_pipe(FILE) as file:
        plan = schema.plan(file, directory, CONTEXT)
    closed = io.BytesIO(HEADER + b",Eve,Gray,eve@acme.example,105\r\n")
    other = schema.plan(closed, directory, CONTEXT)
    closed.close()
    with through_a_pipe(SECRETS.replace(b"arla", b"lara").replace(b"103", b"109")) as file:
        secret = schema.plan(file, directory, CONTEXT)
    assert plan.apply(directory, CONTEXT).counts.created == 1
    assert other.apply(directory, CONTEXT, options=Options(stale="row")).counts.rows == 1
    receipt = secret.apply(directory, CONTEXT, options=Options(stale="row"))
    assert [each.code for each in receipt.file_findings] == [Code.PLAN_INVALID]
    assert receipt.counts.rows == 0 and "which is not there" in receipt.file_findings[0].message


def test_a_plan_that_was_changed_is_refused_by_name(schema, directory):
    saved = io.BytesIO()
    schema.plan(FILE, directory, CONTEXT).save(saved)
    tampered = Plan.load(saved.getvalue().replace(b"Carla", b"Karla"))
    receipt = tampered.apply(directory, CONTEXT)
    assert receipt.refusal is not Refusal.NONE
    assert [each.code for each in receipt.file_findings] == [Code.PLAN_INVALID]


def test_a_file_that_is_refused_has_a_plan_of_nothing(schema, directory):
    plan = schema.plan(b"Colour,Taste\r\nred,sweet\r\n", directory, CONTEXT)
    assert plan.is_refused and plan.report.refusal is Refusal.FILE
    with pytest.raises(rollcall.Refused) as refused:
        plan.apply(directory, CONTEXT)
    assert refused.value.report is plan.report
    assert str(refused.value)
    with pytest.raises(rollcall.Refused):
        plan.report.raise_if_refused()


def test_who_may_not_is_refused(schema, directory):
    nobody = Context("eve", "stranger")
    assert schema.validate(FILE, directory, nobody).refusal is Refusal.ACTOR
    assert schema.missing_right("execute", directory, nobody).code == Code.ACTOR_NOT_ALLOWED
    assert schema.missing_right("execute", directory, CONTEXT) is None
    with pytest.raises(rollcall.Refused):
        schema.export(directory, nobody)


def test_files_are_paths_bytes_and_file_objects(schema, directory, tmp_path):
    path = tmp_path / "users.csv"
    path.write_bytes(FILE)
    wanted = schema.validate(FILE, directory, CONTEXT).counts
    with open(path, "rb") as file:
        for what in (path, str(path), bytearray(FILE), memoryview(FILE), io.BytesIO(FILE), file):
            assert schema.validate(what, directory, CONTEXT).counts == wanted
    with pytest.raises(TypeError, match="binary"):
        schema.validate(io.StringIO("ID"), directory, CONTEXT)
    with pytest.raises(FileNotFoundError) as missing:
        schema.validate(tmp_path / "nothing.csv", directory, CONTEXT)
    assert isinstance(missing.value, rollcall.NotFound) and missing.value.errno == 2


def test_outputs_go_to_files_and_file_objects(schema, directory, tmp_path):
    report, rejected = io.BytesIO(), tmp_path / "rejected.csv"
    findings = io.BytesIO()
    outputs = Outputs(report=report, error_rows=rejected, findings=findings,
                      findings_form="jsonl")
    schema.execute(FILE, directory, CONTEXT, outputs=outputs)
    lines = [json.loads(line) for line in report.getvalue().splitlines()]
    assert [line.get("outcome") for line in lines] == ["updated", "updated", "created",
                                                       "rejected", None]
    assert b"Dan" in rejected.read_bytes() and b"Ann" not in rejected.read_bytes()
    assert json.loads(findings.getvalue().splitlines()[0])["code"]
    again = Report.read(report.getvalue())
    assert [row["outcome"] for row in again.rows] == [line.get("outcome") for line in lines[:-1]]


@pytest.mark.parametrize("form, begins", [("junit", b"<?xml "), ("sarif", b"{"),
                                          ("github", b"::"), ("html", b"<!DOCTYPE html>")])
def test_findings_come_in_the_form_that_is_asked_for(schema, directory, form, begins):
    findings = io.BytesIO()
    schema.validate(FILE, directory, CONTEXT,
                    outputs=Outputs(findings=findings, findings_form=form))
    assert findings.getvalue().startswith(begins)


def test_what_a_file_object_raises_comes_out(schema, directory):
    class Broken(io.RawIOBase):
        def readable(self):
            return True

        def read(self, size=-1):
            raise ZeroDivisionError("no such page")

    with pytest.raises(ZeroDivisionError, match="no such page"):
        schema.validate(Broken(), directory, CONTEXT)

    class Full(io.BytesIO):
        def write(self, data):
            raise OSError(28, "the disk is full")

    with pytest.raises(OSError, match="the disk is full") as full:
        schema.validate(FILE, directory, CONTEXT, outputs=Outputs(report=Full()))
    assert type(full.value) is OSError


def test_tables_of_a_report(schema, directory):
    report = schema.validate(FILE, directory, CONTEXT, options=Options(keep="all"))
    assert report.rows["outcome"].to_list() == ["updated", "updated", "created", "rejected"]
    assert {"row", "op", "kind", "field", "before", "after"} <= set(report.changes.columns)
    assert dict(zip(report.codes["code"], report.codes["count"]))["value.email"] == 1
    assert report.code_count("value.email") == report.code_count(Code.VALUE_EMAIL) == 1
    assert report.to_dict()["job"]["rows"] == report.counts.rows == 4
    assert "4" in report.summary()
    with pytest.raises(rollcall.WrongUse):
        schema.validate(FILE, directory, CONTEXT).rows


def test_options_are_checked(schema, directory):
    with pytest.raises(ValueError, match="stale is one of refuse, row"):
        schema.validate(FILE, directory, CONTEXT, options=Options(stale="maybe"))
    with pytest.raises(ValueError, match="a delimiter is one ASCII sign"):
        schema.validate(FILE, directory, CONTEXT, options=Options(reading=Reading("ab")))
    atomic = schema.execute(FILE, directory, CONTEXT, options=Options(atomic=True))
    assert (atomic.counts.withheld, atomic.counts.created) == (3, 0)
    limited = schema.validate(FILE, directory, CONTEXT, options=Options(reading=Reading(rows=2)))
    assert [each.code for each in limited.file_findings] == [Code.FILE_TOO_MANY_ROWS]


def test_progress_and_cancel(schema, directory):
    told = []
    schema.execute(FILE, directory, CONTEXT, progress=told.append)
    assert told and all(each.title in ("judging", "looking", "applying", "telling")
                        for each in told)
    cancel = rollcall.Cancel()
    cancel.request()
    assert cancel.is_requested
    before = directory.to_dict()
    try:
        state = schema.execute(FILE, directory, CONTEXT, cancel=cancel).state
    except rollcall.Cancelled as cancelled:
        assert isinstance(cancelled, InterruptedError)
    else:
        assert state is State.CANCELLED
    assert directory.to_dict() == before
    cancel.reset()
    assert schema.execute(FILE, directory, CONTEXT, cancel=cancel).counts.updated == 0


def test_a_schema_tells_of_itself(schema):
    assert schema.id == "clusterpbx" and len(schema.digest) == 64
    assert {"user", "phone_model"} <= {kind.name for kind in schema.kinds}
    secrets = {each.name for each in schema.kinds[0].fields if each.is_secret}
    assert "web_password" in secrets and "email" not in secrets
    assert {each.name: each.type for each in schema.kinds[0].fields}["mac"] == "mac"
    assert [each.header for each in schema.columns][:2] == ["ID", "First Name"]
    assert schema.page().startswith("#")
    same = Schema.from_json(schema.to_dict())
    assert same.digest == schema.digest
    assert {each.id for each in rollcall.formats()} >= {"clusterpbx", "call_manager", "ctu"}
    assert rollcall.check_schema(schema.to_json()) == [] or all(
        each.sort == "remark" for each in rollcall.check_schema(schema.to_json()))
    assert rollcall.check_schema('{"id": 7}')[0].sort == "fault"
    with pytest.raises(rollcall.Malformed):
        Schema.from_json('{"id": 7}')
    with pytest.raises(rollcall.NotFound):
        Schema("no_such_format")


def test_template_and_export(schema, directory):
    assert schema.template(directory, CONTEXT).startswith(b"ID,First Name")
    exported = schema.export(directory, CONTEXT)
    assert b"ann@acme.example" in exported
    before = directory.to_dict()
    assert schema.execute(exported, directory, CONTEXT).counts.unchanged == 2
    assert directory.to_dict() == before


def test_codes_and_errors_are_explained(schema):
    assert "value.email" in rollcall.explain(Code.VALUE_EMAIL)
    assert rollcall.explain("provisioning.incomplete", schema)
    with pytest.raises(LookupError) as unknown:
        rollcall.explain("no.such_code")
    assert rollcall.explain(unknown.value)
    listed = set(rollcall.codes()["code"].to_list())
    assert listed == {code.value for code in Code}
    assert "rows" in " ".join(str(each) for each in rollcall.limits()["name"].to_list())
    assert rollcall.version().count(".") == 2


def test_rows_without_a_format():
    tables = list(rollcall.Rows(FILE, at_once=1))
    names = [name for table in tables for name in table["First Name"].to_list()]
    assert names == ["Ann", "Bob", "Carla", "Dan"]
    assert rollcall.write_rows(HEADER).strip() == HEADER.strip()
    assert rollcall.count_rows(FILE)["file"]["delimiter"] == ","


def test_an_engine_of_ones_own_logs_and_rehearses(schema, caplog):
    import datetime
    import logging

    logger = logging.getLogger("rollcall.tests")
    logger.setLevel(logging.DEBUG)
    outs = []
    for _ in range(2):
        engine = rollcall.Engine(logger=logger, seed=7, now=datetime.datetime(2026, 11, 22))
        with caplog.at_level(logging.DEBUG, "rollcall.tests"):
            ours = Schema("clusterpbx", engine=engine)
            secrets = io.BytesIO()
            ours.execute(FILE, MemoryDirectory(ours, {"user": []}), CONTEXT,
                         outputs=Outputs(secrets=secrets))
        outs.append(secrets.getvalue())
    assert outs[0] == outs[1] and outs[0]
    assert caplog.records and "ann@acme.example" not in caplog.text
