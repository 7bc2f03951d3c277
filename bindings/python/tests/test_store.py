"""Jobs that a store remembers: undo, retry, resume, downloads, history, audit."""
import io
import json

import pytest
import rollcall
from conftest import CONTEXT, FILE, HEADER, USERS
from rollcall import Options, Outputs, Plan, Purged, Schema, State, Store

pytestmark = pytest.mark.skipif("sqlite" not in rollcall.build_info()["features"],
                                reason="built without SQLite")


@pytest.fixture
def store(tmp_path):
    with Store.create(tmp_path / "host.db", USERS) as store:
        yield store


def test_a_receipt_takes_back_what_its_job_did(schema, store):
    before = store.to_dict()
    receipt = schema.execute(FILE, None, CONTEXT, store=store)
    assert receipt.job and store.to_dict() != before
    undone = receipt.undo()
    assert undone.action == "undo" and undone.ok
    assert store.to_dict() == before
    undone.undo()
    assert store.to_dict() != before


def test_a_number_that_is_none_of_a_job_takes_nothing_back(schema, store):
    assert schema.execute(FILE, None, CONTEXT, store=store).job == 1
    before = store.to_dict()
    for number in (2**64 + 1, -1):
        with pytest.raises(ValueError):
            store.undo(number)
    assert store.to_dict() == before


def test_what_no_store_remembers_is_not_taken_back(schema, directory):
    receipt = schema.execute(FILE, directory, CONTEXT)
    with pytest.raises(ValueError, match="no store remembers this job"):
        receipt.undo()


def test_a_plan_that_is_kept_in_a_store(schema, store):
    plan = schema.plan(FILE, None, CONTEXT, store=store)
    receipt = plan.apply()
    assert receipt.refusal is rollcall.Refusal.ACTOR  # nobody was named
    receipt = plan.apply(context=CONTEXT)
    assert receipt.counts.created == 1
    receipt.undo()


def test_a_validation_is_executed_by_its_number(schema, store):
    judged = schema.validate(FILE, None, CONTEXT, store=store)
    done = store.execute(judged.job, context=CONTEXT)
    assert done.counts.created == 1


def test_rows_that_were_not_applied_are_retried(schema, store):
    first = schema.execute(FILE, None, CONTEXT, store=store)
    again = first.retry()
    assert (again.counts.rows, again.counts.rejected) == (1, 1)


def test_an_interrupted_job_is_resumed(schema, store):
    rows = b"".join(b",Eve,Stone,eve%d@acme.example,%d\r\n" % (i, i + 1000) for i in range(2000))

    def stop(progress):
        if progress.step == rollcall.progress.APPLIES:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        schema.execute(HEADER + rows, None, CONTEXT, store=store, progress=stop)
    jobs = list(store.jobs(states=[State.INTERRUPTED]))
    assert len(jobs) == 1
    done = store.resume(int(jobs[0]["job"]), context=CONTEXT)
    assert done.ok and len(store.to_dict()["user"]) == 2002


def test_a_host_written_in_python_beside_a_store(schema, store, host):
    receipt = schema.execute(FILE, host, CONTEXT, store=store)
    assert len(host.to_dict()["user"]) == 3
    undone = receipt.undo()
    assert undone.ok
    assert {each["id"] for each in host.to_dict()["user"]} == {"1", "2"}


def test_an_undo_is_planned_first(schema, store):
    receipt = schema.execute(FILE, None, CONTEXT, store=store)
    plan = store.undo_plan(receipt.job, context=CONTEXT)
    assert isinstance(plan, Plan) and "Carla" in plan.show()
    before = store.to_dict()
    assert plan.apply(context=CONTEXT).ok
    assert store.to_dict() != before


def test_what_a_job_left_behind(schema, store, tmp_path):
    receipt = schema.execute(FILE, None, CONTEXT, store=store)
    assert store.download(receipt.job, "source") == FILE
    store.download(receipt.job, "report", tmp_path / "report.jsonl")
    last = (tmp_path / "report.jsonl").read_text().splitlines()[-1]
    assert json.loads(last)["job"]["created"] == 1
    with pytest.raises(ValueError, match="a job leaves behind"):
        store.download(receipt.job, "nothing")
    secrets = io.BytesIO()
    assert store.take_secrets(receipt.job, secrets) > 0
    assert b"web_password" in secrets.getvalue()
    with pytest.raises(rollcall.NotFound, match="they were fetched"):
        store.take_secrets(receipt.job, io.BytesIO())
    gone = store.purge(receipt.job)
    assert gone.jobs == 1 and gone.files > 0 and gone.secrets == 0 and gone.others == ()
    with pytest.raises(rollcall.NotFound):
        store.download(receipt.job, "source")


