// The tree of a JSON text, made in one walk over what simdjson found.
#include "json/document.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <bit>
#include <string>
#include <utility>

#include "base/simdjson_choice.hpp"
#include "json/syntax.hpp"

namespace rollcall::json {
namespace {

constexpr std::size_t bytes_max_max = std::size_t{1} << 30U;
constexpr std::size_t depth_max_max = 1024;
constexpr std::size_t few_members = 8;
constexpr std::size_t some_members = 64;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

using simdjson::dom::element_type;

class Builder {
 public:
  Builder(std::pmr::vector<Node>& nodes, std::size_t depth_max)
      : nodes_{nodes}, depth_max_{depth_max}
  {
  }

  // False if it is too deep, and then the tree is not whole.
  bool value(simdjson::dom::element element, std::size_t depth)
  {
    const auto number = static_cast<std::uint32_t>(nodes_.size() - 1);
    Node& node = nodes_.back();
    switch (element.type()) {
      case element_type::OBJECT:
        return object(element, number, depth);
      case element_type::ARRAY:
        return list(element, number, depth);
      case element_type::STRING: {
        const std::string_view text = element.get_string().value_unsafe();
        node.kind = Kind::text;
        node.text = text.data();
        node.size = static_cast<std::uint32_t>(text.size());
        break;
      }
      case element_type::INT64:
        node.kind = Kind::integer;
        node.integer = element.get_int64().value_unsafe();
        break;
      case element_type::UINT64:
        node.kind = Kind::integer;
        node.flag = true;
        node.natural = element.get_uint64().value_unsafe();
        break;
      case element_type::DOUBLE:
        node.kind = Kind::real;
        node.real = element.get_double().value_unsafe();
        break;
      case element_type::BOOL:
        node.kind = Kind::boolean;
        node.flag = element.get_bool().value_unsafe();
        break;
      case element_type::NULL_VALUE:
        node.kind = Kind::null;
        break;
    }
    node.end = number + 1;
    return true;
  }

  // A member whose name stands before it in the same object.
  std::optional<std::uint32_t> repeated() const noexcept { return repeated_; }

 private:
  bool object(simdjson::dom::element element, std::uint32_t number, std::size_t depth)
  {
    if (depth >= depth_max_) return false;
    std::uint32_t count = 0;
    const simdjson::dom::object members = element.get_object().value_unsafe();
    for (const auto [name, member] : members) {
      nodes_.emplace_back();
      nodes_.back().name = name.data();
      nodes_.back().name_size = static_cast<std::uint32_t>(name.size());
      if (!value(member, depth + 1)) return false;
      ++count;
    }
    close(number, Kind::object, count);
    if (repeated_) return true;
    repeated_ = count <= few_members    ? find_repeated(number)
                : count <= some_members ? find_repeated_of_some(number)
                                        : find_repeated_of_many(number);
    return true;
  }

  bool list(simdjson::dom::element element, std::uint32_t number, std::size_t depth)
  {
    if (depth >= depth_max_) return false;
    std::uint32_t count = 0;
    const simdjson::dom::array elements = element.get_array().value_unsafe();
    for (const auto member : elements) {
      nodes_.emplace_back();
      if (!value(member, depth + 1)) return false;
      ++count;
    }
    close(number, Kind::list, count);
    return true;
  }

  void close(std::uint32_t number, Kind kind, std::uint32_t count) noexcept
  {
    nodes_[number].kind = kind;
    nodes_[number].size = count;
    nodes_[number].end = static_cast<std::uint32_t>(nodes_.size());
  }

  std::string_view name(std::uint32_t number) const noexcept
  {
    return {nodes_[number].name, nodes_[number].name_size};
  }

  std::optional<std::uint32_t> find_repeated(std::uint32_t object) const noexcept
  {
    const std::uint32_t end = nodes_[object].end;
    for (std::uint32_t later = object + 1; later < end; later = nodes_[later].end) {
      for (std::uint32_t one = object + 1; one < later; one = nodes_[one].end) {
        if (name(one) == name(later)) return later;
      }
    }
    return {};
  }

