// The options of every verb: `--quiet`, `--config`, `--no-config`, `--seed`, `--now`, `--help`.
#ifndef ROLLCALL_TOOLS_COMMON_OPTIONS_HPP
#define ROLLCALL_TOOLS_COMMON_OPTIONS_HPP

#include <string>
#include <string_view>

#include "options.hpp"

namespace rollcall::tools {

inline constexpr std::string_view common_group = "Always";

// As they were typed.
struct CommonOptions {
  bool is_quiet = false;
  std::string config = {};
  bool has_no_config = false;
  std::string seed = {}, now = {};
  bool wants_help = false; // asks_for_help has seen to it before
};

void declare(Options& options, CommonOptions& common);

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_COMMON_OPTIONS_HPP
