// services.cpp: purges, and hands out secrets.
#include "torture/services.hpp"

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "rollcall/download.hpp"
#include "rollcall/output_file.hpp"
#include "torture/secrecy.hpp"

namespace rollcall::torture {
namespace {

constexpr JobId the_job = 1;

// While it is open, for who closes it last writes the log into the file.
Result<void> check_is_gone(const Folder& folder)
{
  for (const char* const suffix : {"", "-wal"}) {
    std::ifstream file{folder.store() + suffix, std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
    for (const std::string_view secret : {canary, canary_digits})
      if (bytes.find(secret) != bytes.npos)
        return Error{ErrorCode::internal, std::string{"a secret stands in host.db"} + suffix};
  }
  return success();
}

Result<End> purge(const Folder& folder, Machine& machine, SqliteStore& store, bool is_all)
{
  const auto work = [&] {
    return is_all ? store.purge_expired({.jobs = 0}) : store.purge(the_job);
  };
  ROLLCALL_TRY(const Purged gone, machine.points.between("purge:before", "purge:after", work));
  static_cast<void>(gone);
  ROLLCALL_CHECK(check_is_gone(folder));
  return End::ended;
}

Result<End> fetch(const Folder& folder, Machine& machine, SqliteStore& store)
{
  ROLLCALL_TRY(const JobDetails details, store.details(the_job));
  if (details.secrets_waiting == 0) return End::was_over;
  const Seams seams = machine.output_seams();
  ROLLCALL_TRY(auto file, OutputFile::create(seams, folder.file("secrets.csv")));
  const auto keep = [&] {
    return machine.points.between("keep:before", "keep:after", [&] { return file.commit(); });
  };
  const auto work = [&] { return download_secrets(store, the_job, file, keep, seams); };
  ROLLCALL_TRY(const std::uint64_t count,
               machine.points.between("fetch:before", "fetch:after", work));
  if (count == details.secrets_waiting) return End::ended;
  return Error{ErrorCode::internal, "not all secrets were fetched"};
}

struct Waiting final : public EffectSink {
  struct Each {
    std::uint64_t id = 0;
    JobId job = 0;
    std::string operation = {}, fields = {};
  };
  std::vector<Each> all = {};
  void effect(const WaitingEffect& effect) override
  {
    all.push_back(
        {effect.id, effect.job, std::string{effect.operation}, std::string{effect.fields}});
  }
};

// Each handle in its fields, of a secret that was made or that the file gave.
Result<void> read_secrets(const Waiting::Each& each, SqliteStore& store)
{
  const WaitingEffect effect{.id = each.id, .job = each.job, .operation = each.operation};
  const std::string begin = "\"" + each.operation + "/";
  for (std::size_t at = each.fields.find(begin); at != std::string::npos;
       at = each.fields.find(begin, at + 1)) {
    const std::size_t end = each.fields.find('"', at + 1);
    const auto handle = std::string_view{each.fields}.substr(at + 1, end - at - 1);
    ROLLCALL_TRY(const auto secret, store.secret_of(effect, handle));
    if (secret && secret->empty()) return Error{ErrorCode::internal, "a secret is empty"};
  }
  return success();
}

Result<End> do_effects(Machine& machine, SqliteStore& store)
{
  Waiting waiting;
  ROLLCALL_CHECK(store.effects(waiting));
  for (const Waiting::Each& each : waiting.all) {
    ROLLCALL_CHECK(read_secrets(each, store));
    ROLLCALL_CHECK(machine.points.between("effect_done:before", "effect_done:after",
                                          [&] { return store.effect_done(each.id); }));
  }
  return waiting.all.empty() ? End::was_over : End::ended;
}

} // namespace

Result<End> serve(const Workload& workload, const Folder& folder, Machine& machine,
                  SqliteStore& store)
{
  if (workload.verb == Verb::fetch) return fetch(folder, machine, store);
  if (workload.verb == Verb::effects_done) return do_effects(machine, store);
  return purge(folder, machine, store, workload.verb == Verb::expire);
}

} // namespace rollcall::torture
