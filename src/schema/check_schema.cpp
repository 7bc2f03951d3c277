// check_schema.cpp: all that is wrong with a schema, for people: with the places in the JSON that
// it was read from.
#include <algorithm>
#include <charconv>
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

// The struct that a member is of: "rules[3]" of "rules[3].wenn", nothing of "titel".
std::string_view owner_of(std::string_view path) noexcept
{
  const std::size_t dot = path.rfind('.');
  return path.substr(0, dot == path.npos ? 0 : dot);
}

bool is_within(std::string_view path, std::string_view whole) noexcept
{
  return path.starts_with(whole) &&
         (path.size() == whole.size() || path[whole.size()] == '.' || path[whole.size()] == '[');
}

// What compiling says of a schema that could not be read whole, less what only follows from that.
class Beside {
 public:
  Beside(const json::Value& root, const std::vector<SchemaFault>& read) : root_{root}, read_{read}
  {
    // Members of a list that give a name to the rest; where one is not known, neither is the name.
    for (const SchemaFault& fault : read)
      lacks_names_ = lacks_names_ || owner_of(fault.path).empty() || names(owner_of(fault.path));
  }

  [[nodiscard]] bool is_news(const SchemaFault& fault) const
  {
    if (lacks_names_ && is_about_name(fault.what)) return false;
    return std::none_of(read_.begin(), read_.end(), [&](const SchemaFault& known) {
      if (is_within(fault.path, known.path) || is_within(known.path, fault.path)) return true;
      // It may be the member that is misspelled.
      return owner_of(fault.path) == owner_of(known.path) && is_left_out(fault.path);
    });
  }

 private:
  [[nodiscard]] bool is_left_out(std::string_view path) const
  {
    const json::Value owner = owner_of(path).empty() ? root_ : value_at(root_, owner_of(path));
    const std::size_t dot = path.rfind('.');
    const std::string_view name = path.substr(dot == path.npos ? 0 : dot + 1);
    return !owner.find(name.substr(0, name.find('[')));
  }

  // "columns[3]", "kinds[0].fields[2]": not what merely uses names.
  [[nodiscard]] bool names(std::string_view owner) const
  {
    for (const std::string_view list : {"columns", "kinds", "lets", "settings", "actor", "options"})
      if (is_within(owner, list))
        return !value_at(root_, owner).find(list == "columns" ? "field" : "name").text();
    return false;
  }

  static bool is_about_name(std::string_view what) noexcept
  {
    return what.find("unknown ") != what.npos || what.find("there is no ") != what.npos;
  }

  const json::Value& root_;
  const std::vector<SchemaFault>& read_;
  bool lacks_names_ = false;
};

// Of a schema that was not read whole there are no remarks: it may say what they miss.
SchemaCheck joined(const json::Value& root, SchemaCheck&& read, const SchemaCheck& compiled)
{
  SchemaCheck all = std::move(read);
  const Beside beside{root, all.faults};
  std::vector<SchemaFault> news;
  for (const SchemaFault& fault : compiled.faults)
    if (beside.is_news(fault)) news.push_back(fault);
  all.count += news.size();
  for (SchemaFault& fault : news)
    if (all.faults.size() < FaultList::kept_max) all.faults.push_back(std::move(fault));
  return all;
}

// No JSON at all: there is one fault, and its words say where.
SchemaCheck check_of(const Error& error)
{
  return {.count = 1, .faults = {{.what = std::string{error.detail()}}}};
}

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

} // namespace

Result<SchemaCheck> check_schema(const Schema& schema)
{
  return guarded([&]() -> Result<SchemaCheck> {
    SchemaCheck check;
    ROLLCALL_CHECK(CompiledSchema::compile(schema, check));
    remark_on_pages(schema, check);
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
    SchemaCheck check;
    remark_on_pages(schema, check);
    ROLLCALL_CHECK(CompiledSchema::compile(std::move(schema), check));
    if (!read_faults.is_empty()) check = joined(document.root(), check_of(read_faults), check);
    add_places(document.root(), check.faults);
    add_places(document.root(), check.remarks);
    return check;
  });
}

} // namespace rollcall::schema
