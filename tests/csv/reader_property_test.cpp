// The whole reader against the reference reader: small texts of nasty pieces, by every kernel, with
// windows and pieces of any size.
#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "support/csv_reading.hpp"
#include "support/reference_csv.hpp"
#include "support/rounds.hpp"

using namespace rollcall;
using namespace rollcall::tests;
using namespace std::string_literals;

namespace {

// Signs that mean something, and what only looks so.
const std::vector<std::string> nasty = {"\"",
                                        "\"",
                                        "\"",
                                        ",",
                                        ",",
                                        ",",
                                        "\r",
                                        "\n",
                                        "\n",
                                        "\r\n",
                                        " ",
                                        "\t",
                                        "a",
                                        "a",
                                        "bc",
                                        "\0"s,
                                        "\xC2\xA0",
                                        "\xC2\x85",
                                        "\x7F",
                                        "\x01",
                                        "\xC2",
                                        "\xA0",
                                        "\xFF",
                                        "\xC3\xA9",
                                        "\xE2\x82",
                                        "\\",
                                        "'",
                                        ";",
                                        "|",
                                        "\xE2\x82\xAC",
                                        "\"\"",
                                        "\xED\xA0\x80",
                                        "\xF0\x9F\x98\x80"};

// Mostly what a file is made of, so that long texts get somewhere.
const std::vector<std::string> tame = {"a",
                                       "bc",
                                       ",",
                                       ",",
                                       "\n",
                                       "\n",
                                       "\r\n",
                                       "\"x\"",
                                       "\"a\"\"b\"",
                                       " ",
                                       "\"\n\"",
                                       ";",
                                       "longer than most",
                                       "\xC3\xA9",
                                       "",
                                       ","};

class Chance {
 public:
  explicit Chance(std::uint32_t seed) : engine_{seed} {}

  std::size_t below(std::size_t count) { return engine_() % count; }
  bool one_in(std::size_t count) { return below(count) == 0; }

  std::string text(const std::vector<std::string>& pieces, std::size_t count)
  {
    std::string made;
    for (; count != 0; --count) made += pieces[below(pieces.size())];
    return made;
  }

  // Nasty pieces in a tame text, so that few rows are bad.
  std::string mixed_text(std::size_t count, std::size_t tame_share)
  {
    std::string made;
    for (; count != 0; --count)
      made += one_in(tame_share) ? nasty[below(nasty.size())] : tame[below(tame.size())];
    return made;
  }

  csv::ReaderOptions options()
  {
    csv::ReaderOptions options;
    constexpr std::string_view delimiters = ",,,,,;\t|a";
    options.dialect.delimiter = delimiters[below(delimiters.size())];
    if (one_in(8)) options.dialect.quote = one_in(2) ? std::optional<char>{} : '\'';
    if (one_in(8)) options.dialect.escape = '\\';
    if (one_in(6)) {
      constexpr std::array encodings = {csv::Encoding::utf_16le, csv::Encoding::utf_16be,
                                        csv::Encoding::windows_1252, csv::Encoding::latin_1};
      options.dialect.encoding = encodings.at(below(encodings.size()));
    }
    options.dialect.lenient = one_in(4);
    if (one_in(3)) options.limits.field_bytes = 1 + below(12);
    // (Where a row is shorter than a character may be, nobody says in which byte it is cut.)
    const bool is_utf_8 = options.dialect.encoding == csv::Encoding::utf_8;
    if (one_in(3)) options.limits.row_bytes = (is_utf_8 ? 1 : 4) + below(24);
    if (one_in(4)) options.limits.columns = 1 + below(5);
    if (one_in(10)) options.limits.rows = 1 + below(6);
    if (one_in(20)) options.limits.file_bytes = 1 + below(60);
    options.kernel = kernels()[below(kernels().size())];
    options.window_bytes = one_in(3) ? 1024 : 1 + below(100);
    return options;
  }

