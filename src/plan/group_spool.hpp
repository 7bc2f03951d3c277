// group_spool.hpp: the changes of a job on their way from planning to the directory, in a file
// without a name: a job of a million rows keeps none of them in memory.
//
// Groups are put in the order of the file. The rows of one group may be far apart; such groups,
// which are few, wait in memory and come last.
#ifndef ROLLCALL_PLAN_GROUP_SPOOL_HPP
#define ROLLCALL_PLAN_GROUP_SPOOL_HPP

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plan/claim_index.hpp"
#include "rollcall/directory.hpp"
#include "rollcall/seams.hpp"

namespace rollcall::plan {

class GroupSpool {
 public:
  [[nodiscard]] static Result<GroupSpool> open(Files& files, const std::string& folder);

  // Changes of a row; those of the same group are done together. 0: a group of its own.
  [[nodiscard]] Result<void> put(RowNumber row, RowNumber group, std::span<const Change> changes);

  // Forgets all that was put.
  [[nodiscard]] Result<void> clear();

  // Hands all groups to the directory, in batches. A directory that refuses one, or does not answer
  // for it, is an error that names the row.
  [[nodiscard]] Result<void> apply(Directory& directory);

 private:
  explicit GroupSpool(std::unique_ptr<File> file) : file_{std::move(file)} {}
  [[nodiscard]] Result<void> flush();
  [[nodiscard]] Result<void> apply_batch(Directory& directory, std::string_view records,
                                         std::size_t groups);

  std::unique_ptr<File> file_;
  std::string buffer_; // not written yet
  std::map<RowNumber, std::string> tied_;
};

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_GROUP_SPOOL_HPP
