// fix.cpp: reads a file as an import would, mends what it may, and copies all the rest.
#include "rollcall/fix.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "base/errors_among.hpp"
#include "base/publishing.hpp"
#include "check/facts.hpp"
#include "check/header.hpp"
#include "check/known_objects.hpp"
#include "csv/decoder.hpp"
#include "csv/encoding.hpp"
#include "csv/source_copy.hpp"
#include "formats/likely_format.hpp"
#include "job/file_name.hpp"
#include "job/job_run.hpp"
#include "job/mending.hpp"
#include "job/settle.hpp"
#include "report/fix_lines.hpp"
#include "report/fix_preview.hpp"
#include "report/unreadable.hpp"
#include "rollcall/fixes.hpp"

namespace rollcall {
namespace job {
namespace {

using schema::CompiledSchema;

class Fixing {
 public:
  Fixing(const CompiledSchema& schema, Source& source, Directory& directory, const Context& context,
         const FixOptions& options, const FixOutputs& outputs, Seams seams, const SipKey& key)
      : schema_{schema},
        context_{context},
        options_{options},
        outputs_{outputs},
        seams_{seams},
        known_{schema, directory, key, *seams.memory},
        facts_{schema, known_, *seams.memory},
        copy_{source, outputs.file, *seams.memory}
  {
    limits_ = options.limits;
    known_.count_only_misses();
    done_.format = schema.schema().id;
    done_.file = options.file_name;
    done_.dialect = options.dialect;
  }

  [[nodiscard]] Result<FixSummary> run()
  {
    ROLLCALL_TRY(const bool may_be_read, check_unread());
    if (may_be_read) ROLLCALL_CHECK(read());
    if (done_.refusal == Refusal::none) ROLLCALL_CHECK(finish());
    return std::move(done_);
  }

 private:
  // What an import would ask before it opens the file (spec E43).
  [[nodiscard]] Result<bool> check_unread()
  {
    ROLLCALL_CHECK(facts_.read(context_));
    ROLLCALL_TRY(const bool is_allowed, facts_.allows(schema::Action::validate));
    if (!is_allowed) {
      refuse({facts_.not_allowed(schema::Action::validate)}, Refusal::actor);
      return false;
    }
    ROLLCALL_TRY(auto faults, facts_.check());
    const schema::FileChecks& file = schema_.schema().file;
    if (auto fault = fault_of_name(file, options_.file_name); fault && faults.empty())
      faults.push_back(std::move(*fault));
    if (!faults.empty()) {
      refuse(std::move(faults));
      return false;
    }
    ROLLCALL_TRY(columns_, check::ready_columns(schema_, facts_));
    if (file.bytes_max != 0) limits_.file_bytes = std::min(limits_.file_bytes, file.bytes_max);
    return true;
  }

  [[nodiscard]] Result<void> read()
  {
    auto opened = csv::Reader::open(copy_, {.dialect = options_.dialect,
                                            .limits = limits_,
                                            .memory = seams_.memory,
                                            .kernel = options_.kernel});
    if (!opened.has_value()) return refuse_unreadable(std::move(opened).assume_error());
    csv::Reader& reader = opened.assume_value();
    if (!options_.dialect.delimiter) reader.use_delimiter(check::choose_delimiter(schema_, reader));
    done_.dialect = reader.dialect();
    ROLLCALL_TRY(const bool has_header, next(reader));
    if (done_.refusal != Refusal::none) return success();
    if (!has_header) {
      refuse({check::header_missing()});
      return success();
    }
    ROLLCALL_CHECK(open_outputs());
    ROLLCALL_CHECK(mend_header(reader.batch()));
    ROLLCALL_CHECK(formats::add_likely(schema_, reader, done_.findings));
    if (done_.refusal != Refusal::none) return success();
    ROLLCALL_CHECK(mend_rows(reader));
    done_.rows = reader.rows();
    return success();
  }

  // False at the end of the rows, and when the file is refused.
  [[nodiscard]] Result<bool> next(csv::Reader& reader)
  {
    Result<bool> more = reader.next();
    if (!more.has_value()) {
      ROLLCALL_CHECK(refuse_unreadable(std::move(more).assume_error()));
      return false;
    }
    if (reader.refusal()) refuse({*reader.refusal()});
    return done_.refusal == Refusal::none && more.assume_value();
  }

  [[nodiscard]] Result<void> open_outputs()
  {
    if (outputs_.preview != nullptr) preview_.emplace(*outputs_.preview, options_, *seams_.memory);
    if (outputs_.lineage == nullptr) return success();
    ROLLCALL_TRY(auto lines, report::FixLines::open(*outputs_.lineage, seams_.memory));
    lineage_.emplace(std::move(lines));
    return success();
  }

