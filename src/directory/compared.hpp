// compared.hpp: values in the form in which they are compared, which is hardly ever the one in
// which they are kept: without case (spec E23), telephone numbers and MAC addresses plain (E24).
#ifndef ROLLCALL_DIRECTORY_COMPARED_HPP
#define ROLLCALL_DIRECTORY_COMPARED_HPP

#include <cstdint>
#include <string>
#include <string_view>

#include "rollcall/schema.hpp"

namespace rollcall::directory {

enum class Form : std::uint8_t { text, phone, mac };

[[nodiscard]] Form form_of(const schema::Type& type) noexcept;

// Brings values into that form, in a room that is kept: for most of ASCII it costs no allocation
// after the first ones.
class Compared {
 public:
  // The value itself if it has that form already, else a text that lives until the next call.
  [[nodiscard]] std::string_view form(std::string_view value, Form form);

 private:
  std::string plain_;
  std::string folded_;
};

} // namespace rollcall::directory

#endif // ROLLCALL_DIRECTORY_COMPARED_HPP
