// questions.cpp: what is looked at before anything is asked or done.
#include "directory/questions.hpp"

namespace rollcall::directory {

Questions::Questions(std::span<const Shape> shapes)
{
  kinds_.reserve(shapes.size());
  for (const Shape& shape : shapes) kinds_.push_back({shape.name, shape.fields.size(), shape.keys});
}

Result<void> Questions::check(KindId kind, FieldId field) const
{
  if (kind >= kinds_.size())
    return Error{ErrorCode::wrong_use, "there is no kind " + std::to_string(kind)};
  const Kind& asked = kinds_[kind];
  if (field != key_field && field >= asked.fields)
    return Error{ErrorCode::wrong_use,
                 "the kind " + asked.name + " has no field " + std::to_string(field)};
  return success();
}

Result<void> Questions::check(std::span<const Group> groups) const
{
  for (const Group& group : groups) {
    bool gives_key = false;
    bool needs_given_key = false;
    for (const Change& change : group.changes) {
      ROLLCALL_CHECK(check(change.kind));
      if (change.gives_key &&
          (change.op != Op::create || kinds_[change.kind].keys != schema::Keys::from_host))
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

} // namespace rollcall::directory
