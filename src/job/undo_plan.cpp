// undo_plan.cpp: forwards into a spool, and backwards out of it.
#include "job/undo_plan.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "job/job_request.hpp"
#include "job/plan_id.hpp"
#include "plan/plan_row_writer.hpp"

namespace rollcall::job {
namespace {

using plan::PlanRow;
using plan::RowNumber;

constexpr std::size_t block_bytes = std::size_t{256} * 1024;
// In the length of a line, which is less than that (plan::plan_line_bytes_max).
constexpr std::uint32_t ends_group = 0x8000'0000;

} // namespace

UndoPlan::UndoPlan(JobStore& store, const JobRecord& job, const schema::CompiledSchema& schema,
                   check::Facts& facts, check::KnownObjects& known, const InForce& in_force,
                   const Seams& seams)
    : store_{store},
      job_{job},
      schema_{schema},
      facts_{facts},
      in_force_{in_force},
      seams_{seams},
      inverse_{schema, facts, *seams.memory},
      rights_{schema, facts, known, *seams.memory},
      texts_{seams.memory},
      line_{seams.memory},
      line_sink_{line_},
      block_{seams.memory},
      lines_{seams.memory}
{
}

Result<plan::PlanEnd> UndoPlan::write(Sink& sink, const std::string& spool_folder)
{
  ROLLCALL_TRY(spool_, seams_.files->create_unnamed(spool_folder));
  ROLLCALL_TRY(auto line_writer,
               json::Writer::open(
                   line_sink_, {.compact = true, .buffer_bytes = 4096, .memory = seams_.memory}));
  writer_.emplace(std::move(line_writer));
  ROLLCALL_TRY(const JobRequest request, request_of(job_));
  first_id_ = request.first_id;
  ROLLCALL_TRY(const auto source, store_.read_artifact(job_.id, "plan"));
  if (rights_.asks_anything()) {
    ROLLCALL_TRY(const auto seen,
                 each_row(*source, [&](PlanRow& done) { return rights_.look_at(done); }));
    static_cast<void>(seen);
    ROLLCALL_CHECK(rights_.end());
    ROLLCALL_CHECK(source->rewind());
  }
  ROLLCALL_TRY(const plan::PlanHeader of, turn_round(*source));

  JobStore& store = store_;
  plan::Seal seal = [&store](std::string_view digest) { return store.seal(digest); };
  ROLLCALL_TRY(auto writer, plan::PlanWriter::open(sink, schema_, seams_.memory, std::move(seal)));
  plan::PlanHeader header = header_of(of);
  ROLLCALL_TRY(header.id, make_plan_id(*seams_.random));
  writer.put_header(header);
  ROLLCALL_CHECK(write_backwards(writer));
  end_.rows = in_force_.count;
  ROLLCALL_CHECK(writer.finish(end_));
  return std::move(end_);
}

// The file is the one that was imported; who undoes it is who asks now.
plan::PlanHeader UndoPlan::header_of(const plan::PlanHeader& job) const
{
  plan::PlanHeader made;
  made.store = store_.id();
  made.format = job.format;
  made.schema = job.schema;
  made.file = job.file;
  made.dialect = job.dialect;
  made.header = job.header;
  made.context = facts_.context();
  made.settings = facts_.settings();
  made.undoes = {.job = job_.id, .plan = job.id};
  return made;
}

template <class Visit>
Result<plan::PlanHeader> UndoPlan::each_row(Source& source, Visit visit)
{
  ROLLCALL_TRY(auto plan, plan::PlanReader::open(source, seams_.memory));
  ROLLCALL_CHECK(plan.bind(schema_));
  next_id_ = first_id_;
  given_of_group_.clear();
  for (PlanRow row;;) {
    texts_.release();
    ROLLCALL_TRY(const bool is_row, plan.next(row, texts_));
    if (!is_row) break;
    fill_given_key(row);
    if (is_in_force(row)) ROLLCALL_CHECK(visit(row));
  }
  end_.sha256 = plan.end().sha256;
  end_.bytes = plan.end().bytes;
  return plan::PlanHeader{plan.header()};
}

Result<plan::PlanHeader> UndoPlan::turn_round(Source& source)
{
  ROLLCALL_TRY(plan::PlanHeader header, each_row(source, [&](PlanRow& done) { return put(done); }));
  if (turned_ != in_force_.count)
    return Error{ErrorCode::corrupt, "a job has not changed as many rows as its record says"};
  ROLLCALL_CHECK(write_all(*spool_, std::as_bytes(std::span{block_})));
  spooled_ += block_.size();
  block_.clear();
  return header;
}

bool UndoPlan::is_in_force(const PlanRow& row) const
{
  return in_force_.is_all ? acts(row.result) : in_force_.rank(row.result.number) != 0;
}

// As who applied it did: each row that makes an object has the next number, whatever became of it,
// unless the journal has another key.
void UndoPlan::fill_given_key(PlanRow& row)
{
  const std::span<const Change> changes = row.result.changes;
  if (changes.empty() || !changes.front().gives_key) return;
  std::string key;
  if (next_id_) {
    key = std::to_string((*next_id_)++);
    if (*next_id_ == 0) next_id_.reset();
  }
  const RowNumber first = row.group != 0 ? row.group : static_cast<RowNumber>(row.result.number);
  const auto known = in_force_.journal.exceptions.find(first);
  if (known != in_force_.journal.exceptions.end() && !known->second.keys.empty()) {
    // One for each row of the group that makes an object, in their order.
    auto& given = given_of_group_[first];
    if (given < known->second.keys.size()) key = known->second.keys[given++];
    if (row.is_last) given_of_group_.erase(first);
  }
  row = apply::keep_row(row, texts_);
  if (!key.empty()) apply::fill_key(row, key, texts_);
}

Result<void> UndoPlan::find_waiting(const PlanRow& done)
{
  class Waiting final : public WaitingSink {
   public:
    explicit Waiting(std::vector<std::string>& into) : into_{into} {}
    void waits(std::uint64_t /*row*/, std::string_view effect) override
    {
      into_.emplace_back(effect);
    }

   private:
    std::vector<std::string>& into_;
  };
  waiting_.clear();
  if (done.result.effects.empty()) return success();
  Waiting waiting{waiting_};
  return store_.waiting_effects(job_.id, std::array{done.result.number}, waiting);
}

Result<void> UndoPlan::put(PlanRow& done)
{
  ROLLCALL_TRY(const std::vector<Finding> refusing, rights_.refusing(done));
  PlanRow made{.result = {.line = done.result.line, .key = done.result.key},
               .readings = refusing,
               .undoes = done.result.number};
  if (refusing.empty()) {
    ROLLCALL_CHECK(find_waiting(done));
    ROLLCALL_TRY(made, inverse_.of(done, waiting_, in_force_.is_again(done.result.number)));
  } else {
    made.result.outcome = plan::Outcome::rejected;
  }
  place(done, made);
  count(made);
  line_.clear();
  plan::PlanRowWriter{*writer_, schema_}.put(made);
  ROLLCALL_CHECK(writer_->next_text());
  line_ += '\n';
  if (line_.size() > plan::plan_line_bytes_max)
    return Error{ErrorCode::limit_exceeded, "a row of the undo is too long for a plan"};
  const bool is_end = acts(made.result) && made.is_last;
  lines_.push_back(static_cast<std::uint32_t>(line_.size()) | (is_end ? ends_group : 0));
  block_ += line_;
  if (block_.size() < block_bytes) return success();
  ROLLCALL_CHECK(write_all(*spool_, std::as_bytes(std::span{block_})));
  spooled_ += block_.size();
  block_.clear();
  return success();
}

// The last row in force is the first one. A group is named by the row that comes last of it, for
// that is the one which is known first.
void UndoPlan::place(const PlanRow& done, PlanRow& made)
{
  const RowNumber number = in_force_.count - turned_++;
  made.result.number = number;
  if (done.group == 0 || !acts(made.result)) return;
  const auto [at, is_last] = open_groups_.try_emplace(done.group, number);
  made.group = at->second;
  made.is_last = is_last;
  if (done.is_last) open_groups_.erase(at);
}

void UndoPlan::count(const PlanRow& row)
{
  ++end_.outcomes[static_cast<std::size_t>(row.result.outcome)];
  for (const Finding& finding : row.readings) ++end_.codes[std::string{slug(finding)}];
}

// Pieces of the spool, the last one first, each with its lines in the other order.
Result<void> UndoPlan::write_backwards(plan::PlanWriter& writer)
{
  std::pmr::string piece{seams_.memory};
  for (std::size_t last = lines_.size(); last != 0;) {
    std::size_t first = last;
    std::size_t size = 0;
    while (first != 0 && (size == 0 || size + (lines_[first - 1] & ~ends_group) <= block_bytes))
      size += lines_[--first] & ~ends_group;
    piece.resize(size);
    spooled_ -= size;
    for (std::size_t at = 0; at != size;) {
      ROLLCALL_TRY(
          const std::size_t more,
          spool_->read_at(spooled_ + at, std::as_writable_bytes(std::span{piece}.subspan(at))));
      if (more == 0) return Error{ErrorCode::corrupt, "a spool is shorter than it was written"};
      at += more;
    }
    block_.clear();
    std::uint64_t groups = 0;
    for (std::size_t end = size; last != first; --last) {
      const std::size_t length = lines_[last - 1] & ~ends_group;
      groups += (lines_[last - 1] & ends_group) != 0 ? 1U : 0U;
      end -= length;
      block_.append(piece, end, length);
    }
    ROLLCALL_CHECK(writer.put_lines(block_, groups));
  }
  return success();
}

} // namespace rollcall::job
