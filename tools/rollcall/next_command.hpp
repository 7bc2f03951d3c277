// Commands that are printed so that somebody types them next: in the words of a shell, with all
// that they need again of what was typed this time (or set).
#ifndef ROLLCALL_TOOLS_NEXT_COMMAND_HPP
#define ROLLCALL_TOOLS_NEXT_COMMAND_HPP

#include <string>
#include <string_view>

#include "host_options.hpp"
#include "job_outputs.hpp"
#include "reading_options.hpp"
#include "stored_jobs.hpp"

namespace rollcall::tools {

// A word as a shell takes it: in quotes if there is anything in it that means something there.
[[nodiscard]] std::string shell_word(std::string_view word);
// The same of the path of a file, which is no option and no standard input.
[[nodiscard]] std::string file_word(std::string_view path);

// "rollcall resume 1 --db host.db --role client"; `verb` with the words that are its own.
[[nodiscard]] std::string next_command(std::string_view verb, const StoreOptions& store);
// The same of a verb that reads a file; its path is one of `verb`'s words.
[[nodiscard]] std::string next_command(std::string_view verb, const HostOptions& host,
                                       const ReadingOptions& reading);
// How to have the secrets of a job, the objects of its host, and how to go on with one that broke
// off.
[[nodiscard]] std::string fetching_secrets(JobId job, const StoreOptions& store);
[[nodiscard]] std::string dumping(const std::string& db, const std::string& output);
[[nodiscard]] std::string resuming(JobId job, const StoreOptions& store,
                                   const OutputOptions& outputs = {});

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_NEXT_COMMAND_HPP
