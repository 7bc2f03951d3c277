// nearest_value.cpp: Hyyrö's bit vectors for the distance ("A bit-vector algorithm for computing
// Levenshtein and Damerau edit distances", 2003), behind two filters that need no loop.
#include "directory/nearest_value.hpp"

#include <algorithm>
#include <bit>
#include <vector>

namespace rollcall::directory {
namespace {

constexpr std::size_t looked_at_max = 10'000;
constexpr std::size_t letters_wrong_max = 3;

// What a letter may have been meant to be.
constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789.-_@+ ";

// A bit for each of the letters, some of which share one.
std::uint64_t letters_in(std::string_view word) noexcept
{
  std::uint64_t found = 0;
  for (const char letter : word) found |= std::uint64_t{1} << (static_cast<unsigned>(letter) & 63U);
  return found;
}

// What is compared, if it is short enough to have neighbours.
std::string wanted_of(std::string_view text, Form form)
{
  Compared room;
  const std::string_view wanted = room.form(text, form);
  return std::string{wanted.size() <= Distance::word_bytes_max ? wanted : std::string_view{}};
}

// All that is one letter away.
std::vector<std::string> neighbours_of(std::string_view word)
{
  std::vector<std::string> all;
  const auto put = [&](std::size_t at, std::size_t lost, std::string_view instead) {
    all.emplace_back(word).replace(at, lost, instead);
  };
  for (std::size_t at = 0; at <= word.size(); ++at) {
    for (std::size_t i = 0; i != letters.size(); ++i) put(at, 0, letters.substr(i, 1));
    if (at == word.size()) break;
    put(at, 1, {});
    for (std::size_t i = 0; i != letters.size(); ++i) put(at, 1, letters.substr(i, 1));
    if (at + 1 == word.size()) continue;
    const std::array exchanged = {word[at + 1], word[at]};
    put(at, 2, {exchanged.data(), exchanged.size()});
  }
  return all;
}

} // namespace

Distance::Distance(std::string_view word) noexcept : size_{word.size()}, letters_{letters_in(word)}
{
  for (std::size_t i = 0; i != word.size(); ++i)
    places_[static_cast<unsigned char>(word[i])] |= std::uint64_t{1} << i;
}

// A column of the usual table at a time: `up` and `down` are the places where it grows and shrinks
// by one from a row to the next, `right_up` and `right_down` the same from a column to the next.
std::optional<std::size_t> Distance::to(std::string_view other, std::size_t most) const noexcept
{
  const std::size_t difference = other.size() > size_ ? other.size() - size_ : size_ - other.size();
  if (difference > most) return {};
  // A letter that is changed is one that this word lacks and one that the other lacks.
  if (static_cast<std::size_t>(std::popcount(letters_ ^ letters_in(other))) > 2 * most) return {};

  const std::uint64_t last = std::uint64_t{1} << (size_ - 1);
  std::uint64_t up = ~std::uint64_t{0};
  std::uint64_t down = 0;
  std::uint64_t same = 0; // on the diagonal
  std::uint64_t before = 0;
  std::size_t distance = size_;
  for (const char letter : other) {
    const std::uint64_t places = places_[static_cast<unsigned char>(letter)];
    const std::uint64_t exchanged = ((~same & places) << 1U) & before;
    same = (((places & up) + up) ^ up) | places | down | exchanged;
    std::uint64_t right_up = down | ~(same | up);
    std::uint64_t right_down = same & up;
    if ((right_up & last) != 0) ++distance;
    if ((right_down & last) != 0) --distance;
    right_up = right_up << 1U | 1U;
    right_down <<= 1U;
    up = right_down | ~(same | right_up);
    down = right_up & same;
    before = places;
  }
  return distance <= most ? std::optional{distance} : std::nullopt;
}

NearestSearch::NearestSearch(std::string_view text, FieldId field, Form form)
    : wanted_{wanted_of(text, form)},
      distance_{wanted_},
      field_{field},
      form_{form},
      most_{std::clamp<std::size_t>(wanted_.size() / 3, 1, letters_wrong_max)}
{
}

void NearestSearch::object(std::size_t, const ObjectView& object)
{
  const auto value = field_ == key_field ? std::optional{object.key} : object.fields[field_];
  if (value) look_at(*value);
}

void NearestSearch::look_at(std::string_view value)
{
  if (wanted_.empty()) return;
  const std::string_view compared = room_.form(value, form_);
  const auto apart = distance_.to(compared, most_);
  if (!apart) return;
  const bool is_nearer = !found_ || *apart < most_;
  const bool comes_first =
      !is_nearer && (compared < best_ || (compared == best_ && value < *found_));
  if (!is_nearer && !comes_first) return;
  most_ = *apart;
  best_ = compared;
  found_ = std::string{value};
}

std::optional<std::string> nearest_value(Table& table, FieldId field, std::string_view text)
{
  NearestSearch search{text, field, table.form(field)};
  if (search.wanted().empty()) return {};
  if (table.count() <= looked_at_max) {
    table.scan(search);
  } else {
    const std::vector<std::string> neighbours = neighbours_of(search.wanted());
    const std::vector<std::string_view> asked{neighbours.begin(), neighbours.end()};
    table.find(field, asked, search);
  }
  return search.found();
}

} // namespace rollcall::directory
