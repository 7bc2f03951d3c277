// What the options of every verb are called.
#include "common_options.hpp"

namespace rollcall::tools {

void declare(Options& options, CommonOptions& common)
{
  const Options::Group group{options, common_group};
  options
      .add_flag("-q,--quiet", common.is_quiet, "no summary and no progress; errors are still said")
      ->setting();
  options
      .add_option("--config", common.config, "read defaults here, not in a rollcall.toml nearby")
      ->type_name("FILE");
  options.add_flag("--no-config", common.has_no_config, "read defaults nowhere");
  options.add_option("--seed", common.seed, "no chance: the same bytes each time (tests only)")
      ->type_name("N");
  options.add_option("--now", common.now, "no clock: 2026-11-21T18:00:00Z (tests only)")
      ->type_name("TIME");
  options.add_flag("-h,--help", common.wants_help, "how the verb is used, on a screen");
}

} // namespace rollcall::tools
