// backlog.cpp: changes as bytes: numbers seven bits at a time, texts behind their size.
#include "plan/backlog.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace rollcall::plan {
namespace {

constexpr std::size_t done_at_once = 1024;

void put(std::string& into, std::size_t number)
{
  for (; number >= 0x80; number >>= 7U) into += static_cast<char>(0x80U | (number & 0x7FU));
  into += static_cast<char>(number);
}

// A text that is not there is a size of 0, else it is one more.
void put(std::string& into, const std::optional<std::string_view>& text)
{
  put(into, text ? text->size() + 1 : 0);
  if (text) into += *text;
}

class Reading {
 public:
  explicit Reading(const char* at) noexcept : at_{at} {}

  template <class Number>
  Number number() noexcept
  {
    std::size_t number = 0;
    unsigned bits = 0;
    unsigned char byte = 0;
    do {
      byte = static_cast<unsigned char>(*at_++);
      number |= std::size_t{byte & 0x7FU} << bits;
      bits += 7;
    } while (byte >= 0x80);
    return static_cast<Number>(number);
  }
  std::optional<std::string_view> text() noexcept
  {
    const auto size = number<std::size_t>();
    if (size == 0) return {};
    const std::string_view text{at_, size - 1};
    at_ += text.size();
    return text;
  }

 private:
  const char* at_;
};

template <class T>
std::span<T> make(std::size_t count, std::pmr::memory_resource& room)
{
  T* const at = std::pmr::polymorphic_allocator<T>{&room}.allocate(count);
  std::uninitialized_value_construct_n(at, count);
  return {at, count};
}

} // namespace

Backlog::Backlog(std::pmr::memory_resource& memory) : texts_{memory}, groups_{&memory} {}

void Backlog::clear()
{
  directory::Arena nothing{*groups_.get_allocator().resource()};
  texts_.swap(nothing);
  groups_.clear();
}

void Backlog::add(std::span<const Change> changes)
{
  written_.clear();
  put(written_, changes.size());
  for (const Change& change : changes) {
    put(written_, static_cast<std::size_t>(change.op));
    put(written_, std::size_t{change.kind});
    put(written_, change.key);
    put(written_, std::size_t{change.gives_key});
    put(written_, change.fields.size());
    for (const FieldChange& field : change.fields) {
      put(written_, std::size_t{field.field});
      put(written_, field.after);
      put(written_, static_cast<std::size_t>(field.secret));
      put(written_, std::size_t{field.is_given_key});
    }
  }
  groups_.push_back(texts_.keep(written_).data());
}

Group Backlog::read(const char* at, std::pmr::memory_resource& room) const
{
  Reading from{at};
  const auto changes = make<Change>(from.number<std::size_t>(), room);
  for (Change& change : changes) {
    change.op = from.number<Op>();
    change.kind = from.number<KindId>();
    change.key = from.text();
    change.gives_key = from.number<bool>();
    const auto fields = make<FieldChange>(from.number<std::size_t>(), room);
    for (FieldChange& field : fields) {
      field.field = from.number<FieldId>();
      field.after = from.text();
      field.secret = from.number<SecretFrom>();
      field.is_given_key = from.number<bool>();
    }
    change.fields = fields;
  }
  return {.changes = changes};
}

Result<void> Backlog::give_to(Directory& state, AnswerSink& sink)
{
  std::pmr::monotonic_buffer_resource room{groups_.get_allocator().resource()};
  std::pmr::vector<Group> groups{groups_.get_allocator()};
  for (std::size_t begin = 0; begin < groups_.size(); begin += done_at_once) {
    const std::size_t end = std::min(groups_.size(), begin + done_at_once);
    for (std::size_t i = begin; i != end; ++i) groups.push_back(read(groups_[i], room));
    ROLLCALL_CHECK(state.apply(groups, sink));
    groups.clear();
    room.release();
  }
  clear();
  return success();
}

} // namespace rollcall::plan
