// fault.cpp: faults by name, and striking at their points.
#include "torture/fault.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace rollcall::torture {
namespace {

using Kind = Fault::Kind;

constexpr std::array<std::pair<std::string_view, Kind>, 8> kinds = {{{"none", Kind::none},
                                                                     {"kill", Kind::kill},
                                                                     {"time", Kind::time},
                                                                     {"stop", Kind::stop},
                                                                     {"alloc", Kind::alloc},
                                                                     {"file", Kind::file},
                                                                     {"spool", Kind::spool},
                                                                     {"host", Kind::host}}};

std::optional<Fault> fault_of(std::string_view text)
{
  Fault fault;
  if (text.ends_with('+')) {
    fault.goes_on = true;
    text.remove_suffix(1);
  }
  if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
    fault.detail = text.substr(colon + 1);
    text = text.substr(0, colon);
  }
  if (const std::size_t at = text.find('@'); at != std::string_view::npos) {
    const std::string_view digits = text.substr(at + 1);
    const char* const end = digits.data() + digits.size();
    const auto [read_to, code] = std::from_chars(digits.data(), end, fault.at);
    if (code != std::errc{} || read_to != end) return {};
    text = text.substr(0, at);
  }
  if (text.ends_with("-from")) {
    fault.from = true;
    text.remove_suffix(5);
  }
  for (const auto& [name, kind] : kinds) {
    if (name != text) continue;
    fault.kind = kind;
    return fault;
  }
  return {};
}

} // namespace

std::string Fault::text() const
{
  std::string made;
  for (const auto& [name, each] : kinds)
    if (each == kind) made = name;
  if (kind == Kind::none) return made;
  if (from) made += "-from";
  made += "@" + std::to_string(at);
  if (!detail.empty()) made += ":" + detail;
  return goes_on ? made + "+" : made;
}

std::optional<Faults> faults_of(std::string_view text)
{
  Faults faults;
  while (!text.empty()) {
    const std::size_t end = text.find(',');
    const auto fault = fault_of(text.substr(0, end));
    if (!fault) return {};
    faults.push_back(*fault);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return faults;
}

std::string text_of(const Faults& faults)
{
  std::string text;
  for (const Fault& fault : faults) text += (text.empty() ? "" : ",") + fault.text();
  return text.empty() ? "none" : text;
}

} // namespace rollcall::torture
