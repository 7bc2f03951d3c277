// Plans: made into memory or an output, opened where they lie, looked at, and carried out.
#include "plan.hpp"

#include "job.hpp"
#include "json/document.hpp"
#include "store.hpp"

namespace rollcall::capi {

Result<PlanBody::Held> PlanBody::hold()
{
  Held held;
  ROLLCALL_TRY(held.plan, InUse::take(in_use, "the plan"));
  if (source) {
    ROLLCALL_TRY(held.source, InUse::take(source->in_use(), "the source of the plan"));
  }
  return held;
}

Result<Source*> PlanBody::begin()
{
  if (source) return source->begin();
  reading = std::make_unique<MemorySource>(text);
  return reading.get();
}

std::unique_ptr<rollcall_plan> handle_of(std::shared_ptr<PlanBody> body)
{
  auto handle = std::make_unique<rollcall_plan>();
  handle->body = std::move(body);
  return handle;
}

namespace {

Result<void> copy(Source& source, Sink& sink, std::pmr::memory_resource* memory)
{
  std::pmr::vector<char> piece(std::size_t{64} * 1024, memory);
  for (;;) {
    ROLLCALL_TRY(const std::size_t size, source.read(std::as_writable_bytes(std::span{piece})));
    if (size == 0) return success();
    ROLLCALL_CHECK(sink.write({piece.data(), size}));
  }
}

// Keeps the end of what goes by: the last line of a plan is short.
class Tail final : public Sink {
 public:
  [[nodiscard]] Result<void> write(std::string_view bytes) override
  {
    return guarded([&]() -> Result<void> {
      text_.append(bytes);
      if (text_.size() > kept_bytes) text_.erase(0, text_.size() - kept_bytes);
      return success();
    });
  }

  // The digest that stands in the last line, if one does.
  [[nodiscard]] std::string digest() const
  {
    std::string_view line = text_;
    while (!line.empty() && line.back() == '\n') line.remove_suffix(1);
    line.remove_prefix(line.rfind('\n') + 1);
    json::Document document{{}};
    if (!document.read(line).has_value()) return {};
    return std::string{document.root().find("end").find("digest").text().value_or("")};
  }

 private:
  static constexpr std::size_t kept_bytes = std::size_t{64} * 1024;
  std::string text_;
};

Result<PlanSays> read(PlanBody& plan)
{
  PlanSays says;
  const Seams seams = plan.engine->seams();
  const auto begin = [&] { return plan.begin(); };
  ROLLCALL_TRY(Source * source, begin());
  ROLLCALL_TRY(says.format, format_in_plan(*source, seams));
  ROLLCALL_TRY(source, begin());
  ROLLCALL_TRY(says.path, path_in_plan(*source, seams));
  ROLLCALL_TRY(source, begin());
  Tail tail;
  ROLLCALL_CHECK(copy(*source, tail, seams.memory));
  says.digest = tail.digest();
  return says;
}

// Says a text that stands in the plan.
rollcall_status say(rollcall_plan* plan, std::string PlanSays::*which, rollcall_str* out,
                    rollcall_error** err) noexcept
{
  if (out != nullptr) *out = {nullptr, 0};
  return call(err, [&]() -> Result<void> {
    ROLLCALL_CHECK(given(plan, "plan"));
    ROLLCALL_CHECK(given(out, "out"));
    ROLLCALL_TRY(const auto held, plan->body->hold());
    static_cast<void>(held);
    if (!plan->body->says) {
      ROLLCALL_TRY(plan->body->says, read(*plan->body));
    }
    *out = str((*plan->body->says).*which);
    return success();
  });
}

Result<void> check(const JobGiven& given)
{
  ROLLCALL_CHECK(capi::given(given.schema, "schema"));
  ROLLCALL_CHECK(capi::given(given.source, "source"));
  return capi::given(given.directory, "directory");
}

Result<JobSummary> plan_into(Job& of, Sink& sink)
{
  return make_plan(of.schema(), of.source(), of.directory(), of.context(), of.options(),
                   of.origin(), sink, of.outputs(), of.seams());
}

} // namespace
} // namespace rollcall::capi

using namespace rollcall;
using namespace rollcall::capi;

rollcall_status rollcall_plan_make(const rollcall_schema* schema, rollcall_source* source,
                                   rollcall_directory* directory, const rollcall_context* context,
                                   const rollcall_job_options* options,
                                   const rollcall_outputs* outputs, rollcall_plan** plan,
                                   rollcall_report** report, rollcall_error** err)
{
  return start(options, report, plan, err, [&]() -> Result<Begun> {
    const JobGiven given{schema, source, directory, context, options, outputs};
    ROLLCALL_CHECK(check(given));
    ROLLCALL_TRY(auto job, Job::make(schema->body->engine, "plan", given));
    job->plan = std::make_shared<PlanBody>(schema->body->engine);
    return Begun{std::move(job), [](Job& of) {
                   TextSink sink{of.plan->text};
                   return plan_into(of, sink);
                 }};
  });
}

