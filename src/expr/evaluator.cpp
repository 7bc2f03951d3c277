// Conditions over the rows of a batch. `and`, `or`, presence and truth are operations on words of
// 64 rows; only what hangs on values looks at rows, and only at those that are still in question.
#include "expr/evaluator.hpp"

#include <algorithm>
#include <bit>

#include "expr/row_evaluator.hpp"

namespace rollcall::expr {
namespace {

// Masks that are needed for a moment. Their memory is kept.
class MaskPool {
 public:
  explicit MaskPool(std::pmr::memory_resource& memory) : masks_{&memory} {}

  Mask take(std::size_t words)
  {
    if (used_ == masks_.size()) masks_.emplace_back();
    masks_[used_].assign(words, 0);
    return masks_[used_++];
  }

  void give_back() noexcept { --used_; }

 private:
  std::pmr::vector<std::pmr::vector<std::uint64_t>> masks_;
  std::size_t used_ = 0;
};

// A mask without a row in it, for as long as a scope lasts.
class Temporary {
 public:
  Temporary(MaskPool& pool, std::size_t words) : pool_{pool}, mask_{pool.take(words)} {}
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary() { pool_.give_back(); }

  [[nodiscard]] Mask mask() const noexcept { return mask_; }

 private:
  MaskPool& pool_;
  Mask mask_;
};

void copy(ConstMask from, Mask into) noexcept
{
  if (from.data() != into.data()) std::copy(from.begin(), from.end(), into.begin());
}

void clear(Mask mask) noexcept
{
  std::fill(mask.begin(), mask.end(), 0);
}

void keep(Mask mask, ConstMask those) noexcept
{
  for (std::size_t i = 0; i != mask.size(); ++i) mask[i] &= those[i];
}

void drop(Mask mask, ConstMask those) noexcept
{
  for (std::size_t i = 0; i != mask.size(); ++i) mask[i] &= ~those[i];
}

void add(Mask mask, ConstMask those) noexcept
{
  for (std::size_t i = 0; i != mask.size(); ++i) mask[i] |= those[i];
}

bool is_empty(ConstMask mask) noexcept
{
  return std::all_of(mask.begin(), mask.end(), [](std::uint64_t word) { return word == 0; });
}

// Drops the rows for which `holds(row)` is false. Text that it makes is needed no longer then.
template <class Holds>
void filter(Mask mask, Arena& arena, Holds holds)
{
  const Arena::Mark mark = arena.mark();
  for (std::size_t i = 0; i != mask.size(); ++i) {
    for (std::uint64_t left = mask[i]; left != 0; left &= left - 1) {
      const std::uint64_t bit = left & (~left + 1);
      if (!holds(i * 64 + static_cast<std::size_t>(std::countr_zero(left)))) mask[i] &= ~bit;
      arena.rewind(mark);
    }
  }
}

} // namespace

// Each takes a mask of the rows in question and leaves those for which the answer is yes.
class Evaluator::Body {
 public:
  Body(const Book& book, std::pmr::memory_resource& memory)
      : book_{book.body()}, rows_{book_, memory}, masks_{memory}
  {
  }

  void keep_true(NodeId id, const Frame& frame, Mask mask);
  void keep_present(NodeId id, const Frame& frame, Mask mask);

  [[nodiscard]] const Book::Body& book() const noexcept { return book_; }
  [[nodiscard]] RowEvaluator& rows() noexcept { return rows_; }

 private:
  void keep_chosen(NodeId id, const Frame& frame, Mask mask, bool presence);
  void keep_first_true(NodeId id, const Frame& frame, Mask mask);
  void keep_any(std::span<const NodeId> children, const Frame& frame, Mask mask, bool presence);
  void keep_same(NodeId id, const Frame& frame, Mask mask);
  void keep_verdict(NodeId id, const Frame& frame, Mask mask);
  [[nodiscard]] bool has_list(std::span<const NodeId> children) const;

