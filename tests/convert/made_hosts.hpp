// Hosts by chance: their users, with all that formats which are exported know of them.
#ifndef ROLLCALL_TESTS_CONVERT_MADE_HOSTS_HPP
#define ROLLCALL_TESTS_CONVERT_MADE_HOSTS_HPP

#include <string_view>

#include "convert/converting.hpp"

namespace rollcall::tests {

// Of one to eight users; may be done there what its vendor's page does. The format has an export.
[[nodiscard]] Running made_host(std::string_view format, Chance& chance);

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_CONVERT_MADE_HOSTS_HPP
