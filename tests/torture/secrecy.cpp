// secrecy.cpp: secrets that were made are fetched, to know what must be gone.
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

struct Made final : public SecretTaker {
  std::vector<std::string> values = {};
  Result<void> secret(const MadeSecret& secret) override
  {
    values.emplace_back(secret.value);
    return success();
  }
  Result<void> keep() override { return success(); }
};

// All that stands in tables and kept files, but for secrets that wait and files as they were given.
std::string all_of_tables(const std::string& path)
{
  std::string all = ask(path,
                        "SELECT CAST(bytes AS TEXT) FROM piece WHERE artifact NOT IN "
                        "(SELECT id FROM artifact WHERE name = 'source')");
  std::istringstream tables{
      ask(path,
          "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN "
          "('made_secrets', 'piece')")};
  for (std::string table; std::getline(tables, table);)
    all += ask(path, ("SELECT * FROM " + table).c_str());
  return all;
}

// What lies beside the database, error rows excepted: they are as given, too.
std::string all_of_files(const std::string& folder)
{
  std::string all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
    const std::string name = entry.path().filename().string();
    const bool may_have = name.starts_with("host.db") || name.starts_with("error_rows.csv");
    if (entry.is_regular_file() && !may_have) all += name + "\n" + bytes_of(entry.path());
  }
  return all;
}

Result<std::string> look(const std::string& path, const std::string& folder)
{
  const std::string tables = all_of_tables(path);
  const std::string files = all_of_files(folder);
  SystemSeams system;
  const tests::FailingVfs vfs; // does not wait for the disk
  ROLLCALL_TRY(auto store, SqliteStore::open(path, system.seams(), {.vfs = vfs.name()}));
  Jobs jobs;
  ROLLCALL_CHECK(store.find_jobs({}, jobs));
  Made made;
  made.values.emplace_back(canary);
  for (const JobId id : jobs.all) {
    ROLLCALL_TRY(const auto count, store.take_secrets(id, made));
    static_cast<void>(count);
  }
  // Made PINs are too short: they might stand in any number.
  std::erase_if(made.values, [](const std::string& value) {
    return std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
  });
  made.values.emplace_back(canary_digits);
  const auto find = [&](std::string_view where, std::string_view text) {
    for (const std::string& value : made.values)
      if (value.size() > 4 && text.find(value) != text.npos)
        return "a secret stands in " + std::string{where};
    return std::string{};
  };
  std::string wrong = find("a table", tables);
  if (wrong.empty()) wrong = find("a file", files);
  if (!wrong.empty() || !jobs.have_ended) return wrong;
  for (const JobId id : jobs.all) ROLLCALL_CHECK(store.purge(id));
  for (const char* const suffix : {"", "-wal", "-shm", "-journal"})
    if (wrong.empty()) wrong = find("host.db, after the purge", bytes_of(path + suffix));
  return wrong;
}

} // namespace

std::string look_for_secrets(const std::string& store, const std::string& folder)
{
  const auto looked = look(store, folder);
  return looked.has_value() ? looked.assume_value()
                            : "looking for secrets: " + describe(looked.assume_error());
}

} // namespace rollcall::torture
