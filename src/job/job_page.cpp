// job_page.cpp: a job as its vendor's history shows it.
#include <memory_resource>
#include <string>
#include <vector>

#include "base/timestamp.hpp"
#include "expr/evaluator.hpp"
#include "rollcall/jobs.hpp"
#include "schema/compiled.hpp"

namespace rollcall {
namespace {

// Facts of a tenant or actor are not known here: null.
class JobFrame final : public expr::SingleRow {
 public:
  explicit JobFrame(const JobRecord& record)
      : record_{record},
        id_{std::to_string(record.id)},
        started_{record.started_ms == 0 ? "" : format_utc(record.started_ms)},
        ended_{record.ended_ms == 0 ? "" : format_utc(record.ended_ms)}
  {
  }

  [[nodiscard]] expr::Value value(const expr::Slot& slot, std::size_t /*row*/) const override
  {
    using schema::JobFact;
    if (slot.space != expr::Space::job) return {};
    const JobSummary& job = record_.summary;
    switch (static_cast<JobFact>(slot.index)) {
      case JobFact::id:
        return text(id_);
      case JobFact::state:
        return text(slug(record_.state));
      case JobFact::rows:
        return number(job.rows);
      case JobFact::created:
        return number(job.created);
      case JobFact::updated:
        return number(job.updated);
      case JobFact::unchanged:
        return number(job.unchanged);
      case JobFact::rejected:
        return number(job.rejected);
      case JobFact::withheld:
        return number(job.withheld);
      case JobFact::stale:
        return number(job.stale);
      case JobFact::failed:
        return number(job.failed);
      case JobFact::unknown:
        return number(job.unknown);
      case JobFact::warnings:
        return number(job.warnings);
      case JobFact::actor:
        return text(record_.actor);
      case JobFact::started:
        return text(started_);
      case JobFact::ended:
        return text(ended_);
      case JobFact::details: // the job itself, which the page opens
        return text(id_);
      case JobFact::file:
        return text(job.file);
      case JobFact::errors:
        return number(job.rejected + job.stale + job.failed + job.unknown);
    }
    return {};
  }

 private:
  static expr::Value text(std::string_view of)
  {
    return of.empty() ? expr::Value{} : expr::Value{.what = expr::What::text, .text = of};
  }
  static expr::Value number(std::uint64_t of)
  {
    return {.what = expr::What::integer, .integer = static_cast<std::int64_t>(of)};
  }

  const JobRecord& record_;
  std::string id_, started_, ended_;
};

} // namespace

Result<std::vector<PageCell>> page_of(const schema::Schema& schema, const JobRecord& record)
{
  return guarded([&]() -> Result<std::vector<PageCell>> {
    ROLLCALL_TRY(const auto compiled, schema::CompiledSchema::compile(schema));
    const JobFrame frame{record};
    expr::Evaluator evaluator{compiled.book(), *std::pmr::new_delete_resource()};
    std::vector<PageCell> page;
    for (const schema::CompiledCell& cell : compiled.job_page) {
      const expr::Value value = evaluator.value(cell.value, frame, 0);
      std::string text{value.text};
      if (value.what == expr::What::integer) text = std::to_string(value.integer);
      if (value.what == expr::What::truth) text = value.truth ? "true" : "false";
      page.push_back({cell.header, std::move(text)});
    }
    return page;
  });
}

} // namespace rollcall
