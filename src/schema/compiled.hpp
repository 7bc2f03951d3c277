// compiled.hpp: a schema made ready: every name a number, every expression a program.
//
// Immutable, and read by any number of threads.
#ifndef ROLLCALL_SCHEMA_COMPILED_HPP
#define ROLLCALL_SCHEMA_COMPILED_HPP

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "expr/char_class.hpp"
#include "expr/program.hpp"
#include "rollcall/result.hpp"
#include "rollcall/schema.hpp"
#include "rollcall/schema_json.hpp"

namespace rollcall::schema {

using ColumnId = std::uint16_t;
using expr::ProgramId;

// Pools that rows draw from, and limits on what they make: so many of both in all.
inline constexpr std::size_t allotments_max = 7; // of eight: ids may run out, too

inline constexpr std::uint16_t none = 0xFFFF; // where a column, a field or a kind may be missing

// A name of a header as it is compared: without case, space, `_` and `-` (spec section 2).
[[nodiscard]] std::string folded_header(std::string_view header);

// A field of a kind: `field` is expr::key_field for its key.
struct FieldRef {
  std::uint16_t kind = none;
  std::uint16_t field = none;
  [[nodiscard]] bool is_any() const noexcept { return kind != none; }
  friend bool operator==(const FieldRef&, const FieldRef&) = default;
};

// What of a type is said by expressions over facts: its bounds, what a choice is from, what secrets
// are made of. None where the type says a number, or nothing.
struct CompiledType {
  std::optional<ProgramId> min = {}, max = {}, length = {}, from = {}, alphabet = {}, shown = {};
  expr::CharClass chars = {};             // of a text that has one
  expr::Type in_rules = expr::Type::text; // what an expression takes it for
};

struct CompiledField : CompiledType {
  std::string name;
  Type type;
  bool is_secret = false;
  std::optional<std::string> null_text = {}; // what is read where the directory has nothing
  std::uint16_t column = none;               // of the row's own kind: the column that is this field
  const std::vector<Word>* words = nullptr;  // of that column, where it has any
};

struct CompiledSet {
  std::uint16_t field = 0;     // of the object's kind
  ProgramId value = 0;         // a program for `new.x` where the schema says no value
  std::uint16_t column = none; // the column that it is exactly: its cell, or what it comes to
};

struct CompiledKind {
  std::string name;
  CompiledField key;
  Keys keys = Keys::from_file;
  std::vector<CompiledField> fields; // in the order in which they are written
  std::vector<CompiledSet> undo;     // values over facts
};

struct CompiledColumn : CompiledType {
  const Column* column = nullptr; // of the schema that was compiled
  bool is_secret = false;
  std::uint16_t own_field =
      none;                // its field of the row's own kind; expr::key_field if it is the key
  bool is_applied = false; // false: informational, or the key
  std::optional<ProgramId> fill = {};
  FieldRef refers = {};
  ProgramId refers_when = 0;
  std::optional<ProgramId> needs = {};
  FieldRef zeros_lost_from = {};
  std::optional<ProgramId> mandatory = {};
  ProgramId offered = 0;
  std::uint16_t pool = none; // the fact whose numbers a blank gets
};

// A rule, once for each column that it is said of.
struct CompiledRule {
  const Rule* rule = nullptr;
  std::optional<Code> code = {}; // of the closed list; else the rule's own word
  std::uint16_t blame = none;    // column
  std::uint16_t it = none;       // column
  ProgramId when = 0, require = 0;
  std::optional<ProgramId> says = {};
  std::vector<ColumnId> drops, about;
  // What `when` and `require` read, with what their lets read.
  std::vector<ColumnId> reads_cells;  // cells that must be good: of x and of new.x, and `about`
  std::vector<ColumnId> reads_new;    // of these one must change, or the row be new
  bool reads_object = false;          // old. or new.: the row's object must be known
  std::vector<std::uint16_t> lookups; // innermost first
  bool drops_unasked = false;         // it drops cells whatever stands in the row
};

struct CompiledHolder {
  FieldRef field = {};
  std::optional<ProgramId> when = {}; // none: always
  std::uint16_t owner = none;         // field of the kind
};

struct CompiledClaim {
  const Claim* claim = nullptr;
  std::vector<CompiledHolder> held_in;
  std::uint16_t blame = none; // column
  std::optional<ProgramId> takes_from = {};
};

struct CompiledObject {
  const Object* object = nullptr;
  std::uint16_t kind = 0;
  std::optional<ProgramId> key = {};
  std::uint16_t key_column = none; // the column that `key` is, or reads
  std::optional<ProgramId> create = {}, update = {}, eligible = {};
  std::vector<CompiledSet> sets; // also of an object without `sets`: every column that is applied
  bool has_own_columns = false;  // it has no `sets` of its own
};

struct CompiledLimit {
  const Limit* limit = nullptr;
  std::optional<Code> code = {}; // of the closed list; else the limit's own word
  std::uint16_t kind = 0;
  ProgramId most = 0;
  std::uint16_t blame = none;
};

struct CompiledEffect {
  const Effect* effect = nullptr;
  std::optional<ProgramId> when = {};
  struct Part {
    std::string name;
    ProgramId value = 0;
  };
  std::vector<Part> fields;
  std::vector<FieldRef> secrets;
};

struct CompiledCell {
  std::string header;
  ProgramId value = 0;
};

struct CompiledExport {
  std::uint16_t kind = 0;
  std::optional<ProgramId> filter = {};
  FieldRef order = {};
  std::vector<ProgramId> cells; // of each column
};

struct CompiledRole {
  const Role* role = nullptr;
  std::optional<ProgramId> is = {};
};

// A setting, a fact of the actor or an option. Slots of facts: `index` counts settings, then
// actor's facts, then options, then the facts that every schema has; `field` 0 is the value itself,
// or the min of an interval and the first of a pool, 1 the max or last.
enum class FactOf : std::uint8_t { tenant, actor, option };
struct CompiledFact {
  const Fact* fact =
      nullptr; // null for one that every schema has (actor.name, actor.role, tenant.name)
  FactOf of = FactOf::tenant;
  std::string name;
  Is is = Is::text;
  std::optional<ProgramId> otherwise = {}, needed = {};
  expr::CharClass chars = {};
};

// Slots (expr/names.hpp), as programs of a schema number them:
//   cell, fresh   index: the column
//   old           field: that of the row's own kind, expr::key_field its key
//   fact          index: that in CompiledSchema::facts; field: see above
//   holder        index: the kind; field: that of the kind
//   object        field: that of the exported kind
//   row, job      index: RowFact, JobFact
//   key, listed   index: the kind
//   lookup        index: that in Book::lookups; field: that of its kind
// In the text of a rule that drops columns, {dropped} is the slot {row, dropped_slot}.
inline constexpr std::uint16_t dropped_slot = 0x100;

// Row slots of results (`row.f`), in this order: index of the slot.
enum class RowFact : std::uint16_t { number, line, key, outcome, ok, messages, updated };
// Job slots (`job.f`).
enum class JobFact : std::uint16_t {
  id,
  state,
  rows,
  created,
  updated,
  unchanged,
  rejected,
  withheld,
  stale,
  failed,
  unknown,
  warnings,
  actor,
  started,
  ended,
  details,
  file,
  errors // rejected, stale, failed and unknown rows
};

class CompiledSchema {
 public:
  // All that is wrong with a schema at once, as a malformed error.
  [[nodiscard]] static Result<CompiledSchema> compile(Schema schema);
  // The same as a list, with remarks. Nothing is made of a schema with faults.
  [[nodiscard]] static Result<std::optional<CompiledSchema>> compile(Schema schema,
                                                                     SchemaCheck& check);

