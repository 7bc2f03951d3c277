// arrivals.cpp: looks for cells of the one side in rows of the other.
#include "convert/arrivals.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>

namespace rollcall::tests {
namespace {

bool is_email(std::string_view text)
{
  return text.find('@') != text.npos;
}

std::string joined(const std::string& first, const std::string& last)
{
  return first + (first.empty() || last.empty() ? "" : " ") + last;
}

// The cell of a row under the column of a canonical field; empty if there is none.
std::string cell_of(const Side& side, const NamedCells& row, std::string_view field)
{
  const auto column = side.column_of.find(field);
  return column == side.column_of.end() ? "" : without_guard(row.at(std::string{column->second}));
}

// Whether the user is active, in the words of the format: where he is locked he is not.
std::optional<bool> is_active(const Side& side, const std::string& cell)
{
  if (cell.empty()) return {};
  return cell == "TRUE" || cell == (side.column_of.at("active") == "Locked" ? "n" : "y");
}

// Whether what a row says of a field stands in the row that was made of it.
bool has_arrived(const Side& from, const Side& to, std::string_view field, const NamedCells& before,
                 const NamedCells& there)
{
  const std::string was = cell_of(from, before, field);
  if (field == "active" && to.column_of.contains(field))
    return is_active(from, was) == is_active(to, cell_of(to, there, field));
  if (field == "display_name" && to.column_of.contains("first_name"))
    return was == joined(cell_of(to, there, "first_name"), cell_of(to, there, "last_name"));
  if ((field == "first_name" || field == "last_name") && to.column_of.contains("display_name"))
    return cell_of(to, there, "display_name") ==
           joined(cell_of(from, before, "first_name"), cell_of(from, before, "last_name"));
  return to.column_of.contains(field) && was == cell_of(to, there, field);
}

} // namespace

Vendor vendor_of(std::string_view id)
{
  std::vector<Vendor> all = all_vendors();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Vendor& each) { return each.schema.id == id; });
  REQUIRE(found != all.end());
  return std::move(*found);
}

std::string without_guard(const std::string& cell)
{
  const bool is_guarded = cell.size() > 1 && cell[0] == '\'' &&
                          std::string_view{"=+-@'"}.find(cell[1]) != std::string_view::npos;
  return is_guarded ? cell.substr(1) : cell;
}

std::set<std::string_view> surviving(const Side& from, const Side& to, const NamedCells& row)
{
  std::set<std::string_view> headers;
  for (const auto& [field, header] : from.column_of) {
    const bool is_there = to.column_of.contains(field);
    const std::string& cell = row.at(std::string{header});
    if (is_there && (field != "email" || is_email(cell))) headers.insert(header);
  }
  // Names are joined and taken apart. (The cells are such that this can be undone.)
  if (from.column_of.contains("display_name") && to.column_of.contains("first_name"))
    headers.insert(from.column_of.at("display_name"));
  if (from.column_of.contains("first_name") && to.column_of.contains("display_name")) {
    headers.insert(from.column_of.at("first_name"));
    headers.insert(from.column_of.at("last_name"));
  }
  return headers;
}

void check_lost(const Side& from, const Side& to, const convert::Loss& loss,
                const std::vector<NamedCells>& before, const std::vector<NamedCells>& there)
{
  REQUIRE(there.size() == before.size());
  for (const auto& column : from.cells) {
    const auto& header = column.first;
    CAPTURE(header);
    std::uint64_t values = 0;
    std::uint64_t lost = 0;
    for (std::size_t row = 0; row != before.size(); ++row) {
      const std::string& cell = before[row].at(std::string{header});
      values += cell.empty() ? 0U : 1U;
      // Who is a user need not be called one elsewhere.
      if (cell.empty() || header == "Type") continue;
      const bool is_there = std::any_of(
          from.column_of.begin(), from.column_of.end(), [&, header = header](const auto& each) {
            return each.second == header &&
                   has_arrived(from, to, each.first, before[row], there[row]);
          });
      lost += is_there ? 0U : 1U;
    }
    const auto counted =
        std::find_if(loss.source.begin(), loss.source.end(),
                     [&](const convert::SourceColumn& each) { return each.header == header; });
    REQUIRE(counted != loss.source.end());
    CHECK(counted->values == values);
    CHECK(counted->lost == lost);
  }
}

} // namespace rollcall::tests
