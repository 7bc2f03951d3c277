// export.cpp: the header row of a format, and all objects in the form in which they would be
// imported: reading it back changes nothing.
#include <algorithm>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/siphash.hpp"
#include "base/unicode.hpp"
#include "check/columns.hpp"
#include "check/facts.hpp"
#include "check/typed.hpp"
#include "check/values.hpp"
#include "job/export_again.hpp"
#include "job/job_run.hpp"
#include "job/offering.hpp"
#include "job/remembered.hpp"
#include "job/settle.hpp"
#include "job/store_watcher.hpp"
#include "job/tee.hpp"
#include "rollcall/csv_writer.hpp"
#include "rollcall/job.hpp"

namespace rollcall {
namespace {

using schema::CompiledSchema;

// An object that is exported, as expressions see it.
class ObjectFrame final : public expr::SingleRow {
 public:
  ObjectFrame(const CompiledSchema& schema, const check::Facts& facts, std::uint16_t kind)
      : schema_{schema}, facts_{facts}, kind_{kind}, lookups_(schema.book().lookups().size())
  {
  }
  void show(const check::Known& object) noexcept { object_ = &object; }
  void found(std::size_t lookup, const check::Known* object) { lookups_[lookup] = object; }

  [[nodiscard]] expr::Value value(const expr::Slot& slot, std::size_t /*row*/) const override
  {
    if (slot.space == expr::Space::object)
      return check::value_of(schema_, kind_, object_, slot.field);
    if (slot.space == expr::Space::lookup) {
      const expr::Lookup& lookup = schema_.book().lookups()[slot.index];
      return check::value_of(schema_, lookup.kind, lookups_[slot.index], slot.field);
    }
    return facts_.value(slot, 0);
  }

 private:
  const CompiledSchema& schema_;
  const check::Facts& facts_;
  std::uint16_t kind_;
  const check::Known* object_ = nullptr;
  std::vector<const check::Known*> lookups_;
};

bool is_number(std::string_view text) noexcept
{
  return !text.empty() && check::is_all_digits(text);
}

// Numbers by number and before other texts.
bool comes_before(std::string_view a, std::string_view b, bool by_number) noexcept
{
  if (by_number && is_number(a) != is_number(b)) return is_number(a);
  if (by_number && is_number(a)) {
    const auto bare = [](std::string_view text) {
      const std::size_t at = text.find_first_not_of('0');
      return at == text.npos ? std::string_view{} : text.substr(at);
    };
    const std::string_view left = bare(a);
    const std::string_view right = bare(b);
    if (left.size() != right.size()) return left.size() < right.size();
    if (left != right) return left < right;
  }
  return a < b;
}

std::string cell_text(const schema::CompiledColumn& column, const expr::Value& value)
{
  if (value.what == expr::What::integer) return std::to_string(value.integer);
  if (value.what != expr::What::truth) return std::string{value.text};
  const auto* const boolean = std::get_if<schema::Boolean>(&column.column->type);
  if (boolean == nullptr) return value.truth ? "true" : "false";
  const auto& words = value.truth ? boolean->yes : boolean->no;
  return words.empty() ? std::string{} : words.front();
}

// Keeps what the directory shows, since it can be asked about an object only when it has shown all
// of them; rows are made one at a time.
class Exporting final : public ObjectSink {
 public:
  Exporting(const CompiledSchema& schema, check::KnownObjects& known, const check::Facts& facts,
            std::span<const check::ReadyColumn> columns, std::pmr::memory_resource& memory)
      : schema_{schema},
        known_{known},
        columns_{columns},
        frame_{schema, facts, schema.exports->kind},
        evaluator_{schema.book(), memory},
        kept_{&memory},
        objects_{&memory}
  {
  }

  void object(std::size_t /*asked*/, const ObjectView& object) override
  {
    std::pmr::polymorphic_allocator<> allocator{&kept_};
    const std::size_t count = object.fields.size();
    auto* const fields = allocator.allocate_object<std::optional<std::string_view>>(count);
    std::uninitialized_default_construct_n(fields, count);
    for (std::size_t i = 0; i != count; ++i)
      if (object.fields[i]) fields[i] = keep(*object.fields[i]);
    objects_.push_back({.key = keep(object.key), .fields = {fields, count}});
  }

