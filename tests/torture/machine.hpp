// The machine of an attempt: its files, its clock, its chance, and what goes wrong with them.
#ifndef ROLLCALL_TESTS_TORTURE_MACHINE_HPP
#define ROLLCALL_TESTS_TORTURE_MACHINE_HPP

#include "base/seeded_random.hpp"
#include "rollcall/sqlite_store.hpp"
#include "support/failing_vfs.hpp"
#include "support/fake_files.hpp"
#include "torture/attempt.hpp"

namespace rollcall::torture {

class Machine {
 public:
  Machine(const Workload& workload, const Folder& folder, const Fault& fault, Shared& shared);

  [[nodiscard]] Seams seams();
  // Outputs go to the disk, whatever fails.
  [[nodiscard]] Seams output_seams();
  [[nodiscard]] SqliteOptions options() const { return {.vfs = vfs.name(), .busy_ms = 0}; }
  // From now on nothing fails any more.
  void mend();
  // What can be known only when all is done.
  void note();

  tests::FailingVfs vfs;
  tests::FakeFiles files;
  Points points;

 private:
  [[nodiscard]] tests::FailingVfs::Verdict judge(const char* call);

  const Fault& fault_;
  Shared& shared_;
  SystemFiles system_;
  HurryingClock clock_;
  SeededRandom random_;
  bool is_mended_ = false;
};

} // namespace rollcall::torture

#endif // ROLLCALL_TESTS_TORTURE_MACHINE_HPP
