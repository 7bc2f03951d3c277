// compiling.cpp: what every step of compiling a schema needs: expressions in their places, and
// names that must mean something.
#include "schema/compiling.hpp"

#include <algorithm>
#include <set>

#include "expr/syntax.hpp"
#include "schema/did_you_mean.hpp"
#include "schema/names_at.hpp"

namespace rollcall::schema {
namespace {

using expr::Slot;
using expr::Space;
using expr::Wanted;

// So much of a text, round the fault, that it is known again.
std::string excerpt(std::string_view text, std::size_t offset)
{
  constexpr std::size_t shown_max = 60;
  if (text.size() <= shown_max) return "\"" + std::string{text} + "\"";
  const auto is_inside = [&](std::size_t i) {
    return i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U;
  };
  std::size_t begin = offset < shown_max / 2 ? 0 : offset - shown_max / 2;
  while (is_inside(begin)) ++begin;
  std::size_t end = std::min(begin + shown_max, text.size());
  while (is_inside(end)) ++end;
  return std::string{begin == 0 ? "" : "..."} + "\"" +
         std::string{text.substr(begin, end - begin)} + "\"" + (end == text.size() ? "" : "...");
}

std::vector<std::string_view> names_of(const Numbers& numbers)
{
  std::vector<std::string_view> names;
  for (const auto& [name, number] : numbers) names.push_back(name);
  return names;
}

std::string unknown(std::string_view what, std::string_view name, const Numbers& known)
{
  return "there is no " + std::string{what} + " '" + std::string{name} + "'" +
         did_you_mean(name, names_of(known));
}

bool is_code_letter(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

} // namespace

std::string in_words(std::string_view text, const expr::Fault& fault)
{
  return excerpt(text, fault.offset) + " at " + std::to_string(fault.offset + 1) + ": " +
         fault.what;
}

// ---- Expressions -------------------------------------------------------------------------------

ProgramId Compiling::compile(const std::string& path, std::string_view text, Wanted wanted,
                             const Place& place, std::optional<expr::Type> type)
{
  const NamesAt names{*this, place};
  const auto compiled = book().compile(text, wanted, names, type);
  for (const expr::Fault& fault : compiled.faults) faults.add(path, in_words(text, fault));
  if (!compiled.faults.empty()) return book().compile("true", Wanted::condition, names).program;
  check_reads(path, book().program(compiled.program), place);
  return compiled.program;
}

void Compiling::check_reads(const std::string& path, const expr::Program& program,
                            const Place& place)
{
  const auto is_known = [&](const Slot& slot) {
    if ((place.may_read & spaces(slot.space)) == 0) return false;
    if (slot.space != Space::key) return true;
    const auto& objects = made.objects;
    const std::size_t count = std::min(objects.size(), place.objects_made);
    return std::any_of(objects.begin(), objects.begin() + static_cast<std::ptrdiff_t>(count),
                       [&](const CompiledObject& each) { return each.kind == slot.index; });
  };
  std::set<std::string> unknown_here;
  for (const Slot& slot : program.reads)
    if (!is_known(slot)) unknown_here.insert(name_of(slot, place));
  for (const std::string& name : unknown_here)
    faults.add(path, "reads " + name + ", which is not known here");
  // A plan is made before the host gives keys: such a value is filled in, not worked out.
  for (const Slot& slot : program.reads)
    if (slot.space == Space::key && is_known(slot) && !program.slot &&
        made.kinds[slot.index].keys == Keys::from_host)
      faults.add(path, name_of(slot, place) +
                           " is known only once the host has given it: it can be a value, "
                           "and no part of one");
}

std::string Compiling::name_of(const Slot& slot, const Place& place) const
{
  const auto field_of = [&](std::uint16_t kind) {
    return "." + (kind == none ? std::string{} : field({kind, slot.field}).name);
  };
  switch (slot.space) {
    case Space::cell:
      return schema().columns[slot.index].field;
    case Space::fresh:
      return "new." + schema().columns[slot.index].field;
    case Space::old:
      return "old" + field_of(made.own_kind());
    case Space::holder:
      return "holder" + field_of(slot.index);
    case Space::object:
      return "object" + field_of(place.kind);
    case Space::row:
      return "row." + std::string{row_fact_name(slot.index)};
    case Space::job:
      return "job." + std::string{job_fact_name(slot.index)};
    case Space::key:
      return "key(" + made.kinds[slot.index].name + ")";
    case Space::listed:
      return "lists(" + made.kinds[slot.index].name + ")";
    case Space::lookup:
      return "lookup(" + made.kinds[made.book().lookups()[slot.index].kind].name + ", ...)";
    case Space::fact:
      break;
  }
  for (const auto& [name, number] : facts)
    if (number == slot.index) return name;
  return {};
}

ProgramId Compiling::condition(const std::string& path, std::string_view text, const Place& place)
{
  return compile(path, text, Wanted::condition, place, {});
}

ProgramId Compiling::value(const std::string& path, std::string_view text, const Place& place,
                           std::optional<expr::Type> type)
{
  return compile(path, text, Wanted::value, place, type);
}

ProgramId Compiling::scalar(const std::string& path, std::string_view text, const Place& place)
{
  const ProgramId program = value(path, text, place);
  switch (book().program(program).type) {
    case expr::Type::secret:
    case expr::Type::generated:
      faults.add(path, "a secret is never written");
      break;
    case expr::Type::object:
      faults.add(path, "an object cannot be written: name a field of it");
      break;
    case expr::Type::texts:
    case expr::Type::integers:
      faults.add(path, "a list cannot be written");
      break;
    default:
      break;
  }
  return program;
}

ProgramId Compiling::text_template(const std::string& path, std::string_view text,
                                   const Place& place)
{
  return compile(path, text, Wanted::text_template, place, {});
}

std::optional<ProgramId> Compiling::condition_if_any(const std::string& path, std::string_view text,
                                                     const Place& place)
{
  if (text.empty()) return {};
  return condition(path, text, place);
}

std::optional<ProgramId> Compiling::condition_unless_always(const std::string& path,
                                                            std::string_view text,
                                                            const Place& place)
{
  const ProgramId program = condition(path, text, place);
  if (book().program(program).constant == true) return {};
  return program;
}

// ---- Names -------------------------------------------------------------------------------------

std::uint16_t Compiling::column_named(const std::string& path, std::string_view name)
{
  if (name.empty()) return none;
  const auto found = columns.find(name);
  if (found != columns.end()) return found->second;
  faults.add(path, unknown("column", name, columns));
  return none;
}

std::vector<ColumnId> Compiling::columns_named(const std::string& path,
                                               const std::vector<std::string>& names)
{
  std::vector<ColumnId> found;
  for (std::size_t i = 0; i != names.size(); ++i) {
    const std::string here = at(path, i);
    if (names[i].empty()) faults.add(here, "a name is needed");
    const std::uint16_t column = column_named(here, names[i]);
    if (column == none) continue;
    if (std::find(found.begin(), found.end(), column) != found.end())
      faults.add(here, "'" + names[i] + "' stands there twice");
    else
      found.push_back(column);
  }
  return found;
}

std::uint16_t Compiling::kind_named(const std::string& path, std::string_view name)
{
  const auto found = kinds.find(name);
  if (found != kinds.end()) return found->second;
  faults.add(path, name.empty() ? "a kind is needed" : unknown("kind", name, kinds));
  return none;
}

std::uint16_t Compiling::field_named(const std::string& path, std::uint16_t kind,
                                     std::string_view name)
{
  if (kind == none) return none;
  if (name == made.kinds[kind].key.name) return expr::key_field;
  const auto found = fields[kind].find(name);
  if (found != fields[kind].end()) return found->second;
  faults.add(path, name.empty() ? "a field is needed"
                                : unknown(made.kinds[kind].name + " field", name, fields[kind]));
  return none;
}

FieldRef Compiling::field_ref(const std::string& path, std::string_view dotted, bool or_kind)
{
  const std::size_t dot = dotted.find('.');
  const std::uint16_t kind = kind_named(path, dotted.substr(0, dot));
  if (kind == none) return {};
  if (dot != dotted.npos) {
    const std::uint16_t number = field_named(path, kind, dotted.substr(dot + 1));
    return number == none ? FieldRef{} : FieldRef{kind, number};
  }
  if (or_kind) return {kind, expr::key_field};
  faults.add(path, "expected a kind and a field: '" + made.kinds[kind].name + "." +
                       made.kinds[kind].key.name + "'");
  return {};
}

const CompiledField& Compiling::field(const FieldRef& of) const
{
  const CompiledKind& kind = made.kinds[of.kind];
  return of.field == expr::key_field ? kind.key : kind.fields[of.field];
}

bool Compiling::is_name(const std::string& path, std::string_view name)
{
  if (name.empty()) {
    faults.add(path, "a name is needed");
  } else if (!expr::is_plain_name(name)) {
    faults.add(path, "'" + std::string{name} +
                         "' is no name: letters, digits and _, no digit first, no word of the "
                         "rule language");
  } else {
    return true;
  }
  return false;
}

bool Compiling::is_new(Numbers& names, const std::string& path, std::string_view name,
                       std::size_t number)
{
  if (names.emplace(name, static_cast<std::uint16_t>(number)).second) return true;
  faults.add(path, "'" + std::string{name} + "' is there already");
  return false;
}

void Compiling::check_code(const std::string& path, std::string_view code)
{
  const std::size_t dot = code.find('.');
  const bool is_good =
      dot != code.npos && dot != 0 && dot + 1 != code.size() &&
      std::all_of(code.begin(), code.begin() + static_cast<std::ptrdiff_t>(dot), is_code_letter) &&
      std::all_of(code.begin() + static_cast<std::ptrdiff_t>(dot) + 1, code.end(), is_code_letter);
  if (!is_good)
    faults.add(path, "a code is two words in small letters with a point between: mac.required");
}

} // namespace rollcall::schema
