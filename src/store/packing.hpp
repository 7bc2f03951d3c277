// packing.hpp: pieces of files in less room. Lines of a plan are much alike: what has stood in a
// piece before is told by where it stood.
#ifndef ROLLCALL_STORE_PACKING_HPP
#define ROLLCALL_STORE_PACKING_HPP

#include <cstddef>
#include <memory_resource>
#include <string>
#include <string_view>

namespace rollcall::store {

// False if that saves less than a quarter: then what is in `into` is of no use.
[[nodiscard]] bool pack(std::string_view piece, std::pmr::string& into);

// Of a piece that had so many bytes; false if these do not come to so many. They may be anybody's.
[[nodiscard]] bool unpack(std::string_view packed, std::size_t bytes, std::pmr::string& into);

} // namespace rollcall::store

#endif // ROLLCALL_STORE_PACKING_HPP
