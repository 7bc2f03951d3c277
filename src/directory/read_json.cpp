// read_json.cpp: reads a directory.json an object at a time.
//
// Integers are read where a key may stand (spec F1), but no text where the schema says boolean or
// integer: what a host writes as "false" would otherwise be true some day. Nor is a character read
// that no cell may hold: an export of it could not come back.
#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <variant>

#include "base/utf8.hpp"
#include "directory/contents.hpp"
#include "json/faults.hpp"
#include "json/member_reader.hpp"

namespace rollcall::directory {
namespace {

using Digits = std::array<char, 24>;

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

class ListReader {
 public:
  ListReader(Table& table, json::Faults& faults)
      : table_{table},
        shape_{table.shape()},
        faults_{faults},
        fields_(shape_.fields.size()),
        digits_(shape_.fields.size() + 1)
  {
  }

  Result<void> add(const json::Value& element)
  {
    const json::Value object = faults_.object(element);
    if (!object) return success();
    const std::uint64_t faults_before = faults_.count();
    fields_.assign(fields_.size(), {});
    others_.clear();
    json::Value key;
    for (const json::Value member : object) {
      const std::size_t field = find_field(member.name());
      if (field == unknown)
        ROLLCALL_CHECK(keep_other(member));
      else if (field == fields_.size())
        key = member;
      else
        fields_[field] = value_of(member, shape_.fields[field].type, digits_[field]);
    }
    if (!key) key = faults_.member(object, shape_.key.name);
    const std::string_view text = key_in(key);
    if (!others_.empty()) others_ += '}';
    if (faults_.count() != faults_before) return success();
    const std::uint64_t hash = table_.key_hash(text);
    if (table_.find_key(text, hash) != no_object) {
      faults_.add(key, "the key " + std::string{text} + " stands twice, compared without case");
      return success();
    }
    table_.add({.key = text, .fields = fields_, .others = others_}, hash);
    return success();
  }

 private:
  static constexpr std::size_t unknown = static_cast<std::size_t>(-1);

  // Members mostly come in the same order, object for object: the search goes on where it was.
  std::size_t find_field(std::string_view name)
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

  std::string_view key_in(const json::Value& key)
  {
    if (!key) return {};
    if (key.is(json::Kind::integer)) return in_digits(key, digits_.back());
    const std::string_view text = text_in(key);
    if (key.is(json::Kind::text) && text.empty()) faults_.add(key, "a key may not be empty");
    return text;
  }

  // As canonical text. An empty text is nothing.
  std::optional<std::string_view> value_of(const json::Value& value, const schema::Type& type,
                                           Digits& digits)
  {
    if (value.is(json::Kind::null)) return {};
    if (std::holds_alternative<schema::Secret>(type)) return secret_in(value);
    if (std::holds_alternative<schema::Boolean>(type))
      return faults_.boolean(value) ? std::string_view{"true"} : std::string_view{"false"};
    const bool is_integer = std::holds_alternative<schema::Integer>(type);
    if (value.is(json::Kind::integer) && (is_integer || may_hold_key(type)))
      return in_digits(value, digits);
    if (is_integer) {
      faults_.add_expected(value, "an integer");
      return {};
    }
    const std::string_view text = text_in(value);
    return text.empty() ? std::nullopt : std::optional{text};
  }

  std::string_view text_in(const json::Value& value)
  {
    const std::string_view text = faults_.text(value);
    if (!may_stand_in_cell(text)) faults_.add(value, "a control character, which no file may hold");
    return text;
  }

  // Whether one is set. Its text, should it be there, is not kept.
  std::optional<std::string_view> secret_in(const json::Value& value)
  {
    const std::string_view set = "true";
    if (value.is(json::Kind::text))
      return value.text()->empty() ? std::nullopt : std::optional{set};
    if (value.is(json::Kind::integer)) return set;
    return faults_.boolean(value) ? std::optional{set} : std::nullopt;
  }

  static std::string_view in_digits(const json::Value& value, Digits& digits) noexcept
  {
    char* const end = digits.data() + digits.size();
    const auto number = value.integer();
    const auto written = number ? std::to_chars(digits.data(), end, *number)
                                : std::to_chars(digits.data(), end, value.natural().value_or(0));
    return {digits.data(), static_cast<std::size_t>(written.ptr - digits.data())};
  }

  Result<void> keep_other(const json::Value& member)
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

  Table& table_;
  const Shape& shape_;
  json::Faults& faults_;
  std::vector<std::optional<std::string_view>> fields_;
  std::vector<Digits> digits_; // of integers: of each field, and of the key behind them
  std::string others_;
  std::size_t next_field_ = 0;
};

class Reading {
 public:
  Reading(Source& source, Contents& contents)
      : contents_{contents}, reader_{source, {.read = {.memory = &contents.tables.memory()}}}
  {
  }

  Result<void> read()
  {
    for (;;) {
      ROLLCALL_TRY(const bool is_member, reader_.next_member());
      if (!is_member) return faults_.check();
      ROLLCALL_CHECK(read_member());
    }
  }

 private:
  Result<void> read_member()
  {
    for (std::size_t kind = 0; kind != contents_.tables.size(); ++kind)
      if (contents_.tables[static_cast<KindId>(kind)].shape().name == reader_.name())
        return read_kind(static_cast<KindId>(kind));
    if (reader_.name() == tenant_name) return read_settings(contents_.tenant);
    if (reader_.name() == defaults_name) return read_settings(contents_.defaults);
    return keep_unknown();
  }

  Result<void> read_kind(KindId kind)
  {
    if (!reader_.is_list()) {
      faults_.add_expected(reader_.value(), in_words(json::Kind::list));
      return success();
    }
    contents_.listed[kind] = true;
    ListReader list{contents_.tables[kind], faults_};
    for (;;) {
      ROLLCALL_TRY(const bool is_element, reader_.next_element());
      if (!is_element) return success();
      ROLLCALL_CHECK(list.add(reader_.value()));
    }
  }

  Result<void> read_settings(Settings& settings)
  {
    if (reader_.is_list())
      return Error{ErrorCode::malformed, reader_.name() + ": expected an object, found a list"};
    if (!faults_.object(reader_.value())) return success();
    return settings.read(reader_.value());
  }

  Result<void> keep_unknown()
  {
    Unknown unknown{reader_.name(), reader_.is_list(), contents_.tables.memory()};
    for (;;) {
      if (unknown.is_list) {
        ROLLCALL_TRY(const bool is_element, reader_.next_element());
        if (!is_element) break;
      }
      ROLLCALL_TRY(const std::string text, json_of(reader_.value()));
      unknown.values.push_back(contents_.texts.keep(text));
      if (!unknown.is_list) break;
    }
    contents_.unknown.push_back(std::move(unknown));
    return success();
  }

  Contents& contents_;
  json::MemberReader reader_;
  json::Faults faults_;
};

} // namespace

Result<void> read_json(Source& source, Contents& contents)
{
  return Reading{source, contents}.read();
}

} // namespace rollcall::directory
