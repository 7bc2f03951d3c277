// plan_reader.cpp: header and trailer, and that all lines agree with each other.
#include "plan/plan_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "csv/dialect.hpp"
#include "directory/context_json.hpp"
#include "plan/plan_row_parser.hpp"
#include "plan/plan_values.hpp"

namespace rollcall::plan {
namespace {

// What a store can keep as a number.
constexpr std::uint64_t number_max = std::numeric_limits<std::int64_t>::max();

std::optional<char> sign_of(const json::Value& value, json::Faults& faults)
{
  const std::string_view text = faults.text(value);
  if (text.size() > 1) faults.add(value, "expected one sign, or none");
  return text.size() == 1 ? std::optional{text.front()} : std::nullopt;
}

csv::Dialect dialect_of(const json::Value& plan, json::Faults& faults)
{
  csv::Dialect dialect;
  const json::Value encoding = faults.member(plan, "encoding");
  if (const auto known = csv::encoding_of(faults.text(encoding)))
    dialect.encoding = *known;
  else
    faults.add(encoding, "is no encoding");
  dialect.delimiter = sign_of(faults.member(plan, "delimiter"), faults);
  if (!dialect.delimiter) faults.add(plan.find("delimiter"), "there is no delimiter");
  dialect.quote = sign_of(faults.member(plan, "quote"), faults);
  dialect.escape = sign_of(plan.find("escape"), faults);
  dialect.lenient = faults.boolean(plan.find("lenient"));
  return dialect;
}

} // namespace

bool is_about_plan(ErrorCode code) noexcept
{
  return code == ErrorCode::malformed || code == ErrorCode::corrupt ||
         code == ErrorCode::unsupported || code == ErrorCode::limit_exceeded;
}

PlanReader::PlanReader(Source& source, std::pmr::memory_resource* memory)
    : lines_{std::make_unique<json::LineReader>(
          source, json::LineOptions{.read = {.bytes_max = plan_line_bytes_max, .memory = memory}})}
{
}

Result<PlanReader> PlanReader::open(Source& source, std::pmr::memory_resource* memory)
{
  return guarded([&]() -> Result<PlanReader> {
    PlanReader made{source, memory};
    ROLLCALL_CHECK(made.read_header());
    return made;
  });
}

Error PlanReader::at_line(std::string_view what) const
{
  return Error{ErrorCode::malformed,
               "line " + std::to_string(lines_->line()) + ": " + std::string{what}};
}

Result<bool> PlanReader::next_line()
{
  ROLLCALL_TRY(const bool is_line, lines_->next());
  if (!is_line) return Error{ErrorCode::corrupt, "it has no end"};
  if (!lines_->has_end()) return Error{ErrorCode::corrupt, "its last line is cut off"};
  return true;
}

Result<void> PlanReader::read_header()
{
  Result<bool> line = next_line();
  if (!line.has_value()) return std::move(line).assume_error();
  const json::Value plan = lines_->value().find("plan");
  if (!plan.is(json::Kind::object)) return at_line("this is no plan");
  json::Faults faults{1};
  const json::Value version = faults.list(faults.member(plan, "version"));
  if (version.size() == 0 || (*version.begin()).integer() != plan_version_major)
    return Error{ErrorCode::unsupported, "it was written by another version of rollcall"};
  const auto text = [&](std::string_view name) {
    return std::string{faults.text(faults.member(plan, name))};
  };
  header_.id = text("id");
  header_.store = faults.text(plan.find("store"));
  header_.format = text("format");
  header_.schema = text("schema");
  header_.file = text("file");
  header_.path = faults.text(plan.find("path"));
  header_.dialect = dialect_of(plan, faults);
  header_.header = text("header");
  header_.context = directory::context_of(plan, faults);
  for (const json::Value setting : faults.object(faults.member(plan, "settings")))
    header_.settings.emplace_back(setting.name(), faults.text(setting));
  header_.atomic = faults.boolean(plan.find("atomic"));
  if (const json::Value undoes = plan.find("undoes")) {
    header_.undoes.emplace();
    header_.undoes->job = faults.natural(faults.member(undoes, "job"));
    header_.undoes->plan = faults.text(faults.member(undoes, "plan"));
    if (header_.undoes->job == 0 || header_.undoes->job > number_max)
      faults.add(undoes.find("job"), "is no number of a job");
  }
  if (const json::Value next = plan.find("next_id")) header_.next_id = faults.natural(next);
  const bool is_id = header_.id.size() == 32 &&
                     header_.id.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!is_id) faults.add(plan.find("id"), "is no id of a plan");
  Result<void> can_be_read = csv::check_dialect(header_.dialect);
  if (!can_be_read.has_value())
    faults.add(plan.find("delimiter"), can_be_read.assume_error().detail());
  ROLLCALL_CHECK(faults.check());
  digest_.add_line(lines_->text());
  return success();
}

Result<void> PlanReader::bind(const schema::CompiledSchema& schema)
{
  schema_ = &schema;
  slots_ = result_slots(schema);
  scope_ = PlanScope{schema};
  if (header_.format != schema.schema().id)
    return Error{ErrorCode::malformed, "it was made for the format " + header_.format};
  if (header_.schema != schema.digest)
    return Error{ErrorCode::malformed, "the format " + header_.format + " was changed since"};
  return success();
}

