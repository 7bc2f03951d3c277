// Which file it is about, and where: what leads to it, what is cut of its name, and what is no CSV.
#include <doctest/doctest.h>

#include <string>

#include "support/temporary_folder.hpp"
#include "tools/program.hpp"

using rollcall::tests::holds;
using rollcall::tests::Run;
using rollcall::tests::run_rollcall;
using rollcall::tests::run_shell;
using rollcall::tests::TemporaryFolder;
using namespace std::string_literals;

namespace {

const std::string as_client = " --format clusterpbx --role client ";
const std::string users = "ID,First Name,Last Name,Email,Extension\n,Ada,Ek,ada@x,101\n";

} // namespace

TEST_CASE("what is opened by its place has the path that was typed, and reports have the name")
{
  const TemporaryFolder folder;
  CHECK(run_shell("mkdir -p sub/dir", folder.path()).exit == 0);
  folder.write("sub/dir/users.csv", users);
  const auto found = [&](const std::string& path, const std::string& more) {
    return run_rollcall("validate " + path + " -q " + more + as_client, folder.path()).out;
  };
  for (const std::string path :
       {"sub/dir/users.csv", "./sub/dir/users.csv", "sub//dir/users.csv"}) {
    CAPTURE(path);
    CHECK(holds(found(path, "--findings text"), "--> sub/dir/users.csv:2"));
    CHECK(holds(found(path, "--findings github"), "file=sub/dir/users.csv,line=2"));
    CHECK(holds(found(path, "--findings sarif"), R"("uri": "sub/dir/users.csv")"));
    CHECK(found(path, "--findings html").find("sub/dir") == std::string::npos);
    CHECK(found(path, "--findings junit").find("sub/dir") == std::string::npos);
    CHECK(holds(found(path, "--report -"), R"("file": "users.csv")"));
  }
  const std::string whole = folder.path_of("sub/dir/users.csv");
  CHECK(holds(found("'" + whole + "'", "--findings text"), "--> " + whole + ":2"));
  CHECK(holds(found("sub/dir/users.csv", "--findings github --file-name as/asked.csv"),
              "file=as/asked.csv,"));
  CHECK(holds(found("- <sub/dir/users.csv", "--findings text"), "--> line 2"));
  // What is refused as a whole is as easily found.
  folder.write("sub/none.csv", "x\n1\n");
  CHECK(holds(found("sub/none.csv", "--findings github"), "file=sub/none.csv,"));
}

TEST_CASE("of a long path its end is shown, where the name stands")
{
  const TemporaryFolder folder;
  const std::string path = std::string(60, 'a') + "/" + std::string(60, 'b');
  const std::string name = "the-file-that-is-meant.csv";
  CHECK(run_shell("mkdir -p " + path, folder.path()).exit == 0);
  folder.write(path + "/" + name, users);
  const std::string validate = "validate " + path + "/" + name + as_client;
  CHECK(holds(run_rollcall(validate + "-q --findings text", folder.path()).out,
              "--> ..." + std::string(12, 'a') + "/" + std::string(60, 'b') + "/" + name + ":2,"));
  // Signs of several bytes are not cut apart.
  std::string signs;
  for (int i = 0; i != 100; ++i) signs += "\u00FC";
  const std::string called = "--file-name '" + signs + "users.csv'";
  const std::string shown = "..." + signs.substr(18) + "users.csv";
  CHECK(run_rollcall(validate + called, folder.path()).out.starts_with(shown + ": "));
  CHECK(holds(run_rollcall(validate + "-q --findings html " + called, folder.path()).out,
              "<h1>" + shown + "</h1>"));
}

TEST_CASE("a workbook is no CSV, and what is to be done about it is said at once")
{
  const TemporaryFolder folder;
  folder.write("users.xlsx", "PK\x03\x04\x14"s + std::string(200, '\0'));
  folder.write("users.csv", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"s + std::string(200, '\0'));
  for (const std::string& file : {"users.xlsx"s, "users.csv"s}) {
    for (const std::string& words : {"validate " + file + as_client, "fix " + file + as_client,
                                     "convert " + file + " --to ctu" + as_client, "rows " + file}) {
      CAPTURE(words);
      const Run run = run_rollcall(words, folder.path());
      CHECK(run.exit == 3);
      CHECK(holds(run.out + run.err, file + " cannot be read: it is a workbook or an archive"));
      CHECK(holds(run.out + run.err, "save its sheet as CSV UTF-8"));
    }
  }
  folder.write("pk.csv", "PK\n1\n"); // a word may begin so
  CHECK(run_rollcall("rows pk.csv", folder.path()).exit == 0);
}