  const Book::Body& book_;
  RowEvaluator rows_;
  MaskPool masks_;
};

// if(a, b, c): those of a that are in b, and the others that are in c.
void Evaluator::Body::keep_chosen(NodeId id, const Frame& frame, Mask mask, bool presence)
{
  const std::span<const NodeId> children = book_.children(id);
  const Temporary chosen{masks_, mask.size()};
  copy(mask, chosen.mask());
  keep_true(children[0], frame, chosen.mask());
  drop(mask, chosen.mask());
  const auto keep_branch = [&](NodeId branch, Mask of) {
    return presence ? keep_present(branch, frame, of) : keep_true(branch, frame, of);
  };
  keep_branch(children[1], chosen.mask());
  keep_branch(children[2], mask);
  add(mask, chosen.mask());
}

// Those of any child; later ones are asked only about the rows that are left.
void Evaluator::Body::keep_any(std::span<const NodeId> children, const Frame& frame, Mask mask,
                               bool presence)
{
  const Temporary found{masks_, mask.size()};
  const Temporary one{masks_, mask.size()};
  for (const NodeId child : children) {
    copy(mask, one.mask());
    if (presence) {
      keep_present(child, frame, one.mask());
    } else {
      keep_true(child, frame, one.mask());
    }
    add(found.mask(), one.mask());
    drop(mask, one.mask());
    if (is_empty(mask)) break;
  }
  copy(found.mask(), mask);
}

void Evaluator::Body::keep_first_true(NodeId id, const Frame& frame, Mask mask)
{
  const Temporary found{masks_, mask.size()};
  const Temporary one{masks_, mask.size()};
  for (const NodeId child : book_.children(id)) {
    copy(mask, one.mask());
    keep_present(child, frame, one.mask());
    drop(mask, one.mask());
    keep_true(child, frame, one.mask());
    add(found.mask(), one.mask());
    if (is_empty(mask)) break;
  }
  copy(found.mask(), mask);
}

// Null is a value like any other: rows where both sides are null are the same, rows where one is
// are not, and only the others are looked at.
void Evaluator::Body::keep_same(NodeId id, const Frame& frame, Mask mask)
{
  const std::span<const NodeId> children = book_.children(id);
  const Temporary left{masks_, mask.size()};
  const Temporary right{masks_, mask.size()};
  copy(mask, left.mask());
  keep_present(children[0], frame, left.mask());
  copy(mask, right.mask());
  keep_present(children[1], frame, right.mask());
  drop(mask, left.mask());
  drop(mask, right.mask());
  keep(left.mask(), right.mask());
  if (book_.node(children[0]).type == Type::boolean) {
    copy(left.mask(), right.mask());
    const Temporary differ{masks_, mask.size()};
    copy(left.mask(), differ.mask());
    keep_true(children[0], frame, differ.mask());
    keep_true(children[1], frame, right.mask());
    for (std::size_t i = 0; i != mask.size(); ++i) differ.mask()[i] ^= right.mask()[i];
    drop(left.mask(), differ.mask());
  } else {
    filter(left.mask(), rows_.arena(), [&](std::size_t row) {
      const Row at = {&frame, row};
      return rows_.verdict(id, rows_.value(children[0], at), rows_.value(children[1], at));
    });
  }
  add(mask, left.mask());
}

// Those that compare and ask about text: false wherever something is null.
void Evaluator::Body::keep_verdict(NodeId id, const Frame& frame, Mask mask)
{
  const std::span<const NodeId> children = book_.children(id);
  for (const NodeId child : children) keep_present(child, frame, mask);
  filter(mask, rows_.arena(), [&](std::size_t row) {
    const Row at = {&frame, row};
    const Value left = rows_.value(children[0], at);
    return rows_.verdict(id, left, children.size() > 1 ? rows_.value(children[1], at) : Value{});
  });
}

void Evaluator::Body::keep_true(NodeId id, const Frame& frame, Mask mask)
{
  const Node& node = book_.node(id);
  const std::span<const NodeId> children = book_.children(id);
  if (is_empty(mask)) return;
  switch (node.op) {
    case Op::literal:
      if (!book_.known_truth(id).value_or(false)) clear(mask);
      return;
    case Op::slot: {
      const Temporary truths{masks_, mask.size()};
      frame.truths(node.slot, truths.mask());
      return keep(mask, truths.mask());
    }
    case Op::is_range:
      return filter(mask, rows_.arena(),
                    [&](std::size_t row) { return frame.is_range(node.slot, row); });
    case Op::present:
      return keep_present(children[0], frame, mask);
    case Op::negation: {
      const Temporary held{masks_, mask.size()};
      copy(mask, held.mask());
      keep_true(children[0], frame, held.mask());
      return drop(mask, held.mask());
    }
    case Op::all:
      for (const NodeId child : children) keep_true(child, frame, mask);
      return;
    case Op::any:
      return keep_any(children, frame, mask, false);
    case Op::choice:
      return keep_chosen(id, frame, mask, false);
    case Op::first:
      return keep_first_true(id, frame, mask);
    case Op::same:
    case Op::same_folded:
      return keep_same(id, frame, mask);
    case Op::less:
    case Op::less_equal:
    case Op::in:
    case Op::contains:
    case Op::has:
    case Op::is_run:
      return keep_verdict(id, frame, mask);
    case Op::object:
    case Op::length:
    case Op::join:
    case Op::text:
      return clear(mask); // a condition asks for their presence
  }
}

// A list may be there and have nothing in it.
bool Evaluator::Body::has_list(std::span<const NodeId> children) const
{
  return std::any_of(children.begin(), children.end(),
                     [this](NodeId child) { return book_.node(child).type == Type::texts; });
}

void Evaluator::Body::keep_present(NodeId id, const Frame& frame, Mask mask)
{
  const Node& node = book_.node(id);
  const std::span<const NodeId> children = book_.children(id);
  if (is_empty(mask)) return;
  switch (node.op) {
    case Op::literal:
      if (book_.literal(node).what == What::null) clear(mask);
      return;
    case Op::slot:
    case Op::object: {
      const Temporary presences{masks_, mask.size()};
      frame.presences(node.slot, presences.mask());
      return keep(mask, presences.mask());
    }
    case Op::choice:
      return keep_chosen(id, frame, mask, true);
    case Op::length:
      return keep_present(children[0], frame, mask);
    case Op::first:
    case Op::join: {
      const std::span<const NodeId> values = node.op == Op::join ? children.subspan(1) : children;
      if (!has_list(values)) return keep_any(values, frame, mask, true);
      return filter(mask, rows_.arena(), [&](std::size_t row) {
        return rows_.is_present(id, {&frame, row});
      });
    }
    default:
      return; // a condition or a text with names in it is never null
  }
}

// ---- The evaluator -----------------------------------------------------------------------------

Evaluator::Evaluator(const Book& book, std::pmr::memory_resource& memory)
    : body_{std::make_unique<Body>(book, memory)}
{
}

Evaluator::Evaluator(Evaluator&&) noexcept = default;
Evaluator::~Evaluator() = default;

void Evaluator::condition(ProgramId program, const Frame& frame, ConstMask among, Mask into)
{
  copy(among, into);
  body_->keep_true(body_->book().program(program).root, frame, into);
}

bool Evaluator::condition(ProgramId program, const Frame& frame, std::size_t row)
{
  RowEvaluator& rows = body_->rows();
  const Arena::Mark mark = rows.arena().mark();
  const bool holds = rows.truth(body_->book().program(program).root, {&frame, row});
  rows.arena().rewind(mark);
  return holds;
}

Value Evaluator::value(ProgramId program, const Frame& frame, std::size_t row)
{
  return body_->rows().value(body_->book().program(program).root, {&frame, row});
}

void Evaluator::forget() noexcept
{
  body_->rows().arena().forget();
}

} // namespace rollcall::expr