  // Names that are nearly those of columns, one after the other until none is left. What is found
  // is told of the header as the file has it.
  [[nodiscard]] Result<void> mend_header(const csv::RowBatch& batch)
  {
    header_ = check::read_header(schema_, columns_, batch, limits_);
    std::vector<Finding> found = header_.findings;
    MendedRow mended;
    for (std::size_t cell = 0; cell != batch.cells(0); ++cell)
      mended.cells.emplace_back(batch.cell(0, cell));
    mended.is_mended.resize(mended.cells.size());
    header_text_ = batch.raw(0);
    const auto refuses_reading = [](const Finding& each) {
      return scope(each.code) == Scope::text && each.severity == Severity::error;
    };
    const bool is_readable =
        std::none_of(header_.findings.begin(), header_.findings.end(), refuses_reading);
    while (is_readable && options_.unsafe && mend_name(mended)) {
      header_text_ = text_of(mended, done_.dialect);
      MemorySource source{header_text_};
      csv::ReaderOptions how{.dialect = done_.dialect, .limits = limits_, .memory = seams_.memory};
      how.dialect.encoding = csv::Encoding::utf_8;
      how.limits.file_bytes = std::numeric_limits<std::uint64_t>::max();
      ROLLCALL_TRY(auto reader, csv::Reader::open(source, how));
      ROLLCALL_CHECK(reader.next());
      header_ = check::read_header(schema_, columns_, reader.batch(), limits_);
    }
    if (!options_.unsafe)
      for (const Finding& each : found) done_.guesses_left += unsafe_fix(each) ? 1U : 0U;
    if (has_error(header_.findings)) {
      refuse(std::move(found));
      return success();
    }
    if (preview_) preview_->begin(schema_, header_);
    put_row(batch, mended);
    return success();
  }

  // The first name that can be mended; false if there is none. A name that is there is not given
  // to another column.
  [[nodiscard]] bool mend_name(MendedRow& mended)
  {
    for (const Finding& each : header_.findings) {
      const auto guess = unsafe_fix(each);
      const auto cell = static_cast<std::size_t>(each.place.column);
      if (!guess || each.place.column < 0 || cell >= mended.cells.size()) continue;
      const auto column = schema_.find_column(guess->replace);
      if (!column || header_.cell_of[*column]) continue;
      auto text = writable_cell(mended.cells[cell], guess->replace, done_.dialect);
      if (!text || *text == mended.cells[cell]) continue;
      mended.cells[cell] = std::move(*text);
      mended.is_mended[cell] = true;
      mended.steps.push_back({.cell = cell,
                              .before = each.column,
                              .after = guess->replace,
                              .rule = std::string{slug(each)},
                              .is_certain = false});
      return true;
    }
    return false;
  }

  [[nodiscard]] Result<void> mend_rows(csv::Reader& reader)
  {
    check::Checker checker{schema_, columns_, header_, limits_, facts_, known_, *seams_.memory};
    const report::Messages messages{schema_, header_};
    Mending mending{{.schema = schema_,
                     .header = header_,
                     .header_text = header_text_,
                     .dialect = done_.dialect,
                     .limits = limits_,
                     .unsafe = options_.unsafe},
                    checker,
                    messages,
                    *seams_.memory};
    for (bool is_first = true;; is_first = false) {
      ROLLCALL_CHECK(
          ask(options_.watcher, {.rows = reader.rows(), .bytes = reader.source_bytes()}));
      ROLLCALL_TRY(const bool more, next(reader));
      if (!more) break;
      if (is_first) ROLLCALL_CHECK(known_.count());
      ROLLCALL_CHECK(mending.mend(reader.batch()));
      put_rows(reader.batch(), mending.rows());
      if (has_failed()) return finish_outputs();
    }
    const Mending::Counts& counts = mending.counts();
    done_.guesses_left += counts.guesses_left;
    done_.unwritable = counts.unwritable;
    done_.bad_before = counts.bad_before;
    done_.bad_after = counts.bad_after;
    return success();
  }

  void put_rows(const csv::RowBatch& batch, std::span<const MendedRow> rows)
  {
    lines_.emplace(batch);
    at_ = 0;
    byte_ = batch.is_empty()
                ? 0
                : batch.byte(0) - source_bytes(batch.text().substr(0, batch.row_begin(0)));
    for (const MendedRow& row : rows) put_row(batch, row);
    if (!batch.is_empty()) copy_.copy_to(byte_of(batch, batch.row_begin(batch.size() - 1)));
  }

