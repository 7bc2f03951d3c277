// rows_json.cpp: the two lines of JSON that say how a CSV was read.
#include "report/rows_json.hpp"

#include "report/finding_json.hpp"

namespace rollcall::report {
namespace {

void put_if_known(json::Writer& writer, std::string_view name, std::string_view text)
{
  writer.name(name);
  if (text.empty())
    writer.null();
  else
    writer.text(text);
}

} // namespace

void put_row(json::Writer& writer, const csv::RowBatch& batch, std::size_t row, std::uint64_t line,
             std::span<const Finding> findings, std::string& scratch)
{
  writer.begin_object();
  writer.name("row").natural(batch.number(row));
  writer.name("line").natural(line);
  writer.name("cells").begin_list();
  const std::size_t cells = batch.cells(row);
  for (std::size_t cell = 0; cell != cells; ++cell) writer.text(batch.value(row, cell, scratch));
  writer.end_list();
  writer.name("findings");
  put_findings(writer, findings);
  writer.end_object();
  writer.end_line();
}

void put_file(json::Writer& writer, const RowsSummary& file)
{
  const auto& delimiter = file.dialect.delimiter;
  writer.begin_object();
  writer.name("file").begin_object();
  put_if_known(writer, "name", file.file_name);
  writer.name("bytes");
  if (file.bytes)
    writer.natural(*file.bytes);
  else
    writer.null();
  put_if_known(writer, "sha256", file.sha256);
  put_if_known(writer, "encoding", delimiter ? slug(file.dialect.encoding) : "");
  put_if_known(writer, "delimiter", delimiter ? std::string_view{&*delimiter, 1} : "");
  writer.name("columns").natural(file.columns);
  writer.name("rows").natural(file.rows);
  writer.name("blank_rows").natural(file.blank_rows);
  writer.name("counts").begin_object();
  for (const auto& [slug, count] : file.counts.by_slug()) writer.name(slug).natural(count);
  writer.end_object();
  writer.name("findings");
  put_findings(writer, file.findings);
  writer.end_object();
  writer.end_object();
  writer.end_line();
}

} // namespace rollcall::report
