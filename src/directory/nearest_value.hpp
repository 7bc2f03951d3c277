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

  // Of a word of up to word_bytes_max bytes.
  explicit Distance(std::string_view word) noexcept;

  // If it is at most `most`.
  [[nodiscard]] std::optional<std::size_t> to(std::string_view other,
                                              std::size_t most) const noexcept;

 private:
  std::array<std::uint64_t, 256> places_ = {}; // of each byte in the word
  std::size_t size_;
  std::uint64_t letters_ = 0;
};

// Looks at values one after the other. Of those that are equally near the first in the order of
// bytes is kept, without case; so it does not hang on the order of the objects.
class NearestSearch final : public ObjectSink {
 public:
  NearestSearch(std::string_view text, FieldId field, Form form);

  void object(std::size_t asked, const ObjectView& object) override;
  void look_at(std::string_view value);

  // The text in the form in which it is compared; empty if it is too long to have neighbours.
  [[nodiscard]] std::string_view wanted() const noexcept { return wanted_; }
  [[nodiscard]] const std::optional<std::string>& found() const noexcept { return found_; }

 private:
  std::string wanted_;
  Distance distance_;
  Compared room_;
  FieldId field_;
  Form form_;
  std::size_t most_; // as far as the best is
  std::string best_;
  std::optional<std::string> found_;
};

[[nodiscard]] std::optional<std::string> nearest_value(Table& table, FieldId field,
                                                       std::string_view text);

} // namespace rollcall::directory

#endif // ROLLCALL_DIRECTORY_NEAREST_VALUE_HPP
