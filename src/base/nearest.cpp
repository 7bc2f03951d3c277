// nearest.cpp: the distance of Damerau and Levenshtein where no piece is changed twice, of word and
// word.
#include "base/nearest.hpp"

#include <algorithm>
#include <utility>

#include "base/unicode.hpp"
#include "base/utf8.hpp"

namespace rollcall {
namespace {

using Characters = std::span<const char32_t>;

std::size_t steps_allowed(std::size_t characters) noexcept
{
  if (characters < 3) return 0;
  return characters < 6 ? 1 : 2;
}

bool is_digit(char32_t character) noexcept
{
  return character >= U'0' && character <= U'9';
}

// What words are made of; anything else parts them. Beyond ASCII all is taken for letters.
bool is_of_word(char32_t character) noexcept
{
  return is_digit(character) || character >= 0x80 || (character >= U'a' && character <= U'z') ||
         (character >= U'A' && character <= U'Z'); // of what is no UTF-8, and is not folded
}

// The digit that a letter, without case, looks like; any other character is itself.
char32_t digit_like(char32_t character) noexcept
{
  if (character == U'o') return U'0';
  return character == U'l' || character == U'i' ? U'1' : character;
}

// Takes characters, and is what can be said of them (FNV-1a).
class Hash {
 public:
  void take(char32_t character) noexcept { hash_ = (hash_ ^ character) * 0x0100'0193U; }
  [[nodiscard]] std::uint32_t value() const noexcept { return hash_; }

 private:
  std::uint32_t hash_ = 0x811C'9DC5U;
};

// Takes the characters of a name without case, one after the other.
class Looking {
 public:
  void take(char32_t character) noexcept
  {
    ++look_.size;
    look_.bag |= std::uint64_t{1} << character % 64;
    alike_.take(digit_like(character));
    const bool was_digit = std::exchange(is_digit_, is_digit(character));
    if (is_digit_ || was_digit) numbers_.take(is_digit_ ? character : U' ');
  }

  // A number at the end is closed as one within is.
  [[nodiscard]] Nearest::Look look() noexcept
  {
    if (is_digit_) numbers_.take(U' ');
    look_.numbers = numbers_.value();
    look_.alike = alike_.value();
    return look_;
  }

