// The files and the host that jobs are given while something else fails.
#ifndef ROLLCALL_TESTS_JOB_FAILING_HPP
#define ROLLCALL_TESTS_JOB_FAILING_HPP

#include <optional>
#include <string>
#include <string_view>

#include "formats/catalogue.hpp"
#include "job/running.hpp"

namespace rollcall::tests {

// A row for everything that takes memory: new, changed, quoted, composed, rejected, repaired.
inline const std::string varied_file =
    "ID,Full Name,Email,Extension,Phone,Active,Mac Address,IP,Password,Unknown Column\n"
    ",\"B\"\"b\",rene\xCC\x81@example.com,301,+441234,yes,A0-B1-C2-D3-E4-F5,10.0.0.1,s3cret!,x\n"
    "1,Ada,ada.byron.king@example.com,\"201\",,no,,,,\n"
    "User-3,'=Ada,,a very long extension that is none,x,maybe,y,z,w,\"a\"b\n"
    "1,a name that is longer than any,,201,,,,,,\n"
    "77,Ada,,201\n";

// Two users who exchange what only one may have, one who takes what is held, one who is new, and
// one whose model is misspelled: what is asked of a host, all of it.
inline constexpr std::string_view phones = R"({
  "user": [
    {"id": "1", "first_name": "Ada", "last_name": "A", "email": "ada@b.example",
     "extension": "201"},
    {"id": "2", "first_name": "Bob", "last_name": "B", "email": "bob@b.example",
     "extension": "202"},
    {"id": "3", "first_name": "Eve", "last_name": "E", "email": "eve@b.example",
     "extension": "0203"}],
  "phone_model": [{"id": "snom_d785"}],
  "provisioning_template": [{"id": "desk", "phone_model_id": "snom_d785"}],
  "user_profile": [{"id": "office"}]})";
inline const std::string exchange =
    "ID,First Name,Last Name,Email,Web Passwords,Extension,Phone Model ID,Provisioning Template ID,"
    "Mac Address,User Profile ID\n"
    "1,Ada,A,ada@b.example,secret-1,202,,,,office\n"
    "2,Bob,B,bob@b.example,,201,snom_d785,desk,000413000001,office\n"
    ",Eva,V,eve@b.example,,204,,,,\n"
    ",Zoe,Z,zoe@b.example,,203,snom_d758,desk,000413000002,office\n"
    ",Moe,M,moe@b.example,,205,,,,\n";

inline Running phone_system()
{
  Running job{formats::clusterpbx(), phones};
  job.context.role = "client";
  return job;
}

template <class T>
std::optional<ErrorCode> code_of(const Result<T>& result)
{
  if (result.has_value()) return {};
  return result.assume_error().code();
}

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_JOB_FAILING_HPP
