// Plans and stores: a store carries out what it has made itself, and keeps nothing of what it
// refuses.
#include <doctest/doctest.h>

#include <string>

#include "formats/catalogue.hpp"
#include "rollcall/plan.hpp"
#include "store/hosts.hpp"
#include "support/planning.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr std::string_view people = R"({"phone_model": [], "user": [
  {"id": "3", "first_name": "Ann", "last_name": "Lee", "email": "ann@acme.example",
   "web_password": true, "extension": "101"}]})";
constexpr std::string_view file =
    "ID,First Name,Last Name,Email,Web Passwords,Extension\r\n"
    "3,Ann,Lee,ann@acme.example,Rosebud-19,102\r\n";

class Office {
 public:
  Host host{people};
  SqliteStore store = host.open();
  schema::Schema schema = formats::clusterpbx();
  Context context = {.name = "ada", .role = "client"};
  std::unique_ptr<Directory> directory = must(store.directory(schema));

  std::string plan(JobStore* in)
  {
    MemorySource source{file};
    std::pmr::string made;
    TextSink sink{made};
    const JobSummary job = must(
        make_plan(schema, source, *directory, context, {.store = in}, {}, sink, {}, host.seams()));
    REQUIRE(job.updated == 1);
    return std::string{made};
  }

  // What is said of it, and how much the store keeps afterwards.
  std::string apply(std::string_view text, ApplyOptions how = {},
                    std::string_view source_text = file)
  {
    MemorySource plan{text};
    MemorySource source{source_text};
    how.store = &store;
    if (!source_text.empty()) how.source = &source;
    const JobSummary job =
        must(apply_plan(schema, plan, *directory, context, how, {}, host.seams()));
    if (job.findings.empty()) return std::string{slug(job.state)};
    std::string said;
    for (const Finding& finding : job.findings) said += render_message(finding);
    const std::string kept =
        host.sql("SELECT count(*) FROM artifact WHERE job = " + std::to_string(job.id));
    CHECK(kept.substr(0, 1) == "0");
    return said;
  }
};

bool says(const std::string& text, std::string_view what)
{
  CAPTURE(text);
  return text.find(what) != std::string::npos;
}

} // namespace

TEST_CASE("a store carries out a plan that it has sealed, and no other one")
{
  Office office;
  const std::string plan = office.plan(&office.store);
  CHECK(says(plan, "\"seal\":\""));

  // Somebody writes another extension, and knows how a digest is made.
  auto lines = lines_of(plan);
  lines[1].replace(lines[1].find("\"102\""), 5, "\"103\"");
  const std::string seal = lines.back().substr(lines.back().find(",\"seal\""));
  lines.back().erase(lines.back().find(",\"seal\"")).append("}}");
  const std::string forged = signed_plan(lines);
  CHECK(says(office.apply(forged), "seal"));
  std::string with_seal = forged;
  with_seal.replace(with_seal.rfind("}}"), 2, seal);
  CHECK(says(office.apply(with_seal), "seal"));

  // A plan that was made elsewhere has none.
  const std::string elsewhere = office.plan(nullptr);
  CHECK_FALSE(says(elsewhere, "\"seal\""));
  CHECK(says(office.apply(elsewhere), "seal"));

  CHECK(office.apply(plan) == "succeeded");
}

TEST_CASE("who trusts a plan that no store has sealed says so")
{
  Office office;
  const std::string elsewhere = office.plan(nullptr);
  CHECK(office.apply(elsewhere, {.takes_unsealed = true}) == "succeeded");
}

TEST_CASE("of a plan that is refused a store keeps neither plan nor file")
{
  Office office;
  const std::string plan = office.plan(&office.store);
  CHECK(says(office.apply(plan, {}, "ID\r\n"), "not the file that was planned"));
  CHECK(says(office.apply(plan, {}, ""), "secrets"));
  CHECK(says(office.apply(plan.substr(0, plan.size() / 2)), "line"));
  office.context.role = "reseller";
  CHECK(says(office.apply(plan), "may not"));
  office.context.role = "client";
  CHECK(office.apply(plan) == "succeeded");
}

TEST_CASE("a plan does not change what rows of its format only look at")
{
  Office office;
  auto lines = lines_of(office.plan(nullptr));
  const std::string row = lines[1];
  lines[1].replace(lines[1].find("\"changes\":["), 11,
                   R"("changes":[{"op":"delete","kind":"phone_model","key":"1","fields":{}},)");
  CHECK(says(office.apply(signed_plan(lines), {.takes_unsealed = true}), "do not make"));
}

TEST_CASE("a plan deletes nothing, unless it is one of an undo")
{
  Office office;
  auto lines = lines_of(office.plan(nullptr));
  lines[1].replace(lines[1].find("\"changes\":["), 11,
                   R"("changes":[{"op":"delete","kind":"user","key":"8","fields":{}},)");
  CHECK(says(office.apply(signed_plan(lines), {.takes_unsealed = true}), "only an undo does"));
}