  // By a table of what stood before. Names that were chosen to fall into one slot are compared with
  // each other, and there are not enough of them to take long.
  std::optional<std::uint32_t> find_repeated_of_some(std::uint32_t object) const noexcept
  {
    std::array<std::uint8_t, 4 * some_members> slots = {}; // 1: the first member
    std::array<std::uint32_t, some_members> members;       // their numbers
    std::uint8_t count = 0;
    const std::uint32_t end = nodes_[object].end;
    for (std::uint32_t later = object + 1; later < end; later = nodes_[later].end) {
      std::size_t slot = slot_of(name(later)) % slots.size();
      for (; slots[slot] != 0; slot = (slot + 1) % slots.size())
        if (name(members[slots[slot] - 1U]) == name(later)) return later;
      members[count] = later;
      slots[slot] = ++count;
    }
    return {};
  }

  // Most names of one object differ in their size or in one of these letters.
  static std::size_t slot_of(std::string_view name) noexcept
  {
    if (name.empty()) return 0;
    const auto letter = [&](std::size_t at) {
      return std::size_t{static_cast<unsigned char>(name[at])};
    };
    const std::size_t size = name.size();
    return 67 * size + 31 * letter(0) + 13 * letter(size / 2) + letter(size - 1);
  }

  std::optional<std::uint32_t> find_repeated_of_many(std::uint32_t object)
  {
    members_.clear();
    const std::uint32_t end = nodes_[object].end;
    for (std::uint32_t one = object + 1; one < end; one = nodes_[one].end) members_.push_back(one);
    std::sort(members_.begin(), members_.end(), [this](std::uint32_t a, std::uint32_t b) {
      const int order = name(a).compare(name(b));
      return order != 0 ? order < 0 : a < b;
    });
    std::optional<std::uint32_t> first;
    for (std::size_t i = 1; i < members_.size(); ++i) {
      if (name(members_[i - 1]) != name(members_[i])) continue;
      first = std::min(first.value_or(members_[i]), members_[i]);
    }
    return first;
  }

  std::pmr::vector<Node>& nodes_;
  std::size_t depth_max_;
  std::pmr::vector<std::uint32_t> members_{nodes_.get_allocator().resource()};
  std::optional<std::uint32_t> repeated_;
};

} // namespace

struct Document::Parser {
  simdjson::dom::parser parser;
  simdjson::dom::document found;

