// program.hpp: the expressions of a schema, compiled: parsed once, names bound to slots, types
// checked, every lookup listed.
//
// A Book holds the expressions of one schema, which share their lookups and the names that `let`
// gave. It is built by one thread and then read by any number.
#ifndef ROLLCALL_EXPR_PROGRAM_HPP
#define ROLLCALL_EXPR_PROGRAM_HPP

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "expr/names.hpp"
#include "expr/value.hpp"

namespace rollcall::expr {

// A fault of a text: what is wrong, and where in it (an offset in bytes, and how long).
struct Fault {
  std::string what;
  std::size_t offset = 0;
  std::size_t length = 0;
  friend bool operator==(const Fault&, const Fault&) = default;
};

// What a text is wanted for. A condition may be of any type but a list: null is false, what is not
// null and no boolean is present. A template is the text between quotes with {names} in it, written
// without the quotes (Rule::says).
enum class Wanted : std::uint8_t { condition, value, text_template };

using ProgramId = std::uint32_t;

struct Program {
  Type type = Type::boolean;
  std::vector<Slot> reads = {}; // every slot that it may ask for, those of its lookups' keys too
  std::vector<std::uint16_t> lookups = {}; // every lookup that it needs, innermost first
  std::optional<bool> constant = {};       // of a condition that reads nothing: what it is
  std::optional<Slot> slot = {};           // of a value that is what a slot says, and nothing else
  std::uint32_t root = 0;                  // its node
};

// One lookup: the objects that have this key, or this value in a field. Two that are written the
// same are one. `depth` is 1 if the key needs no other lookup; more than 3 is a fault.
struct Lookup {
  std::uint16_t kind = 0;
  std::uint16_t field = key_field;
  ProgramId key = 0; // a value
  std::uint8_t depth = 1;
};

class Book {
 public:
  Book();
  Book(Book&&) noexcept;
  Book& operator=(Book&&) noexcept;
  ~Book();

  // Gives a name to an expression, for all that is compiled after it, or returns the first fault of
  // its text. The name is known then all the same, what uses it has one fault, and it may be given
  // again: to null, which fits anywhere, if that one fault was enough.
  std::optional<Fault> let(std::string_view name, std::string_view text, const Names& names);

  // All faults of a text, or the program. `type` is what a value must fit, if that is known: a
  // secret, or what is generated, fits Type::secret only. A text that has faults has no program.
  struct Compiled {
    ProgramId program = 0;
    std::vector<Fault> faults = {};
  };
  [[nodiscard]] Compiled compile(std::string_view text, Wanted wanted, const Names& names,
                                 std::optional<Type> type = {});

  [[nodiscard]] const Program& program(ProgramId id) const noexcept;
  [[nodiscard]] std::size_t size() const noexcept; // programs
  [[nodiscard]] std::span<const Lookup> lookups() const noexcept;

  class Body;
  [[nodiscard]] const Body& body() const noexcept { return *body_; }

 private:
  std::unique_ptr<Body> body_;
};

} // namespace rollcall::expr

#endif // ROLLCALL_EXPR_PROGRAM_HPP
