// What a host answers is looked at before it is believed.
#include "host_sinks.hpp"

namespace rollcall::capi {

Result<void> Failure::check(const char* what, std::int32_t verdict)
{
  if (failure_) return std::move(*failure_).while_doing(what);
  if (verdict == ROLLCALL_CONTINUE || verdict == ROLLCALL_SKIP) return success();
  return Error{ErrorCode::host_failed, std::string{"the host has stopped: "}.append(what)};
}

} // namespace rollcall::capi

using namespace rollcall;
using namespace rollcall::capi;

Result<void> rollcall_objects::add(std::size_t asked, const rollcall_str* key,
                                   const rollcall_str* of, std::size_t size)
{
  if (asked >= asked_count) return wrong_use("an object for a value that was not asked for");
  if (key == nullptr || key->ptr == nullptr) return wrong_use("an object without a key");
  if (size != field_count || (of == nullptr && size != 0))
    return wrong_use("an object with " + std::to_string(size) + " fields, of a kind that has " +
                     std::to_string(field_count));
  fields.clear();
  for (std::size_t i = 0; i != size; ++i) {
    fields.emplace_back();
    if (of[i].ptr != nullptr) fields.back().emplace(text_of(of[i]));
  }
  sink->object(asked, {.key = text_of(*key), .fields = fields});
  return success();
}

Result<void> rollcall_answers::take_keys(std::size_t group, const rollcall_str* of,
                                         std::size_t size)
{
  keys.clear();
  for (std::size_t i = 0; i != size; ++i) {
    if (of == nullptr || of[i].ptr == nullptr) return wrong_use("a key that is NULL");
    keys.push_back(text_of(of[i]));
  }
  if (groups.empty()) return success();
  const std::span<const Change> changes = groups[group].changes;
  if (size != 0) {
    if (size == changes.size()) return success();
    return wrong_use(std::to_string(size) + " keys, of a group with " +
                     std::to_string(changes.size()) + " changes");
  }
  for (const Change& change : changes) {
    if (!change.key) return wrong_use("the host gives a key, and says none");
    keys.push_back(*change.key);
  }
  return success();
}

Result<void> rollcall_answers::add(std::size_t group, std::int32_t answer, const rollcall_str* of,
                                   std::size_t size, std::string_view why)
{
  if (group >= answered.size()) return wrong_use("an answer for what was not asked");
  if (answered[group]) return wrong_use("a second answer for the same group");
  ROLLCALL_CHECK(check_choice(answer, ROLLCALL_ANSWER_UNKNOWN + 1, "an answer"));
  keys.clear();
  if (answer == ROLLCALL_ANSWER_APPLIED) ROLLCALL_CHECK(take_keys(group, of, size));
  answered[group] = true;
  sink->answer(group, static_cast<Answer>(answer), keys, why);
  return success();
}

rollcall_status rollcall_objects_add(rollcall_objects* sink, size_t asked, const rollcall_str* key,
                                     const rollcall_str* fields, size_t field_count)
{
  if (sink == nullptr) return ROLLCALL_ERROR_WRONG_USE;
  return sink->failure.keep([&] { return sink->add(asked, key, fields, field_count); });
}

rollcall_status rollcall_objects_add_many(rollcall_objects* sink, size_t count, const size_t* asked,
                                          const rollcall_str* keys, const rollcall_str* fields,
                                          size_t field_count)
{
  if (sink == nullptr) return ROLLCALL_ERROR_WRONG_USE;
  return sink->failure.keep([&]() -> Result<void> {
    if (count != 0 && (asked == nullptr || keys == nullptr)) return wrong_use("objects are NULL");
    for (std::size_t i = 0; i != count; ++i) {
      const rollcall_str* const of = fields != nullptr ? fields + i * field_count : nullptr;
      ROLLCALL_CHECK(sink->add(asked[i], keys + i, of, field_count));
    }
    return success();
  });
}

rollcall_status rollcall_answers_add(rollcall_answers* sink, size_t group, int32_t answer,
                                     const rollcall_str* keys, size_t key_count, const char* why,
                                     size_t why_len)
{
  if (sink == nullptr) return ROLLCALL_ERROR_WRONG_USE;
  return sink->failure.keep(
      [&] { return sink->add(group, answer, keys, key_count, text_of(why, why_len)); });
}

rollcall_status rollcall_words_set(rollcall_words* sink, const char* text, size_t text_len)
{
  if (sink == nullptr) return ROLLCALL_ERROR_WRONG_USE;
  return sink->failure.keep([&]() -> Result<void> {
    sink->text.emplace(text_of(text, text_len));
    return success();
  });
}
