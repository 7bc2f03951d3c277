"""What options, hosts and reports have to say that other tests do not come by."""
import io
import json

import pytest
import rollcall
from conftest import CONTEXT, FILE, HEADER, USERS
from json_host import JsonHost
from rollcall import (Answer, Draft, MemoryDirectory, Options, Outputs, Reading, Rows, Schema,
                      Store, fix)

MANY = HEADER + b"".join(b",Eve,Stone,eve%d@acme.example,%d\r\n" % (i, i + 1000)
                         for i in range(2000))
has_store = pytest.mark.skipif("sqlite" not in rollcall.build_info()["features"],
                               reason="built without SQLite")


@pytest.mark.parametrize("reading, code", [
    (Reading(field_bytes=8), "csv.field_too_large"), (Reading(row_bytes=20), "csv.row_too_large"),
    (Reading(file_bytes=10), "file.too_large"), (Reading(columns=2), "csv.row_too_large")])
def test_limits_of_a_file_are_those_that_were_asked_for(schema, directory, reading, code):
    report = schema.validate(FILE, directory, CONTEXT, options=Options(reading=reading))
    assert {each.code for each in report.findings} == {code}
    with pytest.raises(rollcall.Refused):
        report.raise_if_refused()


def test_a_sign_escapes_what_stands_behind_it():
    rows, = Rows(b'a,b\n1,"An\\"n"\n', reading=Reading(escape="\\"))
    assert rows["b"].to_list() == ['An"n'] and rows.cell(0, "a") == "1"
    with pytest.raises(IndexError, match="no row 1"):
        rows.cell(1, "a")


def test_what_is_wrong_with_rows_is_a_table():
    with Rows(b'a,b\n1,2\n"x"y,3\n') as rows:
        for table in rows:
            assert len(table) == 2
            fault, = rows.faults
    assert fault["code"] == "csv.quote" and fault["line"] == 3


def test_a_report_counts_and_explains(schema, directory):
    file = HEADER + b"\r\n1,Ann,Smith,nowhere,101\r\n"
    report = schema.validate(file, directory, CONTEXT)
    report.raise_if_refused()
    counts = report.counts
    assert (counts.rows, counts.blank_rows, counts.warnings, counts.bytes) == (1, 1, 0, len(file))
    found = report.findings[0]
    assert json.loads(found.facts_json) == found.facts == {"reason": "there is no @ in it"}
    assert schema.columns[0].mandatory == "" and schema.columns[1].mandatory == "true"
    fault, = rollcall.check_schema('{"id": 7}')
    assert fault.path == "id" and "integer" in fault.what
    assert rollcall.default_engine() is schema.engine


def test_error_logs_and_colour(schema, directory):
    outputs = Outputs(error_log=io.BytesIO(), error_log_json=io.BytesIO(), findings=io.BytesIO(),
                      colour=True)
    schema.validate(FILE, directory, CONTEXT, outputs=outputs)
    assert outputs.error_log.getvalue().startswith(b'line 5: Email "nowhere"')
    assert json.loads(outputs.error_log_json.getvalue())["code"] == "value.email"
    assert outputs.findings.getvalue().startswith(b"\x1b[")


def test_what_does_not_fit_into_memory_goes_where_it_was_said(schema, directory, tmp_path):
    counts = schema.execute(FILE, directory, CONTEXT, options=Options(spool_folder=str(tmp_path)))
    assert counts.counts.created == 1
    with pytest.raises(FileNotFoundError, match="nothing"):
        schema.execute(FILE, directory, CONTEXT,
                       options=Options(spool_folder=str(tmp_path / "nothing")))


def test_a_plan_says_where_its_file_lies(schema, directory, tmp_path):
    path = tmp_path / "users.csv"
    path.write_bytes(FILE)
    assert schema.plan(path, directory, CONTEXT).source_path == str(path)
    assert schema.plan(FILE, directory, CONTEXT).source_path == ""


def test_a_host_is_told_what_was_there_and_what_comes(schema, host):
    seen = []

    def apply(groups, apply=host.apply):
        seen.extend(field for group in groups for change in group.changes
                    for field in change.fields)
        return apply(groups)

    host.apply = apply
    schema.execute(HEADER.replace(b"\r\n", b",Web Passwords\r\n") +
                   b"1,Ann,Smith,ann@acme.example,107,S3cret-enough\r\n", host, CONTEXT)
    told = {field.name: field for field in seen}
    assert (told["extension"].before, told["extension"].after) == ("101", "107")
    assert (told["web_password"].before, told["web_password"].after) == ("true", None)
    assert told["web_password"].secret_value == "S3cret-enough"
    assert "S3cret" not in repr(told["web_password"])