 private:
  std::mt19937 engine_;
};

std::string shown(const csv::ReaderOptions& options)
{
  const auto sign = [](std::optional<char> c) { return c ? tests::shown({&*c, 1}) : "none"s; };
  const csv::Dialect& dialect = options.dialect;
  const Limits& limits = options.limits;
  return "delimiter " + sign(dialect.delimiter) + " quote " + sign(dialect.quote) + " escape " +
         sign(dialect.escape) + " " + std::string{slug(dialect.encoding)} +
         (dialect.lenient ? " lenient" : "") + " field " + std::to_string(limits.field_bytes) +
         " row " + std::to_string(limits.row_bytes) + " columns " + std::to_string(limits.columns) +
         " rows " + std::to_string(limits.rows) + " file " + std::to_string(limits.file_bytes) +
         " " + std::string{slug(options.kernel)} + " window " +
         std::to_string(options.window_bytes);
}

// Says what is wrong when `text` is read in pieces of this size; 0: from memory.
std::string wrong_with(std::string_view text, const csv::ReaderOptions& options,
                       std::size_t piece_bytes, const Reading& wanted)
{
  Read read;
  if (piece_bytes == 0) {
    read = read_all(text, options);
  } else {
    PieceSource source{text, piece_bytes};
    read = read_all(source, options);
  }
  std::string wrong = read.fault.empty() ? difference(read.reading, wanted) : read.fault;
  // When it is not known how large a file is, the limit of rows may be passed before that of bytes.
  if (piece_bytes != 0 && wanted.refusal == Code::file_too_large &&
      read.reading.refusal == Code::file_too_many_rows)
    wrong.clear();
  if (wrong.empty()) return wrong;
  return wrong + "\ntext " + tests::shown(text) + "\n" + shown(options) + " pieces " +
         std::to_string(piece_bytes);
}

// Stops telling after a few.
void check_cases(int many, std::uint32_t seed, auto make_text)
{
  Chance chance{seed};
  int failures = 0;
  for (int i = 0; i != rounds(many) && failures != 5; ++i) {
    csv::ReaderOptions options = chance.options();
    const std::string text = make_text(chance);
    if (text.size() > 1024 && chance.one_in(2)) options.window_bytes = std::size_t{64} * 1024;
    const Reading wanted = read_by_reference(text, options.dialect, options.limits);
    const std::size_t piece_bytes = chance.one_in(2) ? 0 : 1 + chance.below(64);
    const std::string wrong = wrong_with(text, options, piece_bytes, wanted);
    if (!wrong.empty()) {
      ++failures;
      FAIL_CHECK(wrong);
    }
  }
  CHECK(failures == 0);
}

} // namespace

TEST_CASE("any short text of nasty pieces is read as the reference reads it")
{
  check_cases(200'000, 1, [](Chance& chance) { return chance.text(nasty, chance.below(12)); });
}

TEST_CASE("any text of nasty pieces is read as the reference reads it")
{
  check_cases(40'000, 2, [](Chance& chance) { return chance.text(nasty, chance.below(80)); });
}

TEST_CASE("a text with few nasty pieces is read as the reference reads it")
{
  check_cases(20'000, 3, [](Chance& chance) {
    return chance.mixed_text(chance.below(200), 2 + chance.below(100));
  });
}

TEST_CASE("a long text is read as the reference reads it")
{
  check_cases(300, 4, [](Chance& chance) {
    return chance.mixed_text(20'000, chance.one_in(2) ? 1'000'000 : 3000);
  });
}

TEST_CASE("every window and every piece gives the same rows, by every kernel")
{
  Chance chance{5};
  int failures = 0;
  for (int i = 0; i != 12; ++i) {
    csv::ReaderOptions options = chance.options();
    const std::string text = chance.mixed_text(120, 4 + chance.below(20));
    const Reading wanted = read_by_reference(text, options.dialect, options.limits);
    for (const csv::Kernel kernel : kernels()) {
      options.kernel = kernel;
      for (std::size_t window = 1; window <= 200 && failures < 5; ++window) {
        options.window_bytes = window;
        for (const std::size_t piece : {std::size_t{0}, 1 + window % 64, std::size_t{64}}) {
          const std::string wrong = wrong_with(text, options, piece, wanted);
          if (wrong.empty()) continue;
          ++failures;
          FAIL_CHECK(wrong);
        }
      }
    }
  }
}
