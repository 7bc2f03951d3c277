// document.hpp: one JSON text as a tree that knows where each of its values stands.
//
// simdjson finds and checks; what it found is kept here as one flat array, in the order of the
// text. A name that stands twice in an object, a lone surrogate, a number that does not fit and a
// depth or size over the limit are errors, not surprises. Values are borrowed: they live until the
// document reads another text.
#ifndef ROLLCALL_JSON_DOCUMENT_HPP
#define ROLLCALL_JSON_DOCUMENT_HPP

#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/fault.hpp"
#include "rollcall/result.hpp"

namespace rollcall::json {

// An integer is a number without point and exponent. Those over int64 are integers as well. Absent
// is what was looked for in vain.
enum class Kind : std::uint8_t { absent, null, boolean, integer, real, text, list, object };

// With its article, for messages: "a text", "an object".
[[nodiscard]] std::string_view in_words(Kind kind) noexcept;

// Where a text comes from that is a piece of a larger one: what its paths and places begin with.
struct Origin {
  std::string path = {};
  Place place = {};
};

// The places of values are found by their numbers, in the order of the text.
struct Node {
  Kind kind = Kind::absent;
  bool flag = false;           // of a boolean; of an integer: it is over int64
  std::uint32_t size = 0;      // bytes of a text; elements of a list, members of an object
  std::uint32_t name_size = 0; // of a member
  std::uint32_t end = 0;       // the number of the value behind this one and all within it
  const char* name = nullptr;  // null: no member of an object
  union {
    const char* text = nullptr;
    std::int64_t integer;
    std::uint64_t natural;
    double real;
  };
};

class Document;

// A member that is not there is a value, too: an absent one, which says nothing and has no members.
class Value {
 public:
  class Iterator;

  Value() noexcept = default;
  explicit operator bool() const noexcept { return document_ != nullptr; }

  [[nodiscard]] Kind kind() const noexcept { return node().kind; }
  [[nodiscard]] bool is(Kind kind) const noexcept { return node().kind == kind; }

  // What it says, if it is of that kind and fits.
  [[nodiscard]] std::optional<bool> boolean() const noexcept;
  [[nodiscard]] std::optional<std::int64_t> integer() const noexcept;
  [[nodiscard]] std::optional<std::uint64_t> natural() const noexcept; // an integer, not negative
  [[nodiscard]] std::optional<double> real() const noexcept;           // any number
  [[nodiscard]] std::optional<std::string_view> text() const noexcept;

  // The elements of a list, or the members of an object, in the order of the text. Other values
  // have none.
  [[nodiscard]] Iterator begin() const noexcept;
  [[nodiscard]] Iterator end() const noexcept;
  [[nodiscard]] std::size_t size() const noexcept;

  // A member of an object; absent if this is none, or has no such member. Looks at one after the
  // other.
  [[nodiscard]] Value find(std::string_view name) const noexcept;

  // Its own, if it is a member; else empty.
  [[nodiscard]] std::string_view name() const noexcept { return {node().name, node().name_size}; }

  // "users[3].email"; empty for the whole text. Costs a walk through the text, as place does: for
  // messages.
  [[nodiscard]] std::string path() const;
  [[nodiscard]] Place place() const;

 private:
  friend class Document;
  Value(const Document& document, std::uint32_t number) noexcept
      : document_{&document}, number_{number}
  {
  }
  [[nodiscard]] const Node& node() const noexcept;

  const Document* document_ = nullptr; // null: absent
  std::uint32_t number_ = 0;
};

class Value::Iterator {
 public:
  explicit Iterator(Value value) noexcept : value_{value} {}
  [[nodiscard]] Value operator*() const noexcept { return value_; }
  Iterator& operator++() noexcept
  {
    value_.number_ = value_.node().end;
    return *this;
  }
  bool operator==(const Iterator& other) const noexcept
  {
    return value_.number_ == other.value_.number_;
  }

 private:
  Value value_;
};

struct ReadOptions {
  std::size_t bytes_max = 16 * 1024 * 1024;    // at most 1 GiB
  std::size_t depth_max = 64;                  // of lists and objects; at most 1024
  std::pmr::memory_resource* memory = nullptr; // null: new and delete
};

// Reading a text of n bytes takes 2 n bytes for it and its strings, and 44 bytes a value;
// simdjson's share does not come from the memory resource. Memory is kept for the next text.
class Document {
 public:
  explicit Document(const ReadOptions& options);
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;
  ~Document();

  // Reads a whole text, UTF-8, with or without a byte order mark. The text is copied. After an
  // error there is no root.
  [[nodiscard]] Result<void> read(std::string_view text, Origin origin = {});

  // The same for a text that stays where it is for as long as its values are used, and behind which
  // `padding_bytes` can be read.
  [[nodiscard]] Result<void> read_in_place(std::string_view text, Origin origin = {});
  static constexpr std::size_t padding_bytes = 64;

  // Only after a text was read.
  [[nodiscard]] Value root() const noexcept { return {*this, 0}; }

  // As it was read.
  [[nodiscard]] std::string_view text() const noexcept { return text_; }

 private:
  friend class Value;
  struct Parser;

  Result<void> parse();
  Error syntax_error() const;

  ReadOptions options_;
  std::unique_ptr<Parser> parser_;
  std::pmr::vector<char> copy_;
  std::pmr::vector<Node> nodes_;
  std::string_view text_;
  Origin origin_;
};

inline const Node& Value::node() const noexcept
{
  static constexpr Node absent = {};
  return document_ != nullptr ? document_->nodes_[number_] : absent;
}

inline Value::Iterator Value::begin() const noexcept
{
  if (!is(Kind::list) && !is(Kind::object)) return end();
  return Iterator{{*document_, number_ + 1}};
}

inline Value::Iterator Value::end() const noexcept
{
  Value behind = *this;
  behind.number_ = node().end;
  return Iterator{behind};
}

} // namespace rollcall::json

#endif // ROLLCALL_JSON_DOCUMENT_HPP
