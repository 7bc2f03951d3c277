// Everything that rollcall is told about a vendor's file, as plain values.
//
// A schema has no functions, no hooks and no identity but its content. What is left out has the
// default written here, so a format says only what is special about it.
//
// This is the first part of the model: what a file holds, how its cells read, and the object that a
// row makes or changes. Rules, references, claims and effects are not in it yet.
#ifndef ROLLCALL_SCHEMA_HPP
#define ROLLCALL_SCHEMA_HPP

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace rollcall::schema {

// ---- Types: what a cell may say ----------------------------------------------------------------
//
// Sizes count Unicode code points; "digits" are 0 to 9.

struct Text {
  std::uint64_t min = 0, max = 65'536;
  friend bool operator==(const Text&, const Text&) = default;
};

// A number that need not be E.164; its leading plus, if it may have one, does not count.
struct Digits {
  std::uint64_t min = 1, max = 64;
  bool plus = false;
  friend bool operator==(const Digits&, const Digits&) = default;
};

// Words of each side without case; the first of each is the one that is written.
struct Boolean {
  std::vector<std::string> yes = {"true"}, no = {"false"};
  friend bool operator==(const Boolean&, const Boolean&) = default;
};

struct Email {
  friend bool operator==(const Email&, const Email&) = default;
};

// Leading zeros count.
struct Extension {
  std::uint64_t min = 2, max = 10;
  friend bool operator==(const Extension&, const Extension&) = default;
};

struct Mac {
  friend bool operator==(const Mac&, const Mac&) = default;
};

struct Ip {
  friend bool operator==(const Ip&, const Ip&) = default;
};

// Of an object in another system.
struct Id {
  friend bool operator==(const Id&, const Id&) = default;
};

// Never shown, never kept.
struct Secret {
  bool digits = false;
  std::uint64_t min = 1, max = 65'536;
  friend bool operator==(const Secret&, const Secret&) = default;
};

using Type = std::variant<Text, Digits, Boolean, Email, Extension, Mac, Ip, Id, Secret>;

// ---- What the directory and the file hold ------------------------------------------------------

struct Field {
  std::string name = {};
  Type type = Text{};
  friend bool operator==(const Field&, const Field&) = default;
};

enum class Keys : std::uint8_t { from_file, from_host };

// One kind of object. The row's own kind, the first one, has the columns as fields, in their order.
struct Kind {
  std::string name = {};
  Field key = {};
  Keys keys = Keys::from_file;
  std::vector<Field> fields = {};
  friend bool operator==(const Kind&, const Kind&) = default;
};

// What a blank cell stands for. A column that is not in the file is `keep` for an object that
// exists and as blank for a new one. `fill` takes Column::fill.
enum class Blank : std::uint8_t { clear, keep, required, generate, fill };

// A column of the file: a field of the row's own object, or its key.
struct Column {
  std::string field = {}, header = {};
  std::vector<std::string> aliases = {};
  Type type = Text{};
  Blank on_create = Blank::clear, on_update = Blank::clear;
  std::string fill = {};      // the value as the directory has it: "true"
  bool mandatory = false;     // the file must have the column
  bool informational = false; // read and exported, never applied
  friend bool operator==(const Column&, const Column&) = default;
};

// ---- People ------------------------------------------------------------------------------------

enum class Action : std::uint8_t { template_, export_, validate, execute, undo, jobs };

struct Role {
  std::string name = {};
  std::vector<Action> may = {};
  friend bool operator==(const Role&, const Role&) = default;
};

// ---- The format --------------------------------------------------------------------------------

// The row's object has the key that the column of the key's field gives: a blank one asks for a new
// object, any other for the one that has it.
struct Schema {
  std::string id = {};
  int revision = 1;
  std::string title = {};
  std::vector<Role> roles = {};
  std::vector<Kind> kinds = {};
  std::vector<Column> columns = {};
  std::vector<std::string> result_headers = {}; // columns of our own results, ignored in a file
  friend bool operator==(const Schema&, const Schema&) = default;
};

} // namespace rollcall::schema

#endif // ROLLCALL_SCHEMA_HPP
