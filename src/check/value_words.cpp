// value_words.cpp: lists of words, folded once when they are made.
#include "check/value_words.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/unicode.hpp"
#include "base/utf8.hpp"
#include "check/values.hpp"

namespace rollcall::check {
namespace {

constexpr std::size_t short_max = 8;
constexpr std::size_t tries_max = 64; // of factors

// A text that is not empty, has no NUL and is ASCII: how a word is kept as a number.
bool is_short(std::string_view text) noexcept
{
  return !text.empty() && text.size() <= short_max && is_ascii(text) &&
         text.find('\0') == std::string_view::npos;
}

std::uint64_t number_of(std::string_view text) noexcept
{
  std::uint64_t bytes = 0;
  for (std::size_t i = text.size(); i != 0; --i)
    bytes = bytes << 8U | static_cast<unsigned char>(text[i - 1]);
  return bytes;
}

} // namespace

void Words::add(std::string_view word, std::uint32_t number)
{
  std::string scratch;
  const std::string_view folded = fold_for_comparing(word, scratch);
  if (is_short(folded)) {
    const std::uint64_t bytes = number_of(folded);
    if (find_short(bytes) != none) return;
    std::vector<Short> words{{bytes, number}};
    for (const Short& each : short_)
      if (each.folded != 0) words.push_back(each);
    short_count_ = words.size();
    std::uint64_t factor = 0x9E37'79B9'7F4A'7C15;
    for (std::size_t tries = 0; tries != tries_max; ++tries, factor = factor * 3 + 2)
      if (lay_out(words, factor)) return;
    return;
  }
  const auto at = std::lower_bound(long_.begin(), long_.end(), folded,
                                   [](const Long& l, std::string_view r) { return l.folded < r; });
  if (at == long_.end() || at->folded != folded) long_.insert(at, {std::string{folded}, number});
}

bool Words::lay_out(std::span<const Short> words, std::uint64_t factor)
{
  const auto bits = static_cast<unsigned>(std::bit_width(2 * words.size() - 1));
  factor_ = factor;
  shift_ = 64 - bits;
  short_.assign(std::size_t{1} << bits, {});
  bool is_apart = true;
  for (const Short& word : words) {
    std::size_t at = place_of(word.folded);
    is_apart = is_apart && short_[at].folded == 0;
    while (short_[at].folded != 0) at = (at + 1) % short_.size();
    short_[at] = word;
  }
  return is_apart;
}

std::uint32_t Words::find(std::string_view cell, std::string& scratch) const
{
  if (is_short(cell)) return find_short(number_of(cell));
  if (long_.empty() && is_ascii(cell)) return none;
  const std::string_view folded = fold_for_comparing(cell, scratch);
  if (is_short(folded)) return find_short(number_of(folded));
  const auto at = std::lower_bound(long_.begin(), long_.end(), folded,
                                   [](const Long& l, std::string_view r) { return l.folded < r; });
  return at != long_.end() && at->folded == folded ? at->number : none;
}

// A cell that begins with a letter of ASCII may, composed, begin with another: a word of such
// letters may be any cell.
ReadyWords::ReadyWords(const std::vector<schema::Word>& words)
{
  std::string scratch;
  for (std::size_t c = 0; c != begins_.size(); ++c) begins_[c] = c >= 0x80 || c <= '\'';
  for (const schema::Word& word : words) {
    words_.add(word.word, static_cast<std::uint32_t>(means_.size()));
    means_.push_back(word.means);
    const std::string_view folded = fold_for_comparing(word.word, scratch);
    if (folded.empty()) continue;
    const auto first = static_cast<unsigned char>(folded.front());
    if (first >= 0x80) begins_.fill(true);
    begins_[first] = true;
    if (first >= 'a' && first <= 'z') begins_[first - 'a' + 'A'] = true;
  }
}

} // namespace rollcall::check
