// naming.hpp: names for expressions in tests: columns, facts and kinds, told in a few lines.
#ifndef ROLLCALL_TESTS_EXPR_NAMING_HPP
#define ROLLCALL_TESTS_EXPR_NAMING_HPP

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "expr/names.hpp"

namespace rollcall::expr::tests {

struct Field {
  std::string name = {};
  Type type = Type::text;
};

struct Kind {
  std::string name = {};
  Field key = {};
  std::vector<Field> fields = {};
};

class Naming final : public Names {
 public:
  // Each is x, new.x and old.x.
  void columns(const std::vector<Field>& columns)
  {
    for (const Field& column : columns) {
      const auto index = static_cast<std::uint16_t>(columns_++);
      add(column.name, Space::cell, index, column.type);
      add("new." + column.name, Space::fresh, index, column.type);
      add("old." + column.name, Space::old, index, column.type);
    }
  }
  void facts(const std::vector<Field>& facts) { add_all(facts, Space::fact); }
  void add_all(const std::vector<Field>& all, Space space)
  {
    for (const Field& one : all) {
      add(one.name, space, static_cast<std::uint16_t>(names_.size()), one.type);
    }
  }
  void add(const std::string& name, Space space, std::uint16_t index, Type type)
  {
    names_.push_back({name, {{space, index, 0}, type}});
  }
  void kinds(std::vector<Kind> kinds) { kinds_ = std::move(kinds); }
  void ranges(const std::string& column) { range_ = column; }

  [[nodiscard]] std::optional<Name> find(std::string_view dotted) const override
  {
    for (const auto& [name, found] : names_) {
      if (name == dotted) return found;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<LookupBy> find_kind(std::string_view dotted) const override
  {
    const std::string_view name = dotted.substr(0, dotted.find('.'));
    for (std::uint16_t i = 0; i != kinds_.size(); ++i) {
      if (kinds_[i].name != name) continue;
      if (name == dotted) return LookupBy{i, key_field, kinds_[i].key.type};
      const std::optional<Name> field = find_field(i, dotted.substr(name.size() + 1));
      if (field) return LookupBy{i, field->slot.field, field->type};
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Name> find_field(std::uint16_t kind,
                                               std::string_view field) const override
  {
    const Kind& about = kinds_[kind];
    if (about.key.name == field) return Name{{.field = key_field}, about.key.type};
    for (std::uint16_t i = 0; i != about.fields.size(); ++i) {
      if (about.fields[i].name == field) return Name{{.field = i}, about.fields[i].type};
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Name> find_made(std::uint16_t kind) const override
  {
    if (kinds_[kind].name != "user") return std::nullopt;
    return Name{{Space::key, kind, 0}, kinds_[kind].key.type};
  }

  [[nodiscard]] bool can_be_range(const Slot& slot) const override
  {
    const std::optional<Name> found = find(range_);
    return found && found->slot == slot;
  }

  // Those that differ in the last letter only are near enough.
  [[nodiscard]] std::string nearest(std::string_view dotted) const override
  {
    for (const auto& [name, found] : names_) {
      if (name.size() == dotted.size() &&
          name.compare(0, name.size() - 1, dotted, 0, dotted.size() - 1) == 0) {
        return name;
      }
    }
    return {};
  }

 private:
  std::vector<std::pair<std::string, Name>> names_;
  std::vector<Kind> kinds_;
  std::string range_;
  std::size_t columns_ = 0;
};

} // namespace rollcall::expr::tests

#endif // ROLLCALL_TESTS_EXPR_NAMING_HPP
