// What a torture attempt and who watches it have in common: memory that both see, and the points
// that the attempt passes.
//
// An attempt is a child process. It dies wherever it is told to, so all that must be known of it
// afterwards stands here; names of points are literals, which are at the same place in both.
#ifndef ROLLCALL_TESTS_TORTURE_SHARED_HPP
#define ROLLCALL_TESTS_TORTURE_SHARED_HPP

#include <array>
#include <cstddef>
#include <cstdint>

namespace rollcall::torture {

// How an attempt ended, if it lived to say so.
enum class End : std::uint8_t { none, ended, broke_off, was_over, unsound };

struct Shared {
  std::uint64_t visits = 0;       // points that were passed
  std::uint64_t kill_at = 0;      // at this one the attempt dies; 0: at none
  std::uint64_t stop_at = 0;      // at this one it is stopped
  const char* last = "";          // point
  std::uint64_t acknowledged = 0; // groups of the plan, of which a commit was told to be done
  std::uint64_t fallible = 0;     // calls that the fault of this attempt could have struck
  std::uint64_t fallible_before_begin = 0; // before the first transaction that applies
  bool has_struck = false;
  std::int64_t blocks_left = 0, sqlite_bytes_left = 0; // that were not given back
  End end = End::none;
  std::int32_t code = 0; // of an error
  std::array<char, 4000> said = {};
  // The names of all points, as far as there is room.
  std::array<const char*, 400'000> trace = {};
};

// Passes a point: "commit:after". Those of files begin with "file".
class Points {
 public:
  explicit Points(Shared& shared) noexcept : shared_{shared} {}

  void pass(const char* name) noexcept;
  [[nodiscard]] Shared& shared() noexcept { return shared_; }

  // Passes two points, and does something between them.
  template <class Do>
  auto between(const char* before, const char* after, Do work)
  {
    pass(before);
    auto result = work();
    pass(after);
    return result;
  }

 private:
  Shared& shared_;
};

} // namespace rollcall::torture

#endif // ROLLCALL_TESTS_TORTURE_SHARED_HPP