def test_a_host_says_why_it_refuses(schema, host):
    refused = Answer.refused("not on a Sunday")
    assert (refused.status, refused.keys, refused.why) != (Answer.applied().status, (), "")
    host.apply = lambda groups: [refused] * len(groups)
    receipt = schema.execute(HEADER + b",Eve,Stone,eve@acme.example,200\r\n", host, CONTEXT)
    assert receipt.counts.failed == 1 and "not on a Sunday" in receipt.findings[0].message


def test_a_host_says_what_was_meant(schema):
    host = JsonHost(schema, json.dumps({**USERS, "phone_model": [{"id": "T46S"}]}))
    asked = []

    def nearest(kind, field, text):
        asked.append((kind, text))
        return "T46S"

    host.nearest = nearest
    header = HEADER.replace(b"\r\n", b",Phone Model ID\r\n")
    findings = schema.validate(header + b"1,Ann,Smith,ann@acme.example,101,T4\r\n", host,
                               CONTEXT).findings
    assert asked == [("phone_model", "T4")]
    assert any("T46S" in each.message for each in findings)


def test_a_number_that_a_row_would_draw():
    schema = Schema("subscriber_import")
    objects = {"tenant": {"extension_pool": {"first": "200", "last": "203"}}, "user": []}
    actor = {"name": "office", "role": "company_admin", "telco_admin": False}
    file = b"Type,LastName,Extension\r\nUser,One,\r\nUser,Two,203\r\nUser,Three,\r\n"
    draft = Draft(schema, file, MemoryDirectory(schema, objects), {"actor": actor})
    assert [draft.drawn(row, "Extension") for row in range(3)] == ["200", None, "201"]
    assert draft.counts().with_warnings == 0


def test_guesses_that_nobody_asked_for_are_counted(schema, directory):
    file = HEADER + b",Bob,Jones,bob@acme.example,1.05E+02\r\n"
    left = fix(file, schema, directory=directory, context=CONTEXT)
    made = fix(file, schema, directory=directory, context=CONTEXT, unsafe=True)
    assert (left.guesses_left, left.guessed, made.guesses_left, made.guessed) == (1, 0, 0, 1)


@has_store
@pytest.mark.parametrize("stopped_as", ["cancelled", "interrupted"])
def test_a_job_that_is_stopped_ends_or_can_be_taken_up_again(schema, tmp_path, stopped_as):
    told = []

    def stop(progress):
        told.append(progress)
        if progress.step == rollcall.progress.APPLIES:
            raise InterruptedError

    with Store.create(tmp_path / "host.db", USERS) as store:
        with pytest.raises(InterruptedError):
            schema.execute(MANY, None, CONTEXT, store=store, progress=stop,
                           options=Options(stopped_as=stopped_as))
        assert store.jobs()["state"].to_list() == [stopped_as]
        assert told[-1].groups_planned == 2000 and told[-1].groups < 2000 and told[0].bytes > 0
        if stopped_as == "interrupted":
            assert store.resume(1, context=CONTEXT).ok


@has_store
def test_a_job_is_taken_over_of_who_still_carries_it_out(schema, tmp_path):
    taken = []

    def take_over(progress):
        if progress.step == rollcall.progress.APPLIES and not taken:
            with Store(tmp_path / "host.db") as other:
                with pytest.raises(rollcall.Busy):
                    other.resume(1, context=CONTEXT)
                taken.append(other.resume(1, context=CONTEXT, options=Options(take_over=True)))

    with Store.create(tmp_path / "host.db", USERS) as store:
        with pytest.raises(rollcall.Busy):
            schema.execute(MANY, None, CONTEXT, store=store, progress=take_over)
        assert taken[0].ok and taken[0].counts.created == 2000
        assert store.jobs()["state"].to_list() == ["succeeded"]


@has_store
def test_a_plan_without_the_seal_of_a_store_is_carried_out_if_that_is_said(schema, tmp_path):
    with Store.create(tmp_path / "host.db", USERS) as store:
        saved = io.BytesIO()
        schema.plan(FILE, store.directory(schema), CONTEXT).save(saved)
        for takes_unsealed, created in ((False, 0), (True, 1)):
            plan = rollcall.Plan.load(saved.getvalue())
            receipt = plan.apply(None, CONTEXT, store=store,
                                 options=Options(takes_unsealed=takes_unsealed))
            assert receipt.counts.created == created