  // Grown in powers of two, so that a file of ever longer lines does not allocate for each.
  simdjson::error_code make_room(std::size_t bytes, std::size_t depth_max)
  {
    if (bytes <= found.capacity() && found.capacity() != 0) return simdjson::SUCCESS;
    const std::size_t room = std::bit_ceil(std::max<std::size_t>(bytes, 256));
    // The root counts as a level, too.
    const auto error = parser.implementation
                           ? parser.allocate(room, depth_max + 1)
                           : best_implementation().create_dom_parser_implementation(
                                 room, depth_max + 1, parser.implementation);
    return error ? error : found.allocate(room);
  }
};

std::string_view in_words(Kind kind) noexcept
{
  switch (kind) {
    case Kind::absent:
      return "nothing";
    case Kind::null:
      return "null";
    case Kind::boolean:
      return "true or false";
    case Kind::integer:
      return "an integer";
    case Kind::real:
      return "a number with a point";
    case Kind::text:
      return "a text";
    case Kind::list:
      return "a list";
    case Kind::object:
      return "an object";
  }
  return {};
}

Document::Document(const ReadOptions& options)
    : options_{options},
      copy_{options.memory != nullptr ? options.memory : std::pmr::new_delete_resource()},
      nodes_{copy_.get_allocator().resource()}
{
  options_.bytes_max = std::min(options_.bytes_max, bytes_max_max);
  options_.depth_max = std::min(options_.depth_max, depth_max_max);
}

Document::~Document() = default;

Result<void> Document::read(std::string_view text, Origin origin)
{
  return guarded([&]() -> Result<void> {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    if (text.size() <= options_.bytes_max) {
      copy_.assign(text.begin(), text.end());
      copy_.resize(text.size() + padding_bytes);
      text = {copy_.data(), text.size()};
    }
    return read_in_place(text, std::move(origin));
  });
}

Result<void> Document::read_in_place(std::string_view text, Origin origin)
{
  return guarded([&]() -> Result<void> {
    text_ = text;
    origin_ = std::move(origin);
    nodes_.clear();
    Result<void> result = parse();
    if (!result.has_value()) nodes_.clear();
    return result;
  });
}

Result<void> Document::parse()
{
  if (text_.size() > options_.bytes_max) {
    return Error{ErrorCode::limit_exceeded,
                 in_words(Fault{.path = origin_.path,
                                .place = origin_.place,
                                .what = "longer than the " + std::to_string(options_.bytes_max) +
                                        " bytes that are read"})};
  }
  if (!parser_) parser_ = std::make_unique<Parser>();
  if (parser_->make_room(text_.size(), options_.depth_max)) return Error{};
  const auto found =
      parser_->parser.parse_into_document(parser_->found, text_.data(), text_.size(), false);
  if (found.error() == simdjson::MEMALLOC) return Error{};
  if (found.error()) return syntax_error();

  Builder builder{nodes_, options_.depth_max};
  nodes_.emplace_back();
  if (!builder.value(found.value_unsafe(), 0)) return syntax_error();
  if (!builder.repeated()) return success();
  const Value member{*this, *builder.repeated()};
  return Error{ErrorCode::malformed,
               in_words(Fault{.path = member.path(),
                              .place = member.place(),
                              .what = "the name stands twice in its object"})};
}

Error Document::syntax_error() const
{
  const auto fault = find_fault(text_, options_.depth_max);
  if (!fault) return Error{ErrorCode::internal, "two readers do not agree whether this is JSON"};
  Place place = origin_.place;
  advance(place, text_.substr(0, fault->offset));
  return Error{fault->code,
               in_words(Fault{.path = origin_.path, .place = place, .what = fault->what})};
}

std::optional<bool> Value::boolean() const noexcept
{
  if (!is(Kind::boolean)) return {};
  return node().flag;
}

std::optional<std::int64_t> Value::integer() const noexcept
{
  if (!is(Kind::integer) || node().flag) return {};
  return node().integer;
}

std::optional<std::uint64_t> Value::natural() const noexcept
{
  if (!is(Kind::integer)) return {};
  if (node().flag) return node().natural;
  if (node().integer < 0) return {};
  return static_cast<std::uint64_t>(node().integer);
}

std::optional<double> Value::real() const noexcept
{
  if (is(Kind::real)) return node().real;
  if (!is(Kind::integer)) return {};
  return node().flag ? static_cast<double>(node().natural) : static_cast<double>(node().integer);
}

std::optional<std::string_view> Value::text() const noexcept
{
  if (!is(Kind::text)) return {};
  return std::string_view{node().text, node().size};
}

std::size_t Value::size() const noexcept
{
  return is(Kind::list) || is(Kind::object) ? node().size : 0;
}

Value Value::find(std::string_view name) const noexcept
{
  if (!is(Kind::object)) return {};
  for (const Value member : *this) {
    if (member.name() == name) return member;
  }
  return {};
}

std::string Value::path() const
{
  if (document_ == nullptr) return {};
  std::string path = document_->origin_.path;
  for (Value at = document_->root(); at.number_ != number_;) {
    std::size_t index = 0;
    Value child = *at.begin();
    for (; child.node().end <= number_; ++index) child.number_ = child.node().end;
    if (at.is(Kind::object)) {
      append_member(path, child.name());
    } else {
      append_element(path, index);
    }
    at = child;
  }
  return path;
}

Place Value::place() const
{
  if (document_ == nullptr) return {};
  Place place = document_->origin_.place;
  advance(place, document_->text_.substr(0, offset_of_value(document_->text_, number_)));
  return place;
}

} // namespace rollcall::json
