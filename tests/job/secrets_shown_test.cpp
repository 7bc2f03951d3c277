// Whatever is wrong with a file, no output shows a secret of it, but for the error rows, which are
// the file itself: no header, a header that is misspelt, rows that lack cells.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include "job/cells.hpp"
#include "job/mended.hpp"
#include "job/vendor_files.hpp"
#include "rollcall/plan.hpp"
#include "support/rounds.hpp"

using namespace rollcall;
using rollcall::tests::Chance;
using rollcall::tests::mended;
using rollcall::tests::Mended;
using rollcall::tests::must;
using rollcall::tests::RowSeen;
using rollcall::tests::Running;

namespace {

// A password, and a PIN.
constexpr std::string_view password = "Hunter2!canary";
constexpr std::string_view pin = "73820194";

constexpr std::array forms = {FindingsForm::text,  FindingsForm::jsonl, FindingsForm::csv,
                              FindingsForm::junit, FindingsForm::sarif, FindingsForm::github,
                              FindingsForm::html};

struct Shown {
  std::string all; // every output, one behind the other, but for
  std::string result;
  JobSummary job;
};

template <class Write>
std::string text_of(Write write)
{
  std::pmr::string text;
  TextSink sink{text};
  must(write(sink));
  return std::string{text};
}

Shown shown(Running& job, const std::string& file)
{
  Shown made;
  for (const FindingsForm form : forms) {
    std::array<std::pmr::string, 5> texts;
    TextSink report{texts[0]};
    TextSink result{texts[1]};
    TextSink log{texts[2]};
    TextSink log_json{texts[3]};
    TextSink findings{texts[4]};
    MemorySource source{file};
    made.job = must(validate(job.schema, source, job.directory, job.context, job.options,
                             {.report = &report,
                              .result = &result,
                              .error_log = &log,
                              .error_log_json = &log_json,
                              .findings = &findings,
                              .findings_form = form},
                             job.seams()));
    for (const auto& text : texts) (&text == &texts[1] ? made.result : made.all).append(text);
  }
  made.all += text_of([&](Sink& sink) { return write_summary(made.job, {}, sink); });

  std::pmr::string plan;
  TextSink plan_sink{plan};
  MemorySource source{file};
  must(make_plan(job.schema, source, job.directory, job.context, job.options, {}, plan_sink, {},
                 job.seams()));
  made.all.append(plan);
  for (const FindingsForm form : {FindingsForm::text, FindingsForm::html, FindingsForm::jsonl}) {
    if (plan.empty()) break;
    MemorySource written{plan};
    made.all += text_of([&](Sink& sink) -> Result<void> {
      ROLLCALL_CHECK(show_plan(written, {.form = form}, sink, job.seams()));
      return success();
    });
  }
  for (const bool unsafe : {false, true}) {
    const Mended fixed = mended(job, file, unsafe);
    made.all.append(fixed.lineage).append(fixed.preview);
    for (const Mended::Step& step : fixed.steps) made.all.append(step.before).append(step.after);
    made.all += text_of([&](Sink& sink) { return write_fix_summary(fixed.done, "", sink); });
    made.all += text_of([&](Sink& sink) { return write_fix_json(fixed.done, sink); });
  }
  return made;
}

void check_hidden(const std::string& text)
{
  for (const std::string_view secret : {password, pin}) {
    const std::size_t at = std::min(text.find(secret), text.size());
    const std::string around = text.substr(at - std::min<std::size_t>(at, 200), 300);
    CAPTURE(around);
    REQUIRE(at == text.size());
  }
}

bool is_pin(std::string_view header)
{
  return header.find("P") != header.npos && header.find("assword") == header.npos;
}

// A file with secrets in all rows, of a vendor that has any, and where they stand.
struct Made {
  std::vector<RowSeen> rows;
  std::vector<std::size_t> secrets; // cells
};
Made made_with_secrets(const tests::Vendor& vendor, Chance& chance)
{
  Made made;
  do {
    made.rows = tests::rows_of(made_file(vendor, chance, {.tame = true}));
  } while (made.rows.size() < 2);
  for (std::size_t cell = 0; cell != made.rows[0].cells.size(); ++cell) {
    const std::string& header = made.rows[0].cells[cell];
    const bool is_secret = std::any_of(
        vendor.columns.begin(), vendor.columns.end(),
        [&](const auto& column) { return column.is_secret && column.header == header; });
    if (!is_secret) continue;
    made.secrets.push_back(cell);
    for (std::size_t row = 1; row != made.rows.size(); ++row)
      made.rows[row].cells[cell] = is_pin(header) ? pin : password;
  }
  return made;
}

// The one that names a row.
std::string key_column(const schema::Schema& schema)
{
  const std::string field = schema.key.empty() ? schema.objects.front().key : schema.key;
  for (const schema::Column& column : schema.columns)
    if (column.field == field) return column.header;
  return {};
}

template <class Show>
void for_made(std::uint32_t seed, int many, Show show)
{
  for (const tests::Vendor& vendor : tests::all_vendors()) {
    Chance chance{seed};
    for (int i = 0; i != tests::rounds(many); ++i) {
      const Made made = made_with_secrets(vendor, chance);
      if (made.secrets.empty()) continue;
      Running job{vendor.schema, vendor.directory};
      job.context = vendor.context;
      job.options.dialect.lenient = i % 3 == 0;
      CAPTURE(vendor.schema.id);
      show(job, made, chance);
    }
  }
}

} // namespace

