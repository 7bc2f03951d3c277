// secret_maker.cpp: what is weak, or known already, is thrown away and drawn again, so what is left
// is as likely as anything else.
#include "apply/secret_maker.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <variant>

#include "base/utf8.hpp"
#include "expr/comparing.hpp"

namespace rollcall::apply {
namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::size_t length_max = 1024;
// Where nothing but weak ones is to be had (a digit, a known value), the last one is taken.
constexpr int draws_max = 64;

// Each character of an alphabet once: one that stands there twice would be twice as likely.
std::vector<std::string> characters_of(std::string_view alphabet)
{
  std::vector<std::string> made;
  while (!alphabet.empty()) {
    const std::size_t size = decode_next(alphabet).bytes;
    const std::string_view each = alphabet.substr(0, size);
    if (std::find(made.begin(), made.end(), each) == made.end()) made.emplace_back(each);
    alphabet.remove_prefix(size);
  }
  return made;
}

} // namespace

bool is_weak(std::string_view pin) noexcept
{
  if (expr::is_run(pin)) return true;
  if (pin.size() < 4) return false;
  const char first = pin.front();
  const std::size_t other = pin.find_first_not_of(first);
  if (other == std::string_view::npos) return true;
  const std::array<char, 2> two = {first, pin[other]};
  if (pin.find_first_not_of(two.data(), other, two.size()) == std::string_view::npos) return true;
  const std::size_t half = pin.size() / 2;
  return pin.size() % 2 == 0 && pin.substr(0, half) == pin.substr(half);
}

Result<Secret> SecretMaker::make(schema::FieldRef field, std::span<const std::string_view> known)
{
  ROLLCALL_TRY(const Wanted* const wanted, this->wanted(field));
  const auto is_good = [&](std::string_view made) {
    if (wanted->is_digits && is_weak(made)) return false;
    return std::find(known.begin(), known.end(), made) == known.end();
  };
  for (int draw_number = 1;; ++draw_number) {
    ROLLCALL_TRY(Secret made, draw(*wanted));
    if (is_good(made.view()) || draw_number == draws_max) return made;
  }
}

Result<bool> SecretMaker::is_shown(schema::FieldRef field)
{
  ROLLCALL_TRY(const Wanted* const wanted, this->wanted(field));
  return wanted->is_shown;
}

Result<const SecretMaker::Wanted*> SecretMaker::wanted(schema::FieldRef field)
{
  const auto at = wanted_.find({field.kind, field.field});
  if (at != wanted_.end()) return &at->second;
  const schema::CompiledField& of = schema_.kinds[field.kind].fields[field.field];
  const auto* const type = std::get_if<schema::Secret>(&of.type);
  if (type == nullptr) return Error{ErrorCode::internal, "what is no secret was to be made"};
  Wanted made{.is_digits = type->digits};
  ROLLCALL_TRY(const std::size_t least, amount(type->min, of.min, 1));
  ROLLCALL_TRY(const std::size_t most, amount(type->max, of.max, length_max));
  ROLLCALL_TRY(made.length, amount(type->length, of.length, type->digits ? 6 : 16));
  // Settings may ask for a length that the field cannot have.
  made.length = std::clamp(made.length, least, std::max(least, most));
  if (of.shown) {
    ROLLCALL_TRY(made.is_shown, facts_.holds(*of.shown));
  }
  std::string_view alphabet = type->digits ? digits : distinct_characters;
  if (of.alphabet) {
    ROLLCALL_TRY(const expr::Value value, facts_.evaluate(*of.alphabet));
    if (value.what == expr::What::text && !value.text.empty()) alphabet = value.text;
  }
  made.characters = characters_of(alphabet);
  const bool are_bytes = std::all_of(made.characters.begin(), made.characters.end(),
                                     [](const std::string& each) { return each.size() == 1; });
  if (are_bytes) {
    for (const std::string& each : made.characters) made.alphabet += each;
    made.characters.clear();
  }
  return &wanted_.insert_or_assign({field.kind, field.field}, std::move(made)).first->second;
}

Result<std::size_t> SecretMaker::amount(const schema::Amount& amount,
                                        const std::optional<expr::ProgramId>& program,
                                        std::size_t otherwise)
{
  std::int64_t number = static_cast<std::int64_t>(otherwise);
  if (const std::int64_t* const constant = amount.number()) {
    number = *constant;
  } else if (program) {
    ROLLCALL_TRY(const expr::Value value, facts_.evaluate(*program));
    if (value.what == expr::What::integer) number = value.integer;
  }
  return static_cast<std::size_t>(std::clamp<std::int64_t>(number, 1, length_max));
}

Result<Secret> SecretMaker::draw(const Wanted& wanted)
{
  if (!wanted.alphabet.empty()) {
    Secret made{wanted.length};
    ROLLCALL_CHECK(fill_random_text(random_, wanted.alphabet, made.text()));
    return made;
  }
  const auto& characters = wanted.characters;
  std::vector<std::size_t> drawn(wanted.length);
  const WipeAtEnd wipe{std::as_writable_bytes(std::span{drawn})};
  std::size_t size = 0;
  for (std::size_t& each : drawn) {
    ROLLCALL_TRY(const std::uint64_t number, random_below(random_, characters.size()));
    each = static_cast<std::size_t>(number);
    size += characters[each].size();
  }
  Secret made{size};
  char* at = made.text().data();
  for (const std::size_t each : drawn) at += characters[each].copy(at, size);
  return made;
}

} // namespace rollcall::apply
