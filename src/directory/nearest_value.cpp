// nearest_value.cpp: offers values to who knows what is near.
#include "directory/nearest_value.hpp"

#include <array>
#include <vector>

#include "base/nearest.hpp"

namespace rollcall::directory {
namespace {

// What a letter may have been meant to be.
constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789.-_@+ ";

class Offers final : public ObjectSink {
 public:
  Offers(std::string_view text, FieldId field) : nearest_{text}, field_{field} {}

  void object(std::size_t, const ObjectView& object) override
  {
    const auto value = field_ == key_field ? std::optional{object.key} : object.fields[field_];
    if (value) nearest_.offer(*value);
  }

  [[nodiscard]] std::optional<std::string> best() const
  {
    const std::string_view best = nearest_.best();
    return best.empty() ? std::nullopt : std::optional{std::string{best}};
  }

 private:
  Nearest nearest_;
  FieldId field_;
};

// All that is one letter away, or exchanges two.
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

std::optional<std::string> nearest_value(Table& table, FieldId field, std::string_view text)
{
  Compared room;
  const std::string_view wanted = room.form(text, table.form(field));
  if (wanted.empty() || wanted.size() > Nearest::bytes_max) return {};
  Offers offers{wanted, field};
  if (table.count() <= Nearest::offers_max) {
    table.scan(offers);
  } else if (wanted.size() <= Nearest::characters_max) {
    const std::vector<std::string> neighbours = neighbours_of(wanted);
    const std::vector<std::string_view> asked{neighbours.begin(), neighbours.end()};
    table.find(field, asked, offers);
  }
  return offers.best();
}

} // namespace rollcall::directory
