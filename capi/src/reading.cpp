// Zero is the default of each member, so only what is said is taken over.
#include "reading.hpp"

#include "firewall.hpp"

namespace rollcall::capi {
namespace {

Result<std::optional<char>> sign_of(std::int32_t sign, std::optional<char> otherwise,
                                    const char* name)
{
  if (sign == 0) return otherwise;
  if (sign < 0 || sign > 127) return wrong_use(std::string{name}.append(" is no ASCII sign"));
  return std::optional<char>{static_cast<char>(sign)};
}

std::int32_t byte_of(std::optional<char> sign) noexcept
{
  return static_cast<unsigned char>(sign.value_or('\0'));
}

void take(std::uint64_t said, std::uint64_t& into) noexcept
{
  if (said != 0) into = said;
}

} // namespace

Result<csv::ReaderOptions> reading_of(const rollcall_reading* reading)
{
  ROLLCALL_CHECK(check_size(reading, "rollcall_reading"));
  const rollcall_reading copy = copied(reading);
  constexpr std::uint32_t known = ROLLCALL_READING_LENIENT | ROLLCALL_READING_NO_QUOTE;
  ROLLCALL_CHECK(check_flags(copy.flags, known, "rollcall_reading.flags"));
  ROLLCALL_CHECK(check_reserved(copy.reserved, "rollcall_reading"));
  ROLLCALL_CHECK(check_choice(copy.encoding, ROLLCALL_ENCODING_LATIN_1 + 1, "encoding"));
  ROLLCALL_CHECK(check_choice(copy.kernel, ROLLCALL_KERNEL_NEON + 1, "kernel"));
  csv::ReaderOptions options;
  csv::Dialect& dialect = options.dialect;
  ROLLCALL_TRY(dialect.delimiter, sign_of(copy.delimiter, {}, "the delimiter"));
  ROLLCALL_TRY(dialect.quote, sign_of(copy.quote, '"', "the quote"));
  ROLLCALL_TRY(dialect.escape, sign_of(copy.escape, {}, "the escape"));
  if ((copy.flags & ROLLCALL_READING_NO_QUOTE) != 0) dialect.quote.reset();
  dialect.encoding = static_cast<csv::Encoding>(copy.encoding);
  dialect.lenient = (copy.flags & ROLLCALL_READING_LENIENT) != 0;
  options.kernel = static_cast<csv::Kernel>(copy.kernel);
  take(copy.field_bytes, options.limits.field_bytes);
  take(copy.row_bytes, options.limits.row_bytes);
  take(copy.columns, options.limits.columns);
  take(copy.file_bytes, options.limits.file_bytes);
  take(copy.rows, options.limits.rows);
  ROLLCALL_CHECK(check_limits(options.limits));
  return options;
}

rollcall_reading reading_as(const csv::Dialect& dialect) noexcept
{
  rollcall_reading said = {};
  if (dialect.lenient) said.flags |= ROLLCALL_READING_LENIENT;
  if (!dialect.quote) said.flags |= ROLLCALL_READING_NO_QUOTE;
  said.delimiter = byte_of(dialect.delimiter);
  said.quote = byte_of(dialect.quote);
  said.escape = byte_of(dialect.escape);
  said.encoding = static_cast<std::int32_t>(dialect.encoding);
  return said;
}

} // namespace rollcall::capi
