// Conversions, and what they came to as a handle.
#include "rollcall/convert.h"

#include <array>
#include <vector>

#include "context.hpp"
#include "directory.hpp"
#include "output.hpp"
#include "reading.hpp"
#include "report_tables.hpp"
#include "rollcall/convert.hpp"
#include "schema.hpp"
#include "source.hpp"
#include "table.hpp"
#include "watcher.hpp"

using namespace rollcall;
using namespace rollcall::capi;

struct rollcall_loss {
  std::shared_ptr<Engine> engine;
  convert::Loss loss;
};

namespace {

using Table = Result<std::unique_ptr<rollcall_table>>;

constexpr ColumnIs number = ColumnIs::natural;

std::unique_ptr<rollcall_loss> handle_of(const std::shared_ptr<Engine>& engine,
                                         convert::Loss&& loss)
{
  return std::make_unique<rollcall_loss>(rollcall_loss{engine, std::move(loss)});
}

// All that a conversion has for itself meanwhile.
struct Held {
  InUse source = {}, map = {}, directory = {}, result = {}, report = {};
};

Result<std::vector<convert::Translation>> read_map(rollcall_source* map, InUse& held,
                                                   const Seams& seams)
{
  if (map == nullptr) return std::vector<convert::Translation>{};
  ROLLCALL_TRY(held, InUse::take(map->body->in_use(), "the map"));
  ROLLCALL_TRY(Source* const bytes, map->body->begin());
  return while_doing(convert::read_map(*bytes, seams), "reading the map");
}

Result<convert::Options> options_of(const rollcall_convert_options& given_options, Held& held,
                                    const Seams& seams)
{
  constexpr std::uint32_t known = ROLLCALL_CONVERT_WITH_SECRETS;
  ROLLCALL_CHECK(check_flags(given_options.flags, known, "rollcall_convert_options.flags"));
  ROLLCALL_TRY(const csv::ReaderOptions reading, reading_of(given_options.reading));
  convert::Options options{
      .dialect = reading.dialect, .limits = reading.limits, .kernel = reading.kernel};
  options.with_secrets = (given_options.flags & ROLLCALL_CONVERT_WITH_SECRETS) != 0;
  options.file_name = text_of(given_options.file_name);
  const auto* const fields = given_options.fill_fields;
  const auto* const values = given_options.fill_values;
  if (given_options.fill_count != 0 && (fields == nullptr || values == nullptr))
    return wrong_use("fill_fields or fill_values is NULL");
  for (std::size_t i = 0; i != given_options.fill_count; ++i)
    options.fillings.push_back({.field = std::string{text_of(fields[i].ptr, fields[i].len)},
                                .value = std::string{text_of(values[i].ptr, values[i].len)}});
  if (given_options.directory != nullptr) {
    DirectoryBody& directory = *given_options.directory->body;
    ROLLCALL_TRY(held.directory, InUse::take(directory.in_use(), "the directory"));
    options.host = &directory.directory();
  }
  ROLLCALL_TRY(options.map, read_map(given_options.map, held.map, seams));
  return options;
}

// ---- Tables -------------------------------------------------------------------------------------

Result<std::string_view> list_of(JsonTexts& texts, const std::vector<std::string>& words)
{
  return texts.written([&](json::Writer& writer) {
    writer.begin_list();
    for (const std::string& word : words) writer.text(word);
    writer.end_list();
  });
}

Table source_table(const rollcall_loss& of)
{
  TableBuilder table{of.engine,
                     {{"column"},
                      {"carries"},
                      {"to"},
                      {"why"},
                      {"values", number},
                      {"lost", number},
                      {"examples"}}};
  ROLLCALL_TRY(JsonTexts texts, JsonTexts::open());
  for (const convert::SourceColumn& column : of.loss.source) {
    table[0].text(column.header);
    ROLLCALL_TRY(std::string_view list, list_of(texts, column.carries));
    table[1].text(list);
    ROLLCALL_TRY(list, list_of(texts, column.to));
    table[2].text(list);
    table[3].text(slug(column.why));
    table[4].natural(column.values);
    table[5].natural(column.lost);
    ROLLCALL_TRY(list, texts.written([&](json::Writer& writer) {
      writer.begin_list();
      for (const convert::Example& example : column.examples) {
        writer.begin_object();
        writer.name("line").natural(example.line);
        writer.name("value").text(example.value);
        writer.end_object();
      }
      writer.end_list();
    }));
    table[6].text(list);
  }
  return table.finish();
}

Table target_table(const rollcall_loss& of)
{
  TableBuilder table{of.engine,
                     {{"column"},
                      {"needed", number},
                      {"written", number},
                      {"values", number},
                      {"filled", number},
                      {"missing", number}}};
  for (const convert::TargetColumn& column : of.loss.target) {
    table[0].text(column.header);
    table[1].natural(column.is_needed ? 1 : 0);
    table[2].natural(column.is_written ? 1 : 0);
    table[3].natural(column.values);
    table[4].natural(column.filled);
    table[5].natural(column.missing);
  }
  return table.finish();
}

Table remarks_table(const rollcall_loss& of)
{
  TableBuilder table{of.engine,
                     {{"side"}, {"severity"}, {"code"}, {"column"}, {"count", number}, {"lines"}}};
  ROLLCALL_TRY(JsonTexts texts, JsonTexts::open());
  for (const convert::Remark& remark : of.loss.remarks) {
    table[0].text(slug(remark.side));
    table[1].text(slug(remark.severity));
    table[2].text(remark.code);
    table[3].text_or_null(remark.column);
    table[4].natural(remark.count);
    ROLLCALL_TRY(const std::string_view lines, texts.written([&](json::Writer& writer) {
      writer.begin_list();
      for (const std::uint64_t line : remark.lines) writer.natural(line);
      writer.end_list();
    }));
    table[5].text(lines);
  }
  return table.finish();
}

Table table_of(const rollcall_loss& of, std::int32_t which)
{
  switch (which) {
    case ROLLCALL_LOSS_TABLE_SOURCE:
      return source_table(of);
    case ROLLCALL_LOSS_TABLE_TARGET:
      return target_table(of);
    case ROLLCALL_LOSS_TABLE_REMARKS:
      return remarks_table(of);
    case ROLLCALL_LOSS_TABLE_FINDINGS:
      return findings_table(of.engine, of.loss.findings);
    default:
      return wrong_use("there is no such table");
  }
}

} // namespace

