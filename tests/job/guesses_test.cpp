// What is guessed, and above all what is not: who writes guesses into a file must not find
// somebody else's number or team in it.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "formats/catalogue.hpp"
#include "job/mended.hpp"
#include "job/running.hpp"

using namespace rollcall;
using rollcall::tests::mended;
using rollcall::tests::Mended;
using rollcall::tests::Running;

namespace {

Running calls(std::string_view directory)
{
  Running job{formats::call_manager(), directory};
  job.context.role = "owner";
  return job;
}

Running generator(std::string_view directory)
{
  Running job{formats::extension_generator(), directory};
  job.context.role = "admin";
  return job;
}

// Neither suggested, nor counted as what could be mended, nor mended.
void check_not_guessed(Running& job, const std::string& file)
{
  CAPTURE(file);
  const JobSummary summary = job.validated(file);
  CHECK(job.report.text.find("unsafe_fix") == std::string::npos);
  CHECK(summary.counts.mendable().guess == 0);
  const Mended made = mended(job, file, true);
  CHECK(made.text == file);
  CHECK(made.done.guessed == 0);
}

void check_guessed(Running& job, const std::string& file, const std::string& wanted)
{
  CAPTURE(file);
  CHECK(job.validated(file).counts.mendable().guess == 1);
  const Mended made = mended(job, file, true);
  CHECK(made.text == wanted);
  CHECK(made.done.guessed == 1);
}

} // namespace

TEST_CASE("whose row it is is guessed within one step of the fingers, and of nobody else's name")
{
  Running job = calls(R"({"user": [{"upn": "bob@contoso.com"}, {"upn": "debra.berger@contoso.com"},
                                   {"upn": "eva@contoso.com"}]})");
  const std::string head = "UPN,Phone Number\n";
  for (const std::string_view other :
       {"ann@contoso.com", "ada@contoso.com", "debra.burgers@contoso.com",
        "debora.berger@contso.com", "bob@contoso.net"})
    check_not_guessed(job, head + std::string{other} + ",\n");
  check_guessed(job, head + "debra.burger@contoso.com,\n", head + "debra.berger@contoso.com,\n");
  check_guessed(job, head + "bob@contoso.con,\n", head + "bob@contoso.com,\n");
}

TEST_CASE("of names that are equally near none is guessed")
{
  Running users = calls(R"({"user": [{"upn": "jan@contoso.com"}, {"upn": "jon@contoso.com"}]})");
  check_not_guessed(users, "UPN\njen@contoso.com\n");
  Running job = calls(R"({"user": [{"upn": "a@x.de"}],
                          "location": [{"name": "Agenta"}, {"name": "Agentb"}]})");
  check_not_guessed(job, "UPN,Primary Location\na@x.de,Agentc\n");
  check_guessed(job, "UPN,Primary Location\na@x.de,Agemta\n",
                "UPN,Primary Location\na@x.de,Agenta\n");
}

TEST_CASE("the zeros that an extension may have lost are told and never written")
{
  Running job = generator(R"({"tenant": {"name": "acme"}, "extension": [{"extension": "0101"}]})");
  const std::string file = "Extension,First Name\n101,Ada\n";
  check_not_guessed(job, file);
  (void)job.validated(file);
  CHECK(job.report.text.find(R"("near": "0101")") != std::string::npos);
  CHECK(job.outcomes() == "created 101");
}

TEST_CASE("a column that is there is not what another one was meant to be, nor is one of two")
{
  Running job = calls(R"({"user": [{"upn": "a@x.de"}]})");
  check_not_guessed(job, "UPN,Display Name,Display Nmae\na@x.de,,\n");
  check_not_guessed(job, "UPN,Display Nmae,Dispay Name\na@x.de,,\n");
  check_guessed(job, "UPN,Display Nmae,Dispatch\na@x.de,,\n",
                "UPN,Display Name,Dispatch\na@x.de,,\n");
}

TEST_CASE("the plus that a spreadsheet took is guessed where the inventory has the number")
{
  const std::string host =
      R"({"tenant": {"name": "acme"}, "number": [{"e164": "+442071838750", "tenant": "acme"}]})";
  Running job = generator(host);
  const std::string head = "Extension,First Name,DID\n210,Ada,";
  check_guessed(job, head + "442071838750\n", head + "+442071838750\n");
  check_guessed(job, head + "44 (20) 7183-8750\n", head + "+442071838750\n");
  for (const std::string_view other : {"442071838751", "2071838750", "02071838750", "44"})
    check_not_guessed(job, head + std::string{other} + "\n");
  Running unlisted = generator(R"({"tenant": {"name": "acme"}})");
  check_not_guessed(unlisted, head + "442071838750\n");
}

TEST_CASE("a link to a number is that number, also where digits may have a plus")
{
  Running job{formats::clusterpbx(), R"({"user": []})"};
  job.context.role = "client";
  const std::string head =
      "First Name,Last Name,Email,Extension,Forward Number\nAda,Ek,a@x.de,101,";
  const Mended made = mended(job, head + "tel:+442071838750\n", false);
  CHECK(made.text == head + "+442071838750\n");
  CHECK(made.done.certain == 1);
  check_guessed(job, head + "tel:+44 20 7183 8750\n", head + "+442071838750\n");
}

TEST_CASE("a name with blanks round it is suggested to nobody, for no cell can say it")
{
  Running job = calls(R"({"user": [{"upn": "a@x.de"}], "location": [{"name": " leeds"}]})");
  check_not_guessed(job, "UPN,Primary Location\na@x.de,leeds\n");
}
