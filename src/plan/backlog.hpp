// backlog.hpp: what rows have done, for as long as no other row asks about it.
//
// To do it in an overlay costs many times what it costs to write it down, and in most files nobody
// ever asks. So it is kept as bytes, a few for each row, and done when somebody does.
#ifndef ROLLCALL_PLAN_BACKLOG_HPP
#define ROLLCALL_PLAN_BACKLOG_HPP

#include <cstddef>
#include <memory_resource>
#include <span>
#include <string>
#include <vector>

#include "directory/arena.hpp"
#include "rollcall/directory.hpp"

namespace rollcall::plan {

class Backlog {
 public:
  explicit Backlog(std::pmr::memory_resource& memory);

  void clear();
  [[nodiscard]] bool is_empty() const noexcept { return groups_.empty(); }

  // Keeps what is done together, but what was before: who does it knows that. Throws bad_alloc.
  void add(std::span<const Change> changes);

  // Does all of it, in its order, and forgets it.
  [[nodiscard]] Result<void> give_to(Directory& state, AnswerSink& sink);

 private:
  [[nodiscard]] Group read(const char* at, std::pmr::memory_resource& room) const;

  directory::Arena texts_;
  std::pmr::vector<const char*> groups_; // in the arena
  std::string written_;                  // the one that is being added
};

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_BACKLOG_HPP
