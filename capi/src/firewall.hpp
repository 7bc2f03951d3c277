// What stands around every function of the ABI: no exception gets out, every failure is an error
// object, and what was given is looked at first.
#ifndef ROLLCALL_CAPI_SRC_FIREWALL_HPP
#define ROLLCALL_CAPI_SRC_FIREWALL_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "error.hpp"
#include "rollcall/base.h"
#include "rollcall/result.hpp"

namespace rollcall::capi {

[[nodiscard]] inline Error wrong_use(std::string detail)
{
  return Error{ErrorCode::wrong_use, std::move(detail)};
}

// Runs a body that returns Result<rollcall_status> or Result<void>.
template <class Body>
rollcall_status call(rollcall_error** err, Body&& body) noexcept
{
  if (err != nullptr) *err = nullptr;
  auto done = guarded(std::forward<Body>(body));
  if (!done.has_value()) return fail(err, done.assume_error());
  if constexpr (std::is_same_v<decltype(done), Result<rollcall_status>>)
    return done.assume_value();
  else
    return ROLLCALL_OK;
}

// The same for a body that makes what goes to an out-pointer, as Result<std::unique_ptr<Made>>.
template <class Made, class Body>
rollcall_status make(Made** out, rollcall_error** err, Body&& body) noexcept
{
  if (out != nullptr) *out = nullptr;
  return call(err, [&]() -> Result<void> {
    if (out == nullptr) return wrong_use("there is no place for what is made: `out` is NULL");
    ROLLCALL_TRY(std::unique_ptr<Made> made, body());
    *out = made.release();
    return success();
  });
}

// A handle that must be there.
[[nodiscard]] inline Result<void> given(const void* handle, const char* name)
{
  if (handle != nullptr) return success();
  return wrong_use(std::string{name}.append(" is NULL"));
}

[[nodiscard]] inline std::string_view text_of(const char* text, std::size_t size) noexcept
{
  if (text == nullptr) return {};
  return size == ROLLCALL_NUL ? std::string_view{text} : std::string_view{text, size};
}

[[nodiscard]] inline std::string_view text_of(const char* text) noexcept
{
  return text_of(text, ROLLCALL_NUL);
}

[[nodiscard]] inline std::string_view text_of(const rollcall_str& text) noexcept
{
  return text_of(text.ptr, text.len);
}

[[nodiscard]] inline rollcall_str str(const std::string& text) noexcept
{
  return {text.c_str(), text.size()};
}

// Options as this library knows them, of a caller who may know fewer members or more.
template <class Options>
[[nodiscard]] Options copied(const Options* options) noexcept
{
  Options copy = {};
  if (options != nullptr)
    std::memcpy(&copy, options, std::min<std::size_t>(options->struct_size, sizeof(Options)));
  copy.struct_size = sizeof(Options);
  return copy;
}

// A struct without a size is one that nobody has filled in; one with more members than we know may
// have only zeros there.
template <class Options>
[[nodiscard]] Result<void> check_size(const Options* options, const char* name)
{
  if (options == nullptr) return success();
  const std::size_t size = options->struct_size;
  if (size < sizeof(options->struct_size))
    return wrong_use(std::string{name}.append(": struct_size is not set"));
  if (size <= sizeof(Options)) return success();
  const auto* const bytes = reinterpret_cast<const unsigned char*>(options);
  if (std::all_of(bytes + sizeof(Options), bytes + size, [](unsigned char c) { return c == 0; }))
    return success();
  return Error{ErrorCode::unsupported,
               std::string{name}.append(" asks for what this version does not know")};
}

// A struct that we fill in for a caller, who may know fewer members and says so by its size; null:
// he does not ask.
template <class Struct>
[[nodiscard]] Result<void> check_filled(const Struct* out, const char* name)
{
  if (out == nullptr || out->struct_size >= sizeof(out->struct_size)) return success();
  return wrong_use(std::string{name}.append(": struct_size is not set"));
}

// Members that we do not know become 0: nothing is known of them.
template <class Struct>
void fill(Struct* out, Struct said) noexcept
{
  if (out == nullptr) return;
  const std::size_t size = out->struct_size;
  said.struct_size = out->struct_size;
  std::memcpy(out, &said, std::min(size, sizeof said));
  if (size > sizeof said)
    std::memset(reinterpret_cast<unsigned char*>(out) + sizeof said, 0, size - sizeof said);
}

[[nodiscard]] inline Result<void> check_flags(std::uint32_t flags, std::uint32_t known,
                                              const char* name)
{
  if ((flags & ~known) == 0) return success();
  return Error{ErrorCode::unsupported,
               std::string{name}.append(": a flag that this version does not know")};
}

// A member that is there for later, and 0 until it has a meaning.
[[nodiscard]] inline Result<void> check_reserved(std::int64_t value, const char* name)
{
  if (value == 0) return success();
  return Error{
      ErrorCode::unsupported,
      std::string{name}.append(": what is reserved asks for what this version does not know")};
}

// A number of an enumeration that ends before `end`.
[[nodiscard]] inline Result<void> check_choice(std::int64_t value, std::int64_t end,
                                               const char* name)
{
  if (value >= 0 && value < end) return success();
  return Error{ErrorCode::unsupported,
               std::string{name}.append(": a value that this version does not know")};
}

// The `user` of callbacks: whoever lets it go last has it destroyed.
class User {
 public:
  User(void* user, rollcall_destroy_fn destroy) noexcept : user_{user}, destroy_{destroy} {}
  User(User&& other) noexcept : user_{other.user_}, destroy_{std::exchange(other.destroy_, nullptr)}
  {
  }
  User& operator=(User&&) = delete;
  ~User()
  {
    if (destroy_ != nullptr) destroy_(user_);
  }
  [[nodiscard]] void* get() const noexcept { return user_; }

 private:
  void* user_;
  rollcall_destroy_fn destroy_;
};

} // namespace rollcall::capi

#endif // ROLLCALL_CAPI_SRC_FIREWALL_HPP
