// What holds for every file that is mended, whatever its format.
#include <doctest/doctest.h>

#include <array>
#include <set>

#include "base/utf8.hpp"
#include "csv/encoding.hpp"
#include "job/mended.hpp"
#include "job/vendor_files.hpp"
#include "rollcall/fixes.hpp"
#include "support/csv_reading.hpp"
#include "support/rounds.hpp"

using namespace rollcall;
using rollcall::tests::Chance;
using rollcall::tests::mended;
using rollcall::tests::Mended;
using rollcall::tests::Running;

namespace {

// What may slip into a cell.
constexpr std::array<std::string_view, 16> noises = {
    "\u200B", "\u00A0", " ", "tel:", "mailto:", "\"", "O",  "\uFF11",
    "\x01",   "00",     "x", ".0",   "<",       ">",  "\r", "4.42071838750E+11"};

// A made-up file in which cells are a little wrong here and there.
std::string noisy_file(const tests::Vendor& vendor, Chance& chance)
{
  std::string file = made_file(vendor, chance);
  for (std::size_t at = file.size(); at-- != 0;)
    if ((file[at] == ',' || chance.one_in(40)) && chance.one_in(4))
      file.insert(at + (chance.one_in(2) ? 1 : 0), chance.of(noises));
  // And quotes round a cell, behind a blank.
  for (std::size_t at = file.find('\n'); at < file.size(); at = file.find(',', at + 1)) {
    if (!chance.one_in(20)) continue;
    file.insert(std::min(file.find_first_of(",\n", at + 1), file.size()), "\"");
    file.insert(at + 1, " \"");
  }
  return file;
}

using Read = std::pair<std::vector<std::vector<std::string>>, std::vector<std::string>>;

// The cells of each record as they stand in the file, and what stands between records.
Read read(std::string_view text, const csv::Dialect& dialect)
{
  Read made;
  MemorySource source{text};
  csv::Reader reader = tests::must(csv::Reader::open(source, {.dialect = dialect}));
  std::uint64_t end = 0;
  while (tests::must(reader.next())) {
    const csv::RowBatch& batch = reader.batch();
    for (std::size_t row = 0; row != batch.size(); ++row) {
      made.second.emplace_back(text.substr(end, batch.byte(row) - end));
      auto& cells = made.first.emplace_back();
      for (std::size_t cell = 0; cell != batch.cells(row); ++cell)
        cells.emplace_back(batch.cell(row, cell));
      end = batch.byte(row) + batch.raw(row).size();
    }
  }
  made.second.emplace_back(text.substr(end));
  return made;
}

const unsigned fewest = static_cast<unsigned>(tests::rounds(100));

template <class Show>
void for_mended(std::uint32_t seed, Show show)
{
  for (const tests::Vendor& vendor : tests::all_vendors()) {
    Chance chance{seed};
    for (int i = 0; i != tests::rounds(150); ++i) {
      const std::string file = noisy_file(vendor, chance);
      CAPTURE(vendor.schema.id);
      CAPTURE(tests::shown(file));
      Running job{vendor.schema, vendor.directory};
      job.context = vendor.context;
      job.options.dialect.lenient = i % 3 == 0;
      for (const bool unsafe : {false, true}) show(job, file, unsafe);
    }
  }
}

} // namespace

TEST_CASE("a file that was mended has nothing left to mend")
{
  std::uint64_t certain = 0;
  std::uint64_t guessed = 0;
  std::set<std::pair<std::string, bool>> seen;
  for_mended(7, [&](Running& job, const std::string& file, bool unsafe) {
    const Mended once = mended(job, file, unsafe);
    if (once.done.refusal != Refusal::none) return;
    for (const Mended::Step& step : once.steps) {
      CAPTURE(step.rule);
      const Fixes fixes = fixes_of(code_of(step.rule).value_or(Code::rule));
      CHECK((step.is_certain ? fixes.certain : fixes.guess));
      seen.emplace(step.rule, step.is_certain);
    }
    certain += once.done.certain;
    guessed += once.done.guessed;
    const Mended twice = mended(job, once.text, unsafe);
    CAPTURE(tests::shown(once.text));
    REQUIRE(twice.done.certain + twice.done.guessed == 0);
    REQUIRE(twice.text == once.text);
    CHECK(twice.done.bad_before == once.done.bad_after);
    CHECK(twice.done.guesses_left == once.done.guesses_left);
    if (!unsafe) CHECK(once.done.guessed == 0);
  });
  CHECK(certain > std::uint64_t{fewest});
  CHECK(guessed > std::uint64_t{fewest});
  for (const Code code : all_codes()) {
    if (tests::rounds(100) != 100) continue;
    CAPTURE(slug(code));
    const std::string name{slug(code)};
    CHECK((!fixes_of(code).certain || seen.contains({name, true})));
    CHECK((!fixes_of(code).guess || seen.contains({name, false})));
  }
}

TEST_CASE("cells that were not mended, and what stands between cells, stay as they are")
{
  std::uint64_t mended_cells = 0;
  for_mended(8, [&](Running& job, const std::string& file, bool unsafe) {
    const Mended once = mended(job, file, unsafe);
    if (once.done.refusal != Refusal::none) return;
    std::set<std::pair<std::uint64_t, std::size_t>> changed;
    for (const Mended::Step& step : once.steps) changed.emplace(step.row, step.cell);
    const Read before = read(file, once.done.dialect);
    const Read after = read(once.text, once.done.dialect);
    REQUIRE(after.first.size() == before.first.size());
    REQUIRE(after.second == before.second);
    for (std::size_t row = 0; row != before.first.size(); ++row) {
      REQUIRE(after.first[row].size() == before.first[row].size());
      for (std::size_t cell = 0; cell != before.first[row].size(); ++cell) {
        const bool is_same = after.first[row][cell] == before.first[row][cell];
        CHECK(is_same != changed.contains({row, cell}));
        mended_cells += is_same ? 0U : 1U;
      }
    }
  });
  CHECK(mended_cells > std::uint64_t{fewest});
}

TEST_CASE("a file of UTF-16 is mended as the same text in UTF-8 is, and stays UTF-16")
{
  std::uint64_t steps = 0;
  for_mended(9, [&](Running& job, const std::string& file, bool unsafe) {
    if (find_invalid_utf8(file) != file.npos) return;
    const Mended plain = mended(job, file, unsafe);
    if (plain.done.refusal != Refusal::none) return;
    for (const csv::Encoding encoding : {csv::Encoding::utf_16le, csv::Encoding::utf_16be}) {
      const std::string wide = csv::encode(encoding, "\uFEFF" + file).value_or("");
      const Mended made = mended(job, wide, unsafe);
      CHECK(made.done.dialect.encoding == encoding);
      CHECK(std::string{made.text} ==
            csv::encode(encoding, "\uFEFF" + std::string{plain.text}).value_or("-"));
      CHECK(made.lineage == plain.lineage);
      steps += made.steps.size();
    }
  });
  CHECK(steps > std::uint64_t{fewest});
}
