// Everything that rollcall can be told about a vendor's file, as plain values.
//
// A schema is read by the engine and by nothing else: it has no functions, no hooks and no identity
// but its content, and its JSON form has the same members under the same names. What is left out
// has the default written here, so a format says only what is special about it.
//
// The way of a row, and which struct speaks at each step:
//   1 cell        Column: type, words, blank       4 authority   Rule (stage authority)
//   2 row         Rule, in the order written       5 claims      Claim, then pools, then Limit
//   3 reference   Column::refers, Rule             6 change      Object, Effect
//
// Three things follow from what an expression reads, so no schema has to say them:
//   - it is judged only if the cells that it reads are good (of `new.x` the cell x); a blank cell
//     of a `required` column is no good, nor is, from step 3 on, a reference that does not exist;
//   - one that reads `old.` or `new.` is judged only if the row's object is known: found, or new;
//   - one that reads `new.` is judged only if the row creates its object or, as given, changes one
//     of those fields: a disorder that was there before is nobody's fault (spec E21).
#ifndef ROLLCALL_SCHEMA_HPP
#define ROLLCALL_SCHEMA_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rollcall/code.hpp"
#include "rollcall/schema_types.hpp"

namespace rollcall::schema {

// ---- Facts: what is known before the file is opened --------------------------------------------

enum class Is : std::uint8_t { text, key, boolean, integer, texts, interval, pool };

// A setting of the tenant, a fact of the actor, an option of the job. An interval is [min, max]
// with 1 <= min <= max, read as name.min and name.max; a pool is {first, last}, digits of one
// width. A value that is no good, or missing while `needed` holds, refuses the job with `code`. A
// dotted name is one inside an object.
struct Fact {
  std::string name = {};
  Is is = Is::text;
  Expr otherwise = {}; // what a missing one is; empty: null
  std::vector<std::string> one_of = {};
  std::string chars = {}; // of a text: the class of its characters, at least one of them
  std::int64_t min = 0;   // of an integer; of texts: how many
  Expr needed = {};
  std::string code = "tenant.setting";
  friend bool operator==(const Fact&, const Fact&) = default;
};

// A name for a condition, a value or an object, for what is said more than once. Later ones may
// read earlier ones. Of a range it is worked out for each number.
struct Let {
  std::string name = {};
  Expr is = {};
  friend bool operator==(const Let&, const Let&) = default;
};

// ---- Kinds: what the directory holds -----------------------------------------------------------

// `null_is`: what is read where the directory has nothing.
struct Field {
  std::string name = {};
  Type type = Text{};
  Expr null_is = {};
  friend bool operator==(const Field&, const Field&) = default;
};

// "This field gets this value"; without a value, what the column of the same name comes to.
struct Set {
  std::string field = {};
  Expr value = {};
  friend bool operator==(const Set&, const Set&) = default;
};

enum class Keys : std::uint8_t { from_file, from_host };

// One kind of object. The row's own kind, that of the first object, has the columns as fields too,
// in their order and before these, unless its object says what it sets. `undo` sets fields where an
// undo would delete what was created: the object remains and its key stays taken.
struct Kind {
  std::string name = {};
  Field key = {};
  Keys keys = Keys::from_file;
  std::vector<Field> fields = {};
  std::vector<Set> undo = {};
  friend bool operator==(const Kind&, const Kind&) = default;
};

// ---- Columns: what the file holds --------------------------------------------------------------

// What a blank cell stands for. A column that is not in the file is `keep` for an object that
// exists and as blank for a new one. `fill` takes Column::fill; `pool` the next free one of the
// pool that Column::fill names, after all claims and in file order (none left:
// extension.pool_empty; no pool: clear).
enum class Blank : std::uint8_t { clear, keep, required, generate, fill, pool };

// This word, without case, reads as that value, or as null: neither type-checked nor looked up. Of
// a choice it must mean one of the choices.
struct Word {
  std::string word = {};
  std::optional<std::string> means = {};
  friend bool operator==(const Word&, const Word&) = default;
};

// A column of the file, and a field of the row's own object unless the objects say otherwise.
struct Column {
  std::string field = {};
  std::string header = {};
  std::vector<std::string> aliases = {};
  Type type = Text{};
  Blank on_create = Blank::clear;
  Blank on_update = Blank::clear;
  Expr fill = {};
  std::vector<Word> words = {};
  std::string refers = {};          // "kind" or "kind.field": a cell names such an object
  Expr refers_when = always;        // it is looked up only then
  Expr needs = {};                  // if not, the field becomes null unless a cell gives it
  std::string zeros_lost_from = {}; // a new one that lost zeros is noticed against this kind.field
  Expr mandatory = {};              // when the file must have the column
  Expr offered = always;      // when template and export have it; else one in a file is not there
  bool informational = false; // read and exported, never applied
  std::vector<std::string> carries =
      {};                           // canonical fields for a conversion; "not active": its opposite
  std::string carried_default = {}; // what a conversion writes if its source has none
  friend bool operator==(const Column&, const Column&) = default;
};

// ---- Rules: what must hold ---------------------------------------------------------------------

enum class Stage : std::uint8_t { row, reference, authority };

// Where `when` holds, `require` must; else the finding `code` stands in the column `blame`. One
// finding a code and column: rules that share both are several reasons for one finding.
struct Rule {
  std::string code = {};
  Severity severity = Severity::error;
  Stage stage = Stage::row;
  std::string blame = {};             // empty: the row as a whole
  std::vector<std::string> each = {}; // said of each of these columns, which is `it`
  Expr when = always;
  Expr require = "false";
  // When `when` holds, these columns count as not in the file for all that comes after; the finding
  // is then about those that asked for something (a value, a yes), and {dropped} names them. Where
  // `when` asks facts alone they were never there: such rules come first, whatever the row.
  std::vector<std::string> drops = {};
  // Columns that it is about besides those that it reads: they must be good, and a change of theirs
  // counts as a change of what it reads.
  std::vector<std::string> about = {};
  bool even_unchanged = false; // judged also where the row changes nothing that it reads
  std::string says = {};       // in the vendor's words; {x} puts in the value of x, never a secret
  friend bool operator==(const Rule&, const Rule&) = default;
};

// The page of a code that is not in rollcall's own list, for `explain` and for who reads his first
// finding of it: what it means, a bad and a good example, how to mend it.
struct CodePage {
  std::string code = {};
  std::string means = {};
  std::string bad = {};
  std::string good = {};
  std::string mend = {};
  friend bool operator==(const CodePage&, const CodePage&) = default;
};

// ---- Claims: what only one may hold ------------------------------------------------------------

// A kind.field in which values of a claim are held. `when` says which of the objects hold it;
// `owner` which field names the true holder, if that is not the object itself.
struct Holder {
  std::string field = {};
  Expr when = always;
  std::string owner = {};
  friend bool operator==(const Holder&, const Holder&) = default;
};

enum class Duplicates : std::uint8_t { later, every };

// Values that are unique over all these fields. A row wants what its changes would write there, so
// what is not made is not wanted.
struct Claim {
  std::string name = {};
  std::vector<Holder> held_in = {};
  std::string blame = {}; // empty: the column that gives the value
  Duplicates duplicates = Duplicates::later;
  Expr takes_from = always; // Rows::in_turn: a holder of whom this is false keeps its value
  bool names_holder = true;
  friend bool operator==(const Claim&, const Claim&) = default;
};

// `together`: judged on the state that the whole file leads to, first come first served, swaps and
// chains allowed, a second row for one object rejected. `in_turn`: each row acts on what the rows
// before it left and takes what others hold; a second row for one object is warned of.
enum class Rows : std::uint8_t { together, in_turn };

// No more than `most` objects of the kind, judged last, in file order; null: no limit.
struct Limit {
  std::string kind = {};
  Expr most = {};
  std::string code = {};
  std::string blame = {};
  friend bool operator==(const Limit&, const Limit&) = default;
};

// ---- Objects and effects: what a row makes -----------------------------------------------------

// The first is the row's own. A null key on a create means that the host gives one. An update of an
// object that is not there is object.unknown, one that is not `eligible` is object.not_eligible;
// neither is judged any further. Without `sets` the object has every column that is applied.
struct Object {
  std::string kind = {};
  Expr key = {};
  Expr create = {}; // when; empty: never
  Expr update = {};
  Expr eligible = always;
  std::vector<Set> sets = {};
  friend bool operator==(const Object&, const Object&) = default;
};

// Something to be done outside the directory. Of each kind.field in `secrets` it carries a handle,
// which the host resolves when it acts.
struct Effect {
  std::string name = {};
  Expr when = always;
  std::vector<Set> fields = {};
  std::vector<std::string> secrets = {};
  friend bool operator==(const Effect&, const Effect&) = default;
};

// ---- Files and people --------------------------------------------------------------------------

// What refuses a file before its header is looked at, in this order.
struct FileChecks {
  std::vector<std::string> suffixes = {}; // file.type; none: any
  std::uint64_t bytes_max = 0;            // file.too_large; 0: the engine's limit
  bool needs_entries = false;             // file.no_entries
  friend bool operator==(const FileChecks&, const FileChecks&) = default;
};

// A column of a file that goes out. The headers of results are ignored when they come back in.
struct Cell {
  std::string header = {};
  Expr value = {};
  friend bool operator==(const Cell&, const Cell&) = default;
};

// The vendor's result file, and what else a finished job offers on the vendor's page. A caller may
// ask for error rows and error log of any format.
struct ResultFile {
  bool source_columns = true; // begin with the file's own columns, secrets blanked
  std::vector<Cell> columns = {};
  bool error_rows = false; // rows with errors as given, plus Errors
  bool error_log = false;  // a line a finding, as text and JSON
  friend bool operator==(const ResultFile&, const ResultFile&) = default;
};

// Which objects an export writes, in the order of a field (numbers by number where its type is Id
// or Extension). A column is the object's field of its name, unless `cells` says where it comes
// from.
struct Export {
  std::string kind = {};
  Expr filter = always;
  std::string order = {};
  std::string file_name = {};
  std::vector<Set> cells = {};
  friend bool operator==(const Export&, const Export&) = default;
};

enum class Action : std::uint8_t { template_, export_, validate, execute, undo, jobs };

// Who is meant (an empty `is`: the actor whose role has this name), and what he may do.
struct Role {
  std::string name = {};
  Expr is = {};
  std::vector<Action> may = {};
  friend bool operator==(const Role&, const Role&) = default;
};

// ---- The format --------------------------------------------------------------------------------

struct Schema {
  std::string id = {};
  int revision = 1;
  std::string title = {};
  FileChecks file = {}; // named, FileChecks{...}: g++ 12 may destroy what bare braces hold twice
  std::vector<Fact> settings = {};
  std::vector<Fact> actor = {};
  std::vector<Fact> options = {};
  bool system_defaults = false; // settings fall back to the directory's `defaults`
  std::vector<Role> roles = {};
  std::vector<Kind> kinds = {};
  std::vector<Column> columns = {};
  std::vector<Let> lets = {};
  std::vector<Rule> rules = {};
  std::vector<CodePage> codes = {}; // of rules, settings and limits
  std::string key = {}; // the column that names a row in reports; empty: its object's key
  Rows rows = Rows::together;
  std::vector<Claim> claims = {};
  std::vector<Limit> limits = {};
  std::vector<Object> objects = {};
  std::vector<Effect> effects = {};
  ResultFile result = {}; // likewise
  std::optional<Export> exports = {};
  std::vector<Cell> job_page =
      {}; // how the vendor's history shows a job, which can be filtered by each
  friend bool operator==(const Schema&, const Schema&) = default;
};

// The fields of a kind in the order in which they are numbered and written, without its key. Those
// of the row's own kind begin with the columns, unless its object says what it sets; a column that
// the kind lists itself stands where it is listed. None for a kind that is not there.
[[nodiscard]] std::vector<Field> fields_of(const Schema& schema, std::size_t kind);

// The page of a code as Schema::codes has it; null if it has none.
[[nodiscard]] const CodePage* page_of(const Schema& schema, std::string_view code) noexcept;

// The same as text. Of a code without a page that a rule, setting or limit gives, what its rules
// say; empty if nothing gives it.
[[nodiscard]] std::string explain(const Schema& schema, std::string_view code);

// Every code that is not in rollcall's own list, in the order in which it is first given.
[[nodiscard]] std::vector<std::string_view> codes_of(const Schema& schema);

} // namespace rollcall::schema

#endif // ROLLCALL_SCHEMA_HPP
