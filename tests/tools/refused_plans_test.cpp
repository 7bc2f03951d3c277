// Plans that are refused early leave behind what every job leaves, and plans of one's own formats
// are shown with what is not known of them.
#include <doctest/doctest.h>

#include <string>

#include "support/temporary_folder.hpp"
#include "tools/program.hpp"

#ifdef ROLLCALL_SQLITE

using namespace rollcall::tests;

namespace {

const std::string as_client = " --role client --actor ops ";

// A host, a file and its plan.
class Office {
 public:
  Office()
  {
    folder_.write("dir.json", R"({"phone_model": [], "user": [
      {"id": "3", "first_name": "Ann", "last_name": "Lee", "email": "ann@x.de",
       "extension": "101", "user_profile_id": "Agent"}],
      "user_profile": [{"id": "Agent"}, {"id": "Boss"}]})");
    folder_.write("users.csv",
                  "ID,First Name,Last Name,Email,Extension,User Profile ID\n"
                  "3,Ann,Lee,ann@x.de,101,Boss\n");
    CHECK(rollcall("init h.db --directory dir.json").exit == 0);
  }
  [[nodiscard]] Run rollcall(const std::string& arguments) const
  {
    return run_rollcall(arguments, folder_.path());
  }
  [[nodiscard]] Run run(const std::string& command) const
  {
    return run_shell(command, folder_.path());
  }
  [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }

 private:
  TemporaryFolder folder_;
};

} // namespace

TEST_CASE("a plan that is not there leaves a report, a job and the directory behind")
{
  const Office office;
  const std::string apply =
      "apply none.jsonl --format clusterpbx" + as_client + "--report rep.jsonl ";
  const Run run = office.rollcall(apply + "--directory dir.json --directory-out out.json");
  CHECK(run.exit == 3);
  CHECK(holds(office.folder().read("out.json"), "ann@x.de"));
  CHECK(holds(office.folder().read("rep.jsonl"), "\"state\": \"failed\""));
  CHECK(office.run("rm rep.jsonl").exit == 0);
  CHECK(office.rollcall(apply + "--db h.db").exit == 3);
  CHECK(holds(office.folder().read("rep.jsonl"), "\"state\": \"failed\""));
  const Run jobs = office.run("\"$ROLLCALL\" jobs --db h.db --role client | grep -c ' failed '");
  CHECK(jobs.out == "1\n");
}

TEST_CASE("a plan that no job can be made of is told in its report all the same")
{
  const Office office;
  CHECK(office
            .rollcall("plan users.csv -o p.jsonl --format clusterpbx --directory dir.json" +
                      as_client)
            .exit == 0);
  // By ctu a host without logins cannot be read, and neither could its jobs.
  for (const char* const host : {"--directory dir.json", "--db h.db"}) {
    const std::string apply = "apply p.jsonl --format ctu --role client --report r.jsonl ";
    CHECK(office.rollcall(apply + host).exit == 3);
    CHECK(holds(office.folder().read("r.jsonl"), "it was made for the format clusterpbx"));
    CHECK(office.run("head -c 99 p.jsonl >cut.jsonl; rm r.jsonl").exit == 0);
    CHECK(office.rollcall("apply cut.jsonl --report r.jsonl" + as_client + host).exit == 3);
    CHECK(holds(office.folder().read("r.jsonl"), "the text that begins here has no end"));
    CHECK(office.run("rm r.jsonl").exit == 0);
  }
  CHECK(office.rollcall("jobs --db h.db" + as_client).out == "there are no jobs\n");
}

TEST_CASE("what is not known of a plan without its format is said, and another one is refused")
{
  const Office office;
  CHECK(office
            .run("\"$ROLLCALL\" schema show clusterpbx | sed 's/\"clusterpbx\"/\"mypbx\"/' "
                 ">own.json")
            .exit == 0);
  CHECK(
      office
          .rollcall("plan users.csv -o p.jsonl --format own.json --directory dir.json" + as_client)
          .exit == 0);
  for (const char* const form : {"", " --findings html"}) {
    const Run blind = office.rollcall("show p.jsonl" + std::string{form});
    CHECK(blind.exit == 0);
    CHECK(holds(blind.out, "Needs a look"));
    CHECK(holds(blind.out, "not known without the schema of mypbx (--format FILE)"));
    const Run seen = office.rollcall("show p.jsonl --format own.json" + std::string{form});
    CHECK(holds(seen.out, "Other privileges"));
    CHECK_FALSE(holds(seen.out, "not known"));
    const Run other = office.rollcall("show p.jsonl --format ctu" + std::string{form});
    CHECK(other.exit == 2);
    CHECK(holds(other.err, "made for the format mypbx, not for ctu"));
  }
  CHECK(office.run("sed -i 's/\"title\": \"/&New /' own.json").exit == 0);
  CHECK(holds(office.rollcall("show p.jsonl --format own.json").out,
              "as mypbx has them today: it was another when the plan was made"));
}

TEST_CASE("a job that broke off says how to go on, whatever it was that broke it off")
{
  const Office office;
  std::string users = "ID,First Name,Last Name,Email,Extension\n";
  for (int i = 0; i != 20'000; ++i) {
    const std::string n = std::to_string(100'000 + i);
    users += ",Ada,Ek,a" + n + "@x.de," + n + "\n";
  }
  office.folder().write("many.csv", users);
  const Run run = office.run(
      "ulimit -f 8000; \"$ROLLCALL\" execute many.csv --format clusterpbx --db h.db" + as_client);
  CHECK(run.exit == 6);
  CHECK(holds(run.err,
              "rollcall execute: it broke off; to go on: rollcall resume 1 --db h.db --actor ops "
              "--role client\n"));
  const Run resumed = office.rollcall("resume 1 --db h.db" + as_client);
  CHECK(resumed.exit == 0);
  CHECK(holds(resumed.out, "20,000"));
  // However early that is.
  const Run early = office.run(
      "\"$ROLLCALL\" init full.db --directory dir.json; ulimit -f 400; \"$ROLLCALL\" execute "
      "many.csv --format clusterpbx --db full.db" +
      as_client);
  CHECK(early.exit == 6);
  CHECK(holds(early.err, "to go on: rollcall resume 1 --db full.db --actor ops --role client\n"));
  // A plan has nowhere to go then, but it is kept.
  const Run planned = office.run(
      "ulimit -f 8000; \"$ROLLCALL\" plan many.csv -o p.jsonl --format clusterpbx --db h.db" +
      as_client);
  CHECK(planned.exit == 6);
  CHECK(holds(planned.err, "to go on: rollcall resume 2 --db h.db --actor ops --role client\n"));
  const Run made = office.rollcall("resume 2 --db h.db" + as_client);
  CHECK(holds(made.out,
              "the plan: rollcall download 2 plan -o FILE --db h.db --actor ops --role client\n"));
  CHECK(office.rollcall("download 2 plan -o p.jsonl --db h.db" + as_client).exit == 0);
  CHECK(holds(office.run("head -n 1 p.jsonl").out, "/many.csv\""));
}

#endif
