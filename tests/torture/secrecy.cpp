// secrecy.cpp: the database says which secrets were made, to know what must be gone.
#include "torture/secrecy.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <vector>

#include "rollcall/sqlite_store.hpp"
#include "support/failing_vfs.hpp"
#include "torture/asking.hpp"

namespace rollcall::torture {
namespace {

std::string bytes_of(const std::string& path)
{
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

struct Jobs final : public JobSink {
  std::vector<JobId> all = {};
  bool have_ended = true;
  void job(const JobRecord& record) override
  {
    all.push_back(record.id);
    have_ended = have_ended && has_ended(record.state);
  }
};

// All that stands in tables and kept files, but for secrets that wait and files as they were given.
std::string all_of_tables(const std::string& path)
{
  std::string all = ask(path, "SELECT " ROLLCALL_UNPACKED
                              " FROM piece p LEFT JOIN artifact a ON "
                              "a.id = p.artifact WHERE a.name IS NOT 'source'");
  std::istringstream tables{
      ask(path,
          "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN "
          "('made_secrets', 'piece')")};
  for (std::string table; std::getline(tables, table);)
    all += ask(path, ("SELECT * FROM " + table).c_str());
  return all;
}

// What lies beside the database, but for error rows, which are as given, and fetched secrets.
std::string all_of_files(const std::string& folder)
{
  std::string all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
    const std::string name = entry.path().filename().string();
    const bool may_have = name.starts_with("host.db") || name.starts_with("error_rows.csv") ||
                          name.starts_with("secrets.csv");
    if (entry.is_regular_file() && !may_have) all += name + "\n" + bytes_of(entry.path());
  }
  return all;
}

// In text, one of these values.
std::string find(const std::vector<std::string>& secrets, std::string_view where,
                 std::string_view text)
{
  for (const std::string& secret : secrets)
    if (text.find(secret) != text.npos) return "a secret stands in " + std::string{where};
  return {};
}

std::string bytes_of_store(const std::string& path)
{
  std::string all;
  for (const char* const suffix : {"", "-wal", "-shm", "-journal"}) all += bytes_of(path + suffix);
  return all;
}

Result<std::string> look(const Look& at)
{
  // Who opens it finishes what was begun. Until he closes it the log stays what it is.
  SystemSeams system;
  const tests::FailingVfs vfs; // does not wait for the disk
  ROLLCALL_TRY(auto store, SqliteStore::open(at.store, system.seams(), {.vfs = vfs.name()}));
  ROLLCALL_CHECK(store.check());
  if (at.groups != nullptr) // before they are purged, and forgotten
    *at.groups = ask_number(at.store, "SELECT groups FROM job ORDER BY id DESC LIMIT 1");
  std::vector<std::string> all = made_secrets(at.store);
  std::vector<std::string> gone = at.made_before;
  std::erase_if(gone, [&](const std::string& secret) {
    return std::find(all.begin(), all.end(), secret) != all.end();
  });
  all.insert(all.end(), gone.begin(), gone.end());
  for (const std::string_view given : {canary, canary_digits}) all.emplace_back(given);
  const bool is_purged = ask(at.store, "SELECT count(*) FROM job WHERE purged_ms = 0") == "0\n";
  std::string wrong =
      find(is_purged ? all : gone, "host.db, where it is gone", bytes_of_store(at.store));
  if (wrong.empty()) wrong = find(all, "a table", all_of_tables(at.store));
  if (wrong.empty()) wrong = find(all, "a file", all_of_files(at.folder));
  if (wrong.empty()) wrong = find(all, "what was said", at.said);
  Jobs jobs;
  ROLLCALL_CHECK(store.find_jobs({}, jobs));
  if (!wrong.empty() || !jobs.have_ended) return wrong;
  for (const JobId id : jobs.all) ROLLCALL_CHECK(store.purge(id));
  ROLLCALL_CHECK(store.check());
  return find(all, "host.db, after the purge", bytes_of_store(at.store));
}

} // namespace

std::vector<std::string> made_secrets(const std::string& store)
{
  std::vector<std::string> made;
  std::istringstream rows{ask(store, "SELECT value FROM secret")};
  for (std::string value; std::getline(rows, value);)
    if (value.find_first_not_of("0123456789") != value.npos) made.push_back(value);
  return made;
}

std::string look_for_secrets(const Look& at)
{
  const auto looked = look(at);
  return looked.has_value() ? looked.assume_value()
                            : "the store: " + describe(looked.assume_error());
}

} // namespace rollcall::torture
