// place.hpp: what an expression may read where it stands.
//
// A name that is known but not there yet (a cell, while nobody has opened the file) is another
// fault than one that nobody knows, and says so.
#ifndef ROLLCALL_SCHEMA_PLACE_HPP
#define ROLLCALL_SCHEMA_PLACE_HPP

#include <cstddef>
#include <cstdint>
#include <limits>

#include "expr/names.hpp"
#include "schema/compiled.hpp"

namespace rollcall::schema {

// A bit a space.
using Spaces = std::uint32_t;

template <class... Each>
constexpr Spaces spaces(Each... each)
{
  return ((Spaces{1} << static_cast<unsigned>(each)) | ...);
}

struct Place {
  Spaces may_read = 0;
  std::uint16_t it = none;      // the column that `it` is
  std::uint16_t kind = none;    // whose fields holder. and object. have
  std::size_t objects_made = 0; // of the row: key(kind) of these is known
  bool can_say_dropped = false;
};

inline constexpr std::size_t all_objects = std::numeric_limits<std::size_t>::max();

namespace places {

using S = expr::Space;
inline constexpr Spaces of_facts = spaces(S::fact, S::listed, S::lookup);
inline constexpr Spaces of_rows = of_facts | spaces(S::cell, S::fresh, S::old);

// What a setting is when it is missing.
inline constexpr Place settings = {.may_read = spaces(S::fact)};
inline constexpr Place before_file = {.may_read = of_facts};
inline constexpr Place in_row = {.may_read = of_rows};
// Asked of objects that no row is about, too.
inline constexpr Place in_object = {.may_read = of_facts | spaces(S::fresh, S::old)};
inline constexpr Place made = {.may_read = of_rows | spaces(S::key), .objects_made = all_objects};
// Of holders nothing is looked up: there may be as many as the directory has objects.
inline constexpr Place held = {.may_read = spaces(S::fact, S::listed, S::holder)};
inline constexpr Place exported = {.may_read = of_facts | spaces(S::object)};
inline constexpr Place result = {.may_read = of_rows | spaces(S::key, S::row),
                                 .objects_made = all_objects};
inline constexpr Place job_page = {.may_read = spaces(S::fact, S::job)};
// A let means the same everywhere; whether it can be read is asked where it is.
inline constexpr Place anywhere = {.may_read = ~Spaces{0}, .objects_made = all_objects};

} // namespace places
} // namespace rollcall::schema

#endif // ROLLCALL_SCHEMA_PLACE_HPP
