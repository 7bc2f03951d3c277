// excerpt.cpp: lays cells out on a line: the one that is meant first, then as much as fits around
// it.
#include "report/excerpt.hpp"

#include <algorithm>
#include <string_view>

#include "base/message_template.hpp"
#include "base/unicode.hpp"
#include "base/utf8.hpp"
#include "check/found.hpp"
#include "csv/cell.hpp"

namespace rollcall::report {
namespace {

constexpr std::string_view left_out = "...";

struct Shown {
  std::string text;
  std::size_t width = 0;

  void append(std::string_view more)
  {
    text.append(more);
    width += display_width(more);
  }
};

// As people write it: what ends a line or moves the cursor has a name of its own.
void append_sign(Shown& out, const Decoded& next, std::string_view bytes)
{
  if (!next.is_valid)
    for (const char byte : bytes) append_escape(out, static_cast<unsigned char>(byte));
  else if (is_shown_as_escape(next.code_point))
    append_escape(out, next.code_point);
  else
    out.append(bytes);
}

// All of a text, or as much of it as fits in front of the sign that something is left out.
Shown show(std::string_view text, std::size_t columns)
{
  Shown out;
  Shown cut;
  while (!text.empty()) {
    const Decoded next = decode_next(text);
    append_sign(out, next, text.substr(0, next.bytes));
    text.remove_prefix(next.bytes);
    if (out.width > columns) {
      cut.append(left_out);
      return cut;
    }
    if (out.width + left_out.size() <= columns) cut = out;
  }
  return out;
}

// A tab as an arrow: as a blank nobody would see it, and as an escape it looks like a word.
Shown delimiter_of(const csv::Dialect& dialect)
{
  const char sign = dialect.separator();
  if (sign != '\t') return show({&sign, 1}, 1);
  return {.text = "\u2192", .width = 1};
}

class Layout {
 public:
  Layout(const csv::RowBatch& batch, std::size_t row, const SecretCells& secrets,
         std::size_t columns, bool is_rejected)
      : batch_{batch},
        row_{row},
        secrets_{secrets},
        about_{secrets.look_at(batch, row, is_rejected)},
        columns_{columns},
        delimiter_{delimiter_of(batch.dialect())}
  {
  }

  // `cell` is one that the row has. Half of the room is for what stands before it, if need be.
  Excerpt around(std::size_t cell)
  {
    const std::size_t room = fits() ? columns_ : columns_ - 2 * margin();
    const Shown meant = shown(cell, room);
    first_ = last_ = cell;
    used_ = meant.width;
    add_before(used_ + (room - used_) / 2);
    add_behind(room);
    add_before(room);
    if (first_ != 0) before_.insert(0, std::string{left_out} + delimiter_.text);
    if (last_ + 1 != batch_.cells(row_)) behind_.append(delimiter_.text).append(left_out);
    return {.text = before_ + meant.text + behind_,
            .begin = display_width(before_),
            .width = std::max<std::size_t>(meant.width, 1),
            .byte = before_.size(),
            .bytes = meant.text.size()};
  }

 private:
  // Room for what says that something is left out.
  [[nodiscard]] std::size_t margin() const noexcept { return left_out.size() + delimiter_.width; }

  // Does the whole row?
  [[nodiscard]] bool fits() const
  {
    std::size_t width = 0;
    for (std::size_t cell = 0; cell != batch_.cells(row_) && width <= columns_; ++cell)
      width += shown(cell, 2 * columns_).width + (cell != 0 ? delimiter_.width : 0);
    return width <= columns_;
  }

  void add_before(std::size_t room)
  {
    while (first_ != 0) {
      const Shown more = shown(first_ - 1, columns_);
      if (used_ + more.width + delimiter_.width > room) return;
      before_.insert(0, more.text + delimiter_.text);
      used_ += more.width + delimiter_.width;
      --first_;
    }
  }

  void add_behind(std::size_t room)
  {
    while (last_ + 1 != batch_.cells(row_)) {
      const Shown more = shown(last_ + 1, columns_);
      if (used_ + more.width + delimiter_.width > room) return;
      behind_.append(delimiter_.text).append(more.text);
      used_ += more.width + delimiter_.width;
      ++last_;
    }
  }

  [[nodiscard]] Shown shown(std::size_t cell, std::size_t columns) const
  {
    const std::string_view raw = batch_.cell(row_, cell);
    const bool may_be_shown =
        secrets_.may_show(batch_, row_, about_, cell) && !secrets_.may_be_anything(cell);
    const bool is_shown = may_be_shown || csv::is_blank_cell(raw, batch_.dialect());
    return show(is_shown ? raw : check::hidden_value, columns);
  }

  const csv::RowBatch& batch_;
  std::size_t row_;
  const SecretCells& secrets_;
  SecretCells::Row about_;
  std::size_t columns_;
  Shown delimiter_;
  std::size_t first_ = 0, last_ = 0; // of the cells that are shown
  std::size_t used_ = 0;             // columns
  std::string before_, behind_;
};

} // namespace

Excerpt make_excerpt(const csv::RowBatch& batch, std::size_t row, std::int32_t cell,
                     const SecretCells& secrets, std::size_t columns, bool is_rejected)
{
  Layout layout{batch, row, secrets, std::max<std::size_t>(columns, 40), is_rejected};
  const std::size_t cells = batch.cells(row);
  const auto index = static_cast<std::size_t>(cell);
  if (cell >= 0 && index < cells) return layout.around(index);
  Excerpt made = layout.around(cell < 0 ? 0 : cells - 1);
  made.begin = cell < 0 ? 0 : display_width(made.text);
  made.width = cell < 0 ? 0 : 1;
  made.byte = cell < 0 ? 0 : made.text.size();
  made.bytes = 0;
  return made;
}

} // namespace rollcall::report
