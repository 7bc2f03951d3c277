// effect_secrets.cpp: goes through plan and file as far as the row that an effect is of.
#include "rollcall/effect_secrets.hpp"

#include <charconv>
#include <map>
#include <utility>
#include <vector>

#include "apply/column_secrets.hpp"
#include "base/siphash.hpp"
#include "check/facts.hpp"
#include "check/known_objects.hpp"
#include "job/job_request.hpp"
#include "plan/plan_reader.hpp"

namespace rollcall {
namespace {

using schema::CompiledSchema;

// {operation}/{change}/{field}, of which the operation is {plan}-{the last row of its group}.
struct Handle {
  std::uint64_t row = 0;
  std::uint32_t change = 0;
  std::string_view field = {};
};

template <class Number>
bool read_number(std::string_view text, Number& number) noexcept
{
  const auto [at, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  return fault == std::errc{} && at == text.data() + text.size();
}

std::optional<Handle> handle_in(std::string_view text, std::string_view operation,
                                std::string_view plan)
{
  Handle made;
  if (!text.starts_with(operation) || !operation.starts_with(plan)) return {};
  text.remove_prefix(operation.size());
  operation.remove_prefix(plan.size());
  if (!operation.starts_with('-') || !read_number(operation.substr(1), made.row)) return {};
  const std::size_t slash = text.find('/', 1);
  if (!text.starts_with('/') || slash == text.npos) return {};
  if (!read_number(text.substr(1, slash - 1), made.change)) return {};
  made.field = text.substr(slash + 1);
  return made;
}

// A secret that the file gives to a field.
struct Given {
  std::uint32_t change = 0; // of the group
  std::uint64_t row = 0;
  schema::FieldRef field = {};
};

struct GivenToGroup {
  std::uint32_t changes = 0;
  std::vector<Given> secrets = {};
  void add(const plan::PlanRow& row)
  {
    for (const Change& change : row.result.changes) {
      for (const FieldChange& field : change.fields)
        if (field.secret == SecretFrom::column)
          secrets.push_back({changes, row.result.number, {change.kind, field.field}});
      ++changes;
    }
  }
};

// A file that may not be there.
Result<std::unique_ptr<Source>> kept(JobStore& store, JobId id, std::string_view name)
{
  auto found = store.read_artifact(id, name);
  if (found.has_value() || found.assume_error().code() != ErrorCode::not_found) return found;
  return std::unique_ptr<Source>{};
}

} // namespace

class EffectSecrets::Body {
 public:
  Body(JobService& service, JobId job, job::JobRequest&& request, CompiledSchema&& schema,
       const SipKey& key, Directory& directory, const Seams& seams)
      : service_{service},
        job_{job},
        request_{std::move(request)},
        schema_{std::move(schema)},
        memory_{seams.memory},
        known_{schema_, directory, key, *seams.memory},
        facts_{schema_, known_, *seams.memory},
        texts_{seams.memory}
  {
  }

  Result<void> open(JobStore& store)
  {
    ROLLCALL_TRY(plan_file_, kept(store, job_, "plan"));
    ROLLCALL_TRY(file_, kept(store, job_, "source"));
    return success();
  }

  Result<std::optional<std::string>> find(const WaitingEffect& effect, std::string_view handle)
  {
    if (effect.job != job_)
      return Error{ErrorCode::wrong_use, "the effect is of job " + std::to_string(effect.job)};
    ROLLCALL_TRY(const bool waits, service_.waits(effect.id));
    if (!waits) return std::optional<std::string>{};
    ROLLCALL_TRY(std::optional<std::string> found, service_.secret_of(effect, handle));
    if (found || !plan_file_ || !file_) return found;
    if (!plan_) {
      ROLLCALL_CHECK(begin());
      ROLLCALL_CHECK(read_facts());
    }
    const auto sought = handle_in(handle, effect.operation, plan_->header().id);
    if (!sought) return found;
    if (sought->row < row_) ROLLCALL_CHECK(begin());
    ROLLCALL_CHECK(go_to(sought->row));
    if (row_ != sought->row) return found;
    for (const Given& given : at_row_.secrets) {
      const schema::CompiledKind& kind = schema_.kinds[given.field.kind];
      if (given.change != sought->change || kind.fields[given.field.field].name != sought->field)
        continue;
      ROLLCALL_TRY(const Secret value, read(given));
      found.emplace(value.view());
    }
    return found;
  }

