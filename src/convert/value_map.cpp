// value_map.cpp: reads a map, and says all that is wrong with it at once.
#include "convert/value_map.hpp"

#include <algorithm>
#include <array>

#include "base/unicode.hpp"
#include "check/cell_text.hpp"
#include "csv/fault_finding.hpp"
#include "schema/compiled.hpp"
#include "schema/did_you_mean.hpp"

namespace rollcall::convert {
namespace {

constexpr std::array<std::string_view, 3> headers = {"field", "from", "to"};
constexpr std::size_t told_max = 20; // of what is wrong
constexpr std::uint64_t map_rows_max = 100'000;
constexpr std::uint64_t map_bytes_max = std::uint64_t{16} * 1024 * 1024;

std::string wrong_field(std::string_view name)
{
  std::vector<std::string_view> names;
  for (const schema::CanonicalField& field : schema::canonical_fields())
    if (field.is != schema::CanonicalIs::secret) names.push_back(field.name);
  return "there is no canonical field '" + std::string{name} + "'" +
         schema::did_you_mean(name, names);
}

// A map as it is read.
class Reading {
 public:
  Result<std::vector<Translation>> read(Source& source, const Seams& seams)
  {
    csv::ReaderOptions options{.memory = seams.memory};
    options.limits.rows = map_rows_max;
    options.limits.file_bytes = map_bytes_max;
    ROLLCALL_TRY(csv::Reader reader, csv::Reader::open(source, options));
    ROLLCALL_TRY(const bool has_header, reader.next());
    if (has_header) take_header(reader.batch());
    const bool is_read = faults_.empty();
    for (bool more = has_header && is_read; more;) {
      ROLLCALL_TRY(more, reader.next());
      if (more) take(reader.batch(), options.limits);
    }
    if (reader.refusal()) say(0, render_message(*reader.refusal()));
    if (!has_header) say(0, "it has no row with the names of its columns: field, from, to");
    if (wrong_ == 0) return std::move(translations_);
    if (wrong_ > told_max) faults_ += "; and " + std::to_string(wrong_ - told_max) + " more";
    return Error{ErrorCode::malformed, std::move(faults_)};
  }

 private:
  void say(std::uint64_t line, const std::string& what)
  {
    if (++wrong_ > told_max) return;
    if (!faults_.empty()) faults_ += "; ";
    if (line != 0) faults_ += "line " + std::to_string(line) + ": ";
    faults_ += what;
  }

  [[nodiscard]] std::string text(const csv::RowBatch& batch, std::size_t row, std::size_t cell)
  {
    if (cell >= batch.cells(row)) return {};
    return std::string{check::cell_text(batch.cell(row, cell), batch.dialect(), scratch_)};
  }

  // What could not be read of a row. Faults come in the order of the rows.
  bool say_faults(const csv::RowBatch& batch, std::size_t row, const Limits& limits)
  {
    bool is_bad = false;
    for (; next_fault_ != batch.faults().size(); ++next_fault_) {
      const csv::Fault& fault = batch.faults()[next_fault_];
      if (fault.row != row) break;
      if (severity(fault.code) != Severity::error) continue;
      say(fault.line, render_message(csv::finding_of(fault, batch, limits, {})));
      is_bad = true;
    }
    return is_bad;
  }

  void take_header(const csv::RowBatch& batch)
  {
    next_fault_ = 0;
    if (say_faults(batch, 0, {})) return;
    for (std::size_t cell = 0; cell != batch.cells(0); ++cell) {
      const std::string name = schema::folded_header(text(batch, 0, cell));
      for (std::size_t i = 0; i != headers.size(); ++i)
        if (name == headers[i] && !cell_of_[i]) cell_of_[i] = cell;
    }
    for (std::size_t i = 0; i != headers.size(); ++i)
      if (!cell_of_[i]) say(1, "the column '" + std::string{headers[i]} + "' is missing");
  }

  void take(const csv::RowBatch& batch, const Limits& limits)
  {
    next_fault_ = 0;
    csv::Lines lines{batch};
    for (std::size_t row = 0; row != batch.size(); ++row) {
      const std::uint64_t line = lines.of(row);
      if (say_faults(batch, row, limits)) continue;
      Translation made{text(batch, row, *cell_of_[0]), text(batch, row, *cell_of_[1]),
                       text(batch, row, *cell_of_[2])};
      if (const std::string wrong = map_.add(made); !wrong.empty())
        say(line, wrong);
      else
        translations_.push_back(std::move(made));
    }
  }

  ValueMap map_;
  std::array<std::optional<std::size_t>, headers.size()> cell_of_ = {};
  std::vector<Translation> translations_;
  std::string faults_;
  std::size_t wrong_ = 0;
  std::size_t next_fault_ = 0; // of the batch at hand
  check::Scratch scratch_;
};

} // namespace

std::string ValueMap::add(const Translation& translation)
{
  const schema::CanonicalField* const field = schema::canonical_field(translation.field);
  if (field == nullptr) return wrong_field(translation.field);
  if (field->is == schema::CanonicalIs::secret) return "secrets are not translated";
  if (translation.from.empty()) return "there is nothing to translate from";
  std::string scratch;
  const std::string folded{fold_for_comparing(translation.from, scratch)};
  const auto [at, is_new] = of_field_[field->name].emplace(folded, translation.to);
  if (!is_new && at->second != translation.to)
    return "'" + translation.from + "' is translated to '" + at->second + "' already";
  return {};
}

const std::string* ValueMap::find(const schema::CanonicalField& field, std::string_view value,
                                  std::string& scratch) const
{
  const auto words = of_field_.find(field.name);
  if (words == of_field_.end()) return nullptr;
  const auto found = words->second.find(fold_for_comparing(value, scratch));
  return found == words->second.end() ? nullptr : &found->second;
}

Result<std::vector<Translation>> read_map(Source& source, const Seams& seams)
{
  return guarded(
      [&]() -> Result<std::vector<Translation>> { return Reading{}.read(source, seams); });
}

} // namespace rollcall::convert
