// check_schema.cpp: all that is wrong with a schema, for people: with the places in the JSON that
// it was read from.
#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "json/faults.hpp"
#include "rollcall/schema_json.hpp"
#include "schema/compiled.hpp"
#include "schema/fault_list.hpp"
#include "schema/json_reader.hpp"

namespace rollcall::schema {
namespace {

// Takes "columns", ".fill" or "[3]" off the front of a path.
std::string_view take_step(std::string_view& path)
{
  const std::size_t end = path.find_first_of(".[", 1);
  const std::string_view step = path.substr(0, end);
  path.remove_prefix(step.size());
  return step.starts_with('.') ? step.substr(1) : step;
}

json::Value element(const json::Value& list, std::string_view step)
{
  std::size_t index = 0;
  const auto read = std::from_chars(step.data() + 1, step.data() + step.size(), index);
  if (read.ec != std::errc{}) return {};
  for (const json::Value each : list)
    if (index-- == 0) return each;
  return {};
}

json::Value member(const json::Value& object, std::string_view name)
{
  const json::Value found = object.find(name);
  if (found || object.size() != 1) return found;
  return (*object.begin()).find(name); // of a type, the parameters stand behind its name
}

// The value that a path is about, or of a member that is left out, whose it is.
json::Value value_at(const json::Value& root, std::string_view path)
{
  json::Value at = root;
  while (!path.empty()) {
    const std::string_view step = take_step(path);
    const json::Value next = step.starts_with('[') ? element(at, step) : member(at, step);
    if (!next) break;
    at = next;
  }
  return at;
}

void add_places(const json::Value& root, std::vector<SchemaFault>& faults)
{
  for (SchemaFault& fault : faults) {
    const json::Place place = value_at(root, fault.path).place();
    fault.line = place.line;
    fault.column = place.column;
  }
  std::stable_sort(faults.begin(), faults.end(),
                   [](const SchemaFault& left, const SchemaFault& right) {
                     return std::pair{left.line, left.column} < std::pair{right.line, right.column};
                   });
}

SchemaCheck check_of(const json::Faults& faults)
{
  SchemaCheck check;
  check.count = faults.count();
  for (const json::Fault& fault : faults.kept())
    check.faults.push_back({fault.path, fault.what, fault.place.line, fault.place.column});
  return check;
}

// No JSON at all: there is one fault, and its words say where.
SchemaCheck check_of(const Error& error)
{
  return {.count = 1, .faults = {{.what = std::string{error.detail()}}}};
}

} // namespace

Result<SchemaCheck> check_schema(const Schema& schema)
{
  return guarded([&]() -> Result<SchemaCheck> {
    SchemaCheck check;
    ROLLCALL_CHECK(CompiledSchema::compile(schema, check));
    return check;
  });
}

Result<SchemaCheck> check_schema(std::string_view json)
{
  return guarded([&]() -> Result<SchemaCheck> {
    json::Document document{{.bytes_max = schema_bytes_max}};
    Result<void> read = document.read(json);
    if (!read.has_value() && read.assume_error().code() == ErrorCode::malformed)
      return check_of(read.assume_error());
    if (!read.has_value()) return std::move(read).as_failure();
    json::Faults read_faults;
    Schema schema = schema_of(document.root(), read_faults);
    if (!read_faults.is_empty()) return check_of(read_faults);
    SchemaCheck check;
    ROLLCALL_CHECK(CompiledSchema::compile(std::move(schema), check));
    add_places(document.root(), check.faults);
    add_places(document.root(), check.remarks);
    return check;
  });
}

} // namespace rollcall::schema
// A page that nobody will ever be shown.
void remark_on_pages(const Schema& schema, SchemaCheck& check)
{
  const auto codes = codes_of(schema);
  for (std::size_t i = 0; i != schema.codes.size(); ++i) {
    const std::string& code = schema.codes[i].code;
    if (std::find(codes.begin(), codes.end(), code) != codes.end()) continue;
    check.remarks.push_back({.path = at("codes", i),
                             .what = code_of(code) ? "'" + code + "' has a page of rollcall's own"
                                                   : "nothing gives the code '" + code + "'"});
  }
}

    remark_on_pages(schema, check);
    remark_on_pages(schema, check);