TEST_CASE("of a file without a header no secret is shown, whatever parts its cells")
{
  int refused = 0;
  for_made(21, 60, [&](Running& job, Made made, Chance& chance) {
    made.rows.erase(made.rows.begin());
    // A word that names a column may well stand in a cell.
    auto& first = made.rows[0].cells;
    const std::size_t at = chance.below(first.size());
    const bool is_secret =
        std::find(made.secrets.begin(), made.secrets.end(), at) != made.secrets.end();
    if (chance.one_in(2) && !is_secret) first[at] = job.schema.columns.front().header;
    for (const char delimiter : {',', ';', '\t', '|'}) {
      const std::string file = text_of(made.rows, delimiter);
      CAPTURE(file);
      const Shown told = shown(job, file);
      check_hidden(told.all + told.result);
      refused += told.job.refusal == Refusal::file ? 1 : 0;
    }
  });
  CHECK(refused > tests::rounds(400));
}

TEST_CASE("of a column of secrets whose name is misspelt no cell is shown")
{
  int found = 0;
  for_made(22, 60, [&](Running& job, Made made, Chance& chance) {
    constexpr std::array<std::string_view, 8> others = {
        "Webpasswort", "Kennwort", "my PIN", "UserPIN", "pwd", "Secret 2", "Colour", "X"};
    for (const std::size_t cell : made.secrets) {
      std::string& header = made.rows[0].cells[cell];
      if (chance.one_in(2))
        header = chance.of(others);
      else
        header.erase(chance.below(header.size()), 1);
    }
    const bool breaks_a_row = chance.one_in(3);
    if (breaks_a_row) made.rows.back().cells[made.secrets.front()].insert(3, "\"");
    const std::string file = text_of(made.rows);
    CAPTURE(file);
    const Shown told = shown(job, file);
    check_hidden(told.all);
    // What a result has is the file's own columns, but for those that are probably secret.
    const bool may_be_anything =
        std::any_of(made.secrets.begin(), made.secrets.end(), [&](std::size_t cell) {
          return made.rows[0].cells[cell] == "Colour" || made.rows[0].cells[cell] == "X";
        });
    if (!may_be_anything) check_hidden(told.result);
    found += told.job.counts.total() != 0 ? 1 : 0;
  });
  CHECK(found > tests::rounds(100));
}

TEST_CASE("of a row that lacks cells and is rejected no secret is shown that may have moved")
{
  std::uint64_t rejected = 0;
  for_made(23, 150, [&](Running& job, const Made& made, Chance& chance) {
    std::vector<RowSeen> rows = made.rows;
    // The key of a row is told, whatever it is (spec F3): what is lost is lost behind it.
    const auto& names = rows[0].cells;
    const auto key = std::find(names.begin(), names.end(), key_column(job.schema));
    const auto begin =
        key == names.end() ? std::size_t{0} : static_cast<std::size_t>(key - names.begin()) + 1;
    if (begin > made.secrets.front()) return;
    for (std::size_t row = 1; row != rows.size(); ++row) {
      auto& cells = rows[row].cells;
      const std::size_t most = made.secrets.front() - begin + 1;
      for (std::size_t lost = 1 + chance.below(most); lost != 0 && cells.size() > 2; --lost)
        cells.erase(cells.begin() + static_cast<std::ptrdiff_t>(begin + chance.below(lost)));
      if (chance.one_in(2)) cells[chance.below(cells.size())].append("\x01");
    }
    const std::string file = text_of(rows);
    CAPTURE(file);
    const Shown told = shown(job, file);
    if (told.job.rejected != told.job.rows) return;
    check_hidden(told.all + told.result);
    rejected += told.job.rejected;
  });
  CHECK(rejected > static_cast<std::uint64_t>(tests::rounds(400)));
}
