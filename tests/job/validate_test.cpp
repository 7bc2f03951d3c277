// Running a file from its bytes to its report: what a job says, and when it is refused.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <functional>

#include "formats/catalogue.hpp"
#include "job/running.hpp"
#include "support/csv_reading.hpp"

using namespace rollcall;
using rollcall::tests::check_refused;
using rollcall::tests::findings_of;
using rollcall::tests::must;
using rollcall::tests::PieceSource;
using rollcall::tests::Running;

namespace {

const std::string header = "ID,Name,Email,Extension\n";
const std::string two_rows = header + ",Bob,,301\n1,Ada,ada@b.de,201\n";

} // namespace

TEST_CASE("each row has its line in the order of the file, and the job the last one")
{
  Running job;
  const JobSummary done = job.validated(header +
                                        ",Bob,bob@b.de,301\n\n1,Ada,ada@b.de,201\n2,Ada B,,\n"
                                        "77,Eve,,401\nuser-3,Ada,,201\n,,,\n,Zoe,,501");
  CHECK(job.outcomes() ==
        "created 100, unchanged 1, updated 2, rejected -, updated User-3, created 101");
  CHECK(job.lines().size() == 7);
  CHECK(done.format == "staff");
  CHECK(done.action == "validate");
  CHECK(done.state == JobState::partial);
  CHECK(done.rows == 6);
  CHECK(done.created == 2);
  CHECK(done.updated == 2);
  CHECK(done.unchanged == 1);
  CHECK(done.rejected == 1);
  CHECK(done.blank_rows == 2);
  CHECK(done.file == "users.csv");
  CHECK(done.sha256.size() == 64);
  CHECK(done.dialect.delimiter == ',');
}

TEST_CASE("a report is these bytes")
{
  Running job;
  job.validated("ID;Name;Extension;Password;X\n;Bob;301;secret;\n1;Ada;2O1;;\n");
  CHECK(job.report.text ==
        R"({"row": 1, "line": 2, "key": "100", "outcome": "created", "changes": [{"op": "create", )"
        R"("kind": "user", "key": "100", "fields": {"name": [null, "Bob"], "extension": [null, )"
        R"("301"], "active": [null, true], "password": [null, {"secret": "column"}]}}], )"
        R"("effects": [], "findings": []})"
        "\n"
        R"({"row": 2, "line": 3, "key": "1", "outcome": "rejected", "changes": [], "effects": [], )"
        R"("findings": [{"severity": "error", "code": "value.extension", "column": "Extension", )"
        R"("value": "2O1", "message": "\"2O1\" is not an extension: there may be no \"O\" in it; )"
        R"(did you mean 201?", "near": "201", "reason": "there may be no \"O\" in it", )"
        R"("unsafe_fix": {"column": "Extension", "replace": "201"}}]})"
        "\n"
        R"({"job": {"format": "staff", "action": "validate", "state": "partial", "rows": 2, )"
        R"("blank_rows": 0, "created": 1, "updated": 0, "unchanged": 0, "rejected": 1, )"
        R"("withheld": 0, "stale": 0, "failed": 0, "unknown": 0, "warnings": 1, "file": )"
        R"("users.csv", "sha256": )"
        R"("75697c14919986a0f008467ee609300099281da1a73bb8311d136db4ad52f4a4", "bytes": 58, )"
        R"("encoding": "utf-8", "delimiter": ";", "findings": [{"severity": "warning", "code": )"
        R"("header.unknown_column", "column": "X", "message": "the column X is not known and is )"
        R"(ignored", "line": 1, "byte": 0}]}})"
        "\n");
}

