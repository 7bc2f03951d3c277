// nearest.hpp: "did you mean": of the names that there are, the one that is most like what was
// written.
//
// Like is who is few steps away: a character left out, put in, exchanged for another, or two
// neighbours swapped, without case. How many are few hangs on the length, so that short words are
// not taken for one another. No digit is exchanged for another: room 12 is no slip of the finger
// for room 13; and of a number none is left out or put in either. (2O1 is 201: there it is a letter
// that is wrong.) The answer does not hang on the order in which names are offered.
#ifndef ROLLCALL_BASE_NEAREST_HPP
#define ROLLCALL_BASE_NEAREST_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall {

class Nearest {
 public:
  static constexpr std::size_t characters_max = 64; // longer names are like no other
  static constexpr std::size_t bytes_max = 4 * characters_max;
  static constexpr std::size_t offers_max = 10'000; // of more names none is the nearest

  explicit Nearest(std::string_view wanted);

  void offer(std::string_view name);

  // Empty if no name is near. Of several the first in the alphabet.
  [[nodiscard]] std::string_view best() const noexcept
  {
    return offers_ <= offers_max ? std::string_view{best_} : std::string_view{};
  }

 private:
  friend class NameList;

  // A name without case, and which characters are in it: a bit for each, some sharing one.
  struct Name {
    std::array<char32_t, characters_max> characters = {};
    std::size_t size = 0; // 0: empty or too long
    std::uint64_t bag = 0;
  };
  static Name take(std::string_view name, std::string& scratch);
  void offer(std::string_view name, const Name& taken);
  [[nodiscard]] bool has_other_length(std::size_t size) const noexcept;
  [[nodiscard]] bool has_other_letters(std::uint64_t bag) const noexcept;
  [[nodiscard]] bool has_other_digits(const Name& name) const noexcept;
  [[nodiscard]] std::size_t steps_to(const Name& name) const noexcept;

  std::string scratch_; // before what is made with it
  Name wanted_;
  std::string best_;
  std::size_t steps_max_ = 0;
  std::size_t best_steps_ = 0;
  std::size_t offers_ = 0;
};

// A few names that are asked about often, so they are taken apart once.
class NameList {
 public:
  NameList() = default;
  explicit NameList(std::span<const std::string> names);

  // "yes, no".
  [[nodiscard]] std::string_view text() const noexcept { return text_; }
  // Empty if none is near; else it lives as long as the list.
  [[nodiscard]] std::string_view nearest(std::string_view wanted) const;

 private:
  struct Entry {
    std::string name;
    Nearest::Name taken;
  };
  std::vector<Entry> entries_;
  std::string text_;
};

} // namespace rollcall

#endif // ROLLCALL_BASE_NEAREST_HPP
