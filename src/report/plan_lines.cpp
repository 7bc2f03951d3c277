// plan_lines.cpp: what is wrong with a plan is kept as words; errors are of the source alone.
#include "report/plan_lines.hpp"

#include "plan/plan_header.hpp"
#include "plan/plan_reader.hpp"

namespace rollcall::report {

PlanLines::PlanLines(Source& source, std::pmr::memory_resource* memory)
    : lines_{source, {.read = {.bytes_max = plan::plan_line_bytes_max, .memory = memory}}}
{
}

bool PlanLines::refuse(std::string_view what, bool names_line)
{
  if (names_line) fault_.append("line ").append(std::to_string(lines_.line())).append(": ");
  fault_ += what;
  value_ = {};
  return false;
}

Result<bool> PlanLines::next_line()
{
  Result<bool> line = lines_.next();
  if (!line.has_value()) {
    const Error& why = line.assume_error();
    if (!plan::is_about_plan(why.code())) return line;
    return refuse(why.detail(), false); // which names the line
  }
  if (!line.assume_value()) return refuse("it has no end", false);
  if (!lines_.has_end()) return refuse("its last line is cut off", false);
  return true;
}

Result<bool> PlanLines::open()
{
  ROLLCALL_TRY(const bool is_line, next_line());
  if (!is_line) return false;
  value_ = lines_.value().find("plan");
  if (!value_.is(json::Kind::object)) return refuse("this is no plan");
  const json::Value version = value_.find("version");
  if (version.size() == 0 || (*version.begin()).integer() != plan::plan_version_major)
    return refuse("it was written by another version of rollcall", false);
  digest_.add_line(lines_.text());
  return true;
}

Result<bool> PlanLines::next()
{
  if (!fault_.empty()) return false;
  ROLLCALL_TRY(const bool is_line, next_line());
  if (!is_line) return false;
  value_ = lines_.value();
  if (value_.find("end")) return read_end();
  const bool is_row = value_.find("row").natural() && value_.find("line").natural() &&
                      value_.find("outcome").is(json::Kind::text);
  if (!is_row) return refuse("this is no row");
  digest_.add_line(lines_.text());
  ++rows_;
  return true;
}

Result<bool> PlanLines::read_end()
{
  value_ = value_.find("end");
  const std::string seal{value_.find("seal").text().value_or("")};
  if (!digest_.is_that_of(lines_.text(), seal))
    return refuse("it was changed after it was made", false);
  if (value_.find("rows").natural() != rows_)
    return refuse("its rows are not those that its end counts", false);
  return false;
}

Result<void> PlanLines::finish()
{
  if (!fault_.empty()) return success();
  value_ = {};
  Result<bool> line = lines_.next();
  if (!line.has_value() && !plan::is_about_plan(line.assume_error().code()))
    return std::move(line).assume_error();
  if (!line.has_value() || line.assume_value()) (void)refuse("nothing may stand behind the end");
  return success();
}

} // namespace rollcall::report
