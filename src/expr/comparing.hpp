// comparing.hpp: how values compare: null as a value like any other, text exactly or without case.
//
// Without case is spec E23: NFC, full case folding, NFC again. ASCII gets there without a copy.
#ifndef ROLLCALL_EXPR_COMPARING_HPP
#define ROLLCALL_EXPR_COMPARING_HPP

#include <string>
#include <string_view>

#include "expr/value.hpp"

namespace rollcall::expr {

class Comparing {
 public:
  [[nodiscard]] bool is_same(const Value& left, const Value& right, bool without_case);
  // Is it one of the list? Without case.
  [[nodiscard]] bool is_in(const Value& value, const Value& list);
  // Is the second text in the first, without case?
  [[nodiscard]] bool contains(std::string_view text, std::string_view part);

  // Overwrites what is left of texts, for who has compared secrets.
  void wipe() noexcept;

 private:
  [[nodiscard]] bool is_same_folded(std::string_view left, std::string_view right);

  std::string left_;
  std::string right_;
};

// One digit repeated, or digits that go up or down by one without turning over; two at least.
[[nodiscard]] bool is_run(std::string_view text) noexcept;

} // namespace rollcall::expr

#endif // ROLLCALL_EXPR_COMPARING_HPP
