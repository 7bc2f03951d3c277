// still_as_planned.cpp: settings are compared by what they are, the file by its digest.
#include "job/still_as_planned.hpp"

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "base/sha256.hpp"
#include "check/columns.hpp"
#include "check/header.hpp"
#include "job/header_told.hpp"

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

namespace {

// Facts that may have told what a row does. Who may do what at all is asked anew anyway.
std::vector<bool> facts_read(const schema::CompiledSchema& schema)
{
  std::vector<bool> read(schema.facts.size(), false);
  std::vector<bool> is_left_out(schema.book().size(), false);
  for (const schema::CompiledRole& role : schema.roles)
    if (role.is) is_left_out[*role.is] = true;
  for (const schema::CompiledCell& cell : schema.job_page) is_left_out[cell.value] = true;
  for (std::size_t id = 0; id != is_left_out.size(); ++id) {
    if (is_left_out[id]) continue;
    for (const expr::Slot& slot : schema.book().program(static_cast<expr::ProgramId>(id)).reads)
      if (slot.space == expr::Space::fact) read[slot.index] = true;
  }
  return read;
}

Setting fact_in(const Context& context, const schema::CompiledFact& fact)
{
  const bool is_actor = fact.of == schema::FactOf::actor;
  const auto text = [](const std::string& value) {
    return Setting{.is = Setting::Is::text, .text = value};
  };
  if (is_actor && fact.name == "name") return text(context.name);
  if (is_actor && fact.name == "role") return text(context.role);
  const auto& all = is_actor ? context.facts : context.options;
  const auto at = all.find(fact.name);
  return at == all.end() ? Setting{} : at->second;
}

} // namespace

std::optional<std::string> changed_fact(const plan::PlanHeader& header, const Context& now,
                                        const schema::CompiledSchema& schema)
{
  const std::vector<bool> is_read = facts_read(schema);
  for (std::size_t i = 0; i != is_read.size(); ++i) {
    const schema::CompiledFact& fact = schema.facts[i];
    // Options are what somebody has asked for: they are all compared.
    const bool is_compared =
        fact.of == schema::FactOf::option || (fact.of == schema::FactOf::actor && is_read[i]);
    if (!is_compared) continue;
    if (!(fact_in(header.context, fact) == fact_in(now, fact)))
      return (fact.of == schema::FactOf::actor ? "actor." : "option.") + fact.name;
  }
  return {};
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

Result<bool> is_read_alike(Source& file, const plan::PlanHeader& header,
                           const schema::CompiledSchema& schema, check::Facts& facts,
                           const Limits& limits, std::pmr::memory_resource* memory)
{
  ROLLCALL_CHECK(file.rewind());
  ROLLCALL_TRY(const auto columns, check::ready_columns(schema, facts));
  ROLLCALL_TRY(
      auto reader,
      csv::Reader::open(
          file, {.dialect = header.dialect, .limits = limits, .memory = memory, .digest = false}));
  reader.use_delimiter(header.dialect.separator());
  ROLLCALL_TRY(const bool has_header, reader.next());
  if (!has_header) return false;
  const check::Header read = check::read_header(schema, columns, reader.batch(), limits);
  return header_told(reader.batch(), read) == header.header;
}

} // namespace rollcall::job
