// compile_outputs.cpp: who may do what, and what goes out: results, exports, the page of a job.
#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

#include "schema/compiling.hpp"

namespace rollcall::schema {
namespace {

// The columns that our own result files add, in every format (spec E13).
constexpr std::array<std::string_view, 7> result_headers = {"Change OK", "Notes",  "Errors",  "Row",
                                                            "Line",      "Status", "Messages"};

} // namespace

void Compiling::compile_outputs()
{
  check_file();
  compile_roles();
  compile_key();
  const ResultFile& result = schema().result;
  made.result = compile_cells("result.columns", result.columns, places::result);
  made.job_page = compile_cells("job_page", schema().job_page, places::job_page);
  for (const std::string_view header : result_headers)
    made.result_headers_.insert(folded_header(header));
  for (std::size_t i = 0; i != result.columns.size(); ++i) {
    std::string folded = folded_header(result.columns[i].header);
    if (result.source_columns && made.column_of_header_.contains(folded))
      faults.add("result." + at("columns", i) + ".header",
                 "'" + result.columns[i].header + "' is a column of the file as well");
    made.result_headers_.insert(std::move(folded));
  }
  if (!result.source_columns && result.columns.empty())
    faults.add("result.columns", "a result without the file's columns has its own");
  if (schema().exports) compile_export();
}

void Compiling::check_file()
{
  const FileChecks& file = schema().file;
  for (std::size_t i = 0; i != file.suffixes.size(); ++i)
    if (file.suffixes[i].size() < 2 || file.suffixes[i].front() != '.')
      faults.add("file." + at("suffixes", i), "a suffix begins with a point: .csv");
}

void Compiling::compile_roles()
{
  const auto& all = schema().roles;
  if (all.empty()) faults.add("roles", "without one nobody may do anything");
  Numbers names;
  for (std::size_t i = 0; i != all.size(); ++i) {
    const Role& role = all[i];
    const std::string path = at("roles", i);
    if (role.name.empty())
      faults.add(path + ".name", "a name is needed");
    else
      is_new(names, path + ".name", role.name, i);
    CompiledRole into;
    into.role = &role;
    into.is = condition_if_any(path + ".is", role.is, places::before_file);
    std::set<Action> seen;
    for (std::size_t a = 0; a != role.may.size(); ++a)
      if (!seen.insert(role.may[a]).second)
        faults.add(path + "." + at("may", a), "stands there twice");
    if (seen.contains(Action::export_) && !schema().exports)
      faults.remark(path + ".may", "there is no export to be allowed");
    made.roles.push_back(into);
  }
}

void Compiling::compile_key()
{
  made.key_column = column_named("key", schema().key);
  if (made.key_column == none) {
    if (schema().key.empty() && !made.objects.empty())
      made.key_column = made.objects.front().key_column;
  } else if (made.columns[made.key_column].is_secret) {
    faults.add("key", "no row is named by a secret");
  }
}

std::vector<CompiledCell> Compiling::compile_cells(const std::string& path,
                                                   const std::vector<Cell>& cells,
                                                   const Place& place)
{
  std::vector<CompiledCell> compiled;
  std::set<std::string> headers;
  for (std::size_t i = 0; i != cells.size(); ++i) {
    const std::string here = at(path, i);
    std::string folded = folded_header(cells[i].header);
    if (folded.empty())
      faults.add(here + ".header", "a header is more than blanks, dashes and underscores");
    else if (!headers.insert(std::move(folded)).second)
      faults.add(here + ".header", "'" + cells[i].header + "' is there already");
    compiled.push_back({cells[i].header, scalar(here + ".value", cells[i].value, place)});
  }
  return compiled;
}

void Compiling::compile_export()
{
  const Export& exports = *schema().exports;
  CompiledExport into;
  into.kind = kind_named("exports.kind", exports.kind);
  if (into.kind == none) return;
  Place place = places::exported;
  place.kind = into.kind;
  into.filter = condition_unless_always("exports.filter", exports.filter, place);
  const std::uint16_t order = field_named("exports.order", into.kind, exports.order);
  if (order != none) into.order = {into.kind, order};
  if (into.order.is_any() && field(into.order).is_secret)
    faults.add("exports.order", "nothing is sorted by a secret");
  if (exports.file_name.empty()) faults.add("exports.file_name", "a name is needed");

  std::vector<std::string> texts(schema().columns.size());
  std::vector<std::string> paths(schema().columns.size(), "exports.cells");
  for (std::size_t i = 0; i != exports.cells.size(); ++i) {
    const std::string here = "exports." + at("cells", i);
    const Set& cell = exports.cells[i];
    if (cell.field.empty()) faults.add(here + ".field", "a column is needed");
    const std::uint16_t column = column_named(here + ".field", cell.field);
    if (column == none) continue;
    if (!texts[column].empty())
      faults.add(here + ".field", "'" + cell.field + "' is there already");
    texts[column] = cell.value.empty() ? "object." + cell.field : cell.value;
    paths[column] = here + ".value";
  }
  std::string lacking;
  for (std::size_t i = 0; i != texts.size(); ++i) {
    const std::string& name = schema().columns[i].field;
    const bool is_field =
        name == made.kinds[into.kind].key.name || fields[into.kind].contains(name);
    if (texts[i].empty() && made.columns[i].is_secret) texts[i] = "null"; // spec section 7
    if (texts[i].empty() && is_field && columns.contains(name)) texts[i] = "object." + name;
    if (texts[i].empty()) {
      if (columns.contains(name)) lacking += (lacking.empty() ? "" : ", ") + name;
      texts[i] = "null";
    }
    into.cells.push_back(scalar(paths[i], texts[i], place));
  }
  if (!lacking.empty()) faults.add("exports.cells", "nothing says what is exported as " + lacking);
  made.exports = std::move(into);
}

} // namespace rollcall::schema
