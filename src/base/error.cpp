// Errors in words, and the errno that becomes one. Nothing here asks the locale: strerror would.
#include "rollcall/error.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <new>
#include <utility>

namespace rollcall {

namespace {

struct ErrorPage {
  ErrorCode code = ErrorCode::internal;
  std::string_view slug;
  std::string_view meaning;
  std::string_view mend;
};

constexpr std::array error_pages = {
#define ROLLCALL_ERROR(number, name, meaning, mend) \
  ErrorPage{ErrorCode::name, #name, meaning, mend},
#include "rollcall/errors.def"
#undef ROLLCALL_ERROR
};

constexpr std::array error_codes = {
#define ROLLCALL_ERROR(number, name, meaning, mend) ErrorCode::name,
#include "rollcall/errors.def"
#undef ROLLCALL_ERROR
};

constexpr ErrorPage nothing = {};

const ErrorPage& page_of(ErrorCode code) noexcept
{
  const auto page = std::find_if(error_pages.begin(), error_pages.end(),
                                 [code](const ErrorPage& each) { return each.code == code; });
  return page == error_pages.end() ? nothing : *page;
}

ErrorCode code_of_errno(int os_error) noexcept
{
  switch (os_error) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return ErrorCode::disk_full;
    case ENOENT:
    case ENOTDIR:
      return ErrorCode::not_found;
    case EACCES:
    case EPERM:
    case EROFS:
      return ErrorCode::not_permitted;
    case ENOMEM:
      return ErrorCode::out_of_memory;
    case ECANCELED:
      return ErrorCode::cancelled;
    case EBUSY:
    case ETXTBSY:
      return ErrorCode::busy;
    case ENOSYS:
    case EOPNOTSUPP:
      return ErrorCode::unsupported;
    default:
      return ErrorCode::file_failed;
  }
}

} // namespace

std::string_view slug(ErrorCode code) noexcept
{
  return page_of(code).slug;
}

std::span<const ErrorCode> all_error_codes() noexcept
{
  return error_codes;
}

std::string explain(ErrorCode code)
{
  const ErrorPage& page = page_of(code);
  if (page.slug.empty()) {
    return {};
  }
  std::string text{page.slug};
  text.append(" (error ").append(std::to_string(static_cast<int>(code))).append(")\n\n");
  text.append("What it means: ").append(page.meaning).append(".\n");
  text.append("What to do: ").append(page.mend).append(".\n");
  return text;
}

Error::Error(ErrorCode code, std::string detail, int os_error) noexcept
    : body_{new (std::nothrow) Body{code, os_error, std::move(detail), {}}}
{
}

Error Error::of_system(int os_error) noexcept
{
  return Error{code_of_errno(os_error), {}, os_error};
}

Error Error::while_doing(std::string_view what) && noexcept
{
  try {
    if (!body_) {
      body_ = std::make_unique<Body>(Body{ErrorCode::out_of_memory, 0, {}, {}});
    }
    if (body_->trail.empty() || body_->trail.back() != what) {
      body_->trail.emplace_back(what);
    }
  } catch (...) {
    // There is no memory for the step (or it is too long to be one): it is left out, as promised.
  }
  return std::move(*this);
}

std::string describe(const Error& error)
{
  std::string text;
  const std::span<const std::string> trail = error.trail();
  for (auto step = trail.rbegin(); step != trail.rend(); ++step) {
    text.append(*step).append(": ");
  }
  const std::string_view of_system =
      error.os_error() != 0 ? describe_os_error(error.os_error()) : std::string_view{};
  text.append(error.detail());
  if (!error.detail().empty() && error.os_error() != 0) {
    text.append(": ");
  }
  text.append(of_system);
  if (error.os_error() != 0 && of_system.empty()) {
    text.append("error ").append(std::to_string(error.os_error())).append(" of the system");
  }
  if (error.detail().empty() && error.os_error() == 0) {
    text.append(page_of(error.code()).meaning);
  }
  return text.append(" (").append(slug(error.code())).append(")");
}

std::string_view describe_os_error(int os_error) noexcept
{
  switch (os_error) {
    case EACCES:
      return "permission denied";
    case EAGAIN:
      return "not available just now";
    case EBADF:
      return "the file is not open for this";
    case EBUSY:
      return "the file or device is busy";
    case EDQUOT:
      return "the disk quota is used up";
    case EEXIST:
      return "the file exists already";
    case EFBIG:
      return "the file would be too large";
    case EINTR:
      return "interrupted";
    case EINVAL:
      return "the system does not take this";
    case EIO:
      return "input/output error of the device";
    case EISDIR:
      return "it is a folder";
    case ELOOP:
      return "too many links in the path";
    case EMFILE:
      return "the process has too many open files";
    case ENAMETOOLONG:
      return "the name is too long";
    case ENFILE:
      return "the system has too many open files";
    case ENODEV:
    case ENXIO:
      return "no such device";
    case ENOENT:
      return "no such file or folder";
    case ENOMEM:
      return "out of memory";
    case ENOSPC:
      return "no space left on device";
    case ENOSYS:
    case EOPNOTSUPP:
      return "the system cannot do this";
    case ENOTDIR:
      return "a part of the path is no folder";
    case ENOTEMPTY:
      return "the folder is not empty";
    case EPERM:
      return "not permitted";
    case EPIPE:
      return "the reader has gone away";
    case EROFS:
      return "the file system is read-only";
    case ESPIPE:
      return "it is a pipe, which has no positions";
    case ETXTBSY:
      return "the file is being executed";
    case EXDEV:
      return "the names are on different file systems";
    default:
      return {};
  }
}

} // namespace rollcall
