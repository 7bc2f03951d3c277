// Counts how many letters are added, lost, changed or exchanged with their neighbour.
#include "nearest.hpp"

#include <algorithm>
#include <vector>

namespace rollcall::tools {
namespace {

constexpr std::size_t word_bytes_max = 64; // nobody mistypes more than that

// The optimal string alignment distance, by three rows of the usual table.
std::size_t distance(std::string_view a, std::string_view b)
{
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before.swap(last);
    last.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] =
          std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1] ? 1 : 0)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row.back();
}

} // namespace

std::string did_you_mean(std::string_view word, std::span<const std::string> known)
{
  if (word.empty() || word.size() > word_bytes_max) return {};
  std::string_view nearest;
  std::size_t least = 1 + std::max<std::size_t>(1, word.size() / 3); // more than this is far
  for (const std::string& each : known) {
    if (const std::size_t far = distance(word, each); far < least) {
      least = far;
      nearest = each;
    }
  }
  const auto holds = [word](const std::string& each) { return each.find(word) != each.npos; };
  if (nearest.empty() && word.size() > 2)
    if (const auto each = std::ranges::find_if(known, holds); each != known.end()) nearest = *each;
  return nearest.empty() ? std::string{} : "; did you mean " + std::string{nearest} + "?";
}

} // namespace rollcall::tools