  // Told, and put in the place of what stands in the file.
  void put_row(const csv::RowBatch& batch, const MendedRow& row)
  {
    if (row.steps.empty()) return;
    if (row.row == 0 && batch.number(0) == 0) put_rows(batch, {});
    const std::uint64_t number = batch.number(row.row);
    const std::uint64_t line = lines_->of(row.row);
    steps_.clear();
    for (const FixStep& step : row.steps) {
      ++(step.is_certain ? done_.certain : done_.guessed);
      const bool has_name = step.cell < header_.names.size();
      steps_.push_back({.row = number,
                        .line = line,
                        .cell = step.cell,
                        .column = has_name ? std::string_view{header_.names[step.cell]} : "",
                        .before = step.before,
                        .after = step.after,
                        .rule = step.rule,
                        .is_certain = step.is_certain});
    }
    done_.rows_mended += number != 0 ? 1U : 0U;
    done_.is_header_mended = done_.is_header_mended || number == 0;
    for (const CellFix& step : steps_) {
      if (lineage_) lineage_->put(step);
      if (outputs_.fixes != nullptr) outputs_.fixes->add(step);
    }
    if (preview_) preview_->put(batch, row.row, text_of(row, done_.dialect), steps_);
    for (std::size_t cell = 0; cell != row.cells.size(); ++cell) {
      if (!row.is_mended[cell]) continue;
      const std::string_view raw = batch.cell(row.row, cell);
      const auto begin = static_cast<std::size_t>(raw.data() - batch.text().data());
      const std::uint64_t first = byte_of(batch, begin);
      const std::uint64_t last = byte_of(batch, begin + raw.size());
      copy_.replace(first, last, csv::encode(done_.dialect.encoding, row.cells[cell]).value_or(""));
    }
  }

  [[nodiscard]] std::uint64_t source_bytes(std::string_view text) const noexcept
  {
    return csv::source_bytes_of(text, done_.dialect.encoding);
  }

  // Asked for places in the text in their order, all of them cost one pass.
  [[nodiscard]] std::uint64_t byte_of(const csv::RowBatch& batch, std::size_t at)
  {
    if (at >= at_) {
      byte_ += source_bytes(batch.text().substr(at_, at - at_));
      at_ = at;
    }
    return byte_;
  }

  void refuse(std::vector<Finding> findings, Refusal refusal = Refusal::file)
  {
    done_.refusal = refusal;
    done_.findings = std::move(findings);
    sort(done_.findings);
  }

  // An error that says nothing about the file stays one.
  [[nodiscard]] Result<void> refuse_unreadable(Error&& why)
  {
    if (!report::is_about_file(why.code())) return std::move(why);
    refuse({report::unreadable(why, options_.file_name)});
    return success();
  }

  [[nodiscard]] bool has_failed() const noexcept
  {
    return copy_.has_failed() || (lineage_ && lineage_->has_failed()) ||
           (preview_ && preview_->has_failed());
  }

  [[nodiscard]] Result<void> finish_outputs()
  {
    ROLLCALL_CHECK(while_doing(copy_.finish(), "writing the mended file"));
    if (lineage_) ROLLCALL_CHECK(while_doing(lineage_->finish(), "writing what was mended"));
    return preview_ ? preview_->finish() : success();
  }

  [[nodiscard]] Result<void> finish()
  {
    ROLLCALL_CHECK(finish_outputs());
    return publish_together({outputs_.lineage, outputs_.file, outputs_.preview});
  }

  const CompiledSchema& schema_;
  const Context& context_;
  const FixOptions& options_;
  const FixOutputs& outputs_;
  Seams seams_;
  Limits limits_;
  check::KnownObjects known_;
  check::Facts facts_;
  csv::SourceCopy copy_;
  std::vector<check::ReadyColumn> columns_;
  check::Header header_;
  std::string header_text_;
  std::optional<report::FixLines> lineage_;
  std::optional<report::FixPreview> preview_;
  std::optional<csv::Lines> lines_; // of the batch
  std::vector<CellFix> steps_;
  std::size_t at_ = 0;     // in the text of the batch,
  std::uint64_t byte_ = 0; // and where in the source that is
  FixSummary done_;
};

} // namespace
} // namespace job

Result<FixSummary> fix(const schema::Schema& schema, Source& source, Directory& directory,
                       const Context& context, const FixOptions& options, const FixOutputs& outputs,
                       Seams seams)
{
  return guarded([&]() -> Result<FixSummary> {
    ROLLCALL_TRY(const auto compiled, schema::CompiledSchema::compile(schema));
    ROLLCALL_TRY(const SipKey key, make_sip_key(*seams.random));
    job::Fixing fixing{compiled, source, directory, context, options, outputs, seams, key};
    return fixing.run();
  });
}

} // namespace rollcall
