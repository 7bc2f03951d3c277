// The host's objects as rollcall sees them: what a host must answer, and do.
//
// Every question is a batch: one call a kind and batch of rows, never one a row. Values travel as
// canonical text (`true`, `+442071838750`, `aa:bb:cc:dd:ee:ff`), null as absent; of a secret only
// whether one is set. Kinds and their fields are named by their numbers in the schema: a kind by
// its place in Schema::kinds, a field by its place in schema::fields_of. A number that is none is
// wrong use. A directory is asked by one thread at a time, and not from within one of its sinks.
#ifndef ROLLCALL_DIRECTORY_HPP
#define ROLLCALL_DIRECTORY_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rollcall/result.hpp"

namespace rollcall {

using KindId = std::uint16_t;
using FieldId = std::uint16_t;
inline constexpr FieldId key_field = 0xFFFE; // where a field is asked for: the key
inline constexpr std::uint64_t no_id_left = ~std::uint64_t{0}; // ids of the host are below it

// An object while it is shown: its texts live until the sink returns.
struct ObjectView {
  std::string_view key = {};                                    // in the directory's own spelling
  std::span<const std::optional<std::string_view>> fields = {}; // in the order of the kind's fields
};

class ObjectSink {
 public:
  virtual ~ObjectSink() = default;
  // `asked` is the index of the value that was asked for; 0 where nothing was.
  virtual void object(std::size_t asked, const ObjectView& object) = 0;
};

// A setting of the tenant, as much of JSON as settings need. Objects have no value of their own:
// what is inside one is asked for by its dotted name.
struct Setting {
  enum class Is : std::uint8_t { null, boolean, integer, text, list, other };

  Is is = Is::null;
  bool boolean = false;
  std::int64_t integer = 0;
  std::string text = {};
  std::vector<Setting> items = {}; // of a list
  friend bool operator==(const Setting&, const Setting&) = default;
};

// ---- What is to be done ------------------------------------------------------------------------

enum class Op : std::uint8_t { create, update, delete_ };

// Where the value of a secret comes from. The value itself travels apart from the change.
enum class SecretFrom : std::uint8_t { none, column, generated };

struct FieldChange {
  FieldId field = 0;
  std::optional<std::string_view> before = {}; // of a secret: `true` if one was set
  std::optional<std::string_view> after = {};  // of a secret: absent
  SecretFrom secret = SecretFrom::none;
  // It gets the key of the last change before it, or it itself, that `gives_key`, else of the first
  // of the group that does; `after` is a guess at it.
  bool is_given_key = false;
};

// A create says all its fields that are not null. Its key is absent if the host gives it, or is
// what the host was expected to give: if that is taken by now, it gives another.
struct Change {
  Op op = Op::update;
  KindId kind = 0;
  std::optional<std::string_view> key = {};
  bool gives_key = false; // the host gives the key
  std::span<const FieldChange> fields = {};
};

// The value that a secret gets. It lives until `apply` returns; nobody writes it down but the host,
// who keeps it as hosts keep secrets.
struct SecretValue {
  std::uint32_t change = 0; // in Group::changes
  FieldId field = 0;
  std::string_view value = {};
};

// What is done as a whole or not at all: the changes of one row, or of several that exchange
// claims. Values that one object gives up and another gets are in one group, in any order: release
// all, then set all.
struct Group {
  std::span<const Change> changes = {};
  std::string_view operation = {}; // names it for ever; empty: nobody will ask about it again
  std::span<const SecretValue> secrets = {}; // by change, then as its fields are ordered
};

enum class Answer : std::uint8_t { applied, refused, unknown };

class AnswerSink {
 public:
  virtual ~AnswerSink() = default;
  // `keys`: of each change, the key that the object has now. `why` is the host's own word.
  virtual void answer(std::size_t group, Answer answer, std::span<const std::string_view> keys,
                      std::string_view why) = 0;
};

// ---- The port ----------------------------------------------------------------------------------

class Directory {
 public:
  virtual ~Directory() = default;

  // Whether the directory knows all objects of a kind. Of a kind that is not listed nothing can be
  // said to be missing.
  [[nodiscard]] virtual bool lists(KindId kind) const = 0;

  // Shows the objects that have these values in a field, in any order; several may share one.
  // Values compare without case, telephone numbers and MAC addresses in their plain form; they are
  // shown as the directory has them. What is not there is not shown. By which fields it will be
  // asked is known from the schema: keys, the fields of claims, those that columns refer to and
  // that lookups name.
  [[nodiscard]] virtual Result<void> find(KindId kind, FieldId by,
                                          std::span<const std::string_view> values,
                                          ObjectSink& sink) = 0;

  // Shows all objects of a kind, in any order.
  [[nodiscard]] virtual Result<void> scan(KindId kind, ObjectSink& sink) = 0;

  // How many objects of a kind there are.
  [[nodiscard]] virtual Result<std::uint64_t> count(KindId kind) = 0;

  // The number that the next object of a kind whose keys the host gives will have, if the host can
  // tell; the ones after it count up from there, up to `no_id_left`, which says that none is left.
  [[nodiscard]] virtual Result<std::optional<std::uint64_t>> next_id(KindId kind) = 0;

  // The value of a field that is most like this text, if one is near: "did you mean". A host that
  // would have to look at too many says nothing. It may cost a millisecond, so it is asked for what
  // somebody will read, and no text twice.
  [[nodiscard]] virtual Result<std::optional<std::string>> nearest(KindId kind, FieldId field,
                                                                   std::string_view text) = 0;

  // A setting of the tenant, and what all tenants have where theirs is missing. Null if there is
  // none.
  [[nodiscard]] virtual Result<Setting> setting(std::string_view name) = 0;
  [[nodiscard]] virtual Result<Setting> default_setting(std::string_view name) = 0;

  // Applies groups in their order, each as a whole, and answers for every one of them. Refused is
  // one that creates what is there, or updates or deletes what is not. Within a group first what
  // is deleted goes, then what is created comes, then fields are cleared, then set. After an error
  // the groups that were not answered for were not touched, unless the host cannot know.
  //
  // A host that keeps its objects elsewhere than the journal may be given an operation again whose
  // answer was lost: it does it once, and answers as it did before.
  [[nodiscard]] virtual Result<void> apply(std::span<const Group> groups, AnswerSink& sink) = 0;

  // What became of operations that were given to `apply` and not answered for: `applied`, with the
  // keys; `refused`, if it was not done and will not be; `unknown`, if nobody can tell, which is
  // what a host says that does not remember.
  [[nodiscard]] virtual Result<void> probe(std::span<const std::string_view> operations,
                                           AnswerSink& sink);
};

} // namespace rollcall

#endif // ROLLCALL_DIRECTORY_HPP
