// How much is made up by tests that make their inputs up.
#ifndef ROLLCALL_TESTS_SUPPORT_ROUNDS_HPP
#define ROLLCALL_TESTS_SUPPORT_ROUNDS_HPP

namespace rollcall::tests {

// How often such a test goes round, of so many times: under a sanitizer, with which all takes
// several times as long, a quarter.
constexpr int rounds(int many)
{
#ifdef ROLLCALL_SANITIZED
  return (many + 3) / 4;
#else
  return many;
#endif
}

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_SUPPORT_ROUNDS_HPP
