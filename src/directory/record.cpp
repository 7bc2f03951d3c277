// record.cpp: writes what RecordReader reads.
#include "directory/record.hpp"

namespace rollcall::directory {
namespace {

std::size_t code_of(const std::optional<std::string_view>& field) noexcept
{
  if (!field) return 0;
  if (*field == "true") return 1;
  if (*field == "false") return 2;
  return RecordReader::codes + field->size();
}

std::size_t number_bytes(std::size_t number) noexcept
{
  std::size_t bytes = 1;
  for (; number >= 0x80; number >>= 7U) ++bytes;
  return bytes;
}

char* put_number(std::size_t number, char* to) noexcept
{
  for (; number >= 0x80; number >>= 7U) *to++ = static_cast<char>(number | 0x80U);
  *to++ = static_cast<char>(number);
  return to;
}

char* put_bytes(std::string_view text, char* to) noexcept
{
  if (!text.empty()) std::memcpy(to, text.data(), text.size());
  return to + text.size();
}

} // namespace

std::size_t record_bytes(const Content& content) noexcept
{
  std::size_t bytes = number_bytes(content.key.size()) + content.key.size() +
                      number_bytes(content.others.size()) + content.others.size();
  for (const auto& field : content.fields) {
    const std::size_t code = code_of(field);
    bytes += number_bytes(code);
    if (code >= RecordReader::codes) bytes += field->size();
  }
  return bytes;
}

void write_record(const Content& content, char* to) noexcept
{
  to = put_bytes(content.key, put_number(content.key.size(), to));
  for (const auto& field : content.fields) {
    const std::size_t code = code_of(field);
    to = put_number(code, to);
    if (code >= RecordReader::codes) to = put_bytes(*field, to);
  }
  put_bytes(content.others, put_number(content.others.size(), to));
}

} // namespace rollcall::directory