TEST_CASE("the state says what executing would give")
{
  const auto state_of = [](const std::string& rows) {
    Running job;
    return slug(job.validated(header + rows).state);
  };
  CHECK(state_of("") == "succeeded");
  CHECK(state_of(",Bob,,301\n") == "succeeded");
  CHECK(state_of("1,Ada,ada@b.de,201\n") == "succeeded");
  CHECK(state_of("1,Ada,ada@b.de,201\n,Bob,,x\n") == "failed");
  CHECK(state_of(",Bob,,301\n,Bob,,x\n") == "partial");
  CHECK(state_of(",Bob,,x\n") == "failed");
}

TEST_CASE("warnings of rows and of the file are counted together")
{
  Running job;
  CHECK(job.validated("ID,Name,Extension,X,Y,IP\n,Bob,301,,,x\n,Bob,301\n,Bob,,,,x\n").warnings ==
        5);
}

TEST_CASE("a role that may not validate is refused before the file or the host is touched")
{
  Running job;
  job.context.role = "reader";
  CallbackSource source{[](std::span<std::byte>) -> Result<std::size_t> {
    FAIL("the file was read");
    return std::size_t{0};
  }};
  const JobSummary done = must(job.try_to_validate(source));
  check_refused(done, job);
  CHECK(done.refusal == Refusal::actor);
  CHECK(findings_of(done) == "actor.not_allowed");
  CHECK(render_message(done.findings.front()) ==
        "the role reader may not validate; the roles that may are writer");
  CHECK(job.directory.calls.empty());
  CHECK(job.files.calls.empty());
}

TEST_CASE("who has no role is told which there are")
{
  Running job;
  job.context.role = "";
  const JobSummary done = job.validated(two_rows);
  CHECK(done.refusal == Refusal::actor);
  CHECK(render_message(done.findings.front()) ==
        "no role is given; the format knows writer, reader");
}

TEST_CASE("a file that cannot be opened is refused, but who may not ask is told that first")
{
  Running job;
  const Error why = Error{ErrorCode::not_found, "users.csv is not there"};
  const JobSummary done =
      must(refuse_unreadable(job.schema, job.directory, why, schema::Action::validate, job.context,
                             job.options, job.outputs(), job.seams()));
  check_refused(done, job);
  CHECK(done.refusal == Refusal::file);
  CHECK(render_message(done.findings.front()) ==
        "users.csv cannot be read: users.csv is not there");

  job.context.role = "reader";
  const JobSummary denied =
      must(refuse_unreadable(job.schema, job.directory, why, schema::Action::validate, job.context,
                             job.options, job.outputs(), job.seams()));
  CHECK(denied.refusal == Refusal::actor);
  CHECK(findings_of(denied) == "actor.not_allowed");
}

TEST_CASE("a file that breaks off is refused, and none of its rows reported")
{
  Running job;
  std::size_t left = two_rows.size();
  CallbackSource source{[&](std::span<std::byte> into) -> Result<std::size_t> {
    if (left == 0) return Error{ErrorCode::file_failed, "the disk is scratched"};
    const std::size_t size = std::min<std::size_t>({left, into.size(), 10});
    std::memcpy(into.data(), two_rows.data() + two_rows.size() - left, size);
    left -= size;
    return size;
  }};
  const JobSummary done = must(job.try_to_validate(source));
  check_refused(done, job);
  CHECK(render_message(done.findings.front()) == "users.csv cannot be read: the disk is scratched");
}

TEST_CASE("a source that fails for no fault of the file is an error")
{
  Running job;
  CallbackSource source{[](std::span<std::byte>) -> Result<std::size_t> {
    return Error{ErrorCode::host_failed, "the host has hung up"};
  }};
  CHECK(job.try_to_validate(source).assume_error().code() == ErrorCode::host_failed);
  CHECK(job.report.text.empty());
}

TEST_CASE("a file that is too large is refused, whether or not its size is known before")
{
  Running job;
  job.options.limits.file_bytes = two_rows.size() - 1;
  const JobSummary known = job.validated(two_rows);
  check_refused(known, job);
  CHECK(findings_of(known) == "file.too_large");
  CHECK(known.bytes == two_rows.size());
  CHECK(job.directory.calls == std::vector<std::string>{"setting name"});

  PieceSource source{two_rows, 7};
  const JobSummary unknown = must(job.try_to_validate(source));
  check_refused(unknown, job);
  CHECK(findings_of(unknown) == "file.too_large");
}

