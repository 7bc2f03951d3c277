// judged_batch.cpp: the texts that a judged batch keeps.
#include "check/judged_batch.hpp"

#include <cstring>
#include <new>

namespace rollcall::check {

std::string_view JudgedBatch::keep(std::string_view text)
{
  if (text.empty()) return {};
  auto* const kept = static_cast<char*>(texts_.allocate(text.size(), 1));
  std::memcpy(kept, text.data(), text.size());
  return {kept, text.size()};
}

OldFields JudgedBatch::keep(std::span<const std::optional<std::string_view>> fields)
{
  using Element = std::optional<std::string_view>;
  if (fields.empty()) return {};
  auto* const kept =
      static_cast<Element*>(texts_.allocate(fields.size() * sizeof(Element), alignof(Element)));
  for (std::size_t i = 0; i != fields.size(); ++i)
    new (kept + i) Element{fields[i] ? Element{keep(*fields[i])} : Element{}};
  return {kept, fields.size()};
}

} // namespace rollcall::check
