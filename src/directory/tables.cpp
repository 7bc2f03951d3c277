// tables.cpp: a table a kind, and the questions that make no sense.
#include "directory/tables.hpp"

#include <string>
#include <utility>

#include "directory/group_work.hpp"

namespace rollcall::directory {

Tables::Tables(std::vector<Shape> shapes, const SipKey& key, std::pmr::memory_resource& memory)
    : memory_{&memory}
{
  tables_.reserve(shapes.size());
  for (Shape& shape : shapes) tables_.emplace_back(std::move(shape), key, memory);
}

Result<void> Tables::check(KindId kind, FieldId field) const
{
  if (kind >= tables_.size())
    return Error{ErrorCode::wrong_use, "there is no kind " + std::to_string(kind)};
  const Shape& shape = tables_[kind].shape();
  if (field != key_field && field >= shape.fields.size())
    return Error{ErrorCode::wrong_use,
                 "the kind " + shape.name + " has no field " + std::to_string(field)};
  return success();
}

Result<void> Tables::check(std::span<const Group> groups) const
{
  for (const Group& group : groups) {
    bool gives_key = false;
    bool needs_given_key = false;
    for (const Change& change : group.changes) {
      ROLLCALL_CHECK(check(change.kind));
      if (change.gives_key &&
          (change.op != Op::create || tables_[change.kind].shape().keys != schema::Keys::from_host))
        return Error{ErrorCode::wrong_use,
                     "the host gives no key to what is not created, or has "
                     "one from the file"};
      gives_key = gives_key || change.gives_key;
      for (const FieldChange& field : change.fields) {
        ROLLCALL_CHECK(check(change.kind, field.field));
        if (field.field == key_field) return Error{ErrorCode::wrong_use, "a key never changes"};
        needs_given_key = needs_given_key || field.is_given_key;
      }
    }
    if (needs_given_key && !gives_key)
      return Error{ErrorCode::wrong_use, "no change of the group gives the key that others get"};
  }
  return success();
}

void Tables::apply(std::span<const Group> groups, AnswerSink& sink)
{
  GroupWork work{tables_, *memory_};
  for (std::size_t number = 0; number != groups.size(); ++number)
    work.apply(number, groups[number], sink);
  for (Table& table : tables_) table.tidy();
}

} // namespace rollcall::directory
