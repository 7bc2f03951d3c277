// secrecy.cpp: secrets that were made are fetched, to know what must be gone.
#include "torture/secrecy.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <vector>

#include "rollcall/sqlite_store.hpp"
#include "support/failing_vfs.hpp"

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

struct Changes final : public AuditSink {
  std::string text = {};
  void change(const AuditRecord& record) override { text.append(record.fields).append("\n"); }
};

struct Effects final : public EffectSink {
  std::string text = {};
  void effect(const WaitingEffect& effect) override { text.append(effect.fields).append("\n"); }
};

Result<std::string> look(const std::string& path)
{
  SystemSeams system;
  const tests::FailingVfs vfs; // does not wait for the disk
  ROLLCALL_TRY(auto store, SqliteStore::open(path, system.seams(), {.vfs = vfs.name()}));
  Jobs jobs;
  ROLLCALL_CHECK(store.find_jobs({}, jobs));
  Made made;
  made.values.emplace_back(canary);
  std::pmr::string shown;
  TextSink sink{shown};
  for (const JobId id : jobs.all) {
    ROLLCALL_TRY(const auto count, store.take_secrets(id, made));
    static_cast<void>(count);
    ROLLCALL_TRY(const auto record, store.job(id));
    shown += record->request;
    ROLLCALL_CHECK(write_job(*record, sink));
  }
  Changes changes;
  ROLLCALL_CHECK(store.audit({}, changes));
  Effects effects;
  ROLLCALL_CHECK(store.effects(effects));
  shown.append(changes.text).append(effects.text);
  // PINs are too short: they might stand in any number.
  std::erase_if(made.values, [](const std::string& value) {
    return std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
  });
  const auto find = [&](std::string_view where, std::string_view text) {
    for (const std::string& value : made.values)
      if (value.size() > 4 && text.find(value) != text.npos)
        return "a secret stands in " + std::string{where};
    return std::string{};
  };
  std::string wrong = find("what the store shows", shown);
  if (!wrong.empty() || !jobs.have_ended) return wrong;
  for (const JobId id : jobs.all) ROLLCALL_CHECK(store.purge(id));
  wrong = find("the file, after the purge", bytes_of(path));
  return wrong.empty() ? find("the log, after the purge", bytes_of(path + "-wal")) : wrong;
}

} // namespace

std::string look_for_secrets(const std::string& path)
{
  const auto looked = look(path);
  return looked.has_value() ? looked.assume_value()
                            : "looking for secrets: " + describe(looked.assume_error());
}

} // namespace rollcall::torture
