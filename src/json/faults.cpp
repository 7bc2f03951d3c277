// Values taken out of a JSON text, and what was wrong with them.
#include "json/faults.hpp"

#include <algorithm>

namespace rollcall::json {
namespace {

std::string_view found_in_words(const Value& value)
{
  if (const auto flag = value.boolean()) return *flag ? "true" : "false";
  return in_words(value.kind());
}

} // namespace

void Faults::add(const Value& at, std::string_view what)
{
  if (count_++ < kept_max_) {
    kept_.push_back({.path = at.path(), .place = at.place(), .what = std::string{what}});
  }
}

void Faults::add_expected(const Value& at, std::string_view wanted)
{
  if (!at) return;
  if (count_ >= kept_max_) return add(at, {});
  add(at, "expected " + std::string{wanted} + ", found " + std::string{found_in_words(at)});
}

bool Faults::boolean(const Value& value)
{
  const auto flag = value.boolean();
  if (!flag) add_expected(value, in_words(Kind::boolean));
  return flag.value_or(false);
}

std::int64_t Faults::integer(const Value& value)
{
  const auto number = value.integer();
  if (!number && value.is(Kind::integer)) add(value, "an integer that is too large");
  if (!number && !value.is(Kind::integer)) add_expected(value, in_words(Kind::integer));
  return number.value_or(0);
}

std::uint64_t Faults::natural(const Value& value)
{
  const auto number = value.natural();
  if (!number && value.is(Kind::integer)) add(value, "expected 0 or more, found less");
  if (!number && !value.is(Kind::integer)) add_expected(value, in_words(Kind::integer));
  return number.value_or(0);
}

double Faults::real(const Value& value)
{
  const auto number = value.real();
  if (!number) add_expected(value, "a number");
  return number.value_or(0);
}

std::string_view Faults::text(const Value& value)
{
  const auto text = value.text();
  if (!text) add_expected(value, in_words(Kind::text));
  return text.value_or(std::string_view{});
}

Value Faults::list(const Value& value)
{
  return only_if(value, Kind::list);
}

Value Faults::object(const Value& value)
{
  return only_if(value, Kind::object);
}

Value Faults::only_if(const Value& value, Kind kind)
{
  if (value.is(kind)) return value;
  add_expected(value, in_words(kind));
  return {};
}

Value Faults::member(const Value& object, std::string_view name)
{
  if (!object.is(Kind::object)) return {};
  const Value member = object.find(name);
  if (!member) add(object, "lacks \"" + std::string{name} + "\"");
  return member;
}

void Faults::only(const Value& object, std::initializer_list<std::string_view> names)
{
  if (!object.is(Kind::object)) return;
  for (const Value member : object) {
    if (std::ranges::find(names, member.name()) == names.end()) {
      add(member, "a name that is not known here");
    }
  }
}

Result<void> Faults::check(Places places) const
{
  if (is_empty()) return success();
  return guarded([&]() -> Result<void> {
    std::string detail;
    for (const Fault& fault : kept_) {
      if (!detail.empty()) detail += "; ";
      detail += in_words(fault, places);
    }
    if (count_ > kept_.size()) detail += "; and " + std::to_string(count_ - kept_.size()) + " more";
    return Error{ErrorCode::malformed, std::move(detail)};
  });
}

} // namespace rollcall::json
