// The kinds of value that a cell or a field may have: what is good, and how it is kept.
//
// Sizes count Unicode code points of a text in normal form C; "digits" are 0 to 9. A type without
// parameters of its own is a struct all the same: formats name all of them in the same way.
#ifndef ROLLCALL_SCHEMA_TYPES_HPP
#define ROLLCALL_SCHEMA_TYPES_HPP

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace rollcall::schema {

// A condition or a value in the rule language (docs/reference/rules.md), parsed when a schema is
// compiled. Empty where the member that it stands in may be left out.
using Expr = std::string;
inline const Expr always = "true";

// A number, or an expression over the facts of the job that gives one: "tenant.max_devices".
//
// (No variant: libstdc++ 12 takes one with a text for never empty, which it is where copying it
// fails for want of memory.)
class Amount {
 public:
  Amount() = default;
  // Said as what it is: `.min = 4`, `.max = "tenant.max_devices"`.
  // NOLINTBEGIN(google-explicit-constructor)
  template <std::integral Number>
  Amount(Number number) noexcept : number_{static_cast<std::int64_t>(number)}
  {
  }
  Amount(Expr expr) : expr_{std::move(expr)} {}
  Amount(const char* expr) : expr_{expr} {}
  // NOLINTEND(google-explicit-constructor)

  // One of them is null.
  [[nodiscard]] const std::int64_t* number() const noexcept { return expr_ ? nullptr : &number_; }
  [[nodiscard]] const Expr* expr() const noexcept { return expr_ ? &*expr_ : nullptr; }
  friend bool operator==(const Amount&, const Amount&) = default;

 private:
  std::int64_t number_ = 0;
  std::optional<Expr> expr_;
};
inline constexpr std::int64_t amount_min = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t amount_max = std::numeric_limits<std::int64_t>::max();

// `chars` is a class that every character must be in, as inside the brackets of a regular
// expression: "a-z0-9", "\p{L}" (a Unicode category), "\s" (white space), "^" first for "all but",
// a backslash before a sign that is meant as such.
struct Text {
  Amount min = 0;
  Amount max = 65'536;
  std::string chars = {};
  friend bool operator==(const Text&, const Text&) = default;
};

// What a leading plus means in a number that need not be E.164: nothing that may stand there, a
// sign that does not count, or that the rest must be a phone number.
enum class Plus : std::uint8_t { none, optional, means_phone };

struct Digits {
  Amount min = 1;
  Amount max = 64;
  Plus plus = Plus::none;
  friend bool operator==(const Digits&, const Digits&) = default;
};

struct Integer {
  Amount min = amount_min;
  Amount max = amount_max;
  friend bool operator==(const Integer&, const Integer&) = default;
};

// Words of each side, without case; the first of each is the one that is written. Kept as `true`
// and `false`.
struct Boolean {
  std::vector<std::string> yes = {"true"};
  std::vector<std::string> no = {"false"};
  friend bool operator==(const Boolean&, const Boolean&) = default;
};

// One of these words without case, kept in the spelling that stands here, or one of the texts that
// `from` gives.
struct Choice {
  std::vector<std::string> of = {};
  Expr from = {};
  friend bool operator==(const Choice&, const Choice&) = default;
};

struct Email {
  friend bool operator==(const Email&, const Email&) = default;
};

// E.164, kept as `+digits`. With `ext` it may end in `;ext=digits`, and a number is known with it
// or without. `restores_plus` takes bare digits for a number if what the column refers to lists
// them with a plus (value.plus_restored).
struct Phone {
  bool ext = false;
  bool restores_plus = false;
  friend bool operator==(const Phone&, const Phone&) = default;
};

// Digits of which the leading zeros count. With `range_max` above 1 a cell may be a range of so
// many of them, "200-249"; the row then stands for each of them.
struct Extension {
  Amount min = 2;
  Amount max = 10;
  std::int64_t range_max = 1;
  friend bool operator==(const Extension&, const Extension&) = default;
};

// Twelve hexadecimal digits, kept as `aa:bb:cc:dd:ee:ff`.
struct Mac {
  friend bool operator==(const Mac&, const Mac&) = default;
};

// An address of IPv4 or IPv6.
struct Ip {
  friend bool operator==(const Ip&, const Ip&) = default;
};

// Of an object in another system: letters, digits, `.` `_` `-`. A JSON integer reads as its text.
struct Id {
  friend bool operator==(const Id&, const Id&) = default;
};

// Never shown and never kept. `length` (not below min, not above max) and `alphabet` (characters,
// each of which counts once) make generated ones. Without an alphabet they are of 56 letters and
// digits that are not taken for one another; digits are never weak ones. `shown`, a condition over
// facts, says when the importer may fetch a generated one.
struct Secret {
  bool digits = false;
  Amount min = 1;
  Amount max = 65'536;
  Amount length = 16;
  Expr alphabet = {};
  Expr shown = always;
  friend bool operator==(const Secret&, const Secret&) = default;
};

using Type = std::variant<Text, Digits, Integer, Boolean, Choice, Email, Phone, Extension, Mac, Ip,
                          Id, Secret>;

} // namespace rollcall::schema

#endif // ROLLCALL_SCHEMA_TYPES_HPP
