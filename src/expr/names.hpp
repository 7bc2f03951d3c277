// names.hpp: what names mean: asked once, when a text is compiled.
//
// The language knows nothing of schemas. Whoever compiles a text says which names there are at that
// place, of which type, and by which slot the value will be asked for when rows are looked at.
#ifndef ROLLCALL_EXPR_NAMES_HPP
#define ROLLCALL_EXPR_NAMES_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "expr/value.hpp"

namespace rollcall::expr {

// Where a value comes from. Which numbers `index` and `field` are is between who compiles and who
// answers: columns, settings, fields of kinds.
enum class Space : std::uint8_t {
  cell,   // x: the row's cell
  fresh,  // new.x: what it comes to
  old,    // old.x: what the row's own object had
  fact,   // tenant.s, actor.f, option.o: the same for all rows
  holder, // holder.f
  object, // object.f of an export
  row,    // row.f of a result
  job,    // job.f of a job page
  key,    // key(kind): of the object of that kind that this row makes
  listed, // lists(kind); the same for all rows
  lookup  // field `field` of what lookup `index` found; presence: was it found?
};

struct Slot {
  Space space = Space::cell;
  std::uint16_t index = 0;
  std::uint16_t field = 0;
  friend bool operator==(const Slot&, const Slot&) = default;
};

inline constexpr std::uint16_t whole_object =
    0xFFFF; // the `field` of a lookup that asks: is it there?
inline constexpr std::uint16_t key_field = 0xFFFE; // the `field` that is an object's key

struct Name {
  Slot slot = {};
  Type type = Type::text;
};

// A kind of object, as lookup(kind, ...) names it, or lookup(kind.field, ...).
struct LookupBy {
  std::uint16_t kind = 0;
  std::uint16_t field = key_field; // by which it is found
  Type type = Type::folded;        // of that field
};

class Names {
 public:
  virtual ~Names() = default;
  // "x", "new.x", "tenant.pin_length.min". Names of `let` are the compiler's own and not asked for.
  [[nodiscard]] virtual std::optional<Name> find(std::string_view dotted) const = 0;
  // "kind" and "kind.field".
  [[nodiscard]] virtual std::optional<LookupBy> find_kind(std::string_view dotted) const = 0;
  // A field of a kind, for lookup(...).field; its number (key_field for the key) and type.
  [[nodiscard]] virtual std::optional<Name> find_field(std::uint16_t kind,
                                                       std::string_view field) const = 0;
  // key(kind); nothing where no object of it is made, or where it cannot be known yet.
  [[nodiscard]] virtual std::optional<Name> find_made(std::uint16_t kind) const = 0;
  // The column whose cell may be a range, for is_range(x).
  [[nodiscard]] virtual bool can_be_range(const Slot& slot) const = 0;
  // The nearest name to one that there is not, for the message; empty if none is near.
  [[nodiscard]] virtual std::string nearest(std::string_view dotted) const = 0;
};

} // namespace rollcall::expr

#endif // ROLLCALL_EXPR_NAMES_HPP
