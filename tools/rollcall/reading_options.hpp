// The options of every verb that reads a CSV: `--delimiter`, `--encoding`, `--lenient`, `--limit`.
#ifndef ROLLCALL_TOOLS_READING_OPTIONS_HPP
#define ROLLCALL_TOOLS_READING_OPTIONS_HPP

#include <string>
#include <vector>

#include "options.hpp"
#include "rollcall/csv.hpp"

namespace rollcall::tools {

// As they were typed.
struct ReadingOptions {
  std::string delimiter = {};
  std::string encoding = {};
  bool lenient = false;
  std::vector<std::string> limits = {};
};

void declare(Options& options, ReadingOptions& reading);

// What `--delimiter` and `--encoding` may say.
[[nodiscard]] std::vector<std::string> delimiter_words();
[[nodiscard]] std::vector<std::string> encoding_words();

// What they mean. What makes no sense is wrong_use.
[[nodiscard]] Result<csv::ReaderOptions> reader_options(const ReadingOptions& reading);

// `--limit NAME=VALUE` alone.
void declare_limits(Options& options, std::vector<std::string>& limits);
[[nodiscard]] Result<Limits> limits_from(const std::vector<std::string>& limits);

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_READING_OPTIONS_HPP
