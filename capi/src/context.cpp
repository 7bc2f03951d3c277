// A value that comes as JSON is read as the option of a context.json: there is one reader of these.
// It must be a whole value by itself before it is put there.
#include "context.hpp"

#include "json/document.hpp"

using namespace rollcall;
using namespace rollcall::capi;

namespace {

using Handle = Result<std::unique_ptr<rollcall_context>>;

std::unique_ptr<rollcall_context> handle_of(const rollcall_engine& engine, Context&& context)
{
  auto handle = std::make_unique<rollcall_context>();
  handle->engine = engine.engine;
  handle->context = std::move(context);
  return handle;
}

template <class Values>
rollcall_status set(rollcall_context* context, Values Context::*values, std::string_view name,
                    std::string_view json, rollcall_error** err)
{
  return call(err, [&]() -> Result<void> {
    ROLLCALL_CHECK(given(context, "context"));
    ROLLCALL_TRY(Setting value, while_doing(setting_of(json), [&] {
                   return "reading the value of " + std::string{name};
                 }));
    (context->context.*values).insert_or_assign(std::string{name}, std::move(value));
    return success();
  });
}

} // namespace

namespace rollcall::capi {

Result<Setting> setting_of(std::string_view json)
{
  json::Document alone{{}};
  ROLLCALL_CHECK(alone.read(json));
  const std::string text = std::string{R"({"options": {"value": )"}.append(json).append("}}");
  MemorySource source{text};
  ROLLCALL_TRY(Context context, read_context(source));
  const auto found = context.options.find("value");
  if (context.options.size() != 1 || found == context.options.end())
    return Error{ErrorCode::malformed, "a value is one JSON value"};
  return std::move(found->second);
}

} // namespace rollcall::capi

rollcall_status rollcall_context_new(const rollcall_engine* engine, const char* name,
                                     size_t name_len, const char* role, size_t role_len,
                                     rollcall_context** out, rollcall_error** err)
{
  return make(out, err, [&]() -> Handle {
    ROLLCALL_CHECK(given(engine, "engine"));
    Context context;
    context.name = text_of(name, name_len);
    context.role = text_of(role, role_len);
    return handle_of(*engine, std::move(context));
  });
}

rollcall_status rollcall_context_parse(const rollcall_engine* engine, const char* json,
                                       size_t json_len, rollcall_context** out,
                                       rollcall_error** err)
{
  return make(out, err, [&]() -> Handle {
    ROLLCALL_CHECK(given(engine, "engine"));
    MemorySource source{text_of(json, json_len)};
    ROLLCALL_TRY(Context context, read_context(source));
    return handle_of(*engine, std::move(context));
  });
}

rollcall_status rollcall_context_set_option(rollcall_context* context, const char* name,
                                            size_t name_len, const char* json, size_t json_len,
                                            rollcall_error** err)
{
  return set(context, &Context::options, text_of(name, name_len), text_of(json, json_len), err);
}

rollcall_status rollcall_context_set_fact(rollcall_context* context, const char* name,
                                          size_t name_len, const char* json, size_t json_len,
                                          rollcall_error** err)
{
  return set(context, &Context::facts, text_of(name, name_len), text_of(json, json_len), err);
}

void rollcall_context_free(rollcall_context* context)
{
  delete context;
}
