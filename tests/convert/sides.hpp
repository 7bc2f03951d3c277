// The five formats as two sides of a conversion: which column carries what, written out a second
// time, and cells by chance.
#ifndef ROLLCALL_TESTS_CONVERT_SIDES_HPP
#define ROLLCALL_TESTS_CONVERT_SIDES_HPP

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "job/vendor_files.hpp"

namespace rollcall::tests {

// A format as the table has it: its columns by canonical fields, and cells for each.
struct Side {
  std::string_view id;
  std::map<std::string_view, std::string_view> column_of;          // first_name, ...: its header
  std::map<std::string_view, std::vector<std::string_view>> cells; // of a header
};

[[nodiscard]] const std::vector<Side>& sides();

// Of one to six rows.
[[nodiscard]] std::string file_of(const Side& side, Chance& chance);

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_CONVERT_SIDES_HPP
