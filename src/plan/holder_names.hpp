// holder_names.hpp: who holds something, as a finding names them: in the order in which they come,
// each once; of many, a few (spec E19).
#ifndef ROLLCALL_PLAN_HOLDER_NAMES_HPP
#define ROLLCALL_PLAN_HOLDER_NAMES_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "check/found.hpp"
#include "check/judged_batch.hpp"
#include "schema/compiled.hpp"

namespace rollcall::plan {

class HolderNames {
 public:
  void add(std::uint16_t kind, std::string_view key);
  [[nodiscard]] bool is_empty() const noexcept { return seen_.empty(); }

  // As {kind} and {holder} if they are of one kind, else as {holders}, each with its kind.
  void tell(const schema::CompiledSchema& schema, check::JudgedBatch& judged,
            check::Found& found) const;

 private:
  static constexpr std::size_t named_max = 8;

  std::vector<std::pair<std::uint16_t, std::string>> seen_; // kind and key
  bool has_more_ = false;
};

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_HOLDER_NAMES_HPP