TEST_CASE("a callback's file that grows too large after rows were judged reports none of them")
{
  Running job;
  std::string text = header;
  while (text.size() < 1'000'000) text += ",Bob,,301\n";
  job.options.limits.file_bytes = 900'000;
  PieceSource source{text, 60'000};
  const JobSummary done = must(job.try_to_validate(source));
  check_refused(done, job);
  CHECK(findings_of(done) == "file.too_large");
}

TEST_CASE("a file of too many rows is refused, and says nothing of header, rows and bytes")
{
  Running job;
  std::string text =
      "ID,Name,Extension,X\n,B\xFF"
      "b,301,\n";
  for (int i = 0; i != 20'000; ++i) text += ",Bob,301,\n";
  job.options.limits.rows = 20'000;
  const JobSummary done = job.validated(text);
  check_refused(done, job);
  CHECK(findings_of(done) == "file.too_many_rows");
  CHECK(done.warnings == 0);
  CHECK(done.bytes == text.size());

  job.options.limits.rows = 20'001;
  CHECK(findings_of(job.validated(text)) == "header.unknown_column X, file.encoding_hint");
}

TEST_CASE("a header with errors refuses the file, with all that is wrong with it by severity")
{
  Running job;
  const JobSummary done = job.validated("X,ID,Email,id\n1,2,3,4\n");
  check_refused(done, job);
  CHECK(findings_of(done) ==
        "header.missing_column Full Name, header.duplicate_column id, header.unknown_column X");
  CHECK(done.warnings == 1);
  CHECK(job.directory.calls == std::vector<std::string>{"setting name"});
}

TEST_CASE("a file without a header is refused")
{
  for (const char* const text : {"", "\n\n", " ,\t\n", "ada,byron\n1,2\n", "\xEF\xBB\xBF"}) {
    Running job;
    const JobSummary done = job.validated(text);
    check_refused(done, job);
    CHECK(findings_of(done) == "header.missing");
  }
}

TEST_CASE("the hint at an encoding is given for rows and for a header that could not be decoded")
{
  Running job;
  JobSummary done = job.validated(header + ",Ren\xE9,,301\n");
  CHECK(findings_of(done) == "file.encoding_hint");
  CHECK(done.findings.front().place.byte == header.size() + 4);
  CHECK(done.warnings == 0);
  CHECK(done.rejected == 1);

  done = job.validated("ID,Name,T\xE9l\n1,2,3\n");
  check_refused(done, job);
  CHECK(findings_of(done).find("text.encoding") == 0);
  CHECK(findings_of(done).find("file.encoding_hint") != std::string::npos);

  job.options.dialect.encoding = csv::Encoding::windows_1252;
  CHECK(findings_of(job.validated(header + ",Ren\xE9,,301\n")).empty());
  CHECK(findings_of(job.validated(header + ",Ren\x81,,301\n")).empty());
}

TEST_CASE("no hint is given for bytes in a cell that is wrong for another reason")
{
  Running job;
  CHECK(findings_of(job.validated(header + ",\"R\"\xE9,,301\n")).empty());
}

TEST_CASE("the host is asked for ids once, and for objects once a batch")
{
  Running job;
  job.validated(header + ",Bob,,301\n1,Ada,,201\n2,Ada,,201\n");
  CHECK(job.directory.calls == std::vector<std::string>{"setting name", "count user", "count team",
                                                        "next_id user", "find user.id 1 2",
                                                        "find user.id 1 2"});
}

TEST_CASE("a host that cannot tell the next id leaves new objects without a key")
{
  Running job;
  job.directory.tells_ids = false;
  job.validated(two_rows);
  CHECK(job.outcomes() == "created -, unchanged 1");
  CHECK(job.report.text.find("\"op\": \"create\", \"kind\": \"user\", \"key\": null") !=
        std::string::npos);
}

TEST_CASE("rows that no id is left for are rejected, and the others are not")
{
  Running job;
  job.directory.next_is = no_id_left - 1;
  const std::string rows = header + ",Bob,,301\n,Eve,,302\n1,Ada,,201\n";
  job.validated(rows);
  CHECK(job.outcomes() == "created 18446744073709551614, rejected -, updated 1");
  // (Nobody was asked, so nobody has refused anything.)
  CHECK(job.lines()[1].find("\"message\": \"no id is left for another user\"") !=
        std::string::npos);
  job.executed(rows);
  CHECK(job.outcomes() == "created 18446744073709551614, rejected -, updated 1");
}

TEST_CASE("who gives a value up to a row that no id is left for is a group without it")
{
  Running job{formats::clusterpbx(), R"({"user": [
    {"id": "18446744073709551614", "first_name": "Ada", "last_name": "Ek", "email": "ada@x.de",
     "extension": "103"}]})"};
  job.context.role = "client";
  const std::string rows =
      "ID,First Name,Last Name,Email,Extension\n"
      ",New,Ek,new@x.de,103\n"
      "18446744073709551614,Ada,Ek,ada@x.de,163\n";
  job.executed(rows);
  CHECK(job.outcomes() == "rejected -, updated 18446744073709551614");
}

