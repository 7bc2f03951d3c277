// soundness.hpp: whether a database says of itself what it holds.
#ifndef ROLLCALL_STORE_SOUNDNESS_HPP
#define ROLLCALL_STORE_SOUNDNESS_HPP

#include <memory_resource>

#include "store/database.hpp"

namespace rollcall::store {

// Corrupt if not, naming the first fault.
[[nodiscard]] Result<void> check_soundness(Database& database, std::pmr::memory_resource& memory);

} // namespace rollcall::store

#endif // ROLLCALL_STORE_SOUNDNESS_HPP
