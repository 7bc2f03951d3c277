// What is done with jobs that have ended, and is no job itself.
#ifndef ROLLCALL_TESTS_TORTURE_SERVICES_HPP
#define ROLLCALL_TESTS_TORTURE_SERVICES_HPP

#include "torture/machine.hpp"

namespace rollcall::torture {

// It can be asked for again, however far it came.
[[nodiscard]] Result<End> serve(const Workload& workload, const Folder& folder, Machine& machine,
                                SqliteStore& store);

} // namespace rollcall::torture

#endif // ROLLCALL_TESTS_TORTURE_SERVICES_HPP
