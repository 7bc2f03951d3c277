// How values compare. Two texts whose first difference is between two ASCII letters differ whatever
// follows: no mark behind a letter makes another letter of it.
#include "expr/comparing.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <span>

#include "base/secret.hpp"
#include "base/unicode.hpp"

namespace rollcall::expr {
namespace {

constexpr unsigned char folded(unsigned char letter) noexcept
{
  const bool is_capital = letter >= 'A' && letter <= 'Z';
  return static_cast<unsigned char>(letter + (is_capital ? 'a' - 'A' : 0));
}

constexpr bool is_ascii(unsigned char left, unsigned char right) noexcept
{
  return (left | right) < 0x80;
}

} // namespace

bool Comparing::is_same_folded(std::string_view left, std::string_view right)
{
  const std::size_t size = std::min(left.size(), right.size());
  for (std::size_t i = 0; i != size; ++i) {
    const auto a = static_cast<unsigned char>(left[i]);
    const auto b = static_cast<unsigned char>(right[i]);
    if (!is_ascii(a, b))
      return fold_for_comparing(left, left_) == fold_for_comparing(right, right_);
    if (folded(a) != folded(b)) return false;
  }
  return left.size() == right.size();
}

bool Comparing::is_same(const Value& left, const Value& right, bool without_case)
{
  if (left.what != right.what) return false;
  switch (left.what) {
    case What::null:
      return true;
    case What::truth:
      return left.truth == right.truth;
    case What::integer:
      return left.integer == right.integer;
    case What::text:
      return without_case ? is_same_folded(left.text, right.text) : left.text == right.text;
    case What::texts:
    case What::generated:
      break;
  }
  return false;
}

bool Comparing::is_in(const Value& value, const Value& list)
{
  std::array<char, 24> digits{};
  std::string_view text = value.text;
  if (value.what == What::integer) {
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value.integer).ptr;
    text = {digits.data(), static_cast<std::size_t>(end - digits.data())};
  } else if (value.what != What::text) {
    return false;
  }
  return std::any_of(list.texts.begin(), list.texts.end(),
                     [&](std::string_view one) { return is_same_folded(text, one); });
}

bool Comparing::contains(std::string_view text, std::string_view part)
{
  const std::string_view within = fold_for_comparing(text, left_);
  return within.find(fold_for_comparing(part, right_)) != std::string_view::npos;
}

void Comparing::wipe() noexcept
{
  for (std::string* const used : {&left_, &right_}) {
    used->resize(used->capacity()); // what was longer once is still there behind the end
    rollcall::wipe(std::as_writable_bytes(std::span{*used}));
  }
}

bool is_run(std::string_view text) noexcept
{
  if (text.size() < 2) return false;
  const int step = text[1] - text[0];
  if (step < -1 || step > 1) return false;
  for (std::size_t i = 0; i != text.size(); ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
    if (i != 0 && text[i] - text[i - 1] != step) return false;
  }
  return true;
}

} // namespace rollcall::expr
