// nearest_value.hpp: the value of a field that somebody meant who wrote another one.
//
// Work is bounded: of a table of more objects than are looked at, only what is one step away is
// found, by asking for all that could be meant. How the others look is kept (Table::offer_all), so
// that many unknown values cost little more than the first.
#ifndef ROLLCALL_DIRECTORY_NEAREST_VALUE_HPP
#define ROLLCALL_DIRECTORY_NEAREST_VALUE_HPP

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/table.hpp"

namespace rollcall::directory {

// The search for any directory: it says what to look at, and takes what is shown.
class NearestSearch {
 public:
  NearestSearch(FieldId field, Form form, std::string_view text);
  ~NearestSearch();

  // Nothing that is kept can be meant.
  [[nodiscard]] bool is_vain() const noexcept;
  // Of so many objects all are looked at, else those that have one of these values.
  [[nodiscard]] static bool looks_at_all(std::uint64_t count) noexcept;
  [[nodiscard]] std::vector<std::string> neighbours() const;

  void look_at_all(Table& table);
  [[nodiscard]] ObjectSink& sink() noexcept;
  [[nodiscard]] std::optional<std::string> best() const;

 private:
  class Offers;
  std::string wanted_;
  std::unique_ptr<Offers> offers_;
};

// It does not hang on the order of the objects.
[[nodiscard]] std::optional<std::string> nearest_value(Table& table, FieldId field,
                                                       std::string_view text);

} // namespace rollcall::directory

#endif // ROLLCALL_DIRECTORY_NEAREST_VALUE_HPP
