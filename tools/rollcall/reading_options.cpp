// From the words of the command line to the options of the reader.
#include "reading_options.hpp"

#include <array>

#include "nearest.hpp"

namespace rollcall::tools {
namespace {

constexpr std::array encodings = {csv::Encoding::utf_8, csv::Encoding::utf_16le,
                                  csv::Encoding::utf_16be, csv::Encoding::windows_1252,
                                  csv::Encoding::latin_1};

Result<char> delimiter_of(const std::string& word)
{
  if (word == "tab" || word == "\t") return '\t';
  if (word == "," || word == ";" || word == "|") return word.front();
  return Error{ErrorCode::wrong_use, "'" + word + "' is no delimiter; take one of , ; | tab"};
}

Result<csv::Encoding> encoding_of(const std::string& word)
{
  if (const auto encoding = csv::encoding_of(word)) return *encoding;
  std::string known;
  for (const std::string& each : encoding_words()) known.append(" ").append(each);
  return Error{ErrorCode::wrong_use, "'" + word + "' is no encoding; take one of" + known};
}

Result<void> take_limit(Limits& limits, const std::string& word)
{
  const std::size_t equals = word.find('=');
  if (equals == word.npos)
    return Error{ErrorCode::wrong_use, "'" + word + "' is no limit; write NAME=VALUE"};
  return set_limit(limits, word.substr(0, equals), word.substr(equals + 1));
}

Result<void> check_delimiter(const std::string& word)
{
  ROLLCALL_CHECK(delimiter_of(word));
  return success();
}

Result<void> check_encoding(const std::string& word)
{
  ROLLCALL_CHECK(encoding_of(word));
  return success();
}

Result<void> check_limit(const std::string& word)
{
  Limits limits;
  return take_limit(limits, word);
}

} // namespace

std::vector<std::string> delimiter_words()
{
  return {",", ";", "|", "tab"};
}

std::vector<std::string> encoding_words()
{
  std::vector<std::string> words;
  for (const csv::Encoding each : encodings) words.emplace_back(slug(each));
  return words;
}

void declare(Options& options, ReadingOptions& reading)
{
  const Options::Group group{options, "Reading"};
  options.add_option("--delimiter", reading.delimiter, "one of , ; | tab, instead of finding out")
      ->type_name("C")
      ->checked(check_delimiter)
      ->setting();
  options.add_option("--encoding", reading.encoding, "of a file without a byte order mark (utf-8)")
      ->type_name("NAME")
      ->checked(check_encoding)
      ->setting();
  options.add_flag("--lenient", reading.lenient, "repair misplaced quotes, with a warning");
  declare_limits(options, reading.limits);
}

Result<csv::ReaderOptions> reader_options(const ReadingOptions& reading)
{
  csv::ReaderOptions options;
  if (!reading.delimiter.empty()) {
    ROLLCALL_TRY(options.dialect.delimiter, delimiter_of(reading.delimiter));
  }
  if (!reading.encoding.empty()) {
    ROLLCALL_TRY(options.dialect.encoding, encoding_of(reading.encoding));
  }
  options.dialect.lenient = reading.lenient;
  ROLLCALL_TRY(options.limits, limits_from(reading.limits));
  return options;
}

void declare_limits(Options& options, std::vector<std::string>& limits)
{
  const Options::Group group{options, "Reading"};
  options.add_option("--limit", limits, "field, row, columns, file or rows; see rollcall limits")
      ->type_name("NAME=VALUE")
      ->repeated()
      ->checked(check_limit)
      ->setting();
}

Result<Limits> limits_from(const std::vector<std::string>& words)
{
  Limits limits;
  for (const std::string& word : words) ROLLCALL_CHECK(take_limit(limits, word));
  return limits;
}

} // namespace rollcall::tools
