// What rollcall could not do: a code, a sentence, and a trail of what was being done.
//
// An Error is never about the data: what is wrong with a file, the actor or the host's objects is a
// Finding. An Error is one pointer wide and moved, never copied; the null pointer is out_of_memory,
// the one error that cannot afford anything else. A moved-from Error reads as that, too.
#ifndef ROLLCALL_ERROR_HPP
#define ROLLCALL_ERROR_HPP

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall {

enum class ErrorCode : std::int32_t {
#define ROLLCALL_ERROR(number, name, meaning, mend) name = number,
#include "rollcall/errors.def"
#undef ROLLCALL_ERROR
};

// The enumerator as text, "disk_full"; empty for a number that is no code.
[[nodiscard]] std::string_view slug(ErrorCode code) noexcept;

// A page for people: what the code means and what to do. Empty for a number that is no code.
[[nodiscard]] std::string explain(ErrorCode code);

[[nodiscard]] std::span<const ErrorCode> all_error_codes() noexcept;

class Error {
 public:
  // Out of memory; needs none itself.
  Error() noexcept = default;

  // `detail` is one sentence without a full stop, `os_error` the errno behind it or 0. If there is
  // no memory for the body, this is an out_of_memory error instead.
  explicit Error(ErrorCode code, std::string detail = {}, int os_error = 0) noexcept;

  // The error for an errno: disk_full, not_found, not_permitted, out_of_memory, else file_failed.
  [[nodiscard]] static Error of_system(int os_error) noexcept;

  [[nodiscard]] ErrorCode code() const noexcept
  {
    return body_ ? body_->code : ErrorCode::out_of_memory;
  }
  [[nodiscard]] std::string_view detail() const noexcept
  {
    return body_ ? std::string_view{body_->detail} : std::string_view{};
  }
  [[nodiscard]] int os_error() const noexcept { return body_ ? body_->os_error : 0; }

  // Adds a step to the trail, "reading users.csv", innermost first; the same one twice is one. A
  // step for which there is no memory is left out: the trail helps people, nothing may hang on it.
  [[nodiscard]] Error while_doing(std::string_view what) && noexcept;

  // The steps, innermost first.
  [[nodiscard]] std::span<const std::string> trail() const noexcept
  {
    return body_ ? std::span<const std::string>{body_->trail} : std::span<const std::string>{};
  }

 private:
  struct Body {
    ErrorCode code = ErrorCode::internal;
    int os_error = 0;
    std::string detail;
    std::vector<std::string> trail;
  };

  std::unique_ptr<Body> body_;
};

static_assert(sizeof(Error) == sizeof(void*), "a Result must cost nothing while all goes well");

// One sentence with its trail, outermost step first:
// "importing staff: reading users.csv: no space left on device (disk_full)".
[[nodiscard]] std::string describe(const Error& error);

// What an errno means, in English whatever the locale.
[[nodiscard]] std::string_view describe_os_error(int os_error) noexcept;

} // namespace rollcall

#endif // ROLLCALL_ERROR_HPP