rollcall_status rollcall_convert(const rollcall_schema* from, const rollcall_schema* to,
                                 rollcall_source* source, const rollcall_context* context,
                                 const rollcall_convert_options* options, rollcall_output* result,
                                 rollcall_output* report, rollcall_loss** loss,
                                 rollcall_error** err)
{
  if (loss != nullptr) *loss = nullptr;
  return call(err, [&]() -> Result<void> {
    ROLLCALL_CHECK(given(from, "from"));
    ROLLCALL_CHECK(given(to, "to"));
    ROLLCALL_CHECK(given(source, "source"));
    ROLLCALL_CHECK(given(result, "result"));
    ROLLCALL_CHECK(check_size(options, "rollcall_convert_options"));
    if (report != nullptr && report->body == result->body)
      return wrong_use("one output is given twice");
    const rollcall_convert_options copy = copied(options);
    const std::shared_ptr<Engine>& engine = from->body->engine;
    const Seams seams = engine->seams();
    Held held;
    ROLLCALL_TRY(held.source, InUse::take(source->body->in_use(), "the source"));
    ROLLCALL_TRY(convert::Options asked, options_of(copy, held, seams));
    Watcher watcher{*engine};
    watcher.watch(copy);
    asked.watcher = &watcher;
    convert::Outputs outputs;
    ROLLCALL_TRY(outputs.result, begin(result, held.result));
    ROLLCALL_TRY(outputs.report, begin(report, held.report));
    ROLLCALL_TRY(Source* const bytes, source->body->begin());
    ROLLCALL_TRY(convert::Loss done,
                 convert::convert_file(from->body->schema, to->body->schema, *bytes,
                                       context != nullptr ? context->context : Context{}, asked,
                                       outputs, seams));
    if (loss != nullptr) *loss = handle_of(engine, std::move(done)).release();
    return success();
  });
}

rollcall_status rollcall_convert_unreadable(const rollcall_schema* from, const rollcall_schema* to,
                                            const rollcall_error* why, const char* file_name,
                                            size_t file_name_len, rollcall_loss** loss,
                                            rollcall_error** err)
{
  return make(loss, err, [&]() -> Result<std::unique_ptr<rollcall_loss>> {
    ROLLCALL_CHECK(given(from, "from"));
    ROLLCALL_CHECK(given(to, "to"));
    ROLLCALL_CHECK(given(why, "why"));
    return handle_of(from->body->engine, convert::refuse_unreadable(
                                             from->body->schema, to->body->schema, error_of(*why),
                                             std::string{text_of(file_name, file_name_len)}));
  });
}

int32_t rollcall_loss_state(const rollcall_loss* loss)
{
  return loss != nullptr ? static_cast<int32_t>(loss->loss.state) : ROLLCALL_STATE_FAILED;
}

int32_t rollcall_loss_refusal(const rollcall_loss* loss)
{
  return loss != nullptr ? static_cast<int32_t>(loss->loss.refusal) : ROLLCALL_REFUSAL_NONE;
}

uint64_t rollcall_loss_count(const rollcall_loss* loss, int32_t which)
{
  if (loss == nullptr) return 0;
  const convert::Loss& of = loss->loss;
  const std::array counts = {of.rows, of.blank_rows, of.written, of.left_out, of.refused, of.bytes};
  static_assert(std::tuple_size_v<decltype(counts)> == ROLLCALL_LOSS_BYTES + 1);
  return which >= 0 && which <= ROLLCALL_LOSS_BYTES ? counts[static_cast<std::size_t>(which)] : 0;
}

rollcall_status rollcall_loss_json(const rollcall_loss* loss, rollcall_output* output,
                                   rollcall_error** err)
{
  return call(err, [&]() -> Result<void> {
    ROLLCALL_CHECK(given(loss, "loss"));
    return write_into(output, [&](Sink& sink) { return convert::write_loss(loss->loss, sink); });
  });
}

rollcall_status rollcall_loss_page(const rollcall_loss* loss, const char* nameless,
                                   size_t nameless_len, rollcall_output* output,
                                   rollcall_error** err)
{
  return call(err, [&]() -> Result<void> {
    ROLLCALL_CHECK(given(loss, "loss"));
    return write_into(output, [&](Sink& sink) {
      return convert::write_loss_page(loss->loss, text_of(nameless, nameless_len), sink);
    });
  });
}

rollcall_status rollcall_loss_table(const rollcall_loss* loss, int32_t which, rollcall_table** out,
                                    rollcall_error** err)
{
  return make(out, err, [&]() -> Table {
    ROLLCALL_CHECK(given(loss, "loss"));
    return table_of(*loss, which);
  });
}

void rollcall_loss_free(rollcall_loss* loss)
{
  delete loss;
}
