// canonical.cpp: the vocabulary of conversions (spec/convert.md).
#include "rollcall/canonical.hpp"

#include <algorithm>
#include <array>

namespace rollcall::schema {
namespace {

using enum CanonicalIs;

constexpr std::array fields = {
    CanonicalField{"login", text, false, "what somebody signs in with"},
    CanonicalField{"email", email, false, "an email address"},
    CanonicalField{"first_name", text, false, "the given name"},
    CanonicalField{"last_name", text, false, "the family name"},
    CanonicalField{"display_name", text, false, "the whole name, as it is shown"},
    CanonicalField{"extension", text, false, "the number inside of the house"},
    CanonicalField{"direct_number", text, false, "the number from outside"},
    CanonicalField{"second_number", text, false, "another number from outside"},
    CanonicalField{"caller_id", text, false, "the number that is shown to who is called"},
    CanonicalField{"mobile_number", text, false, "the mobile phone"},
    CanonicalField{"home_number", text, false, "the phone at home"},
    CanonicalField{"forward_number", text, false, "where calls are forwarded to"},
    CanonicalField{"pager", email, false, "an email address for short notices"},
    CanonicalField{"department", text, true, "department or team"},
    CanonicalField{"role", text, true, "what somebody may do: a group, a profile"},
    CanonicalField{"language", text, false, "the language of phone and prompts"},
    CanonicalField{"active", boolean, false, "whether the user can use the service"},
    CanonicalField{"mac", text, false, "the phone's MAC address"},
    CanonicalField{"phone_model", text, true, "the phone's model"},
    CanonicalField{"portal_password", secret, false, "the password of the web page"},
    CanonicalField{"sip_password", secret, false, "the phone's own password"},
    CanonicalField{"voicemail_pin", secret, false, "the PIN of the mailbox"},
    CanonicalField{"kind_of_user", text, false, "a person or a place"},
};

} // namespace

std::span<const CanonicalField> canonical_fields() noexcept
{
  return fields;
}

const CanonicalField* canonical_field(std::string_view name) noexcept
{
  const auto* const found = std::find_if(
      fields.begin(), fields.end(), [&](const CanonicalField& each) { return each.name == name; });
  return found == fields.end() ? nullptr : found;
}

} // namespace rollcall::schema
