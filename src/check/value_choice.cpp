// value_choice.cpp: booleans and choices: one of a few words, without case, kept in a spelling of
// ours.
#include <utility>

#include "check/values.hpp"

namespace rollcall::check {

ReadyBoolean::ReadyBoolean(const schema::Boolean& type)
{
  for (const std::string& word : type.yes) words.add(word, 1);
  for (const std::string& word : type.no) words.add(word, 0);
  std::vector<std::string> all = type.yes;
  all.insert(all.end(), type.no.begin(), type.no.end());
  names = NameList{all};
}

ReadyChoice::ReadyChoice(std::vector<std::string> of) : spelled{std::move(of)}, names{spelled}
{
  for (std::size_t i = 0; i != spelled.size(); ++i)
    words.add(spelled[i], static_cast<std::uint32_t>(i));
}

Reading read_value(const ReadyBoolean& type, std::string_view cell, Scratch& scratch)
{
  const std::uint32_t word = type.words.find(cell, scratch.folded);
  if (word == Words::none) return bad(Code::value_boolean, cell);
  return good(boolean_texts[word]);
}

Reading read_value(const ReadyChoice& type, std::string_view cell, Scratch& scratch)
{
  const std::uint32_t word = type.words.find(cell, scratch.folded);
  if (word == Words::none) return bad(Code::value_choice, cell);
  return good(type.spelled[word]);
}

} // namespace rollcall::check
