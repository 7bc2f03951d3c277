// inspect.cpp: judges the text of cells one by one; only batches that may have
// something wrong come here.
#include "csv/inspect.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

#include "base/simdjson_choice.hpp"
#include "base/utf8.hpp"
#include "csv/cell.hpp"

namespace rollcall::csv {
namespace {

constexpr std::size_t none = std::string_view::npos;

// Every processor that we build for has vectors of this size.
using Bytes = unsigned char __attribute__((vector_size(16)));

Bytes load(const char* at) noexcept
{
  Bytes bytes;
  std::memcpy(&bytes, at, sizeof bytes);
  return bytes;
}

bool has_ones(const Bytes& bytes) noexcept
{
  std::array<std::uint64_t, 2> halves;
  std::memcpy(halves.data(), &bytes, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

// Whether there is a C1 control character: 0xC2, then 0x80 to 0x9F. Many texts have 0xC2 nowhere,
// and some have it everywhere, in "£" or "°": where one is found the stretch behind it is looked at
// by vectors.
bool has_c1(std::string_view text) noexcept
{
  constexpr std::size_t stretch = 64 * sizeof(Bytes);
  const auto is_c1 = [](unsigned char lead, unsigned char next) {
    return lead == 0xC2 && next >= 0x80 && next < 0xA0;
  };
  std::size_t at = 0;
  while ((at = text.find('\xC2', at)) != none) {
    const char* const from = text.data() + at;
    const std::size_t size = std::min(stretch, text.size() - at - 1); // a byte follows
    Bytes found = {};
    std::size_t done = 0;
    for (; done + sizeof(Bytes) <= size; done += sizeof(Bytes)) {
      const auto is_lead = static_cast<Bytes>(load(from + done) == 0xC2);
      found |= is_lead & static_cast<Bytes>((load(from + done + 1) & 0xE0) == 0x80);
    }
    bool is_found = has_ones(found);
    for (; done != size; ++done)
      is_found |=
          is_c1(static_cast<unsigned char>(from[done]), static_cast<unsigned char>(from[done + 1]));
    if (is_found) return true;
    at += size;
    if (at + 1 >= text.size()) return false;
  }
  return false;
}

// Whether there is nothing in a cell of a text but what ASCII can print. Looks at what stands
// behind the cell, too: there is always as much as a vector has.
bool is_plain(std::string_view cell) noexcept
{
  constexpr Bytes lanes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  const auto others = [](const char* at) {
    const Bytes bytes = load(at);
    return static_cast<Bytes>(bytes < ' ') | static_cast<Bytes>(bytes > '~');
  };
  Bytes found = {};
  std::size_t at = 0;
  for (; at + sizeof(Bytes) < cell.size(); at += sizeof(Bytes)) found |= others(cell.data() + at);
  const auto rest = static_cast<unsigned char>(cell.size() - at);
  found |= others(cell.data() + at) & static_cast<Bytes>(lanes < rest);
  return !has_ones(found);
}

// Category Cc, but for tab; and line ends, which stand in cells only within quotes (spec E9).
std::size_t find_control(std::string_view cell) noexcept
{
  for (std::size_t at = 0; at != cell.size(); ++at) {
    const auto c = static_cast<unsigned char>(cell[at]);
    const bool is_c0 = c < 0x20 && c != '\t' && c != '\n' && c != '\r';
    if (is_c0 || c == 0x7F) return at;
    if (c == 0xC2 && at + 1 != cell.size() && static_cast<unsigned char>(cell[at + 1]) < 0xA0)
      return at;
  }
  return none;
}

class Inspector {
 public:
  Inspector(const Layout& layout, std::uint64_t field_bytes_max)
      : batch_{layout}, field_bytes_max_{field_bytes_max}
  {
  }

  // The flaw of a cell by its text, if it has one.
  std::optional<Flaw> flaw_of(std::size_t row, std::size_t number)
  {
    const std::string_view cell = batch_.cell(row, number);
    if (cell.size() <= field_bytes_max_ && is_plain(cell)) return {};
    Flaw flaw{Code::text_encoding, static_cast<std::uint32_t>(row),
              static_cast<std::int32_t>(number),
              static_cast<std::uint32_t>(cell.data() - batch_.text().data())};
    if (const std::size_t bad = find_invalid_utf8(cell); bad != none) {
      flaw.place += static_cast<std::uint32_t>(bad);
      return flaw;
    }
    if (cell.size() > field_bytes_max_ && value_bytes(cell, batch_.dialect()) > field_bytes_max_) {
      flaw.code = Code::csv_field_too_large;
      return flaw;
    }
    if (const std::size_t at = find_control(cell); at != none) {
      flaw.code = Code::text_control_character;
      flaw.place += static_cast<std::uint32_t>(at);
      return flaw;
    }
    return {};
  }

  [[nodiscard]] const RowBatch& batch() const { return batch_; }

 private:
  RowBatch batch_;
  std::uint64_t field_bytes_max_;
};

bool is_repaired(const Flaw& flaw) noexcept
{
  return flaw.code == Code::csv_repaired;
}

// A row that cannot be read has no other finding (spec E10): neither what was repaired in it, nor
// that it has too many cells.
void finish_row(const std::optional<Flaw>& extra_cells, std::size_t flaws_before,
                std::pmr::vector<Flaw>& flaws)
{
  const auto begin = flaws.begin() + static_cast<std::ptrdiff_t>(flaws_before);
  const bool is_readable = std::all_of(begin, flaws.end(), is_repaired);
  if (is_readable && !extra_cells) return;
  flaws.erase(std::remove_if(begin, flaws.end(), is_repaired), flaws.end());
  if (is_readable) flaws.push_back(*extra_cells);
}

} // namespace

bool has_bad_text(std::string_view text) noexcept
{
  return !best_implementation().validate_utf8(text.data(), text.size()) || has_c1(text);
}

std::size_t inspect(const Layout& layout, std::span<const Flaw> known,
                    std::uint64_t field_bytes_max, std::pmr::vector<Flaw>& flaws)
{
  Inspector inspector{layout, field_bytes_max};
  flaws.clear();
  std::size_t at = 0; // in `known`
  for (std::size_t row = 0; row != layout.row_count; ++row) {
    if (flaws.size() >= flaws_max) return row;
    std::optional<Flaw> extra_cells; // told only of a row whose cells could be read (spec E10)
    if (at != known.size() && known[at].row == row && known[at].cell < 0) {
      const Flaw& whole = known[at++];
      if (whole.code != Code::row_extra_cells) {
        flaws.push_back(whole);
        continue;
      }
      extra_cells = whole;
    }
    const std::size_t flaws_before = flaws.size();
    for (std::size_t cell = 0; cell != inspector.batch().cells(row); ++cell) {
      const bool is_known = at != known.size() && known[at].row == row &&
                            known[at].cell == static_cast<std::int32_t>(cell);
      if (is_known && known[at].code != Code::csv_repaired) {
        flaws.push_back(known[at++]);
      } else if (const auto flaw = inspector.flaw_of(row, cell)) {
        flaws.push_back(*flaw);
        at += is_known ? 1 : 0;
      } else if (is_known) {
        flaws.push_back(known[at++]);
      }
    }
    if (extra_cells || flaws.size() != flaws_before) finish_row(extra_cells, flaws_before, flaws);
  }
  return layout.row_count;
}

} // namespace rollcall::csv
