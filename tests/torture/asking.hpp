// Asks a database behind the back of its store.
#ifndef ROLLCALL_TESTS_TORTURE_ASKING_HPP
#define ROLLCALL_TESTS_TORTURE_ASKING_HPP

#include <cstdint>
#include <string>

namespace rollcall::torture {

// Of pieces `p` of artifacts `a`: each as text, as it was before it was packed.
#define ROLLCALL_UNPACKED                                                                  \
  "unpacked(p.content, p.is_packed, iif(a.is_whole = 1, min(262144, a.bytes - p.number * " \
  "262144), 262144))"

// Rows as "a|b", a line each; what is wrong with the question as "error: ...".
[[nodiscard]] std::string ask(const std::string& path, const char* sql);

// 0 if it is none.
[[nodiscard]] std::uint64_t ask_number(const std::string& path, const char* sql);

} // namespace rollcall::torture

#endif // ROLLCALL_TESTS_TORTURE_ASKING_HPP
