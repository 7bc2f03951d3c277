// What docs/reference/schema.md says of every member of a schema.
#ifndef ROLLCALL_TESTS_SCHEMA_REFERENCE_PAGE_HPP
#define ROLLCALL_TESTS_SCHEMA_REFERENCE_PAGE_HPP

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace rollcall::tests {

struct ReferenceRow {
  std::string name, is, otherwise, means;
};
using ReferencePage = std::map<std::string, std::vector<ReferenceRow>, std::less<>>;

// The rows of the table behind each heading.
[[nodiscard]] const ReferencePage& reference_page();

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_SCHEMA_REFERENCE_PAGE_HPP
