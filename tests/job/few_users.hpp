// A phone system with two or three users of clusterpbx, and who may do all with them.
#ifndef ROLLCALL_TESTS_JOB_FEW_USERS_HPP
#define ROLLCALL_TESTS_JOB_FEW_USERS_HPP

#include <string_view>

#include "formats/catalogue.hpp"
#include "job/remembering.hpp"

namespace rollcall::tests {

inline constexpr std::string_view two_users = R"({"user": [
  {"id": "1", "first_name": "Ada", "last_name": "Ek", "email": "ada@x.de", "extension": "101"},
  {"id": "2", "first_name": "Ben", "last_name": "Ek", "email": "ben@x.de", "extension": "102"}],
  "phone_model": [], "provisioning_template": [], "user_profile": []})";

inline constexpr std::string_view three_users = R"({"user": [
  {"id": "1", "first_name": "Ada", "last_name": "Ek", "email": "ada@x.de", "extension": "101"},
  {"id": "2", "first_name": "Ben", "last_name": "Ek", "email": "ben@x.de", "extension": "102"},
  {"id": "3", "first_name": "Cem", "last_name": "Ek", "email": "cem@x.de", "extension": "103"}],
  "phone_model": [], "provisioning_template": [], "user_profile": []})";

inline Remembering clusterpbx(std::string_view users)
{
  return {formats::clusterpbx(), users, {.name = "ada", .role = "client"}};
}

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_JOB_FEW_USERS_HPP
