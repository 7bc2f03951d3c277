// facts.hpp: what is known of a job before its file is opened: the tenant's settings, who imports,
// which options are on.
//
// It is a frame of one row, so that conditions over facts (who may do what, which columns the file
// must have) are asked like any other.
#ifndef ROLLCALL_CHECK_FACTS_HPP
#define ROLLCALL_CHECK_FACTS_HPP

#include <cstdint>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "check/known_objects.hpp"
#include "check/lookups.hpp"
#include "expr/evaluator.hpp"
#include "rollcall/context.hpp"
#include "rollcall/finding.hpp"
#include "schema/compiled.hpp"

namespace rollcall::check {

class Facts final : public expr::SingleRow {
 public:
  // All outlive it.
  Facts(const schema::CompiledSchema& schema, KnownObjects& known,
        std::pmr::memory_resource& memory);

  // Takes what the context says. What is no good is null, and said by `check`; an option that the
  // format does not know is wrong use.
  [[nodiscard]] Result<void> read(const Context& context);

  // Does one of the actor's roles allow it?
  [[nodiscard]] Result<bool> allows(schema::Action action);
  // The first finding that the actor should read: that he may not.
  [[nodiscard]] Finding not_allowed(schema::Action action) const;

  // Asks for the settings of the tenant, and says what refuses the job: settings that are no good,
  // or missing where they are needed.
  [[nodiscard]] Result<std::vector<Finding>> check();

  // The settings that the format reads and what they come to, in words: "pin_length" is "4-10".
  // Those that are null are left out.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> settings() const;

  // A condition, a number or a text over facts alone. The text lives as long as the facts.
  [[nodiscard]] Result<bool> holds(expr::ProgramId condition);
  [[nodiscard]] Result<expr::Value> evaluate(expr::ProgramId value);

  [[nodiscard]] const Context& context() const noexcept { return *context_; }

  [[nodiscard]] expr::Value value(const expr::Slot& slot, std::size_t row) const override;

 private:
  struct FactValue {
    bool is_good = true;
    bool is_of_none = false;             // a member of what is no object
    expr::Value first = {}, second = {}; // of an interval and a pool both
  };
  [[nodiscard]] Result<std::string> why_pool_is_no_good(std::size_t pool);
  [[nodiscard]] std::string why_alphabet_is_no_good(std::size_t alphabet) const;
  void add_why_not_meant(const schema::CompiledRole& role, Finding& made) const;
  [[nodiscard]] static FactValue not_good() { return {.is_good = false}; }

  [[nodiscard]] Result<void> read_settings();
  [[nodiscard]] Result<Setting> find(const schema::CompiledFact& fact, std::string_view name) const;
  // What a setting comes to, by what it is to be.
  [[nodiscard]] Result<FactValue> take(const schema::CompiledFact& fact);
  [[nodiscard]] Result<FactValue> take_otherwise(const schema::CompiledFact& fact);
  [[nodiscard]] Result<FactValue> take_pool(const schema::CompiledFact& fact);
  [[nodiscard]] FactValue take_text(const schema::CompiledFact& fact, const Setting& setting);
  [[nodiscard]] FactValue take_key(const Setting& setting);
  [[nodiscard]] static FactValue take_boolean(const Setting& setting);
  [[nodiscard]] static FactValue take_integer(const schema::CompiledFact& fact,
                                              const Setting& setting);
  [[nodiscard]] FactValue take_texts(const schema::CompiledFact& fact, const Setting& setting);
  [[nodiscard]] static FactValue take_interval(const Setting& setting);

  [[nodiscard]] expr::Value keep(expr::Value value);
  [[nodiscard]] expr::Value text_of(std::string_view text);

  const schema::CompiledSchema& schema_;
  KnownObjects& known_;
  const Context* context_ = nullptr;
  Lookups lookups_;
  expr::Evaluator evaluator_;
  std::pmr::monotonic_buffer_resource texts_;
  std::vector<FactValue> values_;
  bool has_settings_ = false;
};

} // namespace rollcall::check

#endif // ROLLCALL_CHECK_FACTS_HPP
