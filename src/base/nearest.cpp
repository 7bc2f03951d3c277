// The optimal string alignment distance, by three rows of the usual table.
#include "base/nearest.hpp"

#include <algorithm>
#include <array>

namespace rollcall {
namespace {

constexpr std::size_t word_bytes_max = 64; // nobody mistypes more than that

using Row = std::array<std::size_t, word_bytes_max + 1>;

} // namespace

std::size_t letters_apart(std::string_view left, std::string_view right, std::size_t most)
{
  const std::size_t longer = std::max(left.size(), right.size());
  const std::size_t shorter = std::min(left.size(), right.size());
  if (longer > word_bytes_max || longer - shorter > most) return most + 1;
  Row rows[3];
  Row* before = &rows[0];
  Row* last = &rows[1];
  Row* row = &rows[2];
  for (std::size_t j = 0; j <= right.size(); ++j) (*row)[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    std::swap(before, last);
    std::swap(last, row);
    (*row)[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t changed = (*last)[j - 1] + (left[i - 1] != right[j - 1] ? 1 : 0);
      (*row)[j] = std::min({(*last)[j] + 1, (*row)[j - 1] + 1, changed});
      if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
        (*row)[j] = std::min((*row)[j], (*before)[j - 2] + 1);
    }
  }
  return std::min((*row)[right.size()], most + 1);
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> known)
{
  std::string_view found;
  if (word.empty()) return found;
  std::size_t most = std::max<std::size_t>(1, word.size() / 3);
  for (const std::string_view each : known) {
    const std::size_t apart = letters_apart(word, each, most);
    if (apart > most) continue;
    found = each;
    if (apart == 0) break;
    most = apart - 1;
  }
  return found;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> known)
{
  const std::string_view meant = nearest(word, known);
  return meant.empty() ? std::string{} : "; did you mean " + std::string{meant} + "?";
}

} // namespace rollcall
