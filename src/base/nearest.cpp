// nearest.cpp: the distance of Damerau and Levenshtein where no piece is changed twice, given up as
// soon as it is too large.
#include "base/nearest.hpp"

#include <algorithm>

#include "base/unicode.hpp"
#include "base/utf8.hpp"

namespace rollcall {
namespace {

std::size_t steps_allowed(std::size_t characters) noexcept
{
  if (characters < 3) return 0;
  if (characters < 6) return 1;
  return characters < 11 ? 2 : 3;
}

std::uint64_t bag_bit(char32_t character) noexcept
{
  return std::uint64_t{1} << character % 64;
}

// The digit that a letter, without case, looks like; any other character is itself.
char32_t digit_like(char32_t character) noexcept
{
  if (character == U'o') return U'0';
  return character == U'l' || character == U'i' ? U'1' : character;
}

// That of the name without case.
std::uint64_t bag_of_ascii(std::string_view name) noexcept
{
  std::uint64_t bag = 0;
  for (const char sign : name)
    bag |= bag_bit(static_cast<unsigned char>(sign >= 'A' && sign <= 'Z' ? sign | 0x20 : sign));
  return bag;
}

} // namespace

Nearest::Nearest(std::string_view wanted)
    : wanted_{take(wanted, scratch_)},
      steps_max_{steps_allowed(wanted_.size)},
      best_steps_{steps_max_ + 1}
{
}

Nearest::Name Nearest::take(std::string_view name, std::string& scratch)
{
  Name taken;
  if (name.size() > bytes_max) return taken;
  std::string_view rest = fold_for_comparing(name, scratch);
  for (; !rest.empty(); ++taken.size) {
    if (taken.size == characters_max) return {};
    const Decoded next = decode_next(rest);
    rest.remove_prefix(next.bytes);
    taken.characters[taken.size] = next.code_point;
    taken.bag |= bag_bit(next.code_point);
  }
  return taken;
}

// Most names are seen to be far before they are taken apart: of ASCII the bytes are the characters.
void Nearest::offer(std::string_view name)
{
  if (name.size() <= bytes_max && is_ascii(name) &&
      (has_other_length(name.size()) || has_other_letters(bag_of_ascii(name)))) {
    ++offers_;
    return;
  }
  offer(name, take(name, scratch_));
}

void Nearest::offer(std::string_view name, const Name& offered)
{
  if (++offers_ > offers_max || wanted_.size == 0 || offered.size == 0) return;
  const std::size_t steps = steps_to(offered);
  if (steps > best_steps_ || steps > steps_max_ || has_other_digits(offered)) return;
  if (steps == best_steps_ && !best_.empty() && best_ <= name) return;
  best_steps_ = steps;
  best_ = name;
}

// Too many characters or too few.
bool Nearest::has_other_length(std::size_t size) const noexcept
{
  return std::max(wanted_.size, size) - std::min(wanted_.size, size) > steps_max_;
}

// Too many others: a step takes one away and puts one in, at most.
bool Nearest::has_other_letters(std::uint64_t bag) const noexcept
{
  std::uint64_t unshared = wanted_.bag ^ bag;
  for (std::size_t most = 2 * steps_max_; unshared != 0; --most, unshared &= unshared - 1)
    if (most == 0) return true;
  return false;
}

bool Nearest::has_other_digits(const Name& name) const noexcept
{
  const auto of = [](const Name& each) { return std::span{each.characters}.first(each.size); };
  const auto is_digit = [](char32_t sign) { return sign >= U'0' && sign <= U'9'; };
  const std::span<const char32_t> wanted = of(wanted_);
  const std::span<const char32_t> offered = of(name);
  const auto looks_alike = [](char32_t one, char32_t other) {
    return digit_like(one) == digit_like(other);
  };
  if (std::equal(wanted.begin(), wanted.end(), offered.begin(), offered.end(), looks_alike))
    return false;
  // All digits of the one are in the other, in their order.
  const auto are_in = [&](std::span<const char32_t> some, std::span<const char32_t> all) {
    auto at = all.begin();
    for (const char32_t sign : some) {
      if (!is_digit(sign)) continue;
      at = std::find(at, all.end(), sign);
      if (at == all.end()) return false;
      ++at;
    }
    return true;
  };
  const bool is_number = std::none_of(wanted.begin(), wanted.end(), is_letter);
  const bool are_here = are_in(wanted, offered);
  const bool are_there = are_in(offered, wanted);
  return is_number ? !are_here || !are_there : !are_here && !are_there;
}

// Row by row of the table of distances between the beginnings of both names, of which the last
// three rows are kept. More than steps_max_ if they are too far apart.
std::size_t Nearest::steps_to(const Name& name) const noexcept
{
  const std::size_t too_many = steps_max_ + 1;
  if (has_other_length(name.size) || has_other_letters(name.bag)) return too_many;
  using Row = std::array<std::size_t, characters_max + 1>;
  std::array<Row, 3> rows;
  for (std::size_t j = 0; j <= name.size; ++j) rows[0][j] = j;
  for (std::size_t i = 1; i <= wanted_.size; ++i) {
    Row& row = rows[i % 3];
    const Row& before = rows[(i + 2) % 3];
    const Row& before_that = rows[(i + 1) % 3];
    row[0] = i;
    std::size_t least = i;
    for (std::size_t j = 1; j <= name.size; ++j) {
      const char32_t left = wanted_.characters[i - 1];
      const char32_t right = name.characters[j - 1];
      row[j] = std::min({before[j] + 1, row[j - 1] + 1, before[j - 1] + (left == right ? 0U : 1U)});
      const bool is_swap =
          i > 1 && j > 1 && left == name.characters[j - 2] && right == wanted_.characters[i - 2];
      if (is_swap) row[j] = std::min(row[j], before_that[j - 2] + 1);
      least = std::min(least, row[j]);
    }
    // A swap may still come from the row before this one.
    if (least > steps_max_ + 1) return too_many;
  }
  return rows[wanted_.size % 3][name.size];
}

NameList::NameList(std::span<const std::string> names)
{
  std::string scratch;
  for (const std::string& name : names) {
    entries_.push_back({name, Nearest::take(name, scratch)});
    text_.append(text_.empty() ? "" : ", ").append(name);
  }
}

std::string_view NameList::nearest(std::string_view wanted) const
{
  Nearest nearest{wanted};
  for (const Entry& entry : entries_) nearest.offer(entry.name, entry.taken);
  for (const Entry& entry : entries_)
    if (entry.name == nearest.best()) return entry.name;
  return {};
}

} // namespace rollcall
