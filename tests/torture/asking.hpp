// Asks a database behind the back of its store.
#ifndef ROLLCALL_TESTS_TORTURE_ASKING_HPP
#define ROLLCALL_TESTS_TORTURE_ASKING_HPP

#include <cstdint>
#include <string>

namespace rollcall::torture {

// Rows as "a|b", a line each; what is wrong with the question as "error: ...".
[[nodiscard]] std::string ask(const std::string& path, const char* sql);

// 0 if it is none.
[[nodiscard]] std::uint64_t ask_number(const std::string& path, const char* sql);

} // namespace rollcall::torture

#endif // ROLLCALL_TESTS_TORTURE_ASKING_HPP
