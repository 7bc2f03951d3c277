// likely_format.cpp: asks each format for the names.
#include "formats/likely_format.hpp"

#include "csv/delimiter.hpp"
#include "rollcall/formats.hpp"
#include "schema/compiled.hpp"

namespace rollcall::formats {
namespace {

constexpr std::size_t names_min = 3;

} // namespace

Result<std::string> likely_format(const csv::Reader& reader)
{
  std::string likely;
  std::size_t most = names_min - 1;
  for (const Format& format : builtin()) {
    const schema::Schema schema = format.make();
    ROLLCALL_TRY(const auto compiled, schema::CompiledSchema::compile(schema));
    for (const char delimiter : csv::delimiters) {
      std::size_t known = 0;
      for (const std::string& name : csv::first_names(reader, delimiter))
        known += compiled.find_column(name) ? 1U : 0U;
      if (known <= most) continue;
      most = known;
      likely = format.id;
    }
  }
  return likely;
}

Result<void> add_likely_format(std::vector<Finding>& findings, const csv::Reader& reader)
{
  for (Finding& each : findings) {
    if (each.code != Code::header_missing) continue;
    ROLLCALL_TRY(const std::string likely, likely_format(reader));
    if (!likely.empty()) each.facts.push_back(fact("near", likely));
  }
  return success();
}

} // namespace rollcall::formats
