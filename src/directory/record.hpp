// record.hpp: an object as one run of bytes: its key, its fields in order, what else it had.
//
//   record  text(key) field* text(others)
//   text    number, and so many bytes
//   field   0 nothing; 1 "true"; 2 "false"; 3 + n, and n bytes
//   number  seven bits a byte, the lowest first; the eighth says that another byte follows
//
// `others` is JSON, an object of the members that the schema does not know, or empty.
#ifndef ROLLCALL_DIRECTORY_RECORD_HPP
#define ROLLCALL_DIRECTORY_RECORD_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>

namespace rollcall::directory {

// What an object holds; texts that are somewhere else.
struct Content {
  std::string_view key = {};
  std::span<const std::optional<std::string_view>> fields = {};
  std::string_view others = {};
};

[[nodiscard]] std::size_t record_bytes(const Content& content) noexcept;
void write_record(const Content& content, char* to) noexcept;

// Reads a record from its front to its end, step by step: first the key, then each field, last the
// others. Its texts are those of the record.
class RecordReader {
 public:
  explicit RecordReader(const char* record) noexcept : at_{record} {}

  [[nodiscard]] std::string_view text() noexcept { return take(number()); }
  [[nodiscard]] std::optional<std::string_view> field() noexcept
  {
    const std::size_t code = number();
    if (code < codes) return word(code);
    return take(code - codes);
  }
  void skip_field() noexcept
  {
    const std::size_t code = number();
    if (code >= codes) at_ += code - codes;
  }
  void skip_text() noexcept
  {
    const std::size_t size = number();
    at_ += size;
  }
  // Where the next step begins.
  [[nodiscard]] const char* at() const noexcept { return at_; }

  static constexpr std::size_t codes = 3; // of fields that are no bytes

 private:
  [[nodiscard]] static std::optional<std::string_view> word(std::size_t code) noexcept
  {
    if (code == 0) return {};
    return code == 1 ? std::string_view{"true"} : std::string_view{"false"};
  }

  [[nodiscard]] std::size_t number() noexcept
  {
    auto byte = static_cast<unsigned char>(*at_++);
    if (byte < 0x80) return byte;
    std::size_t number = byte & 0x7FU;
    for (unsigned shift = 7; byte >= 0x80; shift += 7) {
      byte = static_cast<unsigned char>(*at_++);
      number |= std::size_t{byte & 0x7FU} << shift;
    }
    return number;
  }

  [[nodiscard]] std::string_view take(std::size_t bytes) noexcept
  {
    const std::string_view text{at_, bytes};
    at_ += bytes;
    return text;
  }

  const char* at_;
};

[[nodiscard]] inline std::string_view key_of(const char* record) noexcept
{
  return RecordReader{record}.text();
}

[[nodiscard]] inline std::optional<std::string_view> field_of(const char* record,
                                                              std::size_t field) noexcept
{
  RecordReader reader{record};
  reader.skip_text();
  while (field-- != 0) reader.skip_field();
  return reader.field();
}

// The whole of it; the fields go into `fields`, of which there are as many as the kind has.
[[nodiscard]] inline Content content_of(const char* record,
                                        std::span<std::optional<std::string_view>> fields) noexcept
{
  RecordReader reader{record};
  const std::string_view key = reader.text();
  for (auto& field : fields) field = reader.field();
  return {.key = key, .fields = fields, .others = reader.text()};
}

} // namespace rollcall::directory

#endif // ROLLCALL_DIRECTORY_RECORD_HPP
