// What a row does, in few words.
#ifndef ROLLCALL_TESTS_PLAN_WORK_WORDS_HPP
#define ROLLCALL_TESTS_PLAN_WORK_WORDS_HPP

#include <array>
#include <string>
#include <string_view>

#include "plan/changes.hpp"
#include "schema/compiled.hpp"

namespace rollcall::tests {

// "update user 1 (name Ada > Eve, phone 12 > -); mail (to a@b.de)". A key that the host gives ends
// in `?`; of a secret it is said where it comes from.
[[nodiscard]] inline std::string in_words(const plan::Work& work,
                                          const schema::CompiledSchema& schema)
{
  constexpr std::array<std::string_view, 3> ops = {"create ", "update ", "delete "};
  constexpr std::array<std::string_view, 3> secrets = {"", "cell", "made"};
  std::string words;
  for (const Change& change : work.changes) {
    const schema::CompiledKind& kind = schema.kinds[change.kind];
    words.append(words.empty() ? "" : "; ").append(ops[static_cast<std::size_t>(change.op)]);
    words.append(kind.name).append(" ").append(change.key.value_or(""));
    if (change.gives_key) words += '?';
    std::string fields;
    for (const FieldChange& field : change.fields) {
      fields.append(fields.empty() ? "" : ", ").append(kind.fields[field.field].name).append(" ");
      if (field.before) fields.append(*field.before).append(" > ");
      if (field.secret != SecretFrom::none)
        fields += secrets[static_cast<std::size_t>(field.secret)];
      else
        fields.append(field.after.value_or("-"));
      if (field.is_given_key) fields += '?';
    }
    words.append(" (").append(fields).append(")");
  }
  for (const plan::EffectView& effect : work.effects) {
    words.append(words.empty() ? "" : "; ").append(effect.effect->effect->name);
    std::string parts;
    for (const plan::EffectPart& part : effect.parts) {
      parts.append(parts.empty() ? "" : ", ").append(part.name).append(" ").append(part.value);
      if (part.is_given_key) parts += '?';
    }
    words.append(" (").append(parts).append(")");
  }
  return words;
}

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_PLAN_WORK_WORDS_HPP