Result<bool> PlanReader::next(PlanRow& row, std::pmr::memory_resource& keep)
{
  return guarded([&]() -> Result<bool> {
    ROLLCALL_TRY(const bool is_line, next_line());
    static_cast<void>(is_line);
    const json::Value line = lines_->value();
    if (const json::Value end = line.find("end")) {
      ROLLCALL_CHECK(read_end(end));
      return false;
    }
    digest_.add_line(lines_->text());
    row = {};
    PlanRowParser parser{*schema_, slots_, keep};
    if (!parser.read(line, row)) return at_line(parser.fault());
    ROLLCALL_CHECK(count(row));
    return true;
  });
}

// Rows come in their order, and a group ends with its last row.
Result<void> PlanReader::count(const PlanRow& row)
{
  const RowResult& result = row.result;
  if (result.number != seen_.rows + 1)
    return at_line("rows are missing, or stand in another order");
  if (std::max({result.line, row.undoes, result.retries}) > number_max)
    return at_line("a row has a number that is too large");
  if (!goes_on(result.line)) return at_line("a row does not begin behind the one before it");
  if (const auto why = scope_.refuses(result, header_.undoes.has_value()); !why.empty())
    return at_line(why);
  if (holds_values_)
    if (const auto why = refuses_values(*schema_, result); !why.empty()) return at_line(why);
  ++seen_.rows;
  ++seen_.outcomes[static_cast<std::size_t>(result.outcome)];
  count(row.readings);
  if (!acts(result)) return success();
  if (row.group != 0) {
    const bool is_open = open_groups_.count(row.group) != 0;
    if (!is_called_right(row, is_open))
      return at_line(
          header_.undoes
              ? "a group of an undo ends with the row that it is called by, and has others"
              : "a group begins with the row that it is called by, and has others");
    if (row.is_last)
      open_groups_.erase(row.group);
    else
      open_groups_.insert(row.group);
  }
  if (row.is_last) ++groups_;
  return success();
}

// Rows stand as in the file. An undo goes from the last to the first, and the undo of an undo the
// other way again: its first two rows say which way, and all go it.
bool PlanReader::goes_on(std::uint64_t line)
{
  if (seen_.rows == 1 && header_.undoes) goes_back_ = line < line_;
  const bool goes_on = seen_.rows == 0 || !goes_back_ ? line > line_ : line < line_;
  line_ = line;
  return goes_on && line != 0;
}

// By its first row; in an undo, which was made from the last row to the first, by its last.
bool PlanReader::is_called_right(const PlanRow& row, bool is_open) const
{
  if (!is_open && row.is_last) return false; // it would have no others
  const bool is_it = row.group == row.result.number;
  return header_.undoes ? is_it == row.is_last : is_it != is_open;
}

void PlanReader::count(std::span<const Finding> findings)
{
  for (const Finding& finding : findings) {
    seen_.warnings += finding.severity == Severity::warning ? 1U : 0U;
    ++seen_.codes[std::string{slug(finding)}];
  }
}

Result<void> PlanReader::read_end(const json::Value& end)
{
  json::Faults faults{1};
  const auto number = [&](std::string_view name) { return faults.natural(end.find(name)); };
  end_.sha256 = faults.text(faults.member(end, "sha256"));
  end_.bytes = number("bytes");
  end_.rows = number("rows");
  end_.blank_rows = number("blank_rows");
  end_.groups = number("groups");
  end_.warnings = number("warnings");
  for (std::size_t i = 0; i != outcome_count; ++i)
    end_.outcomes[i] = number(slug(static_cast<Outcome>(i)));
  std::pmr::monotonic_buffer_resource keep;
  PlanRowParser parser{*schema_, slots_, keep};
  if (!parser.read_findings(end.find("findings"), {}, end_.findings))
    return at_line(parser.fault());
  for (const json::Value code : faults.object(end.find("codes")))
    end_.codes.emplace(code.name(), faults.natural(code));
  end_.applyable = faults.boolean(end.find("applyable"));
  end_.complete = faults.boolean(end.find("complete"));
  end_.seal = faults.text(end.find("seal"));
  if (end_.bytes > number_max) faults.add(end.find("bytes"), "is more than can be counted");
  if (end_.blank_rows > number_max)
    faults.add(end.find("blank_rows"), "is more than can be counted");
  ROLLCALL_CHECK(faults.check());
  if (!digest_.is_that_of(lines_->text(), end_.seal))
    return Error{ErrorCode::corrupt, "it was changed after it was made"};
  end_.digest = digest_.hex();
  count(end_.findings);
  const auto rows_of = [&](Outcome outcome) {
    return seen_.outcomes[static_cast<std::size_t>(outcome)];
  };
  const bool is_complete = rows_of(Outcome::rejected) + rows_of(Outcome::withheld) == 0;
  const bool agrees = end_.rows == seen_.rows && end_.groups == groups_ &&
                      end_.outcomes == seen_.outcomes && end_.warnings == seen_.warnings &&
                      end_.codes == seen_.codes && open_groups_.empty() &&
                      end_.applyable == (groups_ != 0) && end_.complete == is_complete;
  if (!agrees) return Error{ErrorCode::corrupt, "its rows are not those that its end counts"};
  ROLLCALL_TRY(const bool goes_on, lines_->next());
  if (goes_on) return at_line("nothing may stand behind the end");
  return success();
}

} // namespace rollcall::plan
