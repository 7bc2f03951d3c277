// people.cpp: the made-up users. Who they are and how they are dressed come from two separate
// streams of chance, so that all shapes hold the same people.
#include "support/people.hpp"

#include <array>
#include <span>

namespace rollcall::bench {
namespace {

// SplitMix64: small, and the same on every machine, which the standard distributions are not.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_{seed} {}

  std::uint64_t bits()
  {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }

  std::uint64_t below(std::uint64_t n) { return (bits() >> 32U) * n >> 32U; }
  bool percent(std::uint64_t share) { return below(100) < share; }

  std::string_view one_of(std::span<const std::string_view> choices)
  {
    return choices[below(choices.size())];
  }

  std::string text(std::string_view signs, std::size_t length)
  {
    std::string text;
    while (text.size() != length) text += signs[below(signs.size())];
    return text;
  }

 private:
  std::uint64_t state_;
};

using Words = std::string_view[];
constexpr Words first_names = {"Alice",  "Bruno",  "Carla", "Dennis", "Emily",   "Frank",
                               "Gloria", "Henry",  "Ines",  "Jack",   "Kathryn", "Leo",
                               "Monica", "Nathan", "Olga",  "Patrick"};
constexpr Words last_names = {"Archer", "Baker",   "Carter", "Dawson",  "Ellis",   "Fletcher",
                              "Graham", "Harding", "Ingram", "Jenkins", "Kendall", "Lawson",
                              "Mercer", "Norris",  "Osborn", "Palmer"};
constexpr Words accented_first_names = {"Chloé",   "Jörg",  "Małgorzata", "Ñusta", "Œdipe",
                                        "Дмитрий", "Ελένη", "美咲",       "Ngọc"};
constexpr Words accented_last_names = {"Bähr",   "Cañete", "Dvořák", "Lévesque", "Sørli",
                                       "Петров", "Καρράς", "佐藤",   "Phạm"};
constexpr Words departments = {"Billing", "Field Service", "Logistics", "Marketing",
                               "Payroll", "Purchasing",    "Reception", "Research"};
constexpr Words awkward_departments = {"Billing, North", "Team \"Blue\"", "Hall 3, Desk 4",
                                       "Reception\nEvenings", "Research, Tools"};
constexpr Words languages = {"en", "de", "fr", "es", "hr", "it", "nl", "pt-BR"};
constexpr Words columns = {
    "ID",           "First Name",      "Last Name",      "Email",
    "Web Password", "Phone Secret",    "Voicemail Pin",  "Extension",
    "Department",   "Language",        "Phone Model ID", "Provisioning Template ID",
    "Mac Address",  "User Profile ID", "Forward Number", "Followme Number",
    "DND On",       "Callwaiting on",  "IP address"};
constexpr std::size_t width = std::size(columns);
// Those that are spoken of by name.
constexpr std::size_t id = 0, first_name = 1, last_name = 2, email = 3, pin = 6, extension = 7,
                      department = 8, model = 10, provisioning = 11, mac_address = 12, profile = 13,
                      forward = 14, followme = 15, dnd = 16, call_waiting = 17, ip_address = 18;

constexpr std::uint64_t models = 40, provisionings = 12, profiles = 6;

constexpr std::string_view digits = "0123456789";
constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view letters_and_digits =
    "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

using Cells = std::array<std::string, width>;

std::string lowered(std::string_view name)
{
  std::string text{name};
  text.front() = static_cast<char>(text.front() - 'A' + 'a');
  return text;
}

std::string mac(Chance& chance, std::string text)
{
  for (int pair = 1; pair != 6; ++pair) text += ":" + chance.text(hex_digits, 2);
  return text;
}

std::string yes(bool is_so)
{
  return is_so ? "yes" : "no";
}

Cells person(Chance& chance, std::uint64_t number, bool accents)
{
  const std::string_view first = chance.one_of(first_names);
  const std::string_view last = chance.one_of(last_names);
  const std::string_view accented_first = chance.one_of(accented_first_names);
  const std::string_view accented_last = chance.one_of(accented_last_names);
  const bool is_accented = chance.percent(12) && accents;
  const bool has_phone = chance.percent(70);
  Cells cells;
  std::size_t at = 0;
  const auto add = [&](std::string cell) { cells[at++] = std::move(cell); };
  add(std::to_string(number));
  add(std::string{is_accented ? accented_first : first});
  add(std::string{is_accented ? accented_last : last});
  add(lowered(first) + "." + lowered(last) + std::to_string(number) + "@pbx" +
      std::to_string(chance.below(400)) + ".example.com");
  add(chance.text(letters_and_digits, 12));
  add(chance.text(letters_and_digits, 16));
  add(chance.text(digits, 4));
  add(std::to_string(100'000 + number));
  add(std::string{chance.one_of(departments)});
  add(std::string{chance.one_of(languages)});
  const std::string phone = std::to_string(1 + chance.below(models));
  const std::string set_up = std::to_string(1 + chance.below(provisionings));
  const std::string address = mac(chance, "00");
  add(has_phone ? phone : "");
  add(has_phone ? set_up : "");
  add(has_phone ? address : "");
  add(std::to_string(1 + chance.below(profiles)));
  add(chance.percent(30) ? "+1" + chance.text(digits, 10) : "");
  add(chance.percent(15) ? "+1" + chance.text(digits, 10) : "");
  add(yes(chance.percent(10)));
  add(yes(chance.percent(80)));
  add(chance.percent(40)
          ? "10." + std::to_string(number >> 16U & 255U) + "." +
                std::to_string(number >> 8U & 255U) + "." + std::to_string(number & 255U)
          : "");
  return cells;
}

std::string in_quotes(std::string_view cell)
{
  std::string text = "\"";
  for (const char c : cell) text.append(c == '"' ? 2 : 1, c);
  return text + '"';
}

void dress_realistically(Cells& cells, Chance& chance)
{
  if (chance.percent(25)) cells[department] = chance.one_of(awkward_departments);
  for (std::string& cell : cells) {
    const bool must = cell.find_first_of(",\"\n") != std::string::npos;
    if (must || (!cell.empty() && chance.percent(10))) cell = in_quotes(cell);
  }
}

void dress_heavily(Cells& cells, Chance& chance)
{
  for (const std::size_t column : {std::size_t{1}, std::size_t{2}, department}) {
    const std::uint64_t percent = chance.below(100);
    if (percent < 8)
      cells[column] += ", Floor " + std::to_string(chance.below(90));
    else if (percent < 12)
      cells[column] += " \"Max\"";
    else if (percent < 13)
      cells[column] += "\nRoom 4";
  }
  for (std::string& cell : cells) cell = in_quotes(cell);
}

void append(std::string& text, const Cells& cells)
{
  for (const std::string& cell : cells) {
    text += cell;
    text += ',';
  }
  text.back() = '\n';
}

// --- flaws -------------------------------------------------------------------------------------

constexpr std::size_t flaw_kinds = 9;

// `taken` is the email address of a row before that has no flaw.
void give_flaw(Cells& cells, std::size_t kind, const std::string& taken)
{
  const auto give_phone = [&](std::string_view address) {
    cells[model] = "7";
    cells[provisioning] = "3";
    cells[mac_address] = address;
  };
  switch (kind) {
    case 0:
      cells[first_name].clear();
      break;
    case 1:
      cells[email].clear();
      break;
    case 2:
      cells[email].replace(cells[email].find('@'), 1, " at ");
      break;
    case 3:
      cells[email] = taken;
      break;
    case 4:
      cells[model] = "7"; // and no template
      cells[provisioning].clear();
      break;
    case 5:
      give_phone("00:11:22:33:44:zz");
      break;
    case 6:
      give_phone("");
      break;
    case 7:
      cells[pin] = "12a4";
      break;
    default:
      cells[dnd] = "maybe";
  }
}

// The numbers make them all different, so that nobody can remember what was said of the last one.
void spoil_values(Cells& cells, std::uint64_t number)
{
  const std::string digits_of = std::to_string(number);
  cells[id] = "id " + digits_of;
  cells[first_name].clear();
  cells[last_name] = "Von und zu " + std::string(54, 'o') + digits_of;
  cells[email] = "nobody" + digits_of + " at example.com";
  cells[pin] = "12a4";
  cells[extension] = "x" + digits_of;
  cells[model] = "model " + digits_of;
  cells[provisioning] = "template " + digits_of;
  cells[mac_address] = "00:11:22:33:44:zz";
  cells[profile] = "profile " + digits_of;
  cells[forward] = "call " + digits_of;
  cells[followme] = "1.55E+10";
  cells[dnd] = "maybe";
  cells[call_waiting] = "perhaps";
  cells[ip_address] = "10.0.0.999";
}

void spoil_bytes(Cells& cells)
{
  for (std::string& cell : cells) cell += '\x01';
}

// `change` may make somebody else of each person before they are dressed.
template <class Change>
std::string made(Shape shape, std::uint64_t rows, Change change)
{
  Chance people{1};
  Chance dress{2};
  std::string text;
  text.reserve((rows + 1) * 208);
  Cells cells;
  for (std::size_t column = 0; column != width; ++column) {
    cells[column] = columns[column];
    if (shape == Shape::quoted) cells[column] = in_quotes(cells[column]);
  }
  append(text, cells);
  for (std::uint64_t row = 1; row <= rows; ++row) {
    cells = person(people, row, shape != Shape::plain);
    change(cells, row);
    if (shape == Shape::realistic) dress_realistically(cells, dress);
    if (shape == Shape::quoted) dress_heavily(cells, dress);
    append(text, cells);
  }
  return text;
}

} // namespace

std::string_view slug(Shape shape) noexcept
{
  switch (shape) {
    case Shape::plain:
      return "plain";
    case Shape::realistic:
      return "realistic";
    case Shape::quoted:
      return "quoted";
  }
  return {};
}

std::string_view slug(Flaws flaws) noexcept
{
  switch (flaws) {
    case Flaws::none:
      return "clean";
    case Flaws::some:
      return "flawed";
    case Flaws::values:
      return "wrong";
    case Flaws::bytes:
      return "damaged";
  }
  return {};
}

std::string make_people(Shape shape, std::uint64_t rows)
{
  return made(shape, rows, [](Cells&, std::uint64_t) {});
}

std::string make_new_people(Shape shape, std::uint64_t rows, Flaws flaws)
{
  Chance chance{3};
  std::size_t kind = 0;
  std::string taken = "first@pbx0.example.com";
  return made(shape, rows, [&](Cells& cells, std::uint64_t number) {
    cells[id].clear();
    if (flaws == Flaws::values) spoil_values(cells, number);
    if (flaws == Flaws::bytes) spoil_bytes(cells);
    if (flaws != Flaws::some) return;
    if (chance.percent(3))
      give_flaw(cells, kind++ % flaw_kinds, taken);
    else
      taken = cells[email];
  });
}

std::string make_people_with(std::span<const std::string> emails)
{
  return made(Shape::plain, emails.size(), [&](Cells& cells, std::uint64_t number) {
    cells[id].clear();
    cells[email] = emails[number - 1];
  });
}

std::string make_other_people(std::uint64_t users)
{
  Chance chance{4};
  std::string text = "{\"user\": [";
  for (std::uint64_t number = 1; number <= users; ++number) {
    const Cells cells = person(chance, number, true);
    const std::string key = std::to_string(number);
    if (number != 1) text += ',';
    text += "\n{\"id\": \"" + key + R"(", "first_name": ")" + cells[first_name] +
            R"(", "last_name": ")" + cells[last_name] + R"(", "email": "other.)" + cells[email] +
            R"(", "extension": ")" + std::to_string(50'000'000 + number) + R"(", "mac": ")" +
            mac(chance, "02") + "\"}";
  }
  return text + "]}\n";
}

std::string make_references()
{
  std::string text = "{\"user\": []";
  const auto list = [&](std::string_view kind, std::uint64_t count) {
    text.append(", \"").append(kind).append("\": [");
    for (std::uint64_t number = 1; number <= count; ++number)
      text += (number == 1 ? "{\"id\": \"" : ", {\"id\": \"") + std::to_string(number) + "\"}";
    text += "]";
  };
  list("phone_model", models);
  list("provisioning_template", provisionings);
  list("user_profile", profiles);
  return text + "}\n";
}

} // namespace rollcall::bench
