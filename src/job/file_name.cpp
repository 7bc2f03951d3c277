// file_name.cpp: looks for the endings, without case.
#include "job/file_name.hpp"

#include <algorithm>
#include <string_view>

#include "base/unicode.hpp"

namespace rollcall::job {
namespace {

bool ends_with_without_case(std::string_view name, std::string_view suffix)
{
  return name.size() >= suffix.size() &&
         is_same_without_case(name.substr(name.size() - suffix.size()), suffix);
}

} // namespace

std::optional<Finding> fault_of_name(const schema::FileChecks& file, const std::string& name)
{
  const auto& suffixes = file.suffixes;
  const bool is_of_type =
      suffixes.empty() || name.empty() ||
      std::any_of(suffixes.begin(), suffixes.end(),
                  [&](const std::string& suffix) { return ends_with_without_case(name, suffix); });
  if (is_of_type) return {};
  std::string endings;
  for (const std::string& suffix : suffixes) endings += (endings.empty() ? "" : ", ") + suffix;
  Finding made = finding(Code::file_type);
  made.facts.push_back(fact("file", name));
  made.facts.push_back(fact("endings", endings));
  return made;
}

} // namespace rollcall::job
