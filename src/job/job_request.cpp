// job_request.cpp: writes and reads both as JSON.
#include "job/job_request.hpp"

#include "directory/context_json.hpp"
#include "json/faults.hpp"
#include "json/writer.hpp"
#include "rollcall/formats.hpp"
#include "rollcall/jobs.hpp"
#include "rollcall/schema_json.hpp"

namespace rollcall::job {
namespace {

constexpr std::size_t request_bytes_max = schema::schema_bytes_max;

void put_sign(json::Writer& writer, std::string_view name, const std::optional<char>& sign)
{
  if (sign) writer.name(name).text({&*sign, 1});
}

std::optional<char> sign_of(const json::Value& value)
{
  const auto text = value.text();
  return text && text->size() == 1 ? std::optional{text->front()} : std::nullopt;
}

Result<schema::Schema> read_kept(const KeptSchema& kept)
{
  const auto named = [&](std::string_view why) {
    return "the job is of the format " + std::string{kept.format} + ", which " + std::string{why};
  };
  if (!kept.json.empty()) {
    Result<schema::Schema> read = schema::read_schema(kept.json);
    if (read.has_value() || read.assume_error().code() == ErrorCode::out_of_memory) return read;
    return Error{ErrorCode::unsupported,
                 named("this version cannot read: ") + std::string{read.assume_error().detail()}};
  }
  const formats::Format* format = formats::find(kept.format);
  if (format != nullptr) return format->make();
  return Error{ErrorCode::unsupported, named("there is no more")};
}

} // namespace

Result<std::string> text_of(const JobRequest& request)
{
  std::pmr::string text;
  TextSink sink{text};
  ROLLCALL_TRY(auto writer, json::Writer::open(sink, {.compact = true, .buffer_bytes = 1024}));
  writer.begin_object();
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
  if (request.takes_unsealed) writer.name("unsealed").boolean(true);
  if (!request.path.empty()) writer.name("path").text(request.path);
  if (request.first_id) writer.name("first_id").natural(*request.first_id);
  if (request.groups != 0) writer.name("groups").natural(request.groups);
  writer.end_object();
  ROLLCALL_CHECK(writer.finish());
  return std::string{text};
}

Result<std::string> schema_text_of(const JobRequest& request)
{
  std::pmr::string text;
  TextSink sink{text};
  ROLLCALL_CHECK(schema::write_schema(request.schema, sink));
  return std::string{text};
}

Result<JobRequest> request_of(const JobRecord& record)
{
  JobRequest made;
  ROLLCALL_TRY(made.schema, schema_of(record));
  json::Document document{{.bytes_max = request_bytes_max}};
  ROLLCALL_CHECK(document.read(record.request));
  json::Faults faults;
  const json::Value root = faults.object(document.root());
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
  made.takes_unsealed = faults.boolean(root.find("unsealed"));
  made.path = faults.text(root.find("path"));
  if (const json::Value first = root.find("first_id")) made.first_id = faults.natural(first);
  if (const json::Value groups = root.find("groups")) made.groups = faults.natural(groups);
  ROLLCALL_CHECK(faults.check());
  return made;
}

} // namespace rollcall::job

namespace rollcall {

Result<schema::Schema> schema_of(const KeptSchema& kept)
{
  return guarded([&] { return job::read_kept(kept); });
}

Result<schema::Schema> schema_of(const JobRecord& record)
{
  return schema_of(
      KeptSchema{.id = record.schema_id, .format = record.summary.format, .json = record.schema});
}

} // namespace rollcall
