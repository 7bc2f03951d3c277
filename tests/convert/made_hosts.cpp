// made_hosts.cpp: what only one user may have is counted up, all the rest is drawn.
#include "convert/made_hosts.hpp"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "convert/arrivals.hpp"

namespace rollcall::tests {
namespace {

constexpr std::array firsts = {"Ada", "Mary Ann", "=1+1", "\xC3\x89lise", "Lo\\u00efc"};
constexpr std::array lasts = {"Ek", "O'Hara", "\\\"a\\\"", "Roth;x", "Orr,Jr."};

std::string number(std::size_t at)
{
  return "+4930000000" + std::to_string(at);
}

// Members of a JSON object, or objects of a list, one after the other.
class Text {
 public:
  void put(std::string_view item) { text_.append(text_.empty() ? "" : ", ").append(item); }
  void put(std::string_view name, std::string_view value)
  {
    put('"' + std::string{name} + "\": \"" + std::string{value} + '"');
  }
  // Now and then not.
  void may_put(Chance& chance, std::string_view name, std::string_view value)
  {
    if (!chance.one_in(3)) put(name, value);
  }
  void put_truth(std::string_view name, bool value)
  {
    put('"' + std::string{name} + (value ? "\": true" : "\": false"));
  }
  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  [[nodiscard]] std::string object() const { return "{" + text_ + "}"; }
  [[nodiscard]] std::string list(std::string_view name) const
  {
    return '"' + std::string{name} + "\": [" + text_ + "]";
  }

 private:
  std::string text_;
};

std::string call_manager_json(Chance& chance, std::size_t users)
{
  Text all;
  Text numbers;
  for (std::size_t i = 1; i <= users; ++i) {
    Text user;
    const std::string named = std::to_string(i);
    user.put("upn", chance.one_in(3) ? "Alex" + named : "a" + named + "@x.de");
    user.may_put(chance, "display_name",
                 std::string{chance.of(firsts)} + " " + std::string{chance.of(lasts)});
    user.put_truth("enterprise_voice", !chance.one_in(3));
    if (chance.one_in(2)) {
      user.put("primary_number", number(10 + i));
      user.may_put(chance, "primary_location", "Bonn");
    }
    user.may_put(chance, "private_number", number(20 + i));
    user.may_put(chance, "caller_id_policy", "Main");
    for (const std::size_t at : {10 + i, 20 + i}) {
      Text each;
      each.put("e164", number(at));
      numbers.put(each.object());
    }
    all.put(user.object());
  }
  return "{" + all.list("user") + ", " + numbers.list("number") +
         R"(, "location": [{"name": "Bonn"}], "caller_id_policy": [{"name": "Main"}]})";
}

std::string clusterpbx_json(Chance& chance, std::size_t users)
{
  constexpr std::array words = {"Sales", "Sales, EMEA", "-1"};
  constexpr std::array languages = {"en", "de", "fr-CH"};
  Text all;
  for (std::size_t i = 1; i <= users; ++i) {
    Text user;
    const std::string named = std::to_string(i);
    user.put("id", named);
    user.put("first_name", chance.of(firsts));
    user.put("last_name", chance.of(lasts));
    user.put("email", (chance.one_in(2) ? "A" : "o'c") + named + "@x.example");
    user.put("extension", (chance.one_in(3) ? "030" : "20") + named);
    user.may_put(chance, "department", chance.of(words));
    user.may_put(chance, "language", chance.of(languages));
    user.may_put(chance, "user_profile_id", "agent");
    user.may_put(chance, "forward_number", "+4930" + named);
    user.may_put(chance, "followme_number", "0301" + named);
    if (chance.one_in(2)) {
      user.put("phone_model_id", "T46S");
      user.put("provisioning_template_id", "10");
      user.put("mac", "00:04:13:00:00:0" + named);
    }
    user.put_truth("web_password", true);
    user.put_truth("dnd", chance.one_in(2));
    user.put_truth("call_waiting", chance.one_in(2));
    all.put(user.object());
  }
  return "{" + all.list("user") + R"(, "phone_model": [{"id": "T46S"}],
    "provisioning_template": [{"id": "10"}], "user_profile": [{"id": "agent"}]})";
}

// Its users are many objects each, so they are imported.
std::string extensions_csv(Chance& chance, std::size_t users)
{
  std::string file =
      "Extension,First Name,Last Name,Email,Pager,DID,Caller ID,MAC,Phone Model,Password,"
      "Voicemail PIN";
  const auto perhaps = [&](const std::string& cell) { return chance.one_in(3) ? "" : cell; };
  for (std::size_t i = 1; i <= users; ++i) {
    const std::string named = std::to_string(i);
    file += chance.one_in(3) ? "\n030" : "\n20";
    file += named + ",";
    file += (chance.one_in(2) ? "Ada," : "Cher,") + perhaps("O'Hara") + ",";
    file += perhaps("a" + named + "@x.de") + "," + perhaps("p@x.de") + ",";
    file += perhaps(number(10 + i)) + "," + perhaps("10" + named) + ",";
    file += chance.one_in(2) ? "000413000" + std::to_string(100 + i) + ",T46S" : ",";
    file += ",,";
  }
  return file;
}

} // namespace

Running made_host(std::string_view format, Chance& chance)
{
  Vendor vendor = vendor_of(format);
  const std::size_t users = 1 + chance.below(8);
  std::string json = R"({"tenant": {"name": "acme", "provisioning": true},
                        "phone_model": [{"name": "T46S"}]})";
  if (format == "call_manager") json = call_manager_json(chance, users);
  if (format == "clusterpbx") json = clusterpbx_json(chance, users);
  Running host{std::move(vendor.schema), json};
  host.context = vendor.context;
  if (format == "extension_generator")
    CHECK(host.executed(extensions_csv(chance, users)).created == users);
  return host;
}

} // namespace rollcall::tests
