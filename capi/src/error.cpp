// Errors as objects: their texts are made when they are, so that reading one cannot fail.
#include "error.hpp"

#include <memory>
#include <memory_resource>
#include <utility>

#include "json/writer.hpp"

namespace rollcall::capi {
namespace {

constinit rollcall_error out_of_memory = {
    .status = static_cast<rollcall_status>(ErrorCode::out_of_memory),
    .message = "an allocation failed (out_of_memory)",
    .details =
        R"({"status": -1, "name": "out_of_memory", "detail": "", "os_error": 0, "trail": []})",
};

Result<std::string> details_of(const Error& why)
{
  std::pmr::string text;
  TextSink sink{text};
  ROLLCALL_TRY(auto writer, json::Writer::open(sink, {.buffer_bytes = 256}));
  writer.begin_object();
  writer.name("status").integer(static_cast<std::int32_t>(why.code()));
  writer.name("name").text(slug(why.code()));
  writer.name("detail").text(why.detail());
  writer.name("os_error").integer(why.os_error());
  writer.name("trail").begin_list();
  for (const std::string& step : why.trail()) writer.text(step);
  writer.end_list();
  writer.end_object();
  ROLLCALL_CHECK(writer.finish());
  return std::string{text};
}

rollcall_error* make(const Error& why) noexcept
{
  if (why.code() == ErrorCode::out_of_memory) return &out_of_memory;
  auto made = guarded([&]() -> Result<std::unique_ptr<rollcall_error>> {
    auto texts = std::make_unique<rollcall_error::Texts>();
    texts->message = describe(why);
    texts->detail = why.detail();
    ROLLCALL_TRY(texts->details, details_of(why));
    auto error = std::make_unique<rollcall_error>();
    error->status = static_cast<rollcall_status>(why.code());
    error->message = texts->message;
    error->details = texts->details;
    error->texts = texts.release();
    error->code = why.code();
    error->os_error = why.os_error();
    return error;
  });
  return made.has_value() ? std::move(made).assume_value().release() : &out_of_memory;
}

} // namespace

Error error_of(const rollcall_error& why)
{
  return Error{why.code, why.texts != nullptr ? why.texts->detail : std::string{}, why.os_error};
}

rollcall_status fail(rollcall_error** err, const Error& why) noexcept
{
  if (err == nullptr) return static_cast<rollcall_status>(why.code());
  *err = make(why);
  return (*err)->status; // there may not have been the memory to tell of another one
}

} // namespace rollcall::capi

rollcall_status rollcall_error_status(const rollcall_error* error)
{
  return error != nullptr ? error->status : ROLLCALL_OK;
}

void rollcall_error_message(const rollcall_error* error, rollcall_str* out)
{
  *out = error != nullptr ? rollcall_str{error->message.data(), error->message.size()}
                          : rollcall_str{"", 0};
}

void rollcall_error_details(const rollcall_error* error, rollcall_str* out)
{
  *out = error != nullptr ? rollcall_str{error->details.data(), error->details.size()}
                          : rollcall_str{"", 0};
}

void rollcall_error_free(rollcall_error* error)
{
  if (error == nullptr || error == &rollcall::capi::out_of_memory) return;
  delete error->texts;
  delete error;
}
