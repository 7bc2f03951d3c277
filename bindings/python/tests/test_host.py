"""A host written in Python: what it is asked, what it may answer, what it raises."""
import json

import pytest
import rollcall
from conftest import CONTEXT, FILE, HEADER, USERS
from json_host import JsonHost
from rollcall import Answer, Op, Options, SecretFrom


class Least:
    """No more than a host must have that lists all kinds."""

    def count(self, kind):
        return 0

    def find(self, kind, field, values):
        return []

    def apply(self, groups):
        for group in groups:
            yield Answer.applied(*(str(i + 1000) for i in range(len(group.changes))))


def test_the_least_that_a_host_has_is_find_apply_and_count(schema):
    receipt = schema.execute(HEADER + b",Eve,Stone,eve@acme.example,200\r\n", Least(), CONTEXT)
    assert receipt.counts.created == 1
    assert isinstance(Least(), rollcall.Host)
    with pytest.raises(TypeError, match="find and apply"):
        schema.execute(FILE, object(), CONTEXT)


def test_a_host_may_say_what_was_meant(schema):
    class Knowing(Least):
        def nearest(self, kind, field, text):
            return "snom_d785" if (kind, text) == ("phone_model", "snom_d78") else None

    file = HEADER.replace(b"\r\n", b",Phone Model ID,Provisioning Template ID,Mac Address\r\n")
    file += b",Eve,Stone,eve@acme.example,200,snom_d78,desk,00:15:65:74:b1:50\r\n"
    found = schema.validate(file, Knowing(), CONTEXT).findings
    assert "did you mean snom_d785?" in next(str(each) for each in found
                                             if each.column == "Phone Model ID")


def test_a_host_is_asked_in_batches(schema, host):
    rows = b"".join(b",Eve,Stone,eve%d@acme.example,%d\r\n" % (i, i + 1000) for i in range(2000))
    asked = []

    def find(kind, field, values, ask=host.find):
        asked.append((kind, field, len(values)))
        return ask(kind, field, values)

    host.find = find
    schema.validate(HEADER + rows, host, CONTEXT)
    assert sum(count for _, field, count in asked if field == "email") >= 2000
    assert len(asked) < 200


@pytest.mark.parametrize("method", ["find", "apply", "lists", "count", "next_id", "setting"])
@pytest.mark.parametrize("exception", [KeyError("ann"), OSError(5, "the line is dead"),
                                       KeyboardInterrupt(), SystemExit(3), GeneratorExit()])
def test_what_a_method_raises_comes_out_unchanged(schema, host, method, exception):
    def raises(*_):
        raise exception

    setattr(host, method, raises)
    before = host.to_dict()
    with pytest.raises(BaseException) as raised:
        schema.execute(FILE, host, CONTEXT)
    assert raised.value is exception
    assert host.to_dict() == before


def test_what_was_answered_before_an_exception_was_done(schema, host):
    rows = b"".join(b",Eve,Stone,eve%d@acme.example,%d\r\n" % (i, i + 1000) for i in range(5))
    apply = host.apply

    def breaks_off(groups):
        for number, answer in enumerate(apply(groups)):
            yield answer
            if number == 1:
                raise ConnectionResetError("gone")

    host.apply = breaks_off
    with pytest.raises(ConnectionResetError, match="gone"):
        schema.execute(HEADER + rows, host, CONTEXT)
    assert len(host.to_dict()["user"]) == len(USERS["user"]) + 2


def test_a_host_that_answers_wrongly_is_told_so(schema, host):
    host.apply = lambda groups: [Answer.applied()] * (len(groups) - 1)
    with pytest.raises(ValueError, match="answered for"):
        schema.execute(FILE, host, CONTEXT)
    host.apply = lambda groups: [Answer.applied()] * (len(groups) + 1)
    with pytest.raises(ValueError, match="answered for more"):
        schema.execute(FILE, host, CONTEXT)
    host.apply = lambda groups: ["yes" for _ in groups]
    with pytest.raises(TypeError, match="an Answer for each"):
        schema.execute(FILE, host, CONTEXT)
    host.find = lambda kind, field, values: [(len(values), "1", {})]
    with pytest.raises(rollcall.WrongUse):
        schema.validate(FILE, host, CONTEXT)
    host.find = lambda kind, field, values: [(0, "1", {"email": 1.5})]
    with pytest.raises(TypeError, match="str, int, bool or None"):
        schema.validate(FILE, host, CONTEXT)


def test_refused_and_unknown_groups_are_told(schema, host):
    host.apply = lambda groups: [Answer.refused("the licence is used up") for _ in groups]
    receipt = schema.execute(FILE, host, CONTEXT)
    assert receipt.counts.failed == 3
    assert any("the licence is used up" in each.message for each in receipt.findings)
    host.apply = lambda groups: [Answer.unknown() for _ in groups]
    host.probe = lambda operations: [Answer.unknown() for _ in operations]
    assert schema.execute(FILE, host, CONTEXT).counts.unknown == 3


def test_groups_say_what_is_to_be_done(schema, host):
    given = []
    apply = host.apply

    def remembers(groups):
        given.extend(groups)
        return apply(groups)

    host.apply = remembers
    schema.execute(FILE, host, CONTEXT)
    swap, create = sorted(given, key=lambda group: group.changes[0].op, reverse=True)
    assert {change.key for change in swap.changes} == {"1", "2"}
    assert {change.op for change in swap.changes} == {Op.UPDATE}
    fields = {each.name: each for each in create.changes[0].fields}
    assert fields["email"].after == "carla@acme.example"
    password = fields["web_password"]
    assert password.secret is SecretFrom.GENERATED and password.value
    assert password.value not in repr(create)


def test_a_host_of_any_texts(schema, host):
    name = "Zo\u00eb \U0001f600 \u4e2d\u6587"
    host.objects["user"]["1"][1]["first_name"] = name
    exported = schema.export(host, CONTEXT)
    assert name in exported.decode("utf-8")


def test_a_host_comes_back_for_what_is_in_use_and_is_refused(schema, directory):
    plan = schema.plan(FILE, directory, CONTEXT)
    outer = {}

    class Curious(Least):
        def find(self, kind, field, values):
            outer["plan"].digest
            return []

    outer["plan"] = plan
    with pytest.raises(RuntimeError, match="in use by the call under way"):
        plan.apply(Curious(), CONTEXT)


def test_a_host_in_one_call_may_make_another(schema, host, directory):
    """What a callback uses of its own is its own affair."""
    find = host.find

    def find_with_a_look(kind, field, values):
        assert schema.validate(FILE, directory, CONTEXT).counts.rows == 4
        return find(kind, field, values)

    host.find = find_with_a_look
    assert schema.validate(FILE, host, CONTEXT).counts.rows == 4


def test_python_and_memory_come_to_the_same(schema, directory, host):
    rows = [schema.execute(FILE, each, CONTEXT, options=Options(keep="all"))
            for each in (directory, host)]
    assert list(rows[0].rows) == list(rows[1].rows)
    assert list(rows[0].findings) == list(rows[1].findings)

    def users(objects):
        return sorted(json.dumps(each, sort_keys=True) for each in objects["user"])

    assert users(directory.to_dict()) == users(host.to_dict())
    assert isinstance(host, JsonHost)
