// Normal forms, case folding and categories of characters: everything that needs Unicode's tables.
// ASCII, and most of what is written in European and East Asian names, never gets as far as those.
//
// Texts are UTF-8. One that is not valid is left as it is: the reader has reported it by then.
#ifndef ROLLCALL_BASE_UNICODE_HPP
#define ROLLCALL_BASE_UNICODE_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rollcall {

// The text in normal form C. The answer is the text itself if it is that already, which costs no
// allocation, else a view of `scratch`, which is overwritten and may not hold the text.
[[nodiscard]] std::string_view to_nfc(std::string_view text, std::string& scratch);

// What texts are compared by without case (spec E23): NFC, full case folding, NFC again. Two texts
// are the same if these are. The answer is as to_nfc's.
[[nodiscard]] std::string_view fold_for_comparing(std::string_view text, std::string& scratch);

[[nodiscard]] bool is_same_without_case(std::string_view left, std::string_view right);

// One of the general categories L*.
[[nodiscard]] bool is_letter(char32_t code_point) noexcept;

// Sets of general categories, a bit each. `categories_named` is that of "Lu", or of all that begin
// with "L"; empty if there is none of that name.
using Categories = std::uint32_t;
[[nodiscard]] Categories category_of(char32_t code_point) noexcept;
[[nodiscard]] Categories categories_named(std::string_view name) noexcept;

// The property White_Space, which has line ends, tabs and no-break spaces in it.
[[nodiscard]] bool is_white_space(char32_t code_point) noexcept;

// How many columns of a terminal the text takes.
[[nodiscard]] std::size_t display_width(std::string_view text) noexcept;

} // namespace rollcall

#endif // ROLLCALL_BASE_UNICODE_HPP