TEST_CASE("rows that are rejected take no id")
{
  Running job;
  job.validated(header + ",Bob,,301\n,Eve,,x\n,Zoe,,302\n");
  CHECK(job.outcomes() == "created 100, rejected -, created 101");
}

TEST_CASE("a delimiter that was asked for is used, and without one the known names decide")
{
  Running job;
  CHECK(job.validated("ID;Name;Email,Extension\n").dialect.delimiter == ';');
  job.options.dialect.delimiter = '|';
  CHECK(job.validated("ID|Name\n").dialect.delimiter == '|');
  CHECK(findings_of(job.validated("ID,Name\n")) == "header.missing");
}

TEST_CASE("what reads as a value where nothing is set is not changed by that value")
{
  schema::Schema schema = formats::clusterpbx();
  const auto dnd = std::find_if(schema.columns.begin(), schema.columns.end(),
                                [](const schema::Column& column) { return column.field == "dnd"; });
  schema.kinds[0].fields.push_back({"dnd", dnd->type, "false"});
  Running job{schema, R"({"user": [{"id": "1", "first_name": "Ada", "last_name": "Ek",
                          "email": "a@b.de", "extension": "201"}]})"};
  job.context.role = "client";
  job.validated(
      "ID,First Name,Last Name,Email,Extension,DND On\n1,Ada,Ek,a@b.de,201,0\n"
      "1,Ada,Ek,a@b.de,201,1\n");
  CHECK(job.outcomes() == "unchanged 1, rejected 1");
  job.validated("ID,First Name,Last Name,Email,Extension,DND On\n1,Ada,Ek,a@b.de,201,1\n");
  CHECK(job.outcomes() == "updated 1");
}

TEST_CASE("a schema with faults is an error that names them")
{
  Running job;
  job.schema.columns[1].header = "ID";
  const auto result = job.try_to_validate(two_rows);
  REQUIRE_FALSE(result.has_value());
  CHECK(result.assume_error().code() == ErrorCode::malformed);
  CHECK(result.assume_error().detail().starts_with("columns[1].header"));
}

TEST_CASE("options that make no sense are an error")
{
  Running job;
  job.options.dialect.delimiter = '"';
  CHECK(job.try_to_validate(two_rows).assume_error().code() == ErrorCode::wrong_use);
  job.options = {};
  job.options.limits.rows = 0;
  CHECK(job.try_to_validate(two_rows).assume_error().code() == ErrorCode::wrong_use);
}
