// consequence.cpp: what a finding does to row and file, said once for all codes that do the same.
#include "base/code_page.hpp"

namespace rollcall {
namespace {

std::string_view of_apply(Code code) noexcept
{
  switch (code) {
    case Code::plan_stale:
      return "Carried out all the same, the plan would overwrite what others have done. Nothing of "
             "it is, or, where that was asked for, all but the rows that no longer fit.";
    case Code::plan_used:
    case Code::plan_invalid:
      return "Nothing of the plan is carried out.";
    case Code::host_no_answer:
      return "Nobody knows what the object is like now. The job goes on with the other rows.";
    case Code::host_failed:
      return "The job stops, and what was done is written down. It can be resumed.";
    case Code::undo_conflict:
    case Code::undo_not_reversible:
      return "An undo leaves this as it is; the rest of the job is taken back.";
    default:
      return "The row is not applied; the others are.";
  }
}

std::string_view of_file(Code code) noexcept
{
  switch (code) {
    case Code::file_encoding_hint:
      return "Rows with such bytes are rejected; the others are imported.";
    case Code::header_unknown_column:
      return "The file is imported without that column. If it holds what was to be changed, "
             "nothing changes there.";
    default:
      return consequence_for_file;
  }
}

} // namespace

std::string_view consequence_for_row(Severity severity) noexcept
{
  switch (severity) {
    case Severity::error:
      return "The row is rejected, and nothing of it is imported. The other rows are, unless one "
             "rejected row is to stop them all.";
    case Severity::warning:
      return "The row is imported all the same. What comes of it may not be what was meant.";
    case Severity::info:
      break;
  }
  return "It is said so that somebody may look; the row is imported.";
}

std::string_view consequence(Code code) noexcept
{
  if (slug(code).empty()) return {};
  switch (scope(code)) {
    case Scope::file:
      return of_file(code);
    case Scope::apply:
      return of_apply(code);
    case Scope::convert:
      return severity(code) == Severity::error ? "The row is missing from the file that was made."
                                               : "The row was written, with that value.";
    default:
      return consequence_for_row(severity(code));
  }
}

} // namespace rollcall
