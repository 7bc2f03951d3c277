// standing.cpp: rows fall and take others with them; who is left is tied into groups.
#include "plan/standing.hpp"

#include <algorithm>
#include <cstddef>

namespace rollcall::plan {

Standing::Standing(std::pmr::memory_resource& memory)
    : fallen_(&memory), edges_{&memory}, ties_{&memory}
{
}

void Standing::expect(std::uint64_t rows)
{
  fallen_.reserve(static_cast<std::size_t>(rows) + 1);
}

void Standing::grow(RowNumber last)
{
  fallen_.resize(std::size_t{last} + 1, false);
}

void Standing::raise_all()
{
  std::fill(fallen_.begin(), fallen_.end(), false);
}

void Standing::settle()
{
  std::sort(edges_.begin(), edges_.end(), [](const Edge& a, const Edge& b) { return a.on < b.on; });
  std::pmr::vector<RowNumber> falling{edges_.get_allocator().resource()};
  for (RowNumber row = 1; row < fallen_.size(); ++row)
    if (fallen_[row]) falling.push_back(row);
  while (!falling.empty() && !edges_.empty()) {
    const RowNumber row = falling.back();
    falling.pop_back();
    auto edge = std::lower_bound(edges_.begin(), edges_.end(), row,
                                 [](const Edge& e, RowNumber on) { return e.on < on; });
    for (; edge != edges_.end() && edge->on == row; ++edge) {
      if (fallen_[edge->row]) continue;
      fallen_[edge->row] = true;
      falling.push_back(edge->row);
    }
  }
  std::erase_if(edges_, [&](const Edge& edge) { return fallen_[edge.row] || edge.on == edge.row; });
  tie();
}

void Standing::tie()
{
  const auto is_before = [](const Tie& a, const Tie& b) { return a.row < b.row; };
  const auto is_same = [](const Tie& a, const Tie& b) { return a.row == b.row; };
  ties_.reserve(2 * edges_.size());
  for (const Edge& edge : edges_) {
    ties_.push_back({.row = edge.on, .group = edge.on});
    ties_.push_back({.row = edge.row, .group = edge.row});
  }
  std::sort(ties_.begin(), ties_.end(), is_before);
  ties_.erase(std::unique(ties_.begin(), ties_.end(), is_same), ties_.end());
  const auto tie_of = [&](RowNumber row) {
    return std::lower_bound(ties_.begin(), ties_.end(), Tie{.row = row}, is_before);
  };
  const auto root_of = [&](RowNumber row) {
    for (;;) {
      const auto tie = tie_of(row);
      if (tie->group == row) return row;
      tie->group = tie_of(tie->group)->group; // a shorter way for the next one
      row = tie->group;
    }
  };
  for (const Edge& edge : edges_) {
    const RowNumber a = root_of(edge.on);
    const RowNumber b = root_of(edge.row);
    if (a != b) tie_of(std::max(a, b))->group = std::min(a, b);
  }
  for (Tie& tie : ties_) tie.group = root_of(tie.row);
}

RowNumber Standing::group_of(RowNumber row) const noexcept
{
  const auto tie = std::lower_bound(ties_.begin(), ties_.end(), row,
                                    [](const Tie& t, RowNumber r) { return t.row < r; });
  return tie != ties_.end() && tie->row == row ? tie->group : 0;
}

} // namespace rollcall::plan
