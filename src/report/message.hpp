// message.hpp: the words of what was found, straight from the facts, as long as the batch lives.
//
//   const Messages messages{schema, header};
//   TextBuffer text{memory};
//   messages.append(text, found, {row.number, row.line, judged.readings});  // one message
//   messages.append_notes(text, row, judged.readings);                      // a row's, for its
//   cell
//
// What comes out is what render_message says of finding_of the same thing. A file in which every
// cell is wrong has twenty messages a row, so nothing is allocated and templates are taken apart
// once.
#ifndef ROLLCALL_REPORT_MESSAGE_HPP
#define ROLLCALL_REPORT_MESSAGE_HPP

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "check/found.hpp"
#include "check/header.hpp"
#include "plan/row_result.hpp"
#include "report/text_buffer.hpp"
#include "rollcall/finding.hpp"
#include "schema/compiled.hpp"

namespace rollcall::report {

// What a Found does not say of itself: its row, and the faults of the reader that it may be one of
// (JudgedBatch::readings).
struct FoundIn {
  std::uint64_t number = 0;
  std::uint64_t line = 0;
  std::span<const Finding> readings = {};
};

class Messages {
 public:
  // Both outlive the messages, which may then be read by any number of threads.
  Messages(const schema::CompiledSchema& schema, const check::Header& header);

  void append(TextBuffer& text, const check::Found& found, const FoundIn& in) const;

  // The same with its column in front, unless the message names it: where no column stands beside.
  void append_note(TextBuffer& text, const check::Found& found, const FoundIn& in) const;

  // The notes of a row joined by "; ", in their order: errors first (spec/files.md). Says how many
  // bytes of it are errors, which is what error rows have.
  std::size_t append_notes(TextBuffer& text, const plan::RowResult& row,
                           std::span<const Finding> readings) const;

  // "value.email", or the schema's own code.
  [[nodiscard]] std::string_view slug(const check::Found& found) const noexcept;

  // Codes and rules in one count from 0, for who has to do with very many: which one it is, how
  // many there are, and their slugs.
  [[nodiscard]] std::size_t kind(const check::Found& found) const noexcept
  {
    const auto number = static_cast<std::size_t>(found.code);
    return found.code == Code::rule && found.rule != check::no_rule ? templates_.size() + found.rule
                                                                    : template_of_code_[number];
  }
  [[nodiscard]] std::size_t kinds() const noexcept;
  [[nodiscard]] std::string_view slug(std::size_t kind) const noexcept;

  // The header as the file has it; empty if it is about no column.
  [[nodiscard]] std::string_view column(const check::Found& found) const noexcept
  {
    return found.column < columns_.size() ? columns_[found.column].header
                                          : header_.name_of_cell(found.cell);
  }

  // What stands in the cell; empty if it is a secret.
  [[nodiscard]] std::string_view value(const check::Found& found) const noexcept
  {
    const bool is_secret = found.column < columns_.size() && columns_[found.column].is_secret;
    return is_secret ? std::string_view{} : found.value;
  }

  // A fault of the reader without its value if that may be a secret.
  [[nodiscard]] Finding reading(const Finding& reading) const;

  // As hosts get it. The byte is that of the cell, or of the row where there is none.
  [[nodiscard]] Finding finding_of(const check::Found& found, const plan::RowResult& row,
                                   const csv::RowBatch& batch,
                                   std::span<const Finding> readings) const;

 private:
  struct Column {
    std::string_view header; // as the file has it
    bool is_secret = false;
  };
  struct Piece {
    enum class Is : std::uint8_t {
      text,
      part,
      column,
      value,
      row,
      line,
      byte,
      rule,
      fact,
      nothing
    };
    Is is = Is::text;
    check::FactName fact = check::FactName::reason;
    std::uint16_t size = 0;     // of a part: how many of the pieces behind it are in it
    std::string_view text = {}; // of a name: the name
  };
  struct Template {
    std::uint32_t begin = 0, end = 0; // in pieces_
    bool names_column = false;
    std::string_view slug = {};
  };
  struct Asked;

  [[nodiscard]] static std::uint64_t line_of(const Asked& asked) noexcept;
  [[nodiscard]] static Piece piece_named(std::string_view name);
  void add_pieces(std::string_view text, bool& names_column);
  [[nodiscard]] const Template& template_of(Code code) const noexcept;
  [[nodiscard]] bool names_column(const check::Found& found, const FoundIn& in) const noexcept;
  [[nodiscard]] bool may_be_secret(std::int32_t cell) const noexcept;

  void fill(TextBuffer& text, std::span<const Piece> pieces, const Asked& asked) const;
  bool put(TextBuffer& text, const Piece& piece, const Asked& asked) const;
  static bool put_of_reading(TextBuffer& text, const Piece& piece, const Asked& asked);
  [[nodiscard]] bool has(const Piece& piece, const Asked& asked) const noexcept;

  const schema::CompiledSchema& schema_;
  const check::Header& header_;
  std::vector<Column> columns_;
  std::vector<check::Holds> holds_; // of each cell of the header
  std::vector<Piece> pieces_;
  std::vector<Template> templates_;
  std::vector<std::uint8_t> template_of_code_; // by number
};

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_MESSAGE_HPP
