// write_json.cpp: writes a directory.json: settings, then all else by name, whether the schema
// knows it or not.
#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <string_view>

#include "directory/contents.hpp"
#include "directory/object_json.hpp"

namespace rollcall::directory {
namespace {

// The digits of a key that is a number, however long, without zeros in front; none if it is no
// number.
std::optional<std::string_view> digits_of(std::string_view key) noexcept
{
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (key.empty() || !std::all_of(key.begin(), key.end(), is_digit)) return {};
  return key.substr(std::min(key.find_first_not_of('0'), key.size() - 1));
}

// An object and the beginning of what it is sorted by, which decides nearly always.
struct Place {
  std::uint64_t prefix = 0;
  ObjectNumber object = no_object;
  bool is_number = false;
};

Place place_of(std::string_view key, ObjectNumber object) noexcept
{
  Place place{.object = object};
  if (const auto digits = digits_of(key)) {
    place.is_number = true;
    const auto read =
        std::from_chars(digits->data(), digits->data() + digits->size(), place.prefix);
    if (read.ec != std::errc{}) place.prefix = std::numeric_limits<std::uint64_t>::max();
    return place;
  }
  for (std::size_t i = 0; i != sizeof place.prefix; ++i)
    place.prefix = place.prefix << 8U | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0U);
  return place;
}

// Ids that are numbers by number, before all others.
bool comes_before(const Table& table, const Place& left, const Place& right) noexcept
{
  if (left.is_number != right.is_number) return left.is_number;
  if (left.prefix != right.prefix) return left.prefix < right.prefix;
  const std::string_view left_key = key_of(table.record(left.object));
  const std::string_view right_key = key_of(table.record(right.object));
  if (left.is_number) {
    const std::string_view a = *digits_of(left_key);
    const std::string_view b = *digits_of(right_key);
    if (a.size() != b.size()) return a.size() < b.size();
    if (a != b) return a < b;
  }
  return left_key < right_key;
}

class Writing {
 public:
  Writing(json::Writer& writer, const Contents& contents)
      : writer_{writer}, contents_{contents}, document_{{.bytes_max = bytes_max}}
  {
  }

  Result<void> write()
  {
    writer_.begin_object();
    put_settings(tenant_name, contents_.tenant);
    put_settings(defaults_name, contents_.defaults);
    std::map<std::string_view, const Table*> kinds;
    for (std::size_t i = 0; i != contents_.tables.size(); ++i) {
      const Table& table = contents_.tables[static_cast<KindId>(i)];
      if (contents_.listed[i] || table.count() != 0) kinds.emplace(table.shape().name, &table);
    }
    std::map<std::string_view, const Unknown*> unknown;
    for (const Unknown& each : contents_.unknown) unknown.emplace(each.name, &each);
    auto kind = kinds.begin();
    for (const auto& [name, others] : unknown) {
      for (; kind != kinds.end() && kind->first < name; ++kind)
        ROLLCALL_CHECK(put_kind(*kind->second));
      ROLLCALL_CHECK(put_unknown(*others));
    }
    for (; kind != kinds.end(); ++kind) ROLLCALL_CHECK(put_kind(*kind->second));
    writer_.end_object();
    writer_.end_line();
    return success();
  }

 private:
  // What was read in pieces of less than this is read back as those.
  static constexpr std::size_t bytes_max = std::size_t{1} << 30U;

  void put_settings(std::string_view name, const Settings& settings)
  {
    if (settings.is_there()) settings.write(writer_.name(name));
  }

  Result<void> put_kind(const Table& table)
  {
    std::pmr::vector<Place> places{&contents_.tables.memory()};
    places.reserve(table.count());
    for (ObjectNumber object = 0; object != table.numbers(); ++object)
      if (table.record(object) != nullptr)
        places.push_back(place_of(key_of(table.record(object)), object));
    std::sort(places.begin(), places.end(), [&](const Place& left, const Place& right) {
      return comes_before(table, left, right);
    });
    writer_.name(table.shape().name).begin_list();
    for (const Place& place : places) ROLLCALL_CHECK(put_object(table, table.record(place.object)));
    writer_.end_list();
    return success();
  }

  Result<void> put_object(const Table& table, const char* record)
  {
    fields_.resize(table.shape().fields.size());
    return directory::put_object(writer_, table.shape(), content_of(record, fields_), document_);
  }

  Result<void> put_unknown(const Unknown& unknown)
  {
    writer_.name(unknown.name);
    if (unknown.is_list) writer_.begin_list();
    for (const std::string_view value : unknown.values) {
      ROLLCALL_CHECK(document_.read(value));
      writer_.value(document_.root());
    }
    if (unknown.is_list) writer_.end_list();
    return success();
  }

  json::Writer& writer_;
  const Contents& contents_;
  json::Document document_;
  std::vector<std::optional<std::string_view>> fields_;
};

} // namespace

Result<void> write_json(const Contents& contents, Sink& sink)
{
  ROLLCALL_TRY(auto writer,
               json::Writer::open(sink, {.broken_levels = 2, .memory = &contents.tables.memory()}));
  ROLLCALL_CHECK(Writing(writer, contents).write());
  return writer.finish();
}

} // namespace rollcall::directory
