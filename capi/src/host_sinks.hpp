// Through which a host answers. A sink that was used in a way that makes no sense keeps the first
// such failure, and the question that it was for fails with it.
#ifndef ROLLCALL_CAPI_SRC_HOST_SINKS_HPP
#define ROLLCALL_CAPI_SRC_HOST_SINKS_HPP

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firewall.hpp"
#include "rollcall/codes.h"
#include "rollcall/directory.hpp"
#include "rollcall/host.h"

namespace rollcall::capi {

class Failure {
 public:
  // Runs what a host asks of a sink.
  template <class Body>
  rollcall_status keep(Body&& body) noexcept
  {
    auto done = guarded(std::forward<Body>(body));
    if (done.has_value()) return ROLLCALL_OK;
    const auto status = static_cast<rollcall_status>(done.assume_error().code());
    if (!failure_) failure_.emplace(std::move(done).assume_error());
    return status;
  }
  // What the host has said of itself goes behind what it did.
  [[nodiscard]] Result<void> check(const char* what, std::int32_t verdict);

 private:
  std::optional<Error> failure_;
};

} // namespace rollcall::capi

struct rollcall_objects {
  rollcall::ObjectSink* sink = nullptr;
  std::size_t asked_count = 1; // indices of values stay below it
  std::size_t field_count = 0;
  rollcall::capi::Failure failure = {};
  std::vector<std::optional<std::string_view>> fields = {};

  [[nodiscard]] rollcall::Result<void> add(std::size_t asked, const rollcall_str* key,
                                           const rollcall_str* of, std::size_t size);
};

struct rollcall_answers {
  rollcall::AnswerSink* sink = nullptr;
  std::span<const rollcall::Group> groups = {}; // empty: operations are asked about
  std::vector<bool> answered = {};
  rollcall::capi::Failure failure = {};
  std::vector<std::string_view> keys = {};

  [[nodiscard]] rollcall::Result<void> add(std::size_t group, std::int32_t answer,
                                           const rollcall_str* of, std::size_t size,
                                           std::string_view why);
  [[nodiscard]] rollcall::Result<void> take_keys(std::size_t group, const rollcall_str* of,
                                                 std::size_t size);
};

struct rollcall_words {
  std::optional<std::string> text = {};
  rollcall::capi::Failure failure = {};
};

#endif // ROLLCALL_CAPI_SRC_HOST_SINKS_HPP
