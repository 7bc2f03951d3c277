// compiling.hpp: a schema while it is made ready: what its names mean by now, the book of its
// expressions, and the faults found so far.
//
// Nothing stops at a fault. An expression that has one stands for `true` from then on, and what
// names something that is not there names nothing, so the rest can be looked at all the same.
#ifndef ROLLCALL_SCHEMA_COMPILING_HPP
#define ROLLCALL_SCHEMA_COMPILING_HPP

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expr/program.hpp"
#include "schema/compiled.hpp"
#include "schema/fault_list.hpp"
#include "schema/place.hpp"

namespace rollcall::schema {

inline constexpr std::size_t columns_max = 1'024;
inline constexpr std::size_t kinds_max = 64;
inline constexpr std::size_t rules_max = 1'000;  // each of those that are said of several columns
inline constexpr std::size_t others_max = 1'000; // of any other list

using Numbers = std::map<std::string, std::uint16_t, std::less<>>;

class Compiling {
 public:
  Compiling(CompiledSchema& into, FaultList& list) : made{into}, faults{list} {}

  // In this order: each step needs the names of those before it. If there are more of something
  // than can be numbered, the first one says so and no other follows.
  [[nodiscard]] bool number_names();
  void compile_lets();
  void compile_facts();
  void compile_kinds();
  void compile_columns();
  void compile_rules();
  void compile_objects();
  void compile_claims();
  void compile_outputs();
  void check_ranges();
  void check_allotments();
  void remark_on_order();

  CompiledSchema& made;
  FaultList& faults;
  Numbers columns, kinds, facts, lets; // facts with what they are of: "tenant.name"
  std::vector<Numbers> fields;         // of each kind, without its key

  [[nodiscard]] const Schema& schema() const noexcept { return *made.schema_; }
  [[nodiscard]] expr::Book& book() noexcept { return made.book_; }

  // ---- Expressions -----------------------------------------------------------------------------

  ProgramId condition(const std::string& path, std::string_view text, const Place& place);
  ProgramId value(const std::string& path, std::string_view text, const Place& place,
                  std::optional<expr::Type> type = {});
  // Text, a number or a truth: what can be written down.
  ProgramId scalar(const std::string& path, std::string_view text, const Place& place);
  ProgramId text_template(const std::string& path, std::string_view text, const Place& place);
  // None of an empty text.
  std::optional<ProgramId> condition_if_any(const std::string& path, std::string_view text,
                                            const Place& place);
  // None of one that always holds.
  std::optional<ProgramId> condition_unless_always(const std::string& path, std::string_view text,
                                                   const Place& place);

  // As an expression would name it: "new.mac".
  [[nodiscard]] std::string name_of(const expr::Slot& slot, const Place& place) const;

  // ---- Names -----------------------------------------------------------------------------------

  // Each is a fault if there is none, but for an empty name.
  std::uint16_t column_named(const std::string& path, std::string_view name);
  std::vector<ColumnId> columns_named(const std::string& path,
                                      const std::vector<std::string>& names);
  std::uint16_t kind_named(const std::string& path, std::string_view name);
  std::uint16_t field_named(const std::string& path, std::uint16_t kind, std::string_view name);
  // "kind.field"; with `or_kind` also "kind", which is its key.
  FieldRef field_ref(const std::string& path, std::string_view dotted, bool or_kind = false);

  [[nodiscard]] const CompiledField& field(const FieldRef& of) const;

  // A name that an expression can say, and that stands there once.
  bool is_name(const std::string& path, std::string_view name);
  bool is_new(Numbers& names, const std::string& path, std::string_view name, std::size_t number);

  // "word.word", as codes are.
  void check_code(const std::string& path, std::string_view code);

  // ---- Parts -----------------------------------------------------------------------------------

  void compile_type(const std::string& path, const Type& type, CompiledType& into);
  std::vector<CompiledSet> compile_sets(const std::string& path, const std::vector<Set>& sets,
                                        std::uint16_t kind, const Place& place);
  std::vector<CompiledCell> compile_cells(const std::string& path, const std::vector<Cell>& cells,
                                          const Place& place);
  void add_header(const std::string& path, std::string_view header, std::size_t column);

 private:
  ProgramId compile(const std::string& path, std::string_view text, expr::Wanted wanted,
                    const Place& place, std::optional<expr::Type> type);
  void check_reads(const std::string& path, const expr::Program& program, const Place& place);

  void number_kinds();
  void number_kind(std::size_t number);
  void number_columns();
  void number_facts();
  void number_objects();
  void number_facts_of(FactOf of, std::string_view list, const std::vector<Fact>& facts);
  void add_built_in_fact(FactOf of, std::string_view name);

  void compile_fact(const std::string& path, CompiledFact& into, std::size_t number);
  void compile_field(const std::string& path, const Field& field, std::uint16_t kind);
  void compile_column(std::size_t number);
  void place_in_own_kind(const std::string& path, CompiledColumn& into, std::uint16_t number);
  void compile_blanks(const std::string& path, CompiledColumn& into);
  void compile_pool(const std::string& path, CompiledColumn& into);
  void compile_references(const std::string& path, CompiledColumn& into);
  void check_words(const std::string& path, const Column& column);
  void check_carries(const std::string& path, const Column& column);
  void check_circles();

  void check_rule(const std::string& path, const Rule& rule);
  void compile_rule(const std::string& path, const Rule& rule, std::uint16_t it);
  [[nodiscard]] std::string path_of(const CompiledRule& rule) const;
  [[nodiscard]] bool reads_cell(const CompiledRule& rule, ColumnId column) const;
  void compile_object(std::size_t number);
  void compile_own_sets(CompiledObject& into);
  void compile_limits();
  void compile_effects();
  void compile_claim(std::size_t number);
  void compile_takes(const std::string& path, CompiledClaim& into);
  void check_claimed_once();
  void check_pools();
  void check_file();
  void compile_roles();
  void compile_export();
  void compile_key();

  std::map<std::string, std::string, std::less<>> carried_; // canonical field: path
};

// "\"present(mc)\" at 9: unknown name 'mc'". Places count from 1, in bytes.
[[nodiscard]] std::string in_words(std::string_view text, const expr::Fault& fault);

// The type of a value in the rule language. `folds`: a key, or what names one.
[[nodiscard]] expr::Type type_in_rules(const Type& type, bool folds);

[[nodiscard]] inline bool is_secret(const Type& type)
{
  return std::holds_alternative<Secret>(type);
}

} // namespace rollcall::schema

#endif // ROLLCALL_SCHEMA_COMPILING_HPP
