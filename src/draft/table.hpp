// table.hpp: a CSV in memory as a head and rows, each with its own bytes, so that what nobody has
// touched is written as it was read.
//
// The bytes of a row go on to where the next one begins: its line end and the blank lines behind it
// are part of it. The head is all before the first row. Rows are never changed, only replaced, and
// one that is no longer in its order is kept until nobody can take it back.
#ifndef ROLLCALL_DRAFT_TABLE_HPP
#define ROLLCALL_DRAFT_TABLE_HPP

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "draft/long_list.hpp"
#include "draft/row_order.hpp"
#include "rollcall/csv.hpp"
#include "rollcall/csv_writer.hpp"
#include "rollcall/finding.hpp"
#include "rollcall/job_watcher.hpp"
#include "rollcall/seams.hpp"
#include "schema/compiled.hpp"

namespace rollcall::draft {

// Where a row stands in the text: rows and lines count from 1.
struct Where {
  std::uint64_t number = 0;
  std::uint64_t line = 0;
  std::uint64_t byte = 0;
};

// What stands where in a row.
struct RowParts {
  struct Part {
    std::size_t begin = 0, end = 0;
  };
  std::vector<Part> cells; // with their quotes; none of a row that is blank
  std::size_t end = 0;     // of what it says: from there on there are line ends
  bool is_blank = false;
  bool is_open = false;  // a quote is never closed: what came behind it would be part of it
  bool is_whole = false; // it is one row, or a blank one
};

class Table {
 public:
  // A dialect without quotes, or with an escape, is `unsupported`. The watcher may be null.
  [[nodiscard]] static Result<Table> load(Source& source, const schema::CompiledSchema& schema,
                                          const csv::Dialect& dialect, const Limits& limits,
                                          csv::Kernel kernel, JobWatcher* watcher,
                                          std::pmr::memory_resource& memory);

  Table(Table&&) noexcept = default;
  ~Table();

  // Why the file is refused as it is read; there are no rows then.
  [[nodiscard]] const std::optional<Finding>& refusal() const noexcept { return refusal_; }
  [[nodiscard]] bool has_header() const noexcept { return has_header_; }
  [[nodiscard]] const csv::Dialect& dialect() const noexcept { return dialect_; }
  [[nodiscard]] const Limits& limits() const noexcept { return limits_; }
  [[nodiscard]] csv::ReaderOptions reader_options() const;
  [[nodiscard]] std::string_view head() const noexcept { return head_; }
  [[nodiscard]] const RowOrder& order() const noexcept { return order_; }
  [[nodiscard]] std::uint64_t bytes() const noexcept
  {
    return head_.size() + order_.extent().bytes;
  }

  [[nodiscard]] std::string_view text(RowId row) const noexcept { return rows_[row].text; }
  [[nodiscard]] bool is_blank(RowId row) const noexcept { return rows_[row].extent.rows == 0; }
  [[nodiscard]] bool is_open(RowId row) const noexcept { return rows_[row].is_open; }
  [[nodiscard]] bool has_line_end(RowId row) const noexcept;
  [[nodiscard]] std::uint64_t lines(RowId row) const noexcept { return rows_[row].extent.lines; }
  [[nodiscard]] std::uint64_t head_lines() const noexcept { return head_lines_; }
  // Ids are below this.
  [[nodiscard]] RowId ids() const noexcept { return static_cast<RowId>(rows_.size()); }
  [[nodiscard]] Where where(RowId row) const noexcept;
  [[nodiscard]] Result<RowParts> parts(std::string_view text) const;

  // A cell as it would be written, and a row of such cells with its line end. Of secrets every sign
  // counts, so they have no guard.
  [[nodiscard]] Result<std::string> written(std::string_view value, bool is_secret) const;
  [[nodiscard]] std::string_view line_end() const noexcept { return line_end_; }

  // Makes a row that is not in the order yet. One that would be several is wrong_use.
  [[nodiscard]] Result<RowId> make(std::string_view text);
  void release(RowId row) noexcept;
  [[nodiscard]] std::size_t bytes_of(RowId row) const noexcept
  {
    return sizeof(Row) + (rows_[row].is_own ? rows_[row].text.size() : 0);
  }

  // Puts rows in the place of some; those stay, and somebody may put them back. Throws bad_alloc,
  // and nothing has changed; never if there are no more than before.
  void replace(std::size_t position, std::size_t count, std::span<const RowId> rows);
  // A head that ends without a line end gets one, once there are rows. Throws bad_alloc.
  void end_head();

 private:
  struct Row {
    std::string_view text = {};
    Extent extent = {};
    bool is_own = false; // it was made, and its text with it
    bool is_open = false;
  };

  Table(const csv::Dialect& dialect, const Limits& limits, csv::Kernel kernel,
        std::pmr::memory_resource& memory);
  [[nodiscard]] Result<void> read(Source& source, JobWatcher* watcher);
  [[nodiscard]] Result<void> find_rows(const schema::CompiledSchema& schema, JobWatcher* watcher);
  [[nodiscard]] Result<void> add_rows(const csv::RowBatch& batch, std::vector<RowId>& open);
  [[nodiscard]] std::string_view file() const noexcept { return {file_.data(), file_.size()}; }
  [[nodiscard]] RowId add(const Row& row);
  void finish_row(RowId row, std::size_t end);

  csv::Dialect dialect_;
  Limits limits_;
  csv::Kernel kernel_;
  std::pmr::memory_resource* memory_;
  std::pmr::vector<char> file_; // as it was read, in UTF-8
  std::string head_;
  std::uint64_t head_lines_ = 0;
  std::string line_end_ = "\r\n";
  LongList<Row> rows_;
  std::pmr::vector<RowId> free_;
  RowOrder order_;
  std::optional<Finding> refusal_;
  bool has_header_ = false;
};

// The whole of it, or its head and some of its rows, as a file. The table stays as it is meanwhile.
class TableSource final : public Source {
 public:
  explicit TableSource(const Table& table) noexcept : table_{&table} {}
  // The rows come in their order, and stay.
  TableSource(const Table& table, std::span<const RowId> rows) noexcept
      : table_{&table}, some_{rows}
  {
  }

  [[nodiscard]] Result<std::size_t> read(std::span<std::byte> into) override;
  [[nodiscard]] std::optional<std::uint64_t> size() const override;
  [[nodiscard]] Result<void> rewind() override;

 private:
  [[nodiscard]] std::size_t count() const noexcept;

  const Table* table_;
  std::optional<std::span<const RowId>> some_;
  std::size_t at_ = 0;       // 0: the head; then rows
  std::size_t done_ = 0;     // bytes of it
  std::vector<RowId> ahead_; // of the whole: rows that come next
  std::size_t ahead_first_ = 0;
};

} // namespace rollcall::draft

#endif // ROLLCALL_DRAFT_TABLE_HPP
