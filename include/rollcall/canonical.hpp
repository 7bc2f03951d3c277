// What a cell means in any vendor's file: the fields by which a conversion carries values from one
// format to another. Columns name them in Column::carries.
#ifndef ROLLCALL_CANONICAL_HPP
#define ROLLCALL_CANONICAL_HPP

#include <cstdint>
#include <span>
#include <string_view>

namespace rollcall::schema {

// A column of text may carry an email as well: then only those of its values that are one.
enum class CanonicalIs : std::uint8_t { text, email, boolean, secret };

struct CanonicalField {
  std::string_view name;
  CanonicalIs is = CanonicalIs::text;
  bool is_local = false; // a name or id of the system that it comes from, unknown in others
  std::string_view means;
};

// The closed list, in the order in which pages show it.
[[nodiscard]] std::span<const CanonicalField> canonical_fields() noexcept;

// Null for a name that is none.
[[nodiscard]] const CanonicalField* canonical_field(std::string_view name) noexcept;

} // namespace rollcall::schema

#endif // ROLLCALL_CANONICAL_HPP