  // How many there were.
  Result<std::uint64_t> write(csv::Writer& writer, JobWatcher* watcher)
  {
    constexpr std::uint64_t objects_between_questions = 4096;
    const bool by_number = is_ordered_by_number();
    std::stable_sort(objects_.begin(), objects_.end(),
                     [&](const check::Known& a, const check::Known& b) {
                       return comes_before(order_of(a), order_of(b), by_number);
                     });
    std::uint64_t rows = 0;
    std::uint64_t seen = 0;
    for (const check::Known& object : objects_) {
      if (seen++ % objects_between_questions == 0)
        ROLLCALL_CHECK(job::ask(watcher, {.step = JobStep::judges, .rows = rows}));
      known_.make_room();
      frame_.show(object);
      ROLLCALL_TRY(const bool is_meant, is_exported());
      if (!is_meant) continue;
      for (std::size_t column = 0; column != schema_.columns.size(); ++column) {
        if (!columns_[column].is_offered) continue;
        ROLLCALL_TRY(const std::string cell, this->cell(column));
        writer.cell(cell);
      }
      writer.end_row();
      ++rows;
    }
    return rows;
  }

 private:
  std::string_view keep(std::string_view text)
  {
    if (text.empty()) return {};
    auto* const at = static_cast<char*>(kept_.allocate(text.size(), 1));
    std::copy(text.begin(), text.end(), at);
    return {at, text.size()};
  }

  [[nodiscard]] bool is_ordered_by_number() const
  {
    const auto& kind = schema_.kinds[schema_.exports->kind];
    const std::uint16_t order = schema_.exports->order.field;
    const schema::Type& type =
        order == expr::key_field || order == schema::none ? kind.key.type : kind.fields[order].type;
    return std::holds_alternative<schema::Id>(type) ||
           std::holds_alternative<schema::Extension>(type);
  }

  [[nodiscard]] std::string_view order_of(const check::Known& object) const
  {
    const std::uint16_t order = schema_.exports->order.field;
    if (order == expr::key_field) return object.key;
    return order == schema::none ? std::string_view{} : object.fields[order].value_or("");
  }

  // The object that is shown.
  Result<bool> is_exported()
  {
    const auto& filter = schema_.exports->filter;
    if (!filter) return true;
    ROLLCALL_CHECK(look_up(*filter));
    return evaluator_.condition(*filter, frame_, 0);
  }

  Result<void> look_up(expr::ProgramId program)
  {
    for (const std::uint16_t lookup : schema_.book().program(program).lookups) {
      const expr::Lookup& about = schema_.book().lookups()[lookup];
      const expr::Value key = evaluator_.value(about.key, frame_, 0);
      const check::Known* found = nullptr;
      if (key.what == expr::What::text)
        ROLLCALL_CHECK(known_.find({about.kind, about.field}, {&key.text, 1}, {&found, 1}));
      frame_.found(lookup, found);
    }
    return success();
  }

  // Secrets stay empty.
  Result<std::string> cell(std::size_t column)
  {
    if (schema_.columns[column].is_secret) return std::string{};
    const expr::ProgramId program = schema_.exports->cells[column];
    ROLLCALL_CHECK(look_up(program));
    const expr::Value value = evaluator_.value(program, frame_, 0);
    std::string text = cell_text(schema_.columns[column], value);
    evaluator_.forget();
    return text;
  }

