// What --unsafe-fixes may write.
#include <doctest/doctest.h>

#include "check/cell_text.hpp"
#include "check/value_guess.hpp"

using namespace rollcall;

namespace {

void guessed(const check::ReadyType& type, std::string_view cell, std::string_view wanted)
{
  CAPTURE(cell);
  check::Scratch scratch;
  const std::string text{check::cell_text(cell, {}, scratch)};
  const check::Reading reading = check::read_value(type, text, scratch);
  REQUIRE(reading.is_bad());
  CHECK(check::likely_fix(type, reading.code, text, scratch).value_or("none") == wanted);
}

void left(const check::ReadyType& type, std::string_view cell)
{
  guessed(type, cell, "none");
}

const check::ReadyPhone phone = {};
const check::ReadyEmail email = {};
const check::ReadyMac mac = {};
const check::ReadyDigits digits = {.min = 2, .max = 20};
const check::ReadyExtension extension = {.min = 2, .max = 6};
const check::ReadyInteger integer = {};
const check::ReadyId id = {};

} // namespace

TEST_CASE("a power of ten is the number that it was only if all of its digits are there")
{
  guessed(phone, "4.42071838750E+11", "+442071838750");
  guessed(phone, "4,42071838750E+11", "+442071838750");
  guessed(digits, "4.42071838750e+11", "442071838750");
  guessed(digits, "1.2500E+2", "125");
  guessed(extension, "1.25E+2", "125");
  guessed(id, "1.25E+2", "125");
  left(phone, "4.42E+11");
  left(phone, "4.4207183875E+11");
  left(digits, "1.251E+2");
  left(digits, "0.42E+2");
  left(digits, "1.234567890123456E+15"); // spreadsheets keep fifteen
  left(digits, "1E+99999");
  left(extension, "12/05/2024");
}

TEST_CASE("00 for the plus, and slashes, are taken for what they stand for")
{
  guessed(phone, "0044 20 7183 8750", "+442071838750");
  guessed(phone, "+44/20/7183/8750", "+442071838750");
  left(phone, "020 7183 8750");
  left(phone, "442071838750");
  left(phone, "+44 20 7183 875O");
}

TEST_CASE("separators between digits, and letters that look like digits, are read as meant")
{
  guessed(digits, "12 34", "1234");
  guessed(digits, "12-34", "1234");
  guessed(digits, "2O1", "201");
  guessed(extension, "2O1", "201");
  guessed(extension, "2l1", "211");
  guessed(extension, "ext. 201", "201");
  guessed(extension, "x201", "201");
  guessed(mac, "OO:04:13:2F:11:5A", "00:04:13:2f:11:5a");
  guessed(mac, "00_04_13_2F_11_5A", "00:04:13:2f:11:5a");
  left(extension, "200-249"); // that is a range, where ranges are no good
  left(mac, "00:04:13:2G:11:5A");
  left(digits, "12a4");
}

TEST_CASE("a number that a program has written with a point is the whole number before it")
{
  guessed(extension, "201.0", "201");
  guessed(extension, "201,00", "201");
  guessed(extension, "0201.0", "0201");
  guessed(extension, "x201.0", "201");
  guessed(extension, "2O1.0", "201");
  guessed(digits, "442071838750.0", "442071838750");
  guessed(digits, "1 234.00", "1234");
  guessed(phone, "00442071838750.0", "+442071838750");
  left(extension, "1.5");
  left(extension, "1.250");
  left(extension, "1,250");
  left(extension, "201.000");
  left(digits, "1234.5");
  left(digits, "1.000");
  left(digits, "12 34.5");
  left(phone, "00442071838.75");
  left(mac, "80027123456.00");
  guessed(mac, "104130000021.0", "10:41:30:00:00:21");
  guessed(digits, "12.34.56", "123456");
  guessed(digits, "0.30.12.00", "0301200");
  left(digits, "12.05.2024");
  left(digits, "12-05-2024");
  left(id, "no 17");
}

TEST_CASE("the apostrophe that makes a number a text in a spreadsheet is no part of it")
{
  guessed(extension, "'0202", "0202");
  guessed(digits, "'0202", "0202");
  guessed(integer, "'3", "3");
  guessed(id, "'17", "17");
  guessed(mac, "'00:04:13:2f:11:5a", "00:04:13:2f:11:5a");
}

TEST_CASE("what may be two values is none")
{
  left(extension, "201 202");
  left(extension, "201:202");
  left(extension, "2.0.1");
  guessed(extension, "201;", "201");
  guessed(extension, "#201.", "201");
  guessed(extension, "ext: 201", "201");
  left(phone, "0044 (0)20 7183 8750");
}

TEST_CASE("an address is taken out of what surrounds it")
{
  guessed(email, " ada@example.com <ada@example.com>", "ada@example.com");
  left(email, "ada@example.com <eve@example.com>");
  left(email, "Ada <ada@example.com>, Eve <eve@example.com>");
  left(email, "ada byron@example.com"); // a dot, a dash or nothing may be missing
  guessed(email, "ada@example. com", "ada@example.com");
  left(email, "ada@example.com,sales");
  guessed(email, "Ada Byron <ada@example.com>", "ada@example.com");
  guessed(email, "ada@example.com.", "ada@example.com");
  guessed(email, "ada @ example.com", "ada@example.com");
  guessed(email, "ada@example,com", "ada@example.com");
  left(email, "ada@example");
  left(email, "ada");
  left(email, "ada@b.example;eve@b.example");
}

TEST_CASE("a whole number with nothing behind its point is whole")
{
  guessed(integer, "3.0", "3");
  guessed(integer, "3,00", "3");
  left(integer, "3.5");
  left(integer, "1,000");
  left(integer, "3.000");
}

TEST_CASE("a word that everybody takes for yes or no becomes the one of the column")
{
  const check::ReadyBoolean truth{schema::Boolean{}};
  guessed(truth, "yes", "true");
  guessed(truth, "OFF", "false");
  const check::ReadyBoolean letter{schema::Boolean{.yes = {"y", "j"}, .no = {"n"}}};
  guessed(letter, "TRUE", "y");
  guessed(letter, "0", "n");
  left(letter, "x");
}
