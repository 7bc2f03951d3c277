// authority.hpp: may the actor do to an object what a row of a file would do to it? For who has the
// object and no row: an undo.
//
// Asked are the rules of the stage of authority that reject rows. What a rule drops are cells, and
// there are none.
#ifndef ROLLCALL_CHECK_AUTHORITY_HPP
#define ROLLCALL_CHECK_AUTHORITY_HPP

#include <memory_resource>
#include <vector>

#include "check/facts.hpp"
#include "check/known_objects.hpp"
#include "check/lookups.hpp"
#include "expr/evaluator.hpp"
#include "rollcall/finding.hpp"
#include "schema/compiled.hpp"

namespace rollcall::check {

class Authority final : public expr::SingleRow {
 public:
  // All outlive it. The facts have been read and checked.
  Authority(const schema::CompiledSchema& schema, const Facts& facts, KnownObjects& known,
            std::pmr::memory_resource& memory);

  // Has the format any such rules?
  [[nodiscard]] bool asks_anything() const noexcept { return !rules_.empty(); }

  // What he may not, of a row that gives an object of the rows' own kind these values: an error for
  // each rule that is broken. `had` is the object before it; null: there was none.
  [[nodiscard]] Result<std::vector<Finding>> judge(const Known& wanted, const Known* had);

  [[nodiscard]] expr::Value value(const expr::Slot& slot, std::size_t row) const override;

 private:
  [[nodiscard]] Result<bool> is_broken(const schema::CompiledRule& rule);
  [[nodiscard]] Result<bool> reads_unknown(const schema::CompiledRule& rule);
  [[nodiscard]] expr::Value cell(std::size_t column) const;
  [[nodiscard]] std::string_view text_of(std::size_t column) const;
  [[nodiscard]] Finding say(const schema::CompiledRule& rule);

  const schema::CompiledSchema& schema_;
  const Facts& facts_;
  KnownObjects& known_;
  Lookups lookups_;
  expr::Evaluator evaluator_;
  RowMask row_;
  std::vector<const schema::CompiledRule*> rules_;
  const Known* wanted_ = nullptr;
  const Known* had_ = nullptr;
};

} // namespace rollcall::check

#endif // ROLLCALL_CHECK_AUTHORITY_HPP
