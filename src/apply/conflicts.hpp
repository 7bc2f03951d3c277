// conflicts.hpp: all that is in the way of a group, as one finding: the first thing, with what else
// there is.
#ifndef ROLLCALL_APPLY_CONFLICTS_HPP
#define ROLLCALL_APPLY_CONFLICTS_HPP

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "rollcall/finding.hpp"

namespace rollcall::apply {

class Conflicts {
 public:
  // One that says the same of the same field or object again is left out.
  void add(Finding&& conflict);
  [[nodiscard]] std::optional<Finding> take();

 private:
  void name(std::string_view other);

  static constexpr std::size_t others_max = 16; // that are named; of more it is said how many

  std::optional<Finding> first_;
  std::string others_;         // "last_name (Oz, now Oza), email of user 3 (...)"
  std::size_t characters_ = 0; // of these
  std::size_t count_ = 0, unnamed_ = 0;
  std::set<std::pair<std::string, std::string>> named_; // field and key
};

} // namespace rollcall::apply

#endif // ROLLCALL_APPLY_CONFLICTS_HPP
