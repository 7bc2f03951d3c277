// Where this tree lies, for tests that read files of it. A function and no macro: objects of tests
// are then the same wherever the tree lies, and need not be compiled again for another one.
#ifndef ROLLCALL_TESTS_SUPPORT_SOURCE_FOLDER_HPP
#define ROLLCALL_TESTS_SUPPORT_SOURCE_FOLDER_HPP

#include <filesystem>

namespace rollcall::tests {

[[nodiscard]] std::filesystem::path source_folder();

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_SUPPORT_SOURCE_FOLDER_HPP
