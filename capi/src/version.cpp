// Which library this is, and how it was built.
#include "rollcall/version.hpp"

#include <array>
#include <cstdio>
#include <string_view>

#include "rollcall/base.h"
#include "rollcall/csv.hpp"
#include "rollcall/error.hpp"

namespace {

using rollcall::csv::Kernel;

#ifdef NDEBUG
constexpr const char* build = "release";
#else
constexpr const char* build = "debug";
#endif
#ifdef ROLLCALL_SQLITE
constexpr const char* features = "\"sqlite\"";
#else
constexpr const char* features = "";
#endif

// Made without memory of its own, so that it cannot fail.
struct BuildInfo {
  std::array<char, 512> text = {};

  BuildInfo() noexcept
  {
    std::array<char, 64> kernels = {};
    std::size_t used = 0;
    for (const Kernel kernel : {Kernel::swar, Kernel::avx2, Kernel::avx512, Kernel::neon}) {
      if (!rollcall::csv::is_supported(kernel)) continue;
      const std::string_view name = slug(kernel);
      const int size =
          std::snprintf(kernels.data() + used, kernels.size() - used, "%s\"%.*s\"",
                        used != 0 ? ", " : "", static_cast<int>(name.size()), name.data());
      used += static_cast<std::size_t>(size);
    }
    static_cast<void>(std::snprintf(
        text.data(), text.size(),
        R"({"version": "%s", "abi": %d, "compiler": "%s", "build": "%s", "features": [%s], )"
        R"("kernels": [%s]})",
        ROLLCALL_VERSION_TEXT, ROLLCALL_ABI, ROLLCALL_COMPILER, build, features, kernels.data()));
  }
};

} // namespace

uint32_t rollcall_version(void)
{
  return ROLLCALL_VERSION_MAJOR << 16 | ROLLCALL_VERSION_MINOR << 8 | ROLLCALL_VERSION_PATCH;
}

const char* rollcall_version_text(void)
{
  return ROLLCALL_VERSION_TEXT;
}

const char* rollcall_build_info(void)
{
  static const BuildInfo info;
  return info.text.data();
}

const char* rollcall_status_name(rollcall_status status)
{
  if (status == ROLLCALL_OK) return "ok";
  if (status == ROLLCALL_MORE) return "more";
  const std::string_view name = slug(static_cast<rollcall::ErrorCode>(status));
  return name.empty() ? "unknown_status" : name.data();
}
