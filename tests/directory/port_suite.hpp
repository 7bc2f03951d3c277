// What every directory must do, whoever keeps the objects: run this for each of them.
//
//   TEST_CASE("a directory of mine does what every directory must")
//   {
//     check_port([](std::string_view json) { return ...a directory made for people()...; });
//   }
#ifndef ROLLCALL_TESTS_DIRECTORY_PORT_SUITE_HPP
#define ROLLCALL_TESTS_DIRECTORY_PORT_SUITE_HPP

#include <functional>
#include <memory>
#include <string_view>

#include "rollcall/directory.hpp"

namespace rollcall::tests {

// Makes a directory for the schema people() of what a directory.json says. What it stands on lives
// as long as it does.
using MakeDirectory = std::function<std::unique_ptr<Directory>(std::string_view json)>;

void check_port(const MakeDirectory& make);

// Asks and changes at random, beside a model that is slow and plain.
void check_port_against_model(const MakeDirectory& make);

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_DIRECTORY_PORT_SUITE_HPP
