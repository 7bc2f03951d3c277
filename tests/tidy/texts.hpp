// What a file must look like, whatever it says: how long, how wide, how it opens, which words it
// must not hold, and that the build knows it.
#ifndef ROLLCALL_TESTS_TIDY_TEXTS_HPP
#define ROLLCALL_TESTS_TIDY_TEXTS_HPP

#include "tidy/tree.hpp"

namespace rollcall::tidy {

Faults check_sizes(const Tree& tree);    // 100 columns; 400 lines, 250 a format
Faults check_openings(const Tree& tree); // a comment on top; header guards
Faults check_words(const Tree& tree);    // banned words
Faults check_orphans(const Tree& tree);  // .cpp files that no target is made of
Faults check_formats(const Tree& tree);  // no format's name where all of them are treated alike

} // namespace rollcall::tidy

#endif // ROLLCALL_TESTS_TIDY_TEXTS_HPP
