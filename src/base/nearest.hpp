// nearest.hpp: "did you mean": of the names that there are, the one that is most like what was
// written.
//
// Like is who is few steps away: a character left out, put in, exchanged for another, or two
// neighbours swapped, without case. Names are compared word by word, and how many steps are few
// hangs on the length of the word, so that nothing short is taken for another: ann@contoso.com is
// not bob@contoso.com, and Sales UK is not Sales US. Of names with more words than the other the
// letters must be the same (BerlinHQ is Berlin HQ). The numbers in a name are never guessed at:
// room 11 is neither room 12 nor room 112. (2O1 is 201: there it is a letter that is wrong.)
// What an address ends with may lack a letter, however short it is: contoso.co is contoso.com.
//
// Who is as near as another is no answer, in whatever order names are offered.
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
  static constexpr std::size_t bests_max = 3;

  // What tells most names apart before they are compared, for who offers the same ones often.
  struct Look {
    std::uint64_t bag = 0;     // its characters: a bit for each, some sharing one
    std::uint32_t numbers = 0; // a hash of its digits,
    std::uint32_t alike = 0;   // and of the name, each letter read as the digit that it looks like
    std::size_t size = 0;      // characters; 0: the name is empty or too long
  };
  [[nodiscard]] static Look look_at(std::string_view name, std::string& scratch);

  explicit Nearest(std::string_view wanted);

  void offer(std::string_view name) { offer(name, name); }
  // A name among others of the same thing, which are no rivals; `meant` is answered.
  void offer(std::string_view name, std::string_view meant);
  // False: to offer a name that looks like this changes nothing.
  [[nodiscard]] bool may_be(const Look& look) const noexcept;

  // Empty if no name is near, or another one is as near.
  [[nodiscard]] std::string_view best() const noexcept
  {
    return bests().size() == 1 ? std::string_view{best_.front()} : std::string_view{};
  }
  // Those that are equally near, as they were offered; of more than a few the first ones.
  [[nodiscard]] std::span<const std::string> bests() const noexcept
  {
    return offers_ <= offers_max ? std::span<const std::string>{best_}
                                 : std::span<const std::string>{};
  }

 private:
  friend class NameList;
  friend bool is_one_step(std::string_view wanted, std::string_view name);
  using Characters = std::span<const char32_t>;

  // A name without case.
  struct Name {
    std::array<char32_t, characters_max> characters = {};
    Look look = {};

    [[nodiscard]] Characters text() const noexcept
    {
      return Characters{characters}.first(look.size);
    }
  };
  static Name take(std::string_view name, std::string& scratch);
  void offer(std::string_view meant, const Name& taken);
  [[nodiscard]] std::size_t steps_to(Characters name) const noexcept;

  std::string scratch_; // before what is made with it
  Name wanted_;
  std::vector<std::string> best_;
  std::size_t steps_max_ = 0;
  std::size_t best_steps_ = 0;
  std::size_t offers_ = 0;
};

// Whether one slip of the fingers at most parts what was written from a name.
[[nodiscard]] bool is_one_step(std::string_view wanted, std::string_view name);

// A few names that are asked about often, so they are taken apart once.
class NameList {
 public:
  NameList() = default;
  explicit NameList(std::span<const std::string> names);

  // "yes, no".
  [[nodiscard]] std::string_view text() const noexcept { return text_; }
  // As Nearest::best; it lives as long as the list.
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
