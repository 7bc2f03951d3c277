// change_json.hpp: changes and effects as they stand in reports and plans.
#ifndef ROLLCALL_PLAN_CHANGE_JSON_HPP
#define ROLLCALL_PLAN_CHANGE_JSON_HPP

#include <optional>
#include <span>
#include <string_view>

#include "json/writer.hpp"
#include "plan/row_result.hpp"
#include "schema/compiled.hpp"

namespace rollcall::plan {

// How a key is written that the host gives once the object is made.
enum class GivenKeys : std::uint8_t {
  shown, // as it was guessed, or as it is by now
  named  // {"known_after": "key"}
};

// "create".
[[nodiscard]] std::string_view slug(Op op) noexcept;

void put_text_or_null(json::Writer& writer, std::optional<std::string_view> text);

// As the type of the field says; a text that is not of its type, or not as it is written there,
// stays a text.
void put_value(json::Writer& writer, const schema::Type& type,
               std::optional<std::string_view> value);

// The fields of a change: {"email": [null, "a@b.example"]}.
void put_fields(json::Writer& writer, const schema::CompiledSchema& schema, const Change& change,
                GivenKeys keys);

// Lists, both.
void put_changes(json::Writer& writer, const schema::CompiledSchema& schema,
                 std::span<const Change> changes, GivenKeys keys);
void put_effects(json::Writer& writer, std::span<const EffectView> effects, GivenKeys keys);

// The parts of an effect, into an object that is open.
void put_parts(json::Writer& writer, const EffectView& effect, GivenKeys keys);

// {"known_after": "key"}
void put_known_after(json::Writer& writer);

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_CHANGE_JSON_HPP
