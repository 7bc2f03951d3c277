// The JSON writer. Nearly all texts need no escape, which is found out sixteen bytes at a time.
#include "json/writer.hpp"

#include <charconv>
#include <cmath>
#include <cstring>
#include <span>
#include <string>
#include <utility>

#include "base/block.hpp"
#include "base/copy.hpp"
#include "base/utf8.hpp"

namespace rollcall::json {

namespace {

// A text with a byte beyond ASCII has to be looked at closely, too: is it UTF-8?
bool needs_care(std::string_view text) noexcept
{
  return has_byte(text, [](Block bytes) {
    return static_cast<BlockMask>((bytes < 0x20) | (bytes == '"') | (bytes == '\\') |
                                  (bytes > 0x7F));
  });
}

bool is_plain(char sign) noexcept
{
  const auto byte = static_cast<unsigned char>(sign);
  return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

bool ends_line_for_some(char32_t code_point) noexcept
{
  return code_point == 0x85 || code_point == 0x2028 || code_point == 0x2029;
}

// What is known when this is compiled, without a call.
template <std::size_t size>
void put_word(SinkBuffer& out, const char (&word)[size])
{
  if (char* const at = out.room(size - 1)) {
    std::memcpy(at, word, size - 1);
    out.use(size - 1);
  } else {
    out.put({word, size - 1});
  }
}

template <class Number>
std::string_view in_digits(std::span<char> room, Number number) noexcept
{
  const auto result = std::to_chars(room.data(), room.data() + room.size(), number);
  return {room.data(), static_cast<std::size_t>(result.ptr - room.data())};
}

} // namespace

Result<Writer> Writer::open(Sink& sink, const WriterOptions& options)
{
  if (options.buffer_bytes == 0) {
    return Error{ErrorCode::wrong_use, "a JSON writer needs a buffer_bytes of 1 or more"};
  }
  return guarded([&]() -> Result<Writer> { return Writer{sink, options}; });
}

Writer::Writer(Sink& sink, const WriterOptions& options)
    : out_{sink, options.buffer_bytes,
           options.memory != nullptr ? *options.memory : *std::pmr::new_delete_resource()},
      broken_levels_{options.broken_levels},
      compact_{options.compact}
{
}

Writer& Writer::name(std::string_view name)
{
  if (depth_ == 0 || levels_[depth_ - 1].close != '}' || has_name_) {
    refuse("a name where none can stand");
    return *this;
  }
  Level& level = levels_[depth_ - 1];
  if (compact_ && depth_ > broken_levels_) {
    put_quoted(name, level.has_elements ? ',' : '\0', ':');
    level.has_elements = true;
  } else {
    separate();
    put_quoted(name, '\0', ':');
    if (!compact_) out_.put(' ');
  }
  has_name_ = true;
  return *this;
}

void Writer::null()
{
  if (begin_value()) put_word(out_, "null");
}

void Writer::boolean(bool flag)
{
  if (!begin_value()) return;
  if (flag)
    put_word(out_, "true");
  else
    put_word(out_, "false");
}

void Writer::integer(std::int64_t number)
{
  std::array<char, 24> room;
  if (begin_value()) out_.put(in_digits(room, number));
}

void Writer::natural(std::uint64_t number)
{
  std::array<char, 24> room;
  if (begin_value()) out_.put(in_digits(room, number));
}

void Writer::real(double number)
{
  if (!std::isfinite(number)) return refuse("a number that is not finite");
  if (!begin_value()) return;
  std::array<char, 32> room;
  const std::string_view digits = in_digits(room, number);
  out_.put(digits);
  if (digits.find_first_of(".e") == std::string_view::npos) out_.put(".0");
}

void Writer::text(std::string_view text)
{
  if (begin_value()) put_quoted(text, '\0', '\0');
}

void Writer::value(const Value& value)
{
  switch (value.kind()) {
    case Kind::absent:
    case Kind::null:
      return null();
    case Kind::boolean:
      return boolean(value.boolean().value_or(false));
    case Kind::integer:
      if (const auto number = value.integer()) return integer(*number);
      return natural(value.natural().value_or(0));
    case Kind::real:
      return real(value.real().value_or(0));
    case Kind::text:
      return text(value.text().value_or(std::string_view{}));
    case Kind::list:
      begin_list();
      for (const Value element : value) this->value(element);
      return end_list();
    case Kind::object:
      begin_object();
      for (const Value member : value) name(member.name()).value(member);
      return end_object();
  }
}

void Writer::end_line()
{
  if (!has_value_ || depth_ != 0) return refuse("the end of a line without a whole value");
  out_.put('\n');
  has_value_ = false;
}

Result<void> Writer::next_text()
{
  if (depth_ != 0) refuse("the end inside a list or an object");
  has_value_ = false;
  return out_.hand_over();
}

Result<void> Writer::finish()
{
  if (depth_ != 0) refuse("the end inside a list or an object");
  return while_doing(out_.finish(), "writing JSON");
}

void Writer::begin(char open)
{
  if (!begin_value()) return;
  if (depth_ == levels_max) {
    out_.fail(Error{ErrorCode::limit_exceeded,
                    "JSON is nested deeper than " + std::to_string(levels_max)});
    return;
  }
  out_.put(open);
  levels_[depth_++] = {.close = open == '{' ? '}' : ']'};
  has_value_ = false;
}

void Writer::end(char close)
{
  if (depth_ == 0 || levels_[depth_ - 1].close != close || has_name_) {
    return refuse("the end of what is not open");
  }
  const bool has_elements = levels_[--depth_].has_elements;
  if (has_elements && depth_ < broken_levels_) break_line();
  out_.put(close);
  has_value_ = depth_ == 0;
}

// Whether a value can stand here; if so, what comes before it is written.
bool Writer::begin_value()
{
  if (has_failed()) return false;
  if (depth_ == 0 ? has_value_ : levels_[depth_ - 1].close == '}' && !has_name_) {
    refuse(depth_ == 0 ? "a second value on a line" : "a member without a name");
    return false;
  }
  if (depth_ != 0 && !has_name_) separate();
  has_name_ = false;
  has_value_ = depth_ == 0;
  return true;
}

void Writer::separate()
{
  Level& level = levels_[depth_ - 1];
  const bool is_broken = depth_ <= broken_levels_;
  if (level.has_elements) {
    out_.put(',');
    if (!compact_ && !is_broken) out_.put(' ');
  }
  if (is_broken) break_line();
  level.has_elements = true;
}

void Writer::break_line()
{
  out_.put('\n');
  for (std::size_t level = 0; level < depth_; ++level) out_.put("  ");
}

// With a sign before and behind it, if there is one.
void Writer::put_quoted(std::string_view text, char before, char behind)
{
  const bool is_plain = !needs_care(text);
  if (char* const room = is_plain ? out_.room(text.size() + 4) : nullptr) {
    char* at = room;
    if (before != '\0') *at++ = before;
    *at++ = '"';
    copy_text(text, at);
    at += text.size();
    *at++ = '"';
    if (behind != '\0') *at++ = behind;
    return out_.use(static_cast<std::size_t>(at - room));
  }
  if (before != '\0') out_.put(before);
  out_.put('"');
  if (is_plain)
    out_.put(text);
  else
    put_escaped(text);
  out_.put('"');
  if (behind != '\0') out_.put(behind);
}

// Through a small room of its own: text that needs an escape often needs one at every other byte.
void Writer::put_escaped(std::string_view text)
{
  constexpr std::string_view digits = "0123456789abcdef";
  constexpr std::size_t escape_bytes_max = 6;
  std::array<char, 512> room;
  std::size_t used = 0;
  const auto put = [&](std::string_view bytes) {
    for (const char byte : bytes) room[used++] = byte;
  };
  for (std::size_t at = 0; at < text.size();) {
    if (used + escape_bytes_max > room.size()) out_.put({room.data(), std::exchange(used, 0)});
    const char sign = text[at];
    if (is_plain(sign)) {
      room[used++] = sign;
      ++at;
      continue;
    }
    const Decoded decoded = decode_next(text.substr(at));
    if (!decoded.is_valid) {
      put("\xEF\xBF\xBD");
    } else if (sign == '"' || sign == '\\') {
      put(sign == '"' ? "\\\"" : "\\\\");
    } else if (sign == '\n' || sign == '\r' || sign == '\t') {
      put(sign == '\n' ? "\\n" : sign == '\r' ? "\\r" : "\\t");
    } else if (decoded.code_point < 0x20 || ends_line_for_some(decoded.code_point)) {
      const auto unit = static_cast<std::size_t>(decoded.code_point);
      put("\\u");
      for (const unsigned shift : {12U, 8U, 4U, 0U}) room[used++] = digits[unit >> shift & 15U];
    } else {
      put(text.substr(at, decoded.bytes));
    }
    at += decoded.bytes;
  }
  out_.put({room.data(), used});
}

void Writer::refuse(std::string_view what)
{
  out_.fail(Error{ErrorCode::wrong_use, "JSON cannot have " + std::string{what}});
}

} // namespace rollcall::json
