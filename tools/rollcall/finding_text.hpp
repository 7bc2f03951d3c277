// A finding as a line for people: "users.csv:7: error csv.quote in First Name: ...".
#ifndef ROLLCALL_TOOLS_FINDING_TEXT_HPP
#define ROLLCALL_TOOLS_FINDING_TEXT_HPP

#include <string>
#include <string_view>

#include "console.hpp"
#include "rollcall/finding.hpp"

namespace rollcall::tools {

// Without a line end. A file without a name is called "-".
[[nodiscard]] std::string line_of(const Finding& finding, std::string_view file_name);

// Says each finding on standard error.
class FindingPrinter final : public FindingSink {
 public:
  FindingPrinter(Console& console, std::string file_name)
      : console_{&console}, file_name_{std::move(file_name)}
  {
  }

  void add(Finding&& finding) override
  {
    console_->line.erase();
    console_->say(line_of(finding, file_name_));
  }

 private:
  Console* console_;
  std::string file_name_;
};

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_FINDING_TEXT_HPP
