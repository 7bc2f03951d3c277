// object_json.cpp: reads and writes what a directory.json says of an object.
//
// Integers are read where a key may stand (spec F1), but no text where the schema says boolean or
// integer: what a host writes as "false" would otherwise be true some day. Nor is a character read
// that no cell may hold: an export of it could not come back.
#include "directory/object_json.hpp"

#include <algorithm>
#include <charconv>
#include <memory_resource>
#include <span>
#include <variant>

#include "base/utf8.hpp"
#include "rollcall/sink.hpp"

namespace rollcall::directory {
namespace {

// May a field hold a key? Addresses and numbers are none of a list.
bool may_hold_key(const schema::Type& type) noexcept
{
  return std::holds_alternative<schema::Text>(type) || std::holds_alternative<schema::Id>(type) ||
         std::holds_alternative<schema::Digits>(type) ||
         std::holds_alternative<schema::Extension>(type) ||
         std::holds_alternative<schema::Choice>(type);
}

// What a cell may not hold: tab and line ends it may.
bool is_foreign(char32_t point) noexcept
{
  return is_control(point) && point != U'\t' && point != U'\r' && point != U'\n';
}

std::string_view in_digits(const json::Value& value, std::span<char> digits) noexcept
{
  char* const end = digits.data() + digits.size();
  const auto number = value.integer();
  const auto written = number ? std::to_chars(digits.data(), end, *number)
                              : std::to_chars(digits.data(), end, value.natural().value_or(0));
  return {digits.data(), static_cast<std::size_t>(written.ptr - digits.data())};
}

} // namespace

bool may_stand_in_cell(std::string_view text) noexcept
{
  // Nearly every text has none of the bytes that such a character begins with.
  const bool is_suspect = std::any_of(text.begin(), text.end(), [](char byte) {
    return static_cast<unsigned char>(byte) < 0x20 || byte == '\x7F' || byte == '\xC2';
  });
  if (!is_suspect) return true;
  while (!text.empty()) {
    const Decoded next = decode_next(text);
    if (is_foreign(next.code_point)) return false;
    text.remove_prefix(next.bytes);
  }
  return true;
}

void put_value(json::Writer& writer, std::string_view value, const schema::Type& type)
{
  if (std::holds_alternative<schema::Boolean>(type) || std::holds_alternative<schema::Secret>(type))
    return writer.boolean(value == "true");
  if (std::holds_alternative<schema::Integer>(type)) {
    std::int64_t number = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
    if (read.ec == std::errc{} && read.ptr == value.data() + value.size())
      return writer.integer(number);
    std::uint64_t natural = 0;
    const auto again = std::from_chars(value.data(), value.data() + value.size(), natural);
    if (again.ec == std::errc{} && again.ptr == value.data() + value.size())
      return writer.natural(natural);
  }
  writer.text(value);
}

ObjectReader::ObjectReader(const Shape& shape, json::Faults& faults, Others others, Values values)
    : shape_{shape},
      faults_{faults},
      keeps_{others},
      values_{values},
      fields_(shape_.fields.size()),
      digits_(shape_.fields.size() + 1)
{
}

Result<std::optional<Content>> ObjectReader::read(const json::Value& element)
{
  std::optional<Content> nothing;
  const json::Value object = faults_.object(element);
  if (!object) return nothing;
  const std::uint64_t faults_before = faults_.count();
  fields_.assign(fields_.size(), {});
  others_.clear();
  key_ = {};
  is_canonical_ = true;
  for (const json::Value member : object) {
    const std::size_t field = find_field(member.name());
    if (field == unknown) {
      if (keeps_ == Others::kept) ROLLCALL_CHECK(keep_other(member));
    } else if (field == fields_.size()) {
      key_ = member;
    } else {
      fields_[field] = value_of(member, shape_.fields[field].type, digits_[field]);
    }
  }
  if (!key_) key_ = faults_.member(object, shape_.key.name);
  const std::string_view key = key_in(key_);
  if (!others_.empty()) others_ += '}';
  if (faults_.count() != faults_before) return nothing;
  return std::optional{Content{.key = key, .fields = fields_, .others = others_}};
}

// Members mostly come in the same order, object for object: the search goes on where it was.
std::size_t ObjectReader::find_field(std::string_view name)
{
  const std::size_t count = fields_.size() + 1;
  for (std::size_t i = 0; i != count; ++i) {
    const std::size_t at = next_field_ + i < count ? next_field_ + i : next_field_ + i - count;
    const schema::Field& field = at == fields_.size() ? shape_.key : shape_.fields[at];
    if (field.name != name) continue;
    next_field_ = at + 1 == count ? 0 : at + 1;
    return at;
  }
  return unknown;
}

std::string_view ObjectReader::key_in(const json::Value& key)
{
  if (!key) return {};
  if (key.is(json::Kind::integer)) {
    is_canonical_ = false;
    return in_digits(key, digits_.back());
  }
  if (values_ == Values::as_they_are && key.is(json::Kind::text)) return *key.text();
  const std::string_view text = text_in(key);
  if (key.is(json::Kind::text) && text.empty()) faults_.add(key, "a key may not be empty");
  return text;
}

// As canonical text. An empty text is nothing.
std::optional<std::string_view> ObjectReader::value_of(const json::Value& value,
                                                       const schema::Type& type, Digits& digits)
{
  if (values_ == Values::as_they_are) {
    if (const auto text = value.text()) return text->empty() ? std::nullopt : text;
    if (const auto flag = value.boolean()) return *flag ? "true" : "false";
    if (value.is(json::Kind::integer)) return in_digits(value, digits);
    return {};
  }
  if (value.is(json::Kind::null)) {
    is_canonical_ = false;
    return {};
  }
  if (std::holds_alternative<schema::Secret>(type)) {
    if (!value.boolean().value_or(false)) is_canonical_ = false;
    return secret_in(value);
  }
  if (std::holds_alternative<schema::Boolean>(type))
    return faults_.boolean(value) ? std::string_view{"true"} : std::string_view{"false"};
  const bool is_integer = std::holds_alternative<schema::Integer>(type);
  if (value.is(json::Kind::integer) && (is_integer || may_hold_key(type))) {
    if (!is_integer) is_canonical_ = false;
    return in_digits(value, digits);
  }
  if (is_integer) {
    faults_.add_expected(value, "an integer");
    return {};
  }
  const std::string_view text = text_in(value);
  if (!text.empty()) return text;
  is_canonical_ = false;
  return {};
}

std::string_view ObjectReader::text_in(const json::Value& value)
{
  const std::string_view text = faults_.text(value);
  if (!may_stand_in_cell(text)) faults_.add(value, "a control character, which no file may hold");
  return text;
}

// Whether one is set. Its text, should it be there, is not kept.
std::optional<std::string_view> ObjectReader::secret_in(const json::Value& value)
{
  const std::string_view set = "true";
  if (value.is(json::Kind::text)) return value.text()->empty() ? std::nullopt : std::optional{set};
  if (value.is(json::Kind::integer)) return set;
  return faults_.boolean(value) ? std::optional{set} : std::nullopt;
}

Result<void> ObjectReader::keep_other(const json::Value& member)
{
  // The name is written as a member of an object of its own, the text goes on from there.
  std::pmr::string text;
  TextSink sink{text};
  ROLLCALL_TRY(auto writer, json::Writer::open(sink, {.buffer_bytes = 256}));
  writer.begin_object();
  writer.name(member.name()).value(member);
  writer.end_object();
  ROLLCALL_CHECK(writer.finish());
  text.pop_back();
  if (!others_.empty()) text.front() = ',';
  others_ += text;
  return success();
}

std::string stands_twice(std::string_view key)
{
  return "the key " + std::string{key} + " stands twice, compared without case";
}

Result<void> put_object(json::Writer& writer, const Shape& shape, const Content& content,
                        json::Document& document)
{
  writer.begin_object();
  writer.name(shape.key.name).text(content.key);
  for (std::size_t i = 0; i != content.fields.size(); ++i)
    if (content.fields[i])
      put_value(writer.name(shape.fields[i].name), *content.fields[i], shape.fields[i].type);
  if (!content.others.empty()) {
    ROLLCALL_CHECK(document.read(content.others));
    for (const json::Value member : document.root()) writer.name(member.name()).value(member);
  }
  writer.end_object();
  return success();
}

} // namespace rollcall::directory
