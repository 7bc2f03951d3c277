// facts_in_words.cpp: the settings of a tenant as somebody reads them.
#include "check/facts.hpp"

namespace rollcall::check {

std::vector<std::pair<std::string, std::string>> Facts::settings() const
{
  const auto words = [](const expr::Value& value) -> std::string {
    switch (value.what) {
      case expr::What::truth:
        return value.truth ? "true" : "false";
      case expr::What::integer:
        return std::to_string(value.integer);
      case expr::What::text:
        return std::string{value.text};
      case expr::What::texts: {
        std::string list;
        for (const std::string_view text : value.texts)
          list.append(list.empty() ? "" : ", ").append(text);
        return list;
      }
      case expr::What::null:
      case expr::What::generated:
        break;
    }
    return {};
  };
  std::vector<std::pair<std::string, std::string>> made;
  for (std::size_t i = 0; i != values_.size(); ++i) {
    const FactValue& value = values_[i];
    if (schema_.facts[i].of != schema::FactOf::tenant) continue;
    if (value.first.what == expr::What::null && value.second.what == expr::What::null) continue;
    std::string text = words(value.first);
    if (value.second.what != expr::What::null) text += "-" + words(value.second);
    made.emplace_back(schema_.facts[i].name, std::move(text));
  }
  return made;
}

} // namespace rollcall::check
