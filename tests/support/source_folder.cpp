// The only file of the tests that is told where the tree lies.
#include "support/source_folder.hpp"

namespace rollcall::tests {

std::filesystem::path source_folder()
{
  return ROLLCALL_SOURCE_DIR;
}

} // namespace rollcall::tests
