// findings_github.hpp: findings as commands by which a step of a GitHub workflow annotates the
// lines of a file.
//
//   ::error file=users.csv,line=14,col=14,endColumn=25,title=value.email::"ada@example" is not ...
//
// GitHub shows ten of a step and severity, so of each code and column only the first few are told
// and the others counted, as for people at a terminal.
#ifndef ROLLCALL_REPORT_FINDINGS_GITHUB_HPP
#define ROLLCALL_REPORT_FINDINGS_GITHUB_HPP

#include <memory>

#include "report/findings_writer.hpp"

namespace rollcall::report {

[[nodiscard]] Result<std::unique_ptr<FindingsWriter>> open_findings_github(
    Sink& sink, const FindingsOptions& options);

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_FINDINGS_GITHUB_HPP
