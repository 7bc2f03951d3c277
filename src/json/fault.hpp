// fault.hpp: what is wrong with a JSON text, where it stands, and how both are said.
#ifndef ROLLCALL_JSON_FAULT_HPP
#define ROLLCALL_JSON_FAULT_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rollcall::json {

struct Place {
  std::uint64_t line = 1;
  std::uint64_t column = 1; // in bytes

  friend bool operator==(const Place&, const Place&) = default;
};

// Moves the place to the end of this text.
void advance(Place& place, std::string_view over) noexcept;

struct Fault {
  std::string path = {}; // of the value; empty for the whole text
  Place place = {};
  std::string what = {};

  friend bool operator==(const Fault&, const Fault&) = default;
};

// Nobody looks for lines in a text that stands in no file of its own.
enum class Places : std::uint8_t { told, untold };

// "users[3].email: expected a text, found an integer (line 5, column 12)"
[[nodiscard]] std::string in_words(const Fault& fault, Places places = Places::told);

// Paths grow by a member, `.email` or `["first name"]`, or by an element, `[3]`.
void append_member(std::string& path, std::string_view name);
void append_element(std::string& path, std::size_t index);

} // namespace rollcall::json

#endif // ROLLCALL_JSON_FAULT_HPP
