// body.hpp: a draft behind its public face: the table, its history, and what is said of it.
#ifndef ROLLCALL_DRAFT_BODY_HPP
#define ROLLCALL_DRAFT_BODY_HPP

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "draft/history.hpp"
#include "draft/row_text.hpp"
#include "draft/table.hpp"
#include "draft/verdicts.hpp"
#include "rollcall/draft.hpp"

namespace rollcall {

class Draft::Body {
 public:
  Body(schema::CompiledSchema&& schema, draft::Table&& table, Directory& directory,
       const Context& context, const DraftOptions& options, const Seams& seams, const SipKey& key)
      : schema_{std::move(schema)},
        table_{std::move(table)},
        directory_{directory},
        context_{context},
        seams_{seams},
        key_{key},
        watcher_{options.watcher},
        history_{table_, options.undo_bytes},
        row_text_{table_, is_secret_}
  {
  }

  [[nodiscard]] Result<void> refresh();

  [[nodiscard]] const draft::Table& table() const noexcept { return table_; }
  [[nodiscard]] const draft::Verdicts& verdicts() const noexcept { return *verdicts_; }
  [[nodiscard]] const std::vector<DraftColumn>& columns() const noexcept { return columns_; }
  [[nodiscard]] draft::History& history() noexcept { return history_; }
  [[nodiscard]] Result<DraftCells> cells(std::size_t row) const;
  [[nodiscard]] Result<std::string> cell(std::size_t row, std::size_t column) const;

  [[nodiscard]] Result<void> set(std::span<const CellEdit> edits);
  [[nodiscard]] Result<void> put(std::size_t row, std::size_t column, bool over,
                                 std::span<const DraftCells> cells);
  [[nodiscard]] Result<void> remove(std::size_t row, std::size_t count);
  [[nodiscard]] Result<bool> undo();
  [[nodiscard]] Result<bool> redo();

  [[nodiscard]] Result<std::vector<std::size_t>> check();
  [[nodiscard]] Result<DraftRow> row(std::size_t row);
  [[nodiscard]] Result<DraftCounts> counts();
  [[nodiscard]] Result<std::vector<DraftFinding>> findings(std::size_t row, std::size_t count);
  [[nodiscard]] Result<std::optional<std::string>> given_key(std::size_t row);
  [[nodiscard]] Result<std::optional<std::string>> drawn(std::size_t row, std::size_t column);

 private:
  class Made;

  [[nodiscard]] std::size_t rows() const noexcept { return table_.order().size(); }
  [[nodiscard]] Result<void> check_block(std::size_t column,
                                         std::span<const DraftCells> cells) const;
  [[nodiscard]] Result<void> check_quotes(const draft::Splice& splice) const;
  [[nodiscard]] Result<void> check_limits(const draft::Step& step) const;
  [[nodiscard]] Result<void> edit(Made& made, draft::Step&& step);
  void splice(const draft::Splice& splice, bool back);

  schema::CompiledSchema schema_;
  draft::Table table_;
  Directory& directory_;
  Context context_;
  Seams seams_;
  SipKey key_;
  JobWatcher* watcher_;
  std::vector<DraftColumn> columns_;
  std::vector<bool> is_secret_;
  std::unique_ptr<draft::Verdicts> verdicts_;
  draft::History history_;
  draft::RowText row_text_;
};

} // namespace rollcall

#endif // ROLLCALL_DRAFT_BODY_HPP
