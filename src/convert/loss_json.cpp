// loss_json.cpp: what a conversion came to, as a line of JSON (docs/reference/convert.md).
#include "json/writer.hpp"
#include "report/finding_json.hpp"
#include "rollcall/convert.hpp"

namespace rollcall::convert {
namespace {

void put_texts(json::Writer& writer, const std::vector<std::string>& texts)
{
  writer.begin_list();
  for (const std::string& text : texts) writer.text(text);
  writer.end_list();
}

void put(json::Writer& writer, const SourceColumn& column)
{
  writer.begin_object();
  writer.name("column").text(column.header);
  writer.name("carries");
  put_texts(writer, column.carries);
  writer.name("to");
  put_texts(writer, column.to);
  writer.name("why").text(slug(column.why));
  writer.name("values").natural(column.values);
  writer.name("lost").natural(column.lost);
  writer.name("examples").begin_list();
  for (const Example& example : column.examples) {
    writer.begin_object();
    writer.name("line").natural(example.line);
    writer.name("value").text(example.value);
    writer.end_object();
  }
  writer.end_list();
  writer.end_object();
}

void put(json::Writer& writer, const TargetColumn& column)
{
  writer.begin_object();
  writer.name("column").text(column.header);
  writer.name("needed").boolean(column.is_needed);
  writer.name("written").boolean(column.is_written);
  writer.name("values").natural(column.values);
  writer.name("filled").natural(column.filled);
  writer.name("missing").natural(column.missing);
  writer.end_object();
}

void put(json::Writer& writer, const Remark& remark)
{
  writer.begin_object();
  writer.name("side").text(slug(remark.side));
  writer.name("severity").text(rollcall::slug(remark.severity));
  writer.name("code").text(remark.code);
  writer.name("column");
  if (remark.column.empty())
    writer.null();
  else
    writer.text(remark.column);
  writer.name("count").natural(remark.count);
  writer.name("lines").begin_list();
  for (const std::uint64_t line : remark.lines) writer.natural(line);
  writer.end_list();
  writer.end_object();
}

template <class Each>
void put_list(json::Writer& writer, std::string_view name, const std::vector<Each>& all)
{
  writer.name(name).begin_list();
  for (const Each& each : all) put(writer, each);
  writer.end_list();
}

} // namespace

Result<void> write_loss(const Loss& loss, Sink& sink)
{
  return guarded([&]() -> Result<void> {
    ROLLCALL_TRY(auto writer, json::Writer::open(sink));
    writer.begin_object();
    writer.name("convert").begin_object();
    writer.name("from").text(loss.from);
    writer.name("to").text(loss.to);
    writer.name("state").text(rollcall::slug(loss.state));
    writer.name("rows").natural(loss.rows);
    writer.name("blank_rows").natural(loss.blank_rows);
    writer.name("written").natural(loss.written);
    writer.name("left_out").natural(loss.left_out);
    writer.name("refused").natural(loss.refused);
    writer.name("file").text(loss.file);
    writer.name("bytes").natural(loss.bytes);
    writer.name("encoding").text(csv::slug(loss.dialect.encoding));
    const char separator = loss.dialect.separator();
    writer.name("delimiter").text({&separator, 1});
    put_list(writer, "source", loss.source);
    put_list(writer, "target", loss.target);
    put_list(writer, "remarks", loss.remarks);
    writer.name("findings");
    report::put_findings(writer, loss.findings);
    writer.end_object();
    writer.end_object();
    writer.end_line();
    return writer.finish();
  });
}

} // namespace rollcall::convert
