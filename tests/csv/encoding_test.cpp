// Decoding piece by piece, and the names of encodings.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "csv/decoder.hpp"
#include "csv/encoding.hpp"
#include "support/must.hpp"

using namespace rollcall;
using namespace rollcall::csv;
using namespace std::string_view_literals;

namespace {

constexpr std::array encodings = {Encoding::utf_8, Encoding::utf_16le, Encoding::utf_16be,
                                  Encoding::windows_1252, Encoding::latin_1};

// Decodes with so much raw text at a time and so much room for it.
std::string decoded(Encoding encoding, std::string_view raw, std::size_t piece, std::size_t room)
{
  std::string text;
  std::size_t seen = std::min(piece, raw.size());
  while (true) {
    std::vector<char> into(room);
    const csv::Decoded done = decode(encoding, raw.substr(0, seen), into, seen == raw.size());
    CHECK(done.read <= seen);
    CHECK(done.written <= room);
    text.append(into.data(), done.written);
    raw.remove_prefix(done.read);
    seen -= done.read;
    if (seen == raw.size() && raw.empty()) return text;
    if (done.read == 0 && seen == raw.size() && done.written == 0) return text + "(stuck)";
    seen = std::min(seen + piece, raw.size());
  }
}

} // namespace

TEST_CASE("encodings have the names of the command line, and no others (spec E1)")
{
  CHECK(slug(Encoding::utf_8) == "utf-8");
  CHECK(slug(Encoding::utf_16le) == "utf-16le");
  CHECK(slug(Encoding::utf_16be) == "utf-16be");
  CHECK(slug(Encoding::windows_1252) == "windows-1252");
  CHECK(slug(Encoding::latin_1) == "latin-1");
  for (const Encoding encoding : encodings) CHECK(encoding_of(slug(encoding)) == encoding);
  for (const std::string_view name : {"", "UTF-8", "utf8", "utf-16", "latin1", "iso-8859-1"})
    CHECK_FALSE(encoding_of(name).has_value());
}

TEST_CASE("byte order marks")
{
  CHECK(byte_order_mark("\xEF\xBB\xBFx").size == 3);
  CHECK(byte_order_mark("\xFF\xFE").encoding == Encoding::utf_16le);
  CHECK(byte_order_mark("\xFE\xFFxx").encoding == Encoding::utf_16be);
  for (const std::string_view start : {""sv, "\xEF\xBB"sv, "\xFF"sv, "\xFE"sv, "x\xEF\xBB\xBF"sv})
    CHECK(byte_order_mark(start).size == 0);
}

TEST_CASE("every byte of latin-1 is the character of its number")
{
  std::string raw;
  for (int byte = 0; byte != 256; ++byte) raw += static_cast<char>(byte);
  const std::string text = decoded(Encoding::latin_1, raw, 300, 1000);
  CHECK(text.substr(0, 128) == raw.substr(0, 128));
  CHECK(text.size() == 384);
  CHECK(text.substr(128, 2) == "\xC2\x80");
  CHECK(text.substr(382) == "\xC3\xBF");
}

TEST_CASE("windows-1252 differs from latin-1 in 27 characters, and lacks five")
{
  int same = 0;
  int missing = 0;
  for (int byte = 0; byte != 256; ++byte) {
    const std::string raw(1, static_cast<char>(byte));
    const std::string text = decoded(Encoding::windows_1252, raw, 1, 8);
    if (text == decoded(Encoding::latin_1, raw, 1, 8)) ++same;
    if (byte > 0x7F && text == raw) ++missing;
  }
  CHECK(missing == 5);
  CHECK(same == 256 - 27 - 5);
  CHECK(decoded(Encoding::windows_1252, "\x80\x8E\x99\x9F", 4, 100) ==
        "\xE2\x82\xAC\xC5\xBD\xE2\x84\xA2\xC5\xB8");
}

TEST_CASE("pieces and room of any size give the same text")
{
  const std::string_view raw =
      "a\0\x3D\xD8\x00\xDE,\0\x3D\xD8\x3D\xD8\x00\xDE\xAC\x20\x00\xDE\n\0\xE9\0z"sv;
  for (const Encoding encoding : encodings) {
    if (encoding == Encoding::utf_8) continue;
    const std::string whole = decoded(encoding, raw, 1000, 1000);
    for (std::size_t piece = 1; piece != 12; ++piece) {
      for (std::size_t room = Decoder::room_min; room != 20; ++room)
        CHECK(decoded(encoding, raw, piece, room) == whole);
    }
  }
}

TEST_CASE("how many bytes of the source a text was can be told from the text")
{
  const std::string_view raw =
      "a\0\x3D\xD8\x00\xDE,\0\x3D\xD8\x3D\xD8\x00\xDE\xAC\x20\x00\xDE\n\0\xE9\0z"sv;
  for (const Encoding encoding : {Encoding::windows_1252, Encoding::latin_1}) {
    CHECK(source_bytes_of(decoded(encoding, raw, 1000, 1000), encoding) == raw.size());
    CHECK(source_bytes_of(decoded(encoding, "\x81\x8D\x8F\x90\x9D\xE9\x80", 1000, 1000),
                          encoding) == 7);
  }
  for (const Encoding encoding : {Encoding::utf_16le, Encoding::utf_16be}) {
    const std::string_view even = raw.substr(0, raw.size() - 1);
    CHECK(source_bytes_of(decoded(encoding, even, 1000, 1000), encoding) == even.size());
  }
  CHECK(source_bytes_of("a\xC3\xA9\xFF", Encoding::utf_8) == 4);
  CHECK(source_bytes_of("", Encoding::utf_16le) == 0);
}
