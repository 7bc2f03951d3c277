// nearest_value.cpp: offers values to who knows what is near.
#include "directory/nearest_value.hpp"

#include <array>
#include <vector>

#include "base/nearest.hpp"

namespace rollcall::directory {
namespace {

// What a letter may have been meant to be.
constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789.-_@+ ";

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

class NearestSearch::Offers final : public ObjectSink {
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
  return neighbours_of(wanted_);
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
    table.scan(search.sink());
  } else {
    const std::vector<std::string> neighbours = search.neighbours();
    const std::vector<std::string_view> asked{neighbours.begin(), neighbours.end()};
    table.find(field, asked, search.sink());
  }
  return search.best();
}

} // namespace rollcall::directory
