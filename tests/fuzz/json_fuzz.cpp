// Reads anything as JSON. What is read is written and read again; what is not gets a place from the
// second reader, which must agree; and large objects and lines are the same in pieces.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>

#include "json/line_reader.hpp"
#include "json/member_reader.hpp"
#include "json/syntax.hpp"
#include "json/writer.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using namespace rollcall;
using namespace rollcall::json;

void expect(bool holds)
{
  if (!holds) __builtin_trap();
}

class PieceSource final : public Source {
 public:
  PieceSource(std::string_view text, std::size_t piece) : text_{text}, piece_{piece} {}

  Result<std::size_t> read(std::span<std::byte> into) override
  {
    const std::size_t count = std::min({into.size(), piece_, text_.size()});
    if (count != 0) std::memcpy(into.data(), text_.data(), count);
    text_.remove_prefix(count);
    return count;
  }

  Result<void> rewind() override { return Error{ErrorCode::unsupported}; }

 private:
  std::string_view text_;
  std::size_t piece_;
};

std::string written(const Value& value)
{
  std::pmr::string text;
  TextSink sink{text};
  auto writer = Writer::open(sink, {.buffer_bytes = 64});
  expect(writer.has_value());
  writer.assume_value().value(value);
  expect(writer.assume_value().finish().has_value());
  return std::string{text};
}

std::string without_mark(std::string_view text)
{
  return std::string{text.substr(text.starts_with("\xEF\xBB\xBF") ? 3 : 0)};
}

// The text written again, or empty if it is no JSON.
std::string try_document(std::string_view text)
{
  Document document{{}};
  const Result<void> result = document.read(text);
  const auto fault = find_fault(without_mark(text), 64);
  if (!result.has_value()) {
    expect(result.assume_error().code() != ErrorCode::internal);
    const bool stands_twice =
        result.assume_error().detail().find("stands twice") != std::string_view::npos;
    expect(fault.has_value() || stands_twice);
    return {};
  }
  expect(!fault);
  const std::string again = written(document.root());
  expect(document.read(again).has_value());
  expect(written(document.root()) == again);
  return again;
}

// What the reader of members finds, put together as one object; empty if it finds an error.
std::string try_members(std::string_view text, std::size_t piece)
{
  PieceSource source{text, piece};
  MemberReader reader{source, {.chunk_bytes = piece}};
  std::string all = "{";
  for (;;) {
    const Result<bool> is_member = reader.next_member();
    if (!is_member.has_value()) return {};
    if (!is_member.assume_value()) return all + "}";
    all += all.size() > 1 ? ", " : "";
    std::pmr::string name;
    TextSink sink{name};
    auto writer = Writer::open(sink, {.buffer_bytes = 64});
    writer.assume_value().text(reader.name());
    expect(writer.assume_value().finish().has_value());
    all += std::string{name} + ": ";
    if (!reader.is_list()) {
      all += written(reader.value());
      continue;
    }
    all += '[';
    for (std::size_t count = 0;; ++count) {
      const Result<bool> is_element = reader.next_element();
      if (!is_element.has_value()) return {};
      if (!is_element.assume_value()) break;
      all += (count != 0 ? ", " : "") + written(reader.value());
    }
    all += ']';
  }
}

std::string try_lines(std::string_view text, std::size_t piece)
{
  PieceSource source{text, piece};
  LineReader reader{source, {.chunk_bytes = piece}};
  std::string all;
  for (;;) {
    const Result<bool> is_line = reader.next();
    if (!is_line.has_value()) return all + "!";
    if (!is_line.assume_value()) return all;
    all += std::to_string(reader.line()) + written(reader.value());
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string text{data, data + size};
  const std::string whole = try_document(text);
  const std::string in_pieces = try_members(text, 3);
  expect(in_pieces == try_members(text, 1000));
  if (whole.starts_with('{')) expect(in_pieces == whole);
  // The depth of a piece is not counted from the top, so more may be read this way.
  if (!in_pieces.empty() && whole.empty()) expect(text.size() > 2 * 64);
  expect(try_lines(text, 2) == try_lines(text, 1000));
  return 0;
}