  CompiledSchema(CompiledSchema&&) noexcept;
  CompiledSchema& operator=(CompiledSchema&&) noexcept;
  ~CompiledSchema();

  [[nodiscard]] const Schema& schema() const noexcept { return *schema_; }
  [[nodiscard]] const expr::Book& book() const noexcept { return book_; }

  std::vector<CompiledKind> kinds;
  std::vector<CompiledColumn> columns;
  std::vector<CompiledFact> facts;
  std::vector<CompiledRule> rules; // by stage, and within one in the order written
  std::vector<CompiledClaim> claims;
  std::vector<CompiledLimit> limits;
  std::vector<CompiledObject> objects;
  std::vector<CompiledEffect> effects;
  std::vector<CompiledCell> result;
  std::vector<CompiledCell> job_page;
  std::optional<CompiledExport> exports;
  std::vector<CompiledRole> roles;
  std::uint16_t key_column = none;          // that names a row in reports
  std::uint16_t range_column = none;        // of which a cell may stand for several numbers
  std::vector<std::uint16_t> range_lookups; // whose keys hang on it, innermost first
  std::string digest; // SHA-256 of the schema's canonical JSON, in hexadecimal

  // The row's own kind is that of the first object.
  [[nodiscard]] std::uint16_t own_kind() const noexcept { return objects.front().kind; }

  // Numbers of findings' rules go on with the limits, which may have codes of their own as well.
  [[nodiscard]] std::uint16_t rule_of(const CompiledLimit& limit) const noexcept
  {
    return static_cast<std::uint16_t>(rules.size() +
                                      static_cast<std::size_t>(&limit - limits.data()));
  }
  [[nodiscard]] std::string_view code_of_rule(std::size_t rule) const noexcept
  {
    return rule < rules.size() ? std::string_view{rules[rule].rule->code}
                               : std::string_view{limits[rule - rules.size()].limit->code};
  }

  [[nodiscard]] std::optional<ColumnId> find_column(std::string_view header) const;
  // One that result files add: known, and ignored (spec E13).
  [[nodiscard]] bool is_result_header(std::string_view header) const;
  // The header that is most like this one; empty if none is near.
  [[nodiscard]] std::string_view nearest_header(std::string_view header) const;
  // Those that are equally near.
  [[nodiscard]] std::vector<std::string_view> nearest_headers(std::string_view header) const;

 private:
  friend class Compiling;
  CompiledSchema();
  std::unique_ptr<Schema> schema_; // a fixed place: compiled parts point into it
  expr::Book book_;
  std::map<std::string, ColumnId, std::less<>> column_of_header_;
  std::set<std::string, std::less<>> result_headers_;
};

} // namespace rollcall::schema

#endif // ROLLCALL_SCHEMA_COMPILED_HPP