  const CompiledSchema& schema_;
  check::KnownObjects& known_;
  std::span<const check::ReadyColumn> columns_;
  ObjectFrame frame_;
  expr::Evaluator evaluator_;
  std::pmr::monotonic_buffer_resource kept_;
  std::pmr::vector<check::Known> objects_;
};

Result<void> put_header(csv::Writer& writer, const CompiledSchema& schema,
                        std::span<const check::ReadyColumn> columns)
{
  for (std::size_t column = 0; column != columns.size(); ++column)
    if (columns[column].is_offered) writer.cell(schema.columns[column].column->header);
  writer.end_row();
  return success();
}

Result<void> check_exports(const CompiledSchema& compiled)
{
  if (compiled.exports) return success();
  return Error{ErrorCode::wrong_use, "the format " + compiled.schema().id + " has no export"};
}

Result<JobSummary> write_all(const CompiledSchema& compiled, Directory& directory,
                             schema::Action action, const Context& context, Sink& sink, Seams seams,
                             JobWatcher* watcher)
{
  return guarded([&]() -> Result<JobSummary> {
    ROLLCALL_TRY(const SipKey key, make_sip_key(*seams.random));
    const bool exports = action == schema::Action::export_;
    job::Offering offering{compiled, directory, key, seams};
    JobSummary& job = offering.job;
    ROLLCALL_TRY(const bool is_offered, offering.open(compiled, action, context));
    if (!is_offered) return std::move(job);
    const auto& columns = offering.columns;
    ROLLCALL_TRY(csv::Writer writer,
                 csv::Writer::open(sink, {.guard = csv::Guard::text, .memory = seams.memory}));
    ROLLCALL_CHECK(put_header(writer, compiled, columns));
    if (exports) {
      Exporting exporting{compiled, offering.known, offering.facts, columns, *seams.memory};
      ROLLCALL_CHECK(directory.scan(compiled.exports->kind, exporting));
      ROLLCALL_TRY(job.rows, exporting.write(writer, watcher));
      job.unchanged = job.rows;
    }
    ROLLCALL_CHECK(writer.finish());
    job::settle(job);
    ROLLCALL_CHECK(sink.publish());
    return std::move(job);
  });
}

// Remembered, with its file as the result. (To write to both publishes neither.)
Result<JobSummary> write_job_of(const CompiledSchema& compiled, Directory& directory,
                                const Context& context, Sink& sink, Seams seams,
                                const ExportOptions& options, JobId from)
{
  ROLLCALL_CHECK(check_exports(compiled));
  const schema::Schema& schema = compiled.schema();
  const job::JobRequest request{.schema = schema, .context = context};
  const std::string& name =
      options.file_name.empty() ? schema.exports->file_name : options.file_name;
  ROLLCALL_TRY(auto kept,
               job::Remembered::begin(options.store, "export", name, request, seams, from));
  job::StoreWatcher watcher{kept, options.watcher, *seams.clock};
  const auto write = [&]() -> Result<JobSummary> {
    ROLLCALL_TRY(const auto artifact, options.store->write_artifact(kept.id(), "result"));
    job::Tee both{sink, *artifact};
    ROLLCALL_TRY(JobSummary job, write_all(compiled, directory, schema::Action::export_, context,
                                           both, seams, &watcher));
    if (job.refusal == Refusal::none) ROLLCALL_CHECK(artifact->finish());
    job.id = kept.id();
    job.file = name;
    return job;
  };
  Result<JobSummary> done = guarded(write);
  const Outputs none;
  if (done.has_value()) done = kept.finish(std::move(done), {.outputs = none, .made = &sink});
  if (done.has_value()) return done;
  // There is nothing to go on with, so it is over.
  const bool was_stopped = done.assume_error().code() == ErrorCode::cancelled;
  JobSummary over{.format = schema.id,
                  .action = "export",
                  .state = was_stopped ? JobState::cancelled : JobState::failed};
  over.file = name;
  static_cast<void>(kept.end(over).has_value()); // the first failure is the one to tell
  return done;
}

} // namespace

Result<JobSummary> write_template(const schema::Schema& schema, Directory& directory,
                                  const Context& context, Sink& sink, Seams seams)
{
  return guarded([&]() -> Result<JobSummary> {
    ROLLCALL_TRY(const auto compiled, CompiledSchema::compile(schema));
    return write_all(compiled, directory, schema::Action::template_, context, sink, seams, nullptr);
  });
}

Result<JobSummary> write_export(const schema::Schema& schema, Directory& directory,
                                const Context& context, Sink& sink, Seams seams,
                                const ExportOptions& options)
{
  return guarded([&]() -> Result<JobSummary> {
    ROLLCALL_TRY(const auto compiled, CompiledSchema::compile(schema));
    if (options.store != nullptr)
      return write_job_of(compiled, directory, context, sink, seams, options, 0);
    ROLLCALL_CHECK(check_exports(compiled));
    return write_all(compiled, directory, schema::Action::export_, context, sink, seams,
                     options.watcher);
  });
}

Result<JobSummary> job::export_again(const CompiledSchema& schema, Directory& directory,
                                     const Context& context, Sink& sink, Seams seams,
                                     const ExportOptions& options, JobId from)
{
  return write_job_of(schema, directory, context, sink, seams, options, from);
}

} // namespace rollcall
