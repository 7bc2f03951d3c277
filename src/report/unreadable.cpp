// unreadable.cpp: says why a file cannot be read, in the words of the operating system if need be.
#include "report/unreadable.hpp"

namespace rollcall::report {

bool is_about_file(ErrorCode code) noexcept
{
  return code == ErrorCode::file_failed || code == ErrorCode::not_found ||
         code == ErrorCode::not_permitted;
}

Finding unreadable(const Error& why, std::string_view file_name)
{
  Finding made = finding(Code::file_unreadable);
  made.facts.push_back(fact("file", file_name.empty() ? "the file" : file_name));
  std::string_view reason = why.detail();
  if (reason.empty() && why.os_error() != 0) reason = describe_os_error(why.os_error());
  made.facts.push_back(fact("reason", reason.empty() ? slug(why.code()) : reason));
  return made;
}

} // namespace rollcall::report
