"""Drafts: a file that is edited, and judged again where an edit can touch it."""
import gc

import pytest
import rollcall
from conftest import CONTEXT, FILE, HEADER, USERS
from rollcall import Draft, DraftCounts, MemoryDirectory, Outcome, Schema, Store


@pytest.fixture
def draft(schema, directory):
    with Draft(schema, FILE, directory, CONTEXT) as draft:
        yield draft


def test_an_edit_has_those_rows_judged_again_that_it_can_touch(draft):
    assert draft.check() == [0, 1, 2, 3] and draft.check() == []
    assert [draft.outcome(row) for row in (0, 2, 3)] == [
        Outcome.UPDATED, Outcome.CREATED, Outcome.REJECTED]
    found, = draft.findings()
    assert (found.row_index, found.column_index, found.row, found.code) == (3, 3, 4, "value.email")
    draft[3, "Email"] = "dan@acme.example"
    assert draft.check() == [3] and draft.findings() == []
    assert draft.counts() == DraftCounts(4, 2, 2, 0, 0, 0)
    draft[2, 4] = "104"
    assert draft.check() == [2, 3]  # both want it now
    assert {each.code for each in draft.findings(2, 2)} == {"claim.duplicate_in_file"}
    assert draft.findings_table()["row_index"].to_list() == [3]


def test_a_draft_is_a_table_that_is_edited_by_steps(draft):
    assert len(draft) == 4 and draft[0, "First Name"] == "Ann" and draft[-1, -1] == "104"
    assert [each.field for each in draft.columns] == [
        "id", "first_name", "last_name", "email", "extension"]
    draft.set({(0, "First Name"): "Anna", (1, 1): "Bobby"})
    draft.append(["", "Eve", "Gray"])
    draft.insert(0, [["", "Fay"], ["", "Gil", "Hill", "gil@acme.example"]])
    draft.paste(6, "Email", [["eve@acme.example", "106"], ["zoë@acme.example", "107"]])
    draft.remove(0)
    assert draft.cells()["First Name"].to_list() == ["Gil", "Anna", "Bobby", "Carla", "Dan", "Eve",
                                                     ""]
    assert draft.cells(5, 2)["Email"].to_list() == ["eve@acme.example", "zoë@acme.example"]
    steps = 0
    while draft.undo():
        steps += 1
    assert steps == 5 and not draft.can_undo and draft.can_redo
    assert draft.to_bytes() == FILE
    while draft.redo():
        pass
    assert len(draft) == 7 and not draft.can_redo


def test_what_is_not_there_is_no_place_for_an_edit(draft):
    with pytest.raises(IndexError):
        draft[4, 0]
    with pytest.raises(KeyError):
        draft[0, "Nonsense"]
    with pytest.raises(ValueError, match="one length"):
        draft.paste(0, 0, [["a"], ["b", "c"]])
    with pytest.raises(rollcall.WrongUse):
        draft.insert(9, [["a"]])
    assert not draft.can_undo


def test_a_draft_is_saved_planned_and_carried_out(draft, directory, tmp_path):
    draft[3, "Email"] = "dan@acme.example"
    draft.save(tmp_path / "users.csv")
    assert (tmp_path / "users.csv").read_bytes() == draft.to_bytes()
    assert draft.to_bytes().startswith(FILE[:60]) and b"dan@acme.example" in draft.to_bytes()
    assert draft.validate().counts.rejected == 0
    assert draft.given_key(2) == "3"
    plan = draft.plan()
    assert plan.report.counts.created == 2
    draft[3, "First Name"] = "Daniel"  # the plan is of what was
    assert plan.apply(directory, CONTEXT).counts.created == 2
    assert directory.to_dict()["user"][3]["first_name"] == "Dan"


def test_a_draft_is_carried_out(draft, directory):
    draft[3, "Email"] = "dan@acme.example"
    assert draft.execute().counts.created == 2
    draft.refresh()
    assert draft.outcome(2) is Outcome.REJECTED and draft.outcome(0) is Outcome.UNCHANGED
    assert directory.to_dict()["user"][2]["email"] == "carla@acme.example"


def test_what_a_draft_says_is_copied_while_it_is_the_callers_turn(draft, monkeypatch):
    import rollcall.draft as module

    read, held = module.text_of, []

    def seen(text):
        held.append(draft._turn._lock._is_owned())
        return read(text)

    monkeypatch.setattr(module, "text_of", seen)
    assert draft[0, 1] == "Ann" and held == [True]


