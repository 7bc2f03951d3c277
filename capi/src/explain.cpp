// What codes mean and what limits there are, as tables and pages.
#include "rollcall/explain.h"

#include "output.hpp"
#include "rollcall/code.hpp"
#include "rollcall/limits.hpp"
#include "schema.hpp"
#include "table.hpp"

using namespace rollcall;
using namespace rollcall::capi;

namespace {

using Table = Result<std::unique_ptr<rollcall_table>>;

Result<std::string> page_of(std::string_view slug, const rollcall_schema* schema)
{
  if (const auto code = code_of(slug)) return explain(*code);
  if (schema != nullptr) {
    std::string page = schema::explain(schema->body->schema, slug);
    if (!page.empty()) return page;
  }
  return Error{ErrorCode::not_found, std::string{"there is no code '"}.append(slug).append("'")};
}

} // namespace

rollcall_status rollcall_codes(const rollcall_engine* engine, rollcall_table** out,
                               rollcall_error** err)
{
  return make(out, err, [&]() -> Table {
    ROLLCALL_CHECK(given(engine, "engine"));
    TableBuilder table{
        engine->engine,
        {{"number", ColumnIs::natural}, {"code"}, {"severity"}, {"message"}, {"mend"}}};
    for (const Code code : all_codes()) {
      table[0].natural(static_cast<std::uint64_t>(code));
      table[1].text(slug(code));
      table[2].text(slug(severity(code)));
      table[3].text(message_template(code));
      table[4].text(mend(code));
    }
    return table.finish();
  });
}

rollcall_status rollcall_explain(const rollcall_engine* engine, const rollcall_schema* schema,
                                 const char* code, size_t code_len, rollcall_output* output,
                                 rollcall_error** err)
{
  return call(err, [&]() -> Result<void> {
    ROLLCALL_CHECK(given(engine, "engine"));
    ROLLCALL_TRY(const std::string page, page_of(text_of(code, code_len), schema));
    return write_into(output, [&](Sink& sink) { return sink.write(page); });
  });
}

rollcall_status rollcall_explain_status(const rollcall_engine* engine, rollcall_status status,
                                        rollcall_output* output, rollcall_error** err)
{
  return call(err, [&]() -> Result<void> {
    ROLLCALL_CHECK(given(engine, "engine"));
    const std::string page = explain(static_cast<ErrorCode>(status));
    if (page.empty())
      return Error{ErrorCode::not_found, "there is no error " + std::to_string(status)};
    return write_into(output, [&](Sink& sink) { return sink.write(page); });
  });
}

rollcall_status rollcall_limits(const rollcall_engine* engine, rollcall_table** out,
                                rollcall_error** err)
{
  return make(out, err, [&]() -> Table {
    ROLLCALL_CHECK(given(engine, "engine"));
    TableBuilder table{engine->engine,
                       {{"name"},
                        {"about"},
                        {"unit"},
                        {"default", ColumnIs::natural},
                        {"cap", ColumnIs::natural}}};
    for (const Limit& limit : all_limits()) {
      table[0].text(limit.name);
      table[1].text(limit.about);
      table[2].text(limit.unit);
      table[3].natural(Limits{}.*limit.value);
      table[4].natural_or_null(limit.cap);
    }
    return table.finish();
  });
}
