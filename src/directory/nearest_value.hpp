// nearest_value.hpp: the value of a field that somebody meant who wrote another one.
//
// Work is bounded. In a table of up to 10,000 objects all are looked at, and up to three letters
// may be wrong; in a larger one only what is one letter away is found, by asking for it.
#ifndef ROLLCALL_DIRECTORY_NEAREST_VALUE_HPP
#define ROLLCALL_DIRECTORY_NEAREST_VALUE_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "directory/table.hpp"

namespace rollcall::directory {

// How many letters are added, lost, changed or exchanged with their neighbour between a word and
// others. Letters are bytes.
class Distance {
 public:
  static constexpr std::size_t word_bytes_max = 64;

  // Of a word of 1 to word_bytes_max bytes.
  explicit Distance(std::string_view word) noexcept;

  // If it is at most `most`.
  [[nodiscard]] std::optional<std::size_t> to(std::string_view other,
                                              std::size_t most) const noexcept;

 private:
  std::array<std::uint64_t, 256> places_ = {}; // of each byte in the word
  std::size_t size_;
  std::uint64_t letters_ = 0;
};

// Of those that are equally near the first in the order of bytes, without case; so it does not hang
// on the order of the objects.
[[nodiscard]] std::optional<std::string> nearest_value(Table& table, FieldId field,
                                                       std::string_view text);

} // namespace rollcall::directory

#endif // ROLLCALL_DIRECTORY_NEAREST_VALUE_HPP
