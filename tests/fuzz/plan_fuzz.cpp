// Reads anything as a plan of a small format, as it is and with a digest that fits. What is one can
// be written and read again, and is then the same; and anything at all can be shown.
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <string>
#include <string_view>

#include "plan/plan_digest.hpp"
#include "plan/plan_reader.hpp"
#include "plan/plan_writer.hpp"
#include "rollcall/plan.hpp"
#include "schema/compiled.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using namespace rollcall;

void expect(bool holds)
{
  if (!holds) __builtin_trap();
}

// The plans of the corpus were made for it: that they are still read is for plan_file_test.
const schema::CompiledSchema& small()
{
  using namespace schema;
  static const auto compiled = CompiledSchema::compile(
      {.id = "small",
       .title = "Small",
       .roles = {{.name = "writer", .may = {Action::execute}}},
       .kinds = {{.name = "u",
                  .key = {"id", Id{}},
                  .keys = Keys::from_host,
                  .fields = {{"b", Boolean{}}, {"i", Integer{}}, {"s", Secret{}}},
                  .undo = {{"b", "false"}}},
                 {.name = "k", .key = {"n"}, .fields = {{"of"}}}},
       .columns = {{.field = "id", .header = "ID", .type = Id{}},
                   {.field = "t", .header = "T"},
                   {.field = "s", .header = "S", .type = Secret{}, .on_update = Blank::keep}},
       .objects = {{.kind = "u", .key = "id", .create = "blank(id)", .update = "present(id)"},
                   {.kind = "k", .key = "t", .create = "present(t)", .sets = {{"of", "t"}}}},
       .effects = {{.name = "e", .fields = {{"t", "t"}}}},
       .result = {.columns = {{"Outcome", "row.outcome"}, {"Of", "t"}}}});
  expect(compiled.has_value());
  return compiled.assume_value();
}

Result<std::string> rewritten(std::string_view text)
{
  auto* const memory = std::pmr::new_delete_resource();
  MemorySource source{text};
  ROLLCALL_TRY(auto reader, plan::PlanReader::open(source, memory));
  ROLLCALL_CHECK(reader.bind(small()));
  std::pmr::string made;
  TextSink sink{made};
  ROLLCALL_TRY(auto writer, plan::PlanWriter::open(sink, small(), memory));
  writer.put_header(reader.header());
  std::pmr::monotonic_buffer_resource keep;
  for (plan::PlanRow row;;) {
    ROLLCALL_TRY(const bool is_row, reader.next(row, keep));
    if (!is_row) break;
    writer.put_row(row);
  }
  plan::PlanEnd end = reader.end();
  expect(writer.finish(end).has_value());
  return std::string{made};
}

// The format's own digest in the header, and that of the plan at its end.
std::string made_good(std::string text)
{
  constexpr std::string_view schema = "\"schema\":\"";
  const std::size_t at = text.find(schema);
  const std::size_t end_of = at == text.npos ? at : text.find('"', at + schema.size());
  if (end_of != text.npos)
    text.replace(at + schema.size(), end_of - at - schema.size(), small().digest);
  while (text.ends_with('\n')) text.pop_back();
  std::string end = text.substr(text.rfind('\n') + 1);
  const std::size_t behind = end.rfind(",\"digest\":");
  if (behind == end.npos) return text;
  end.erase(behind).append("}}");
  text.erase(text.rfind('\n') + 1);
  plan::PlanDigest digest;
  digest.add(text);
  return text.append(digest.sign(end)).append("\n");
}

bool is_good(std::string_view text)
{
  const auto once = rewritten(text);
  if (!once.has_value()) {
    expect(plan::is_about_plan(once.assume_error().code()));
    return false;
  }
  const auto twice = rewritten(once.assume_value());
  expect(twice.has_value() && twice.assume_value() == once.assume_value());
  return true;
}

void show(std::string_view text, bool must_be_good)
{
  SystemSeams system;
  MemorySource source{text};
  std::pmr::string page;
  TextSink sink{page};
  const auto shown = show_plan(source, {.schema = &small().schema()}, sink, system.seams());
  expect(shown.has_value() && !page.empty());
  expect(shown.assume_value() || !must_be_good);
  expect(page.find('\x1B') == page.npos);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string text{data, data + size};
  show(text, is_good(text));
  const std::string good = made_good(text);
  show(good, is_good(good));
  return 0;
}