rollcall_status rollcall_plan_write(const rollcall_schema* schema, rollcall_source* source,
                                    rollcall_directory* directory, const rollcall_context* context,
                                    const rollcall_job_options* options,
                                    const rollcall_outputs* outputs, rollcall_output* plan,
                                    rollcall_report** report, rollcall_error** err)
{
  return start(options, report, nullptr, err, [&]() -> Result<Begun> {
    const JobGiven given{schema, source, directory, context, options, outputs, plan};
    ROLLCALL_CHECK(check(given));
    ROLLCALL_CHECK(capi::given(plan, "plan"));
    ROLLCALL_TRY(auto job, Job::make(schema->body->engine, "plan", given));
    return Begun{std::move(job), [](Job& of) { return plan_into(of, of.output()); }};
  });
}

rollcall_status rollcall_plan_open(const rollcall_engine* engine, rollcall_source* source,
                                   rollcall_plan** out, rollcall_error** err)
{
  return make(out, err, [&]() -> Result<std::unique_ptr<rollcall_plan>> {
    ROLLCALL_CHECK(given(engine, "engine"));
    ROLLCALL_CHECK(given(source, "source"));
    auto body = std::make_shared<PlanBody>(engine->engine);
    body->source = source->body;
    return handle_of(std::move(body));
  });
}

rollcall_status rollcall_plan_save(rollcall_plan* plan, rollcall_output* output,
                                   rollcall_error** err)
{
  return call(err, [&]() -> Result<void> {
    ROLLCALL_CHECK(given(plan, "plan"));
    ROLLCALL_TRY(const auto held, plan->body->hold());
    static_cast<void>(held);
    return write_into(output, [&](Sink& sink) -> Result<void> {
      ROLLCALL_TRY(Source* const source, plan->body->begin());
      return copy(*source, sink, plan->body->engine->memory());
    });
  });
}

rollcall_status rollcall_plan_digest(rollcall_plan* plan, rollcall_str* out, rollcall_error** err)
{
  return say(plan, &PlanSays::digest, out, err);
}

rollcall_status rollcall_plan_format(rollcall_plan* plan, rollcall_str* out, rollcall_error** err)
{
  return say(plan, &PlanSays::format, out, err);
}

rollcall_status rollcall_plan_source_path(rollcall_plan* plan, rollcall_str* out,
                                          rollcall_error** err)
{
  return say(plan, &PlanSays::path, out, err);
}

rollcall_status rollcall_plan_show(rollcall_plan* plan, const rollcall_schema* schema,
                                   const rollcall_show_options* options, rollcall_output* output,
                                   int32_t* is_whole, rollcall_error** err)
{
  if (is_whole != nullptr) *is_whole = 0;
  return call(err, [&]() -> Result<void> {
    ROLLCALL_CHECK(given(plan, "plan"));
    ROLLCALL_CHECK(check_size(options, "rollcall_show_options"));
    const rollcall_show_options copy = copied(options);
    ROLLCALL_CHECK(check_flags(copy.flags, ROLLCALL_SUMMARY_COLOUR, "rollcall_show_options.flags"));
    ShowOptions shown;
    if (schema != nullptr) shown.schema = &schema->body->schema;
    shown.colour = (copy.flags & ROLLCALL_SUMMARY_COLOUR) != 0;
    shown.name = text_of(copy.name);
    if (copy.columns != 0) shown.columns = copy.columns;
    if (copy.spool_folder != nullptr) shown.spool_folder = copy.spool_folder;
    ROLLCALL_TRY(const auto held, plan->body->hold());
    static_cast<void>(held);
    return write_into(output, [&](Sink& sink) -> Result<void> {
      ROLLCALL_TRY(Source* const source, plan->body->begin());
      ROLLCALL_TRY(const bool whole, show_plan(*source, shown, sink, plan->body->engine->seams()));
      if (is_whole != nullptr) *is_whole = whole ? 1 : 0;
      return success();
    });
  });
}

rollcall_status rollcall_plan_apply(const rollcall_schema* schema, rollcall_plan* plan,
                                    rollcall_directory* directory, const rollcall_context* context,
                                    const rollcall_job_options* options,
                                    const rollcall_outputs* outputs, rollcall_report** report,
                                    rollcall_error** err)
{
  return start(options, report, nullptr, err, [&]() -> Result<Begun> {
    ROLLCALL_CHECK(given(schema, "schema"));
    ROLLCALL_CHECK(given(plan, "plan"));
    ROLLCALL_CHECK(given(directory, "directory"));
    ROLLCALL_TRY(auto job, Job::make(schema->body->engine, "apply",
                                     {schema, nullptr, directory, context, options, outputs}));
    ROLLCALL_CHECK(job->hold(plan->body->in_use, "the plan"));
    if (plan->body->source) {
      if (job->planned() == plan->body->source)
        return wrong_use("a plan and the file that was planned are two sources");
      ROLLCALL_CHECK(job->hold(plan->body->source->in_use(), "the source of the plan"));
    }
    return Begun{std::move(job), [body = plan->body](Job& of) -> Result<JobSummary> {
                   ROLLCALL_TRY(Source* const source, body->begin());
                   return apply_plan(of.schema(), *source, of.directory(), of.context(),
                                     of.apply_options(), of.outputs(), of.seams());
                 }};
  });
}

void rollcall_plan_free(rollcall_plan* plan)
{
  delete plan;
}
