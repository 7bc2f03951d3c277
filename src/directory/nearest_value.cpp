// nearest_value.cpp: offers values to who knows what is near.
#include "directory/nearest_value.hpp"

#include <utility>
#include <vector>

#include "base/nearest.hpp"
#include "base/utf8.hpp"

namespace rollcall::directory {
namespace {

constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view signs = ".-_@+ ";

bool is_digit(std::string_view character) noexcept
{
  return character.size() == 1 && character[0] >= '0' && character[0] <= '9';
}

bool is_sign(std::string_view character) noexcept
{
  const char sign = character[0];
  const bool is_letter = (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z');
  return static_cast<unsigned char>(sign) < 0x80 && !is_letter && !is_digit(character);
}

// What looks like a digit or a letter of the other sort.
std::string_view alike(std::string_view character) noexcept
{
  if (character == "0") return "o";
  if (character == "1") return "li";
  if (character == "o" || character == "O") return "0";
  return character == "l" || character == "L" || character == "i" || character == "I" ? "1" : "";
}

// A word and a place in it, for all that one step makes of it.
class Neighbours {
 public:
  explicit Neighbours(std::string_view word) : word_{word}
  {
    for (std::string_view rest = word; !rest.empty();) {
      const std::string_view character = rest.substr(0, decode_next(rest).bytes);
      characters_.push_back(character);
      rest.remove_prefix(character.size());
    }
  }

  // Those of which Nearest can say that they are near: in words that are long enough letters are
  // exchanged, put in and left out, and signs are anywhere. No digit is.
  [[nodiscard]] std::vector<std::string> all()
  {
    for (std::size_t i = 0; i <= characters_.size(); ++i) {
      put_each(i, 0, signs);
      const bool is_behind = i != 0 && is_long(i - 1);
      if (is_behind || (i != characters_.size() && is_long(i))) put_each(i, 0, letters);
      if (i == characters_.size()) break;
      const std::string_view here = characters_[i];
      put_each(i, 1, alike(here));
      if (is_sign(here)) put_each(i, 1, signs);
      if (is_sign(here) || (is_long(i) && !is_digit(here))) put(i, 1, "");
      if (!is_long(i)) continue;
      if (!is_digit(here)) put_each(i, 1, letters);
      if (i + 1 != characters_.size() && is_long(i + 1))
        put(i, 2, std::string{characters_[i + 1]}.append(here));
    }
    return std::move(all_);
  }

 private:
  // In a word in which a step is few. What an address ends with may lack a letter.
  [[nodiscard]] bool is_long(std::size_t at) const noexcept
  {
    if (is_sign(characters_[at])) return false;
    std::size_t size = 1;
    for (std::size_t i = at; i != 0 && !is_sign(characters_[i - 1]); --i) ++size;
    for (std::size_t i = at + 1; i != characters_.size() && !is_sign(characters_[i]); ++i) ++size;
    return size > 2 || (size == 2 && is_end_of_address(at));
  }
  [[nodiscard]] bool is_end_of_address(std::size_t at) const noexcept
  {
    const std::size_t dot = word_.rfind('.');
    const auto place = static_cast<std::size_t>(characters_[at].data() - word_.data());
    return dot != word_.npos && place > dot && word_.find('@') < dot;
  }
  void put(std::size_t at, std::size_t lost, std::string_view instead)
  {
    const auto place = [&](std::size_t i) {
      return i == characters_.size()
                 ? word_.size()
                 : static_cast<std::size_t>(characters_[i].data() - word_.data());
    };
    std::string made;
    made.reserve(word_.size() + instead.size());
    made.append(word_.substr(0, place(at))).append(instead).append(word_.substr(place(at + lost)));
    all_.push_back(std::move(made));
  }
  void put_each(std::size_t at, std::size_t lost, std::string_view instead)
  {
    for (std::size_t i = 0; i != instead.size(); ++i) put(at, lost, instead.substr(i, 1));
  }

  std::string_view word_;
  std::vector<std::string_view> characters_;
  std::vector<std::string> all_;
};

} // namespace

class NearestSearch::Offers final : public ObjectSink {
 public:
  Offers(std::string_view text, FieldId field) : nearest_{text}, field_{field} {}

  void object(std::size_t, const ObjectView& object) override
  {
    const auto value = field_ == key_field ? std::optional{object.key} : object.fields[field_];
    if (value) nearest_.offer(*value);
  }

  void take_all(Table& table) { table.offer_all(field_, nearest_); }

  [[nodiscard]] std::optional<std::string> best() const
  {
    const std::string_view best = nearest_.best();
    return best.empty() ? std::nullopt : std::optional{std::string{best}};
  }

 private:
  Nearest nearest_;
  FieldId field_;
};

NearestSearch::NearestSearch(FieldId field, Form form, std::string_view text)
{
  Compared room;
  wanted_ = room.form(text, form);
  if (wanted_.size() > Nearest::bytes_max) wanted_.clear();
  offers_ = std::make_unique<Offers>(wanted_, field);
}

NearestSearch::~NearestSearch() = default;

bool NearestSearch::is_vain() const noexcept
{
  return wanted_.empty();
}

bool NearestSearch::looks_at_all(std::uint64_t count) noexcept
{
  return count <= Nearest::offers_max;
}

std::vector<std::string> NearestSearch::neighbours() const
{
  if (wanted_.size() > Nearest::characters_max) return {};
  return Neighbours{wanted_}.all();
}

void NearestSearch::look_at_all(Table& table)
{
  offers_->take_all(table);
}

ObjectSink& NearestSearch::sink() noexcept
{
  return *offers_;
}

std::optional<std::string> NearestSearch::best() const
{
  return offers_->best();
}

std::optional<std::string> nearest_value(Table& table, FieldId field, std::string_view text)
{
  NearestSearch search{field, table.form(field), text};
  if (search.is_vain()) return {};
  if (NearestSearch::looks_at_all(table.count())) {
    search.look_at_all(table);
  } else {
    const std::vector<std::string> neighbours = search.neighbours();
    const std::vector<std::string_view> asked{neighbours.begin(), neighbours.end()};
    table.find(field, asked, search.sink());
  }
  return search.best();
}

} // namespace rollcall::directory