def test_history_and_audit(schema, store):
    receipt = schema.execute(FILE, None, CONTEXT, store=store,
                             options=Options(file_name="users.csv"))
    jobs = store.jobs(actor="OPS", format="clusterpbx", rows=(1, None))
    assert jobs["job"].to_list() == [receipt.job] and jobs["state"][0] == "partial"
    assert len(store.jobs(states=[State.SUCCEEDED])) == 0
    assert store.job(receipt.job)["created"] == 1
    assert "artifacts" in store.job_details(receipt.job)
    assert isinstance(store.job_page(receipt.job), dict)
    audit = store.audit(kind="user", job=receipt.job)
    assert len(audit) >= 3 and set(audit["actor"]) == {"ops@acme.example"}
    store.note("eve", "see", receipt.job, "not hers")
    store.note("eve", "see", receipt.job, role="client")
    assert store.accesses(only_refused=True)["refusal"].to_list() == ["not hers"]
    assert store.accesses(actor="eve")["role"].to_list() == ["client", None]
    assert len(store.jobs(errors=(1, 1))) == 1 and len(store.jobs(errors=(2, None))) == 0
    assert len(store.jobs(errors=(0, 0))) == 0
    fine = schema.execute(HEADER + b",Eve,Stone,eve@acme.example,200\r\n", None, CONTEXT,
                          store=store)
    assert store.jobs(errors=(0, 0))["job"].to_list() == [fine.job]
    assert len(store.jobs(created=(None, 0))) == len(store.jobs(rows=(0, 0))) == 0
    assert store.purge_expired() == Purged(0, 0, 0, 0)
    store.check()


def test_effects_are_done_one_after_the_other(schema, store):
    schema.execute(FILE, None, CONTEXT, store=store)
    for row in store.effects():
        store.effect_done(int(row["effect"]))
    assert len(store.effects()) == 0


def test_who_still_has_a_file_is_named_by_its_purge(schema, store):
    judged = schema.validate(FILE, None, CONTEXT, store=store)
    done = store.execute(judged.job, context=CONTEXT)
    assert store.purge(judged.job).others == (done.job,)
    assert store.purge_expired(jobs=1).jobs == 1
    assert store.purge_expired(days=0) == Purged(1, 2, 3, 0)
    assert len(store.jobs()) == 0


def test_an_effect_is_given_the_secret_that_came_from_the_file(tmp_path):
    schema = Schema("subscriber_import")
    actor = {"name": "office@acme.example", "role": "company_admin", "telco_admin": False}
    file = (b"Type,LastName,Email,Extension,PIN,SysPIN\r\n"
            b"User,One,one@acme.example,201,908172,y\r\nUser,Two,two@acme.example,202,,y\r\n")
    objects = {"tenant": {"pin_notification": "email_and_display"}, "user": []}
    with Store.create(tmp_path / "effects.db", objects) as store:
        job = schema.execute(file, None, {"actor": actor}, store=store).job
        first, second = [(row["effect"], row["operation"], json.loads(row["fields"])["secrets"])
                         for row in store.effects()]
        for directory in (None, store.directory(schema)):
            secrets = store.effect_secrets(job, directory)
            assert secrets.find(*first[:2], first[2]["user.pin"]) == "908172"
            made = secrets.find(*second[:2], second[2]["user.pin"])
            assert made == store.effect_secret(job, second[1], second[2]["user.pin"]) != "908172"
            with pytest.raises(rollcall.NotFound):
                secrets.find(*second[:2], first[2]["user.pin"])
        store.effect_done(first[0])
        with pytest.raises(rollcall.NotFound, match="no secret waits"):
            secrets.find(*first[:2], first[2]["user.pin"])
        with pytest.raises(rollcall.NotFound):
            store.effect_secrets(job + 1)


def test_a_handle_of_an_effect_stands_for_a_secret_until_the_effect_is_done(schema, store):
    told = {"name": "mail", "when": "present(email)", "fields": [{"field": "to", "value": "email"}],
            "secrets": ["user.web_password"]}
    telling = Schema.from_json({**schema.to_dict(), "effects": [told]})
    telling.execute(HEADER + b",Eve,Stone,eve@acme.example,200\r\n", None, CONTEXT, store=store)
    row, = store.effects()
    handle, = json.loads(row["fields"])["secrets"].values()
    whose = int(row["job"]), row["operation"], handle
    assert len(store.effect_secret(*whose)) >= 8
    store.effect_done(int(row["effect"]))
    with pytest.raises(rollcall.Error):
        store.effect_secret(*whose)


def test_secrets_go_to_a_file_that_only_its_owner_reads(schema, directory, tmp_path):
    path = tmp_path / "secrets.csv"
    schema.execute(FILE, directory, CONTEXT, outputs=Outputs(secrets=path))
    assert path.stat().st_mode & 0o077 == 0 and path.read_bytes()


def test_a_store_is_opened_again(schema, store, tmp_path):
    name = store.id
    job = schema.execute(FILE, None, CONTEXT, store=store).job
    store.close()
    with Store(tmp_path / "host.db") as again:
        assert again.id == name and not again.can_only_look
        assert again.schema(job).digest == schema.digest
    with pytest.raises(ValueError, match="closed"):
        store.id
    with pytest.raises(rollcall.Error):
        Store.create(tmp_path / "host.db")
