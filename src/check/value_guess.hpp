// value_guess.hpp: what a bad cell probably was meant to be.
#ifndef ROLLCALL_CHECK_VALUE_GUESS_HPP
#define ROLLCALL_CHECK_VALUE_GUESS_HPP

#include "check/values.hpp"

namespace rollcall::check {

// A guess, good by its type, for who asks for those.
[[nodiscard]] std::optional<std::string> likely_fix(const ReadyType& type, Code code,
                                                    std::string_view cell, Scratch& scratch);

} // namespace rollcall::check

#endif // ROLLCALL_CHECK_VALUE_GUESS_HPP
