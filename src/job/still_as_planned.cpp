// still_as_planned.cpp: settings are compared by what they are, the file by its digest.
#include "job/still_as_planned.hpp"

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "base/sha256.hpp"

namespace rollcall::job {

std::optional<std::string> changed_setting(const plan::PlanHeader& header,
                                           const check::Facts& facts)
{
  using Settings = std::vector<std::pair<std::string, std::string>>;
  const Settings now = facts.settings();
  const auto find = [](const Settings& in, const std::string& name) -> std::string {
    for (const auto& [known, value] : in)
      if (known == name) return value;
    return "not set";
  };
  const auto differs = [&](const Settings& all) -> std::optional<std::string> {
    for (const auto& [name, value] : all)
      if (find(header.settings, name) != find(now, name))
        return "tenant." + name + " was " + find(header.settings, name) + " when planned and is " +
               find(now, name);
    return {};
  };
  if (auto found = differs(header.settings)) return found;
  return differs(now);
}

Result<bool> is_planned(Source& file, const plan::PlanEnd& end)
{
  Sha256 digest;
  std::vector<std::byte> piece(std::size_t{64} * 1024);
  std::uint64_t bytes = 0;
  while (bytes <= end.bytes) {
    ROLLCALL_TRY(const std::size_t size, file.read(piece));
    if (size == 0) break;
    digest.update(std::span{piece}.first(size));
    bytes += size;
  }
  return bytes == end.bytes && to_hex(digest.finish()) == end.sha256;
}

} // namespace rollcall::job
