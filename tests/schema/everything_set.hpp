// A value of every struct of a schema with nothing left at its default, made along their
// descriptions: what JSON loses of it was forgotten.
#ifndef ROLLCALL_TESTS_SCHEMA_EVERYTHING_SET_HPP
#define ROLLCALL_TESTS_SCHEMA_EVERYTHING_SET_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "schema/describe.hpp"

namespace rollcall::tests {

class EverythingSet {
 public:
  template <class Struct>
  requires std::is_class_v<Struct>
  void set(Struct& value)
  {
    schema::describe(schema::Of<Struct>{},
                     [&](std::string_view, auto member) { set(value.*member); });
  }

 private:
  void set(std::string& text) { text = "t" + std::to_string(++count_); }
  void set(bool& flag) { flag = !flag; }
  void set(int& number) { number += ++count_; }
  void set(std::int64_t& number) { number = 1'000 + ++count_; }
  void set(std::uint64_t& number) { number = static_cast<std::uint64_t>(++count_); }
  void set(std::optional<std::string>& text) { set(text.emplace()); }
  void set(std::optional<schema::Export>& exports) { set(exports.emplace()); }

  void set(schema::Amount& amount)
  {
    std::int64_t number = 0;
    schema::Expr expr;
    if (++count_ % 2 == 0) {
      set(number);
      amount = number;
    } else {
      set(expr);
      amount = std::move(expr);
    }
  }

  template <class Enum>
  requires std::is_enum_v<Enum>
  void set(Enum& value) { value = static_cast<Enum>(schema::words_of<Enum>.size() - 1); }

  template <class Element>
  void set(std::vector<Element>& list)
  {
    list.resize(2);
    for (Element& element : list) set(element);
  }

  // Each type in turn, but the first: that is the default of most.
  void set(schema::Type& type)
  {
    type_ = type_ % (std::variant_size_v<schema::Type> - 1) + 1;
    set_type<1>(type);
  }

  template <std::size_t index>
  void set_type(schema::Type& type)
  {
    if constexpr (index < std::variant_size_v<schema::Type>) {
      if (index == type_)
        set(type.emplace<index>());
      else
        set_type<index + 1>(type);
    }
  }

  int count_ = 0;
  std::size_t type_ = 0;
};

template <class Struct>
[[nodiscard]] Struct everything_set()
{
  Struct value;
  EverythingSet{}.set(value);
  return value;
}

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_SCHEMA_EVERYTHING_SET_HPP
