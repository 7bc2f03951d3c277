"""Tables: columns, views that outlive them, Arrow streams, pandas."""
import ctypes
import gc

import arrow_reader
import pytest
import rollcall
from conftest import CONTEXT, FILE, HEADER
from rollcall import Finding, Severity

BROKEN = HEADER + b"".join(b",Zo\xc3\xab,Stone,nowhere%d,%d\r\n" % (i, i + 100_000)
                           for i in range(70_000))


@pytest.fixture
def findings(schema, directory):
    return schema.validate(FILE, directory, CONTEXT).findings


def test_findings_one_at_a_time_and_by_columns_say_the_same(findings):
    assert [each.code for each in findings] == findings.column("code").to_list()
    assert findings[0] == list(findings)[0] and findings[-1] == findings[:][-1]
    error = findings.errors[0]
    assert isinstance(error, Finding) and error.severity is Severity.ERROR
    assert (error.code, error.value, error.line) == ("value.email", "nowhere", 5)
    assert isinstance(error.facts, dict)
    assert str(error).startswith("line 5: Email: ")
    with pytest.raises(IndexError):
        findings[len(findings)]


def test_a_guess_stands_beside_what_is_certain(schema, directory):
    file = HEADER + b",Eve,Stone,mailto:eve@acme.example,2O1\r\n"
    certain, guess = schema.validate(file, directory, CONTEXT).findings
    assert (certain.fix, certain.unsafe_fix) == ("eve@acme.example", None)
    assert (guess.fix, guess.unsafe_fix) == (None, "201")


def test_a_column_is_views_of_its_memory(findings):
    column = findings.table["line"]
    assert column.data.readonly and column.data.format in ("q", "Q")
    assert [column.data[i] if valid else None for i, valid in enumerate(column.is_valid())] == \
        column.to_list()
    text = findings.table["message"]
    assert text.offsets[0] == 0 and len(text.offsets) == len(findings) + 1
    assert bytes(text.data[text.offsets[0]:text.offsets[1]]).decode() == findings[0].message
    with pytest.raises(KeyError):
        findings.table["colour"]
    with pytest.raises(TypeError):
        text.data[0] = 0


def test_nulls_are_none(schema, directory):
    findings = schema.validate(b"Colour\r\nred\r\n", directory, CONTEXT).findings
    row = findings.table["row"]
    assert row.null_count == len(findings) and set(row) == {None}
    assert findings[0].row is None


def test_views_outlive_the_table_and_the_report(schema, directory):
    report = schema.validate(FILE, directory, CONTEXT)
    table = report.findings.table
    column, wanted = table["message"], table["message"].to_list()
    view = column.data
    capsule = table.__arrow_c_stream__()
    report.close()
    table.close()
    del report, table, column
    gc.collect()
    assert bytes(view).decode().startswith(wanted[0])
    names, batches = arrow_reader.read(capsule)
    assert batches[0][names.index("message")] == wanted


def test_an_arrow_stream_has_all_of_it(schema, directory):
    findings = schema.validate(BROKEN, directory, CONTEXT).findings
    assert len(findings) > 65_536
    names, batches = arrow_reader.read(findings.__arrow_c_stream__())
    assert tuple(names) == findings.table.columns
    assert [len(batch[0]) for batch in batches][0] == 65_536
    for index, name in enumerate(names):
        assert sum((batch[index] for batch in batches), []) == findings.column(name).to_list()


def test_a_stream_that_nobody_reads_is_released_with_its_capsule(findings):
    capsule = findings.__arrow_c_stream__()
    stream = arrow_reader.stream_in(capsule)
    assert stream.release
    del capsule, stream
    gc.collect()


def test_a_stream_that_was_moved_out_is_not_released_again(findings):
    capsule = findings.__arrow_c_stream__()
    stream = arrow_reader.stream_in(capsule)
    moved = arrow_reader.Stream.from_buffer_copy(stream)
    stream.release = type(stream.release)()
    del capsule
    gc.collect()
    assert moved.release
    arrow_reader.release(moved)


def test_pandas_has_the_same(findings):
    pandas = pytest.importorskip("pandas")
    frame = findings.to_pandas()
    assert list(frame.columns) == list(findings.table.columns)
    assert frame["code"].tolist() == findings.column("code").to_list()
    assert [None if each is pandas.NA else each for each in frame["line"]] == \
        findings.column("line").to_list()
    empty = findings.table.to_pandas().iloc[:0]
    assert len(empty) == 0


def test_html_shows_the_first_rows_and_no_markup_of_the_file(schema, directory):
    file = HEADER + b"".join(b",<b>Eve</b>,Stone,<i>%d,%d\r\n" % (i, i + 1000) for i in range(30))
    findings = schema.validate(file, directory, CONTEXT).findings
    html = findings._repr_html_()
    assert "&lt;i&gt;0" in html and "<i>" not in html
    assert html.count("<tr>") == 21 and f"{len(findings)} rows" in html


def test_empty_tables_are_tables(schema, directory):
    findings = schema.validate(HEADER + b"1,Ann,Smith,ann@acme.example,101\r\n", directory,
                               CONTEXT).findings
    assert len(findings) == 0 and list(findings) == []
    assert findings.column("message").to_list() == [] and findings.column("row").to_list() == []
    names, batches = arrow_reader.read(findings.__arrow_c_stream__())
    assert names and sum(len(batch[0]) for batch in batches) == 0
    assert findings._repr_html_().count("<tr>") == 1


def test_an_empty_text_is_no_null_though_all_of_its_column_are_empty():
    from rollcall import Rows

    table, = Rows(b"ID,Note\n1,\n2,\n")
    assert table["Note"].to_list() == ["", ""]
    assert [slow_cell(table, row, 4) for row in (0, 1)] == ["", ""]


def slow_cell(table, row, column):
    """By the function of the C ABI that gives one cell."""
    from rollcall._calls import text_of
    from rollcall._ffi_types import rollcall_str
    from rollcall._library import lib

    text = rollcall_str()
    lib().rollcall_table_text(table._pointer, row, column, ctypes.byref(text))
    return text_of(text) if text.ptr else lib().rollcall_table_number(table._pointer, row, column)


def test_columns_say_what_cells_say_and_take_a_call_each(schema, directory, monkeypatch):
    file = b"\n".join(BROKEN.split(b"\n", 2_001)[:2_001])
    table = schema.validate(file, directory, CONTEXT).findings.table
    by_cells = [[slow_cell(table, row, column) for row in range(len(table))]
                for column in range(len(table.columns))]
    call, calls = rollcall.table.call, []

    def counting(name, *arguments):
        calls.append(name)
        return call(name, *arguments)

    monkeypatch.setattr(rollcall.table, "call", counting)
    by_columns = [table[name].to_list() for name in table.columns]
    assert len(table) == 2_000
    assert calls == ["rollcall_table_retain"] + ["rollcall_table_column"] * len(table.columns)
    # What is null has no text, and the number 0; a text that is empty is one.
    assert by_cells == [[0 if each is None else each for each in values] for values in by_columns]


def test_tables_close(findings):
    table = findings.table
    table.close()
    with pytest.raises(ValueError, match="closed"):
        table["code"]
    assert isinstance(rollcall.codes(), rollcall.Table)
