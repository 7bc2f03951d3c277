// What an expression or a setting comes to that is an empty text is nothing: what a report says is
// what the directory has afterwards.
#include <doctest/doctest.h>

#include <string>

#include "formats/catalogue.hpp"
#include "job/running.hpp"

namespace rollcall::tests {
namespace {

// A user, with a label that the text of a cell makes, and a box that is named by one.
schema::Schema labelled()
{
  using namespace schema;
  return {.id = "labelled",
          .title = "Labelled",
          .settings = {{.name = "site"}},
          .roles = {{.name = "writer", .may = {Action::validate, Action::execute}}},
          .kinds = {{.name = "user", .key = {"name"}, .fields = {{"label"}, {"site"}}},
                    {.name = "box", .key = {"id"}, .fields = {{"of"}}}},
          .columns = {{.field = "name", .header = "Name", .mandatory = always},
                      {.field = "box", .header = "Box"},
                      {.field = "note",
                       .header = "Note",
                       .on_create = Blank::fill,
                       .on_update = Blank::fill,
                       .fill = "'{box}'"}},
          .claims = {{.name = "label", .held_in = {{"user.label"}}}},
          .objects = {{.kind = "user",
                       .key = "name",
                       .create = "not exists(user, name)",
                       .update = "exists(user, name)",
                       .sets = {{.field = "label", .value = "'{box}'"},
                                {.field = "site", .value = "tenant.site"}}},
                      {.kind = "box",
                       .key = "'{new.note}'",
                       .create = "not exists(box, '{new.note}')",
                       .sets = {{.field = "of", .value = "name"}}}},
          .effects = {{.name = "mail", .fields = {{"to", "'{box}'"}, {"of", "name"}}}}};
}

constexpr std::string_view file = "Name,Box\nann,\nben,\ncem,b1\n";

} // namespace

TEST_CASE("an empty text is written as nothing, makes no object, and is nobody's claim")
{
  Running job{labelled(), R"({"tenant": {"site": ""}})"};
  CHECK(job.executed(file).created == 3);
  CHECK(job.lines()[0].find(R"("changes": [{"op": "create", "kind": "user", "key": "ann", )"
                            R"("fields": {}}], "effects": [{"effect": "mail", "of": "ann"}])") !=
        std::string::npos);
  CHECK(job.lines()[2].find(R"("fields": {"label": [null, "b1"]}})") != std::string::npos);
  CHECK(job.lines()[2].find(R"({"op": "create", "kind": "box", "key": "b1")") != std::string::npos);
}

TEST_CASE("the same file again changes nothing where empty texts would be written")
{
  Running job{labelled(), R"({"user": [{"name": "ann", "label": "x"}]})"};
  CHECK(job.executed(file).updated == 1);
  CHECK(job.lines()[0].find(R"("fields": {"label": ["x", null]})") != std::string::npos);
  CHECK(job.executed(file).unchanged == 3);
}

TEST_CASE("a setting that is left empty falls back to the defaults")
{
  constexpr std::string_view one = "Extension,First Name,MAC\n200,Ann,001b2c3d4e01\n";
  Running job{formats::extension_generator(),
              R"({"tenant": {"provisioning": true, "phone_model": "", "script": "", "name": ""},
                  "defaults": {"phone_model": "T46"}})"};
  job.context.role = "admin";
  CHECK(job.executed(one).created == 1);
  CHECK(job.report.text.find(R"("phone_model": [null, "T46"])") != std::string::npos);
  CHECK(job.report.text.find(R"("script": [null, "dial"])") != std::string::npos);
  job.directory.hold(R"({"tenant": {"provisioning": true, "phone_model": ""}})");
  CHECK(job.executed(one).warnings == 1);
  CHECK(job.report.text.find("mac.no_phone_model") != std::string::npos);
  job.directory.hold(R"({"tenant": {"multi_tenant": true, "name": ""}})");
  CHECK(job.executed(one).findings.front().code == Code::tenant_name);
}

TEST_CASE("secrets are made of ten different characters or more, and of a password's settings")
{
  Running job{formats::extension_generator(), "{}"};
  job.context.role = "admin";
  const auto refusals = [&](const std::string& password) {
    job.directory.hold(R"({"tenant": {"password": )" + password + "}}");
    std::string all;
    for (const Finding& found : job.validated("Extension,First Name\n200,Ann\n").findings)
      for (const Fact& fact : found.facts) all += fact.value + "; ";
    return all;
  };
  const std::string few = "password.alphabet; expected 10 different characters or more; ";
  CHECK(refusals(R"({"alphabet": "a"})") == few);
  CHECK(refusals(R"({"alphabet": "aabbccddeeffgghhii"})") == few);
  CHECK(refusals(R"({"alphabet": "äöüßéèáàó"})") == few);
  CHECK(refusals(R"({"alphabet": "äöüßéèáàóò"})").empty());
  CHECK(refusals(R"({"alphabet": ""})").empty());
  CHECK(refusals(R"("x")") == "password; expected an object; ");
  CHECK(refusals("[16]") == "password; expected an object; ");
  CHECK(refusals(R"("")").empty());
  CHECK(refusals("null").empty());
}

} // namespace rollcall::tests
