// job_request.cpp: writes and reads it as JSON; a format, too, is JSON in it, or a name.
#include "job/job_request.hpp"

#include "directory/context_json.hpp"
#include "json/faults.hpp"
#include "json/writer.hpp"
#include "rollcall/formats.hpp"
#include "rollcall/job_store.hpp"
#include "rollcall/schema_json.hpp"

namespace rollcall::job {
namespace {

constexpr std::size_t request_bytes_max = 2 * schema::schema_bytes_max;

void put_sign(json::Writer& writer, std::string_view name, const std::optional<char>& sign)
{
  if (sign) writer.name(name).text({&*sign, 1});
}

std::optional<char> sign_of(const json::Value& value)
{
  const auto text = value.text();
  return text && text->size() == 1 ? std::optional{text->front()} : std::nullopt;
}

const formats::Format* format_of(std::string_view id) noexcept
{
  for (const formats::Format& format : formats::builtin())
    if (format.id == id) return &format;
  return nullptr;
}

Result<schema::Schema> schema_of(const json::Value& request, json::Faults& faults)
{
  if (const json::Value whole = request.find("schema"))
    return schema::read_schema(faults.text(whole));
  const std::string_view id = faults.text(faults.member(request, "format"));
  const formats::Format* format = format_of(id);
  if (format == nullptr)
    return Error{ErrorCode::unsupported, "there is no format " + std::string{id} + " any more"};
  return format->make();
}

} // namespace

Result<std::string> text_of(const JobRequest& request, Kept kept)
{
  std::pmr::string text;
  TextSink sink{text};
  ROLLCALL_TRY(auto writer, json::Writer::open(sink, {.compact = true, .buffer_bytes = 1024}));
  writer.begin_object();
  const formats::Format* format = format_of(request.schema.id);
  if (kept == Kept::named && format != nullptr && format->make() == request.schema) {
    writer.name("format").text(request.schema.id);
  } else {
    std::pmr::string schema;
    TextSink into{schema};
    ROLLCALL_CHECK(schema::write_schema(request.schema, into));
    writer.name("schema").text(schema);
  }
  directory::put_context(writer, request.context);
  put_sign(writer, "delimiter", request.dialect.delimiter);
  put_sign(writer, "quote", request.dialect.quote);
  put_sign(writer, "escape", request.dialect.escape);
  writer.name("encoding").text(csv::slug(request.dialect.encoding));
  writer.name("lenient").boolean(request.dialect.lenient);
  writer.name("limits").begin_object();
  for (const Limit& limit : all_limits())
    writer.name(limit.name).natural(request.limits.*limit.value);
  writer.end_object();
  writer.name("atomic").boolean(request.atomic);
  writer.name("stale").text(request.stale == Stale::row ? "row" : "refuse");
  if (request.is_plan_given) writer.name("plan_given").boolean(true);
  if (request.first_id) writer.name("first_id").natural(*request.first_id);
  if (request.groups != 0) writer.name("groups").natural(request.groups);
  writer.end_object();
  ROLLCALL_CHECK(writer.finish());
  return std::string{text};
}

Result<JobRequest> request_of(std::string_view text)
{
  json::Document document{{.bytes_max = request_bytes_max}};
  ROLLCALL_CHECK(document.read(text));
  json::Faults faults;
  const json::Value root = faults.object(document.root());
  JobRequest made;
  ROLLCALL_TRY(made.schema, schema_of(root, faults));
  made.context = directory::context_of(root, faults);
  made.dialect.delimiter = sign_of(root.find("delimiter"));
  made.dialect.quote = sign_of(root.find("quote"));
  made.dialect.escape = sign_of(root.find("escape"));
  if (const auto encoding = csv::encoding_of(faults.text(root.find("encoding"))))
    made.dialect.encoding = *encoding;
  made.dialect.lenient = faults.boolean(root.find("lenient"));
  const json::Value limits = faults.object(root.find("limits"));
  for (const Limit& limit : all_limits())
    if (const json::Value value = limits.find(limit.name))
      made.limits.*limit.value = faults.natural(value);
  made.atomic = faults.boolean(root.find("atomic"));
  made.stale = faults.text(root.find("stale")) == "refuse" ? Stale::refuse : Stale::row;
  made.is_plan_given = faults.boolean(root.find("plan_given"));
  if (const json::Value first = root.find("first_id")) made.first_id = faults.natural(first);
  if (const json::Value groups = root.find("groups")) made.groups = faults.natural(groups);
  ROLLCALL_CHECK(faults.check());
  return made;
}

} // namespace rollcall::job

namespace rollcall {

Result<schema::Schema> schema_of(const JobRecord& record)
{
  return guarded([&]() -> Result<schema::Schema> {
    ROLLCALL_TRY(job::JobRequest request, job::request_of(record.request));
    return std::move(request.schema);
  });
}

} // namespace rollcall