 private:
  Nearest::Look look_;
  Hash numbers_;
  Hash alike_;
  bool is_digit_ = false;
};

// The piece in front of which all are of a word, or none is; it is taken off.
Characters take_piece(Characters& text, bool is_word) noexcept
{
  const auto end = std::find_if(text.begin(), text.end(),
                                [&](char32_t each) { return is_of_word(each) != is_word; });
  const auto size = static_cast<std::size_t>(end - text.begin());
  const Characters piece = text.first(size);
  text = text.subspan(size);
  return piece;
}

bool is_same(Characters left, Characters right) noexcept
{
  return std::equal(left.begin(), left.end(), right.begin(), right.end());
}

bool is_one(Characters piece, char32_t character) noexcept
{
  return piece.size() == 1 && piece.front() == character;
}

// The same characters with nothing but signs between words in other places.
bool is_same_without_signs(Characters left, Characters right) noexcept
{
  while (true) {
    const auto skip = [](Characters& text) { take_piece(text, false); };
    skip(left);
    skip(right);
    if (left.empty() || right.empty()) return left.empty() && right.empty();
    if (left.front() != right.front()) return false;
    left = left.subspan(1);
    right = right.subspan(1);
  }
}

// The steps between two words, or more than the most. What they begin and end with alike is put
// aside; of the rest row by row of the table of distances between all beginnings, of which the last
// three are kept.
std::size_t steps_between(Characters left, Characters right, std::size_t most) noexcept
{
  const std::size_t too_many = most + 1;
  if (std::max(left.size(), right.size()) - std::min(left.size(), right.size()) > most)
    return too_many;
  while (!left.empty() && !right.empty() && left.front() == right.front()) {
    left = left.subspan(1);
    right = right.subspan(1);
  }
  while (!left.empty() && !right.empty() && left.back() == right.back()) {
    left = left.first(left.size() - 1);
    right = right.first(right.size() - 1);
  }
  if (left.empty() || right.empty()) return left.size() + right.size();
  using Row = std::array<std::uint8_t, Nearest::characters_max + 1>;
  std::array<Row, 3> rows;
  const auto step = [](std::size_t steps) { return static_cast<std::uint8_t>(steps); };
  for (std::size_t j = 0; j <= right.size(); ++j) rows[0][j] = step(j);
  for (std::size_t i = 1; i <= left.size(); ++i) {
    Row& row = rows[i % 3];
    const Row& before = rows[(i + 2) % 3];
    const Row& before_that = rows[(i + 1) % 3];
    std::size_t least = i;
    row[0] = step(i);
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t exchanged = before[j - 1] + (left[i - 1] == right[j - 1] ? 0U : 1U);
      std::size_t steps =
          std::min({before[j] + std::size_t{1}, row[j - 1] + std::size_t{1}, exchanged});
      const bool is_swap =
          i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
      if (is_swap) steps = std::min(steps, before_that[j - 2] + std::size_t{1});
      row[j] = step(steps);
      least = std::min(least, steps);
    }
    // A swap may still come from the row before this one.
    if (least > too_many) return too_many;
  }
  return rows[left.size() % 3][right.size()];
}

} // namespace

Nearest::Nearest(std::string_view wanted)
    : wanted_{take(wanted, scratch_)},
      steps_max_{steps_allowed(wanted_.look.size)},
      best_steps_{steps_max_ + 1}
{
}

Nearest::Name Nearest::take(std::string_view name, std::string& scratch)
{
  Name taken;
  if (name.size() > bytes_max) return taken;
  Looking looking;
  std::size_t size = 0;
  for (std::string_view rest = fold_for_comparing(name, scratch); !rest.empty();) {
    if (size == characters_max) return taken;
    const Decoded next = decode_next(rest);
    rest.remove_prefix(next.bytes);
    taken.characters[size++] = next.code_point;
    looking.take(next.code_point);
  }
  taken.look = looking.look();
  return taken;
}

// Of ASCII the bytes are the characters.
Nearest::Look Nearest::look_at(std::string_view name, std::string& scratch)
{
  if (!is_ascii(name)) return take(name, scratch).look;
  if (name.size() > characters_max) return {};
  Looking looking;
  for (const char sign : name)
    looking.take(static_cast<unsigned char>(sign >= 'A' && sign <= 'Z' ? sign | 0x20 : sign));
  return looking.look();
}

// Too many characters or too few; or too many others, where a step takes one away and puts one in,
// at most; or other numbers.
bool Nearest::may_be(const Look& look) const noexcept
{
  const Look& wanted = wanted_.look;
  if (wanted.size == 0 || look.size == 0) return false;
  const bool are_alike = look.alike == wanted.alike;
  if (look.numbers != wanted.numbers && !are_alike) return false;
  if (std::max(wanted.size, look.size) - std::min(wanted.size, look.size) > steps_max_)
    return false;
  std::uint64_t unshared = wanted.bag ^ look.bag;
  for (std::size_t most = 2 * steps_max_; unshared != 0; --most, unshared &= unshared - 1)
    if (most == 0) return false;
  return true;
}

void Nearest::offer(std::string_view name, std::string_view meant)
{
  if (name.size() <= bytes_max && may_be(look_at(name, scratch_)))
    offer(meant, take(name, scratch_));
  else
    ++offers_;
}

void Nearest::offer(std::string_view meant, const Name& offered)
{
  if (++offers_ > offers_max || !may_be(offered.look)) return;
  const std::size_t steps = steps_to(offered.text());
  if (steps > best_steps_ || steps > steps_max_) return;
  if (steps < best_steps_) best_.clear();
  best_steps_ = steps;
  if (best_.size() < bests_max && std::find(best_.begin(), best_.end(), meant) == best_.end())
    best_.emplace_back(meant);
}

// More than steps_max_ if they are too far apart.
std::size_t Nearest::steps_to(Characters name) const noexcept
{
  const std::size_t too_many = steps_max_ + 1;
  Characters wanted = wanted_.text();
  if (is_same_without_signs(wanted, name)) return is_same(wanted, name) ? 0 : 1;
  std::size_t steps = 0;
  bool is_address = false;
  while (steps <= steps_max_) {
    const Characters signs = take_piece(wanted, false);
    steps += is_same(signs, take_piece(name, false)) ? 0U : 1U;
    is_address = is_address || is_one(signs, U'@');
    const Characters left = take_piece(wanted, true);
    const Characters right = take_piece(name, true);
    if (left.empty() != right.empty()) return too_many;
    if (left.empty()) return steps;
    const bool is_end = is_address && is_one(signs, U'.') && wanted.empty() && name.empty();
    const bool lacks_one = is_end && left.size() == 2 && right.size() == 3;
    const std::size_t allowed = lacks_one ? 1 : steps_allowed(left.size());
    const std::size_t between = steps_between(left, right, allowed);
    if (between > allowed) return too_many;
    steps += between;
  }
  return too_many;
}

bool is_one_step(std::string_view wanted, std::string_view name)
{
  Nearest nearest{wanted};
  nearest.offer(name);
  return !nearest.best().empty() && nearest.best_steps_ <= 1;
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
