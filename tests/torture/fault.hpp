// What befalls an attempt, once, and how that is written on a command line: "kill@137",
// "alloc-from@55", "file@12:full", "host@3:twice".
#ifndef ROLLCALL_TESTS_TORTURE_FAULT_HPP
#define ROLLCALL_TESTS_TORTURE_FAULT_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "torture/shared.hpp"

namespace rollcall::torture {

struct Fault {
  enum class Kind : std::uint8_t {
    none,
    kill,  // kill -9 at a point
    time,  // kill -9 after so many microseconds
    stop,  // at a point it is stopped, as by ctrl-Z, and goes on when another one has taken over
    alloc, // an allocation fails
    file,  // a call of SQLite's to the operating system
    spool, // a call of the library's to it
    host   // a host outside of the store, at the n-th group that it is given
  };
  Kind kind = Kind::none;
  std::uint64_t at = 0;    // counts from 1
  bool from = false;       // and all behind it
  std::string detail = {}; // of file and spool: eio, full, short, busy; of host: see OutsideHost
  bool goes_on = false;    // the same process, with the same store, tries again afterwards

  // "none" if nothing.
  [[nodiscard]] std::string text() const;
};

using Faults = std::vector<Fault>; // one after the other, for an attempt each

[[nodiscard]] std::optional<Faults> faults_of(std::string_view text);
[[nodiscard]] std::string text_of(const Faults& faults);

// ---- Allocations: operator new of this program, the memory seam, and SQLite's -------------------

// Before SQLite is used for the first time.
void replace_allocations();

// Counts and fails allocations while it lives.
class AllocationFault {
 public:
  AllocationFault(Shared& shared, const Fault& fault) noexcept;
  AllocationFault(const AllocationFault&) = delete;
  AllocationFault& operator=(const AllocationFault&) = delete;
  ~AllocationFault();
};

// How many blocks were not given back yet.
[[nodiscard]] std::int64_t blocks_alive() noexcept;

} // namespace rollcall::torture

#endif // ROLLCALL_TESTS_TORTURE_FAULT_HPP
