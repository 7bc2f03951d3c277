// The verbs of the command line: one visible table.
//
// A new verb is a file verb_<name>.cpp that makes its command, and a line in verbs.cpp.
#ifndef ROLLCALL_TOOLS_VERBS_HPP
#define ROLLCALL_TOOLS_VERBS_HPP

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "command.hpp"

namespace rollcall::tools {

// What a verb is about: verbs of one are listed together.
enum class Part : std::uint8_t { file, job, host, knowledge, self };

struct Verb {
  std::string_view name;
  std::string_view does; // one line, lower case
  std::unique_ptr<Command> (*make)() = nullptr;
  Part part = Part::self;
  std::string_view about;   // sentences of the manual
  std::string_view example; // a command
};

// In the order in which help lists them.
[[nodiscard]] std::span<const Verb> all_verbs() noexcept;

// An unknown name is wrong_use, and the error names the nearest one.
[[nodiscard]] Result<Verb> verb_of(std::string_view name);

[[nodiscard]] std::unique_ptr<Command> make_apply();
[[nodiscard]] std::unique_ptr<Command> make_audit();
[[nodiscard]] std::unique_ptr<Command> make_cancel();
[[nodiscard]] std::unique_ptr<Command> make_completion();
[[nodiscard]] std::unique_ptr<Command> make_config();
[[nodiscard]] std::unique_ptr<Command> make_convert();
[[nodiscard]] std::unique_ptr<Command> make_download();
[[nodiscard]] std::unique_ptr<Command> make_dump();
[[nodiscard]] std::unique_ptr<Command> make_execute();
[[nodiscard]] std::unique_ptr<Command> make_execute_job();
[[nodiscard]] std::unique_ptr<Command> make_explain();
[[nodiscard]] std::unique_ptr<Command> make_export();
[[nodiscard]] std::unique_ptr<Command> make_fix();
[[nodiscard]] std::unique_ptr<Command> make_formats();
[[nodiscard]] std::unique_ptr<Command> make_help();
[[nodiscard]] std::unique_ptr<Command> make_init();
[[nodiscard]] std::unique_ptr<Command> make_job();
[[nodiscard]] std::unique_ptr<Command> make_jobs();
[[nodiscard]] std::unique_ptr<Command> make_limits();
[[nodiscard]] std::unique_ptr<Command> make_man();
[[nodiscard]] std::unique_ptr<Command> make_plan();
[[nodiscard]] std::unique_ptr<Command> make_purge();
[[nodiscard]] std::unique_ptr<Command> make_resume();
[[nodiscard]] std::unique_ptr<Command> make_retry();
[[nodiscard]] std::unique_ptr<Command> make_rows();
[[nodiscard]] std::unique_ptr<Command> make_schema();
[[nodiscard]] std::unique_ptr<Command> make_show();
[[nodiscard]] std::unique_ptr<Command> make_template();
[[nodiscard]] std::unique_ptr<Command> make_undo();
[[nodiscard]] std::unique_ptr<Command> make_validate();
[[nodiscard]] std::unique_ptr<Command> make_version();

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_VERBS_HPP