 private:
  Result<void> begin()
  {
    ROLLCALL_CHECK(plan_file_->rewind());
    ROLLCALL_TRY(auto plan, plan::PlanReader::open(*plan_file_, memory_));
    plan_.emplace(std::move(plan));
    ROLLCALL_CHECK(plan_->bind(schema_));
    open_.clear();
    at_row_ = {};
    row_ = 0;
    return success();
  }

  // Which columns the file may have.
  Result<void> read_facts()
  {
    Context context = request_.context;
    if (context.options.empty()) context.options = plan_->header().context.options;
    ROLLCALL_CHECK(facts_.read(context));
    ROLLCALL_TRY(const auto faults, facts_.check()); // of settings as they are now: nobody asked
    static_cast<void>(faults);
    return success();
  }

  // As far as that row, or to the end.
  Result<void> go_to(std::uint64_t row)
  {
    while (row_ < row) {
      texts_.release();
      plan::PlanRow next;
      ROLLCALL_TRY(const bool is_row, plan_->next(next, texts_));
      if (!is_row) return success();
      row_ = next.result.number;
      at_row_ = {};
      if (next.group == 0) {
        if (row_ == row) at_row_.add(next);
        continue;
      }
      const auto group = open_.try_emplace(next.group).first;
      group->second.add(next);
      if (!next.is_last) continue;
      at_row_ = std::move(group->second);
      open_.erase(group);
    }
    return success();
  }

  Result<Secret> read(const Given& given)
  {
    if (!columns_ || given.row < row_read_)
      columns_.emplace(schema_, facts_, file_.get(), plan_->header(), request_.limits, memory_);
    row_read_ = given.row;
    return columns_->find(given.row, given.field);
  }

  JobService& service_;
  JobId job_;
  job::JobRequest request_;
  CompiledSchema schema_;
  std::pmr::memory_resource* memory_;
  check::KnownObjects known_;
  check::Facts facts_;
  std::unique_ptr<Source> plan_file_, file_;
  std::optional<plan::PlanReader> plan_;
  std::optional<apply::ColumnSecrets> columns_;
  std::pmr::monotonic_buffer_resource texts_;    // of the row
  std::map<plan::RowNumber, GivenToGroup> open_; // groups that are not whole yet
  GivenToGroup at_row_;                          // of the group that ends there
  std::uint64_t row_ = 0, row_read_ = 0;
};

EffectSecrets::EffectSecrets(std::unique_ptr<Body> body) noexcept : body_{std::move(body)} {}
EffectSecrets::EffectSecrets(EffectSecrets&&) noexcept = default;
EffectSecrets& EffectSecrets::operator=(EffectSecrets&&) noexcept = default;
EffectSecrets::~EffectSecrets() = default;

Result<EffectSecrets> EffectSecrets::open(JobStore& store, JobService& service, JobId id,
                                          Directory& directory, Seams seams)
{
  return guarded([&]() -> Result<EffectSecrets> {
    ROLLCALL_TRY(const auto record, store.job(id));
    if (!record) return Error{ErrorCode::not_found, "there is no job " + std::to_string(id)};
    ROLLCALL_TRY(job::JobRequest request, job::request_of(*record));
    ROLLCALL_TRY(CompiledSchema schema, CompiledSchema::compile(request.schema));
    ROLLCALL_TRY(const SipKey key, make_sip_key(*seams.random));
    auto body = std::make_unique<Body>(service, id, std::move(request), std::move(schema), key,
                                       directory, seams);
    ROLLCALL_CHECK(body->open(store));
    return EffectSecrets{std::move(body)};
  });
}

Result<std::optional<std::string>> EffectSecrets::find(const WaitingEffect& effect,
                                                       std::string_view handle)
{
  return guarded([&] { return body_->find(effect, handle); });
}

} // namespace rollcall
