// What nobody uses: headers that are included by tests alone, functions that are called by tests
// alone.
#ifndef ROLLCALL_TESTS_TIDY_UNUSED_HPP
#define ROLLCALL_TESTS_TIDY_UNUSED_HPP

#include "tidy/tree.hpp"

namespace rollcall::tidy {

// Of headers under src, capi/src and tools. A word is a word wherever it stands, so a function that
// is called like one that is used passes.
Faults check_unused(const Tree& tree);

} // namespace rollcall::tidy

#endif // ROLLCALL_TESTS_TIDY_UNUSED_HPP
