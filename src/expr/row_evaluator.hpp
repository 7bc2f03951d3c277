// row_evaluator.hpp: works a program out in one row, without masks. The evaluator asks it for what
// hangs on values; the compiler for what hangs on nothing.
#ifndef ROLLCALL_EXPR_ROW_EVALUATOR_HPP
#define ROLLCALL_EXPR_ROW_EVALUATOR_HPP

#include <cstddef>
#include <memory_resource>
#include <span>
#include <string_view>
#include <vector>

#include "expr/comparing.hpp"
#include "expr/evaluator.hpp"
#include "expr/node.hpp"

namespace rollcall::expr {

// Texts that are made. They are forgotten all at once, and their memory is kept for the next ones.
class Arena {
 public:
  explicit Arena(std::pmr::memory_resource& memory) : chunks_{&memory} {}

  struct Mark {
    std::size_t chunk = 0; // that is filled now
    std::size_t used = 0;  // of it
  };

  [[nodiscard]] std::span<char> take(std::size_t bytes);
  [[nodiscard]] Mark mark() const noexcept { return at_; }
  // What was taken since then is forgotten.
  void rewind(Mark mark) noexcept { at_ = mark; }
  void forget() noexcept { at_ = Mark{}; }

 private:
  std::pmr::vector<std::pmr::vector<char>> chunks_;
  Mark at_;
};

// A row of a frame. A program that reads nothing needs none.
struct Row {
  const Frame* frame = nullptr;
  std::size_t number = 0;
};

class RowEvaluator {
 public:
  RowEvaluator(const Book::Body& book, std::pmr::memory_resource& memory)
      : book_{book}, arena_{memory}, pieces_{&memory}
  {
  }

  [[nodiscard]] Value value(NodeId id, const Row& row);
  // As a condition: null is false.
  [[nodiscard]] bool truth(NodeId id, const Row& row);
  [[nodiscard]] bool is_present(NodeId id, const Row& row)
  {
    return value(id, row).what != What::null;
  }

  // One that compares or asks about text, given the values of its children; the second one of none
  // is null.
  [[nodiscard]] bool verdict(NodeId id, const Value& left, const Value& right);

  [[nodiscard]] Arena& arena() noexcept { return arena_; }

 private:
  [[nodiscard]] Value first(NodeId id, const Row& row);
  [[nodiscard]] Value join(NodeId id, const Row& row);
  [[nodiscard]] Value text(NodeId id, const Row& row);
  void add_piece(const Value& value);
  void add_pieces(const Value& value);
  [[nodiscard]] Value joined(std::size_t from, std::string_view between);
  [[nodiscard]] std::string_view kept(std::string_view text);

  const Book::Body& book_;
  Arena arena_;
  Comparing comparing_;
  std::pmr::vector<std::string_view> pieces_; // a stack: the pieces of texts that are being made
};

} // namespace rollcall::expr

#endif // ROLLCALL_EXPR_ROW_EVALUATOR_HPP
