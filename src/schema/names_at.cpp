// names_at.cpp: looks names up, and turns what they mean into slots.
#include "schema/names_at.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "schema/did_you_mean.hpp"

namespace rollcall::schema {
namespace {

using expr::Name;
using expr::Slot;
using expr::Space;

struct Known {
  std::string_view name;
  expr::Type type;
};

using enum expr::Type;

constexpr std::array row_facts = {Known{"number", integer}, Known{"line", integer},
                                  Known{"key", text},       Known{"outcome", text},
                                  Known{"ok", boolean},     Known{"messages", text},
                                  Known{"updated", text}};

constexpr std::array job_facts = {
    Known{"id", text},          Known{"state", text},       Known{"rows", integer},
    Known{"created", integer},  Known{"updated", integer},  Known{"unchanged", integer},
    Known{"rejected", integer}, Known{"withheld", integer}, Known{"stale", integer},
    Known{"failed", integer},   Known{"unknown", integer},  Known{"warnings", integer},
    Known{"actor", text},       Known{"started", text},     Known{"ended", text},
    Known{"details", text},     Known{"file", text},        Known{"errors", integer}};

std::optional<Name> find_known(Space space, std::span<const Known> known, std::string_view name)
{
  for (std::size_t i = 0; i != known.size(); ++i)
    if (known[i].name == name)
      return Name{{space, static_cast<std::uint16_t>(i), 0}, known[i].type};
  return {};
}

std::optional<std::uint16_t> number_of(const Numbers& numbers, std::string_view name)
{
  const auto found = numbers.find(name);
  if (found == numbers.end()) return {};
  return found->second;
}

expr::Type type_of(Is is)
{
  switch (is) {
    case Is::text:
    case Is::pool:
      return text;
    case Is::key:
      return folded;
    case Is::boolean:
      return boolean;
    case Is::integer:
    case Is::interval:
      return integer;
    case Is::texts:
      return texts;
  }
  return text;
}

} // namespace

expr::Type type_in_rules(const Type& type, bool folds)
{
  if (std::holds_alternative<Boolean>(type)) return boolean;
  if (std::holds_alternative<Integer>(type)) return integer;
  if (is_secret(type)) return secret;
  if (std::holds_alternative<Id>(type) || std::holds_alternative<Choice>(type)) return folded;
  const bool has_plain_form = std::holds_alternative<Phone>(type) ||
                              std::holds_alternative<Mac>(type) || std::holds_alternative<Ip>(type);
  return folds && !has_plain_form ? folded : text;
}

std::string_view row_fact_name(std::uint16_t number) noexcept
{
  return number < row_facts.size() ? row_facts[number].name : std::string_view{};
}

std::string_view job_fact_name(std::uint16_t number) noexcept
{
  return number < job_facts.size() ? job_facts[number].name : std::string_view{};
}

std::optional<Name> NamesAt::find(std::string_view dotted) const
{
  const std::size_t dot = dotted.find('.');
  if (dot == dotted.npos) return cell(dotted);
  const std::string_view of = dotted.substr(0, dot);
  const std::string_view rest = dotted.substr(dot + 1);
  if (of == "new") return fresh(rest);
  if (of == "old") return old(rest);
  if (of == "holder") return field(Space::holder, rest);
  if (of == "object") return field(Space::object, rest);
  if (of == "row") return find_known(Space::row, row_facts, rest);
  if (of == "job") return find_known(Space::job, job_facts, rest);
  return fact(dotted);
}

std::optional<std::uint16_t> NamesAt::column(std::string_view name) const
{
  if (name == "it" && place_.it != none) return place_.it;
  return number_of(names_.columns, name);
}

std::optional<Name> NamesAt::cell(std::string_view name) const
{
  if (place_.can_say_dropped && name == "dropped") return Name{{Space::row, dropped_slot, 0}, text};
  const auto number = column(name);
  if (!number) return {};
  return Name{{Space::cell, *number, 0}, names_.made.columns[*number].in_rules};
}

std::optional<Name> NamesAt::fresh(std::string_view name) const
{
  const auto number = column(name);
  // No row changes a field that is no column: what it comes to is what it was.
  if (!number) return old(name);
  return Name{{Space::fresh, *number, 0}, names_.made.columns[*number].in_rules};
}

std::optional<Name> NamesAt::old(std::string_view name) const
{
  if (names_.made.objects.empty()) return {};
  const std::uint16_t kind = names_.made.own_kind();
  if (kind == none) return {};
  const auto number = name == "it" ? column(name) : std::nullopt;
  auto found = find_field(kind, number ? names_.schema().columns[*number].field : name);
  if (found) found->slot.space = Space::old;
  if (found) found->slot.index = 0;
  return found;
}

std::optional<Name> NamesAt::fact(std::string_view dotted) const
{
  const auto slot_of = [](std::uint16_t number, std::uint16_t part) {
    return Slot{Space::fact, number, part};
  };
  if (const auto number = number_of(names_.facts, dotted)) {
    const Is is = names_.made.facts[*number].is;
    if (is == Is::interval) return {}; // neither text nor number: .min and .max are
    return Name{slot_of(*number, 0), type_of(is)};
  }
  const std::size_t dot = dotted.rfind('.');
  const std::string_view part = dotted.substr(dot + 1);
  const auto number = number_of(names_.facts, dotted.substr(0, dot));
  if (!number) return {};
  const Is is = names_.made.facts[*number].is;
  if (is == Is::interval && part == "min") return Name{slot_of(*number, 0), integer};
  if (is == Is::interval && part == "max") return Name{slot_of(*number, 1), integer};
  if (is == Is::pool && part == "first") return Name{slot_of(*number, 0), text};
  if (is == Is::pool && part == "last") return Name{slot_of(*number, 1), text};
  return {};
}

std::optional<Name> NamesAt::field(Space space, std::string_view name) const
{
  if (place_.kind == none) return {};
  auto found = find_field(place_.kind, name);
  if (found) found->slot.space = space;
  if (found) found->slot.index = place_.kind;
  return found;
}

std::optional<expr::LookupBy> NamesAt::find_kind(std::string_view dotted) const
{
  const std::size_t dot = dotted.find('.');
  const auto kind = number_of(names_.kinds, dotted.substr(0, dot));
  if (!kind) return {};
  if (dot == dotted.npos)
    return expr::LookupBy{*kind, expr::key_field, names_.made.kinds[*kind].key.in_rules};
  const auto found = find_field(*kind, dotted.substr(dot + 1));
  if (!found || found->type == secret) return {};
  return expr::LookupBy{*kind, found->slot.field, found->type};
}

std::optional<Name> NamesAt::find_field(std::uint16_t kind, std::string_view field) const
{
  const CompiledKind& of = names_.made.kinds[kind];
  if (field == of.key.name) return Name{{Space::lookup, 0, expr::key_field}, of.key.in_rules};
  const auto number = number_of(names_.fields[kind], field);
  if (!number) return {};
  return Name{{Space::lookup, 0, *number}, of.fields[*number].in_rules};
}

std::optional<Name> NamesAt::find_made(std::uint16_t kind) const
{
  const auto& objects = names_.made.objects;
  const bool is_made = std::any_of(objects.begin(), objects.end(),
                                   [&](const CompiledObject& each) { return each.kind == kind; });
  if (!is_made) return {};
  return Name{{Space::key, kind, 0}, names_.made.kinds[kind].key.in_rules};
}

bool NamesAt::can_be_range(const Slot& slot) const
{
  if (slot.space != Space::cell) return false;
  const auto* const type = std::get_if<Extension>(&names_.schema().columns[slot.index].type);
  return type != nullptr && type->range_max > 1;
}

std::string NamesAt::nearest(std::string_view dotted) const
{
  const std::size_t dot = dotted.find('.');
  const std::string of{dotted.substr(0, dot == dotted.npos ? 0 : dot + 1)};
  std::vector<std::string> all;
  const auto add = [&](const Numbers& numbers, const std::string& before) {
    for (const auto& [name, number] : numbers) all.push_back(before + name);
  };
  const auto add_known = [&](std::span<const Known> known) {
    for (const Known& each : known) all.push_back(of + std::string{each.name});
  };
  if (of == "new." || of == "old.") add(names_.columns, of);
  if (of == "row.") add_known(row_facts);
  if (of == "job.") add_known(job_facts);
  if (of == "holder." || of == "object.")
    if (place_.kind != none) add(names_.fields[place_.kind], of);
  if (of.empty()) {
    add(names_.columns, {});
    add(names_.lets, {});
  }
  for (const auto& [name, number] : names_.facts)
    all.push_back(names_.made.facts[number].is == Is::interval ? name + ".min" : name);
  add(names_.kinds, {});
  for (const auto& [kind, number] : names_.kinds)
    if (of == kind + ".") add(names_.fields[number], of);
  return nearest_among(dotted, all);
}

} // namespace rollcall::schema
