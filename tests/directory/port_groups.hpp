// What every directory must do with groups: a part of port_suite.
#ifndef ROLLCALL_TESTS_DIRECTORY_PORT_GROUPS_HPP
#define ROLLCALL_TESTS_DIRECTORY_PORT_GROUPS_HPP

#include "rollcall/directory.hpp"

namespace rollcall::tests {

// Of the few people of port_suite.
void check_groups(Directory& directory);
void check_wrong_use(Directory& directory);

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_DIRECTORY_PORT_GROUPS_HPP
