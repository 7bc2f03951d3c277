// plan_writer.hpp: writes a plan: a header, a line a row in the order of the file, a trailer
// (docs/reference/plan.md).
//
//   ROLLCALL_TRY(auto plan, PlanWriter::open(sink, schema, memory));
//   plan.put_header(header);
//   plan.put_row(row);
//   ROLLCALL_CHECK(plan.finish(end));
//
// The same calls make the same bytes. No secret gets here: changes do not have them.
#ifndef ROLLCALL_PLAN_PLAN_WRITER_HPP
#define ROLLCALL_PLAN_PLAN_WRITER_HPP

#include <memory>
#include <memory_resource>

#include "json/writer.hpp"
#include "plan/plan_digest.hpp"
#include "plan/plan_header.hpp"
#include "plan/plan_row.hpp"
#include "rollcall/sink.hpp"
#include "schema/compiled.hpp"

namespace rollcall::plan {

class PlanWriter {
 public:
  // Sink and schema outlive it. Who has a seal seals the plan with it.
  [[nodiscard]] static Result<PlanWriter> open(Sink& sink, const schema::CompiledSchema& schema,
                                               std::pmr::memory_resource* memory, Seal seal = {});

  void put_header(const PlanHeader& header);
  void put_row(const PlanRow& row);
  // The next rows as PlanRowWriter has made them, each with its line end; so many of them are the
  // last of a group.
  [[nodiscard]] Result<void> put_lines(std::string_view lines, std::uint64_t groups);
  [[nodiscard]] bool has_failed() const noexcept { return writer_.has_failed(); }
  // `end.groups` is filled in.
  [[nodiscard]] Result<void> finish(PlanEnd& end);

 private:
  // What goes to the sink, as it goes.
  class Digested final : public Sink {
   public:
    explicit Digested(Sink& sink) noexcept : sink_{&sink} {}
    [[nodiscard]] Result<void> write(std::string_view bytes) override
    {
      digest_.add(bytes);
      return sink_->write(bytes);
    }
    [[nodiscard]] PlanDigest& digest() noexcept { return digest_; }

   private:
    Sink* sink_;
    PlanDigest digest_;
  };

  PlanWriter(std::unique_ptr<Digested>&& digested, json::Writer&& writer, Sink& sink,
             const schema::CompiledSchema& schema, std::pmr::memory_resource* memory, Seal&& seal)
      : digested_{std::move(digested)},
        writer_{std::move(writer)},
        sink_{&sink},
        schema_{&schema},
        memory_{memory},
        seal_{std::move(seal)}
  {
  }

  void put_end(json::Writer& writer, const PlanEnd& end) const;

  std::unique_ptr<Digested> digested_; // a fixed place: the writer points to it
  json::Writer writer_;
  Sink* sink_;
  const schema::CompiledSchema* schema_;
  std::pmr::memory_resource* memory_;
  Seal seal_;
  std::uint64_t groups_ = 0;
};

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_PLAN_WRITER_HPP