def test_a_draft_is_read_as_it_was_settled(schema, directory):
    text = HEADER.replace(b",", b";") + b"1;Ann;Smith;ann@acme.example;101\r\n"
    draft = Draft(schema, text, directory, CONTEXT)
    assert draft.reading.delimiter == ";" and draft.reading.quote == '"'
    assert draft.validate().counts.unchanged == 1


def test_a_job_of_a_draft_has_the_limits_that_it_is_given_and_the_dialect_of_the_draft(
        schema, directory):
    text = FILE.replace(b",", b";").decode().encode("utf-16")
    draft = Draft(schema, text, directory, CONTEXT,
                  reading=rollcall.Reading(encoding="utf-16le", kernel="swar", rows=100))
    assert draft.reading == rollcall.Reading(delimiter=";", kernel="swar", rows=100)
    assert draft.validate().counts.rows == 4
    few = rollcall.Options(reading=rollcall.Reading(delimiter="|", rows=2))
    report = draft.validate(options=few)
    assert report.refusal is rollcall.Refusal.FILE
    assert report.findings[0].code == "file.too_many_rows"


def test_many_rows_are_put_in_at_once(schema, directory):
    draft = Draft(schema, None, directory, CONTEXT)
    draft.insert(0, [["", "Eve", "Gray", f"eve{i}@acme.example"] for i in range(3000)])
    assert len(draft) == 3000 and draft[2999, "Email"] == "eve2999@acme.example"


def test_a_draft_of_nothing_begins_with_the_template(schema, directory):
    draft = Draft(schema, None, directory, CONTEXT)
    assert len(draft) == 0 and draft.columns[0].header == "ID"
    assert any(each.is_secret for each in draft.columns)
    draft.append(["", "Eve", "Gray", "eve@acme.example"])
    assert draft.check() == [0] and draft[0, 3] == "eve@acme.example"


def test_a_draft_that_is_refused_can_be_looked_at(schema, directory):
    draft = Draft(schema, b"Nonsense\nx\n", directory, CONTEXT)
    assert draft.is_refused and draft.outcome(0) is Outcome.UNJUDGED and draft[0, 0] == "x"
    assert draft.file_findings and draft.columns[0].field is None


def test_a_draft_asks_a_host_or_a_store_and_keeps_it(schema, host, tmp_path):
    draft = Draft(schema, FILE, host, CONTEXT)
    gc.collect()
    draft[0, 4] = "102"
    assert draft.outcome(0) is Outcome.UPDATED
    assert draft.execute().counts.updated == 2
    with pytest.raises(TypeError):
        Draft(schema, FILE)
    if "sqlite" in rollcall.build_info()["features"]:
        with Store.create(tmp_path / "host.db", USERS) as store:
            draft = Draft(schema, FILE, context=CONTEXT, store=store)
            assert draft.execute().job == 1


def test_what_a_host_raises_comes_out_of_a_draft(schema, host, monkeypatch):
    draft = Draft(schema, FILE, host, CONTEXT)

    def fail(*arguments):
        raise LookupError("the database is gone")

    monkeypatch.setattr(host, "find", fail)
    draft[0, 4] = "107"
    with pytest.raises(LookupError, match="is gone"):
        draft.outcome(0)
    monkeypatch.undo()
    assert draft.outcome(0) is Outcome.UPDATED  # it is asked again


def test_a_draft_and_its_directory_are_closed_in_any_order(schema):
    directory = MemoryDirectory(schema, USERS)
    draft = Draft(schema, FILE, directory, CONTEXT)
    directory.close()
    assert draft.outcome(2) is Outcome.CREATED
    draft.close()
    with pytest.raises(ValueError, match="this Draft is closed"):
        draft[0, 0]


def test_a_blank_that_a_pool_fills_says_what_it_would_draw():
    schema = Schema("subscriber_import")
    pool = {"tenant": {"extension_pool": {"first": "200", "last": "203"}},
            "user": [{"id": "17", "type": "User", "last_name": "Old", "extension": "200"}]}
    context = {"actor": {"name": "ops", "role": "company_admin", "telco_admin": False}}
    file = b"Type,LastName,Extension\nUser,One,\nUser,Two,202\nUser,Three,\n"
    with Draft(schema, file, MemoryDirectory(schema, pool), context) as draft:
        assert [draft.drawn(row, "Extension") for row in range(3)] == ["201", None, "203"]
