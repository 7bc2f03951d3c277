// known_objects.cpp: one question to the directory for all values of a batch that are not known
// yet.
#include "check/known_objects.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <variant>

#include "base/nearest.hpp"
#include "base/unicode.hpp"
#include "check/cell_text.hpp"
#include "check/value_parts.hpp"
#include "csv/cell.hpp"

namespace rollcall::check {
namespace {

constexpr std::size_t kept_max = 16'384;
constexpr std::size_t asked_near_max = 1'000;
constexpr std::size_t short_max = 8;

Result<void> no_answer()
{
  return Error{ErrorCode::host_failed,
               "the directory showed an object that was not asked for, or not all of its fields"};
}

// The bytes of a value of at most eight; of a longer one nothing that is like them.
std::uint64_t short_bytes(std::string_view value) noexcept
{
  std::uint64_t bytes = 0;
  if (value.size() <= short_max) std::memcpy(&bytes, value.data(), value.size());
  return bytes;
}

// As nearly all numbers are kept: it is read as it is.
bool is_plain_phone(std::string_view value) noexcept
{
  if (value.size() <= phone_digits_min || value.size() > phone_digits_max + 1) return false;
  return value[0] == '+' && value[1] != '0' &&
         std::all_of(value.begin() + 1, value.end(), [](char c) { return is_digit(c); });
}

std::size_t recent_place(std::string_view value) noexcept
{
  return static_cast<std::size_t>(short_bytes(value) * 0x9E37'79B9'7F4A'7C15 >> 58U);
}

} // namespace

std::optional<std::string_view> as_exported(const schema::CompiledField& field,
                                            std::string_view value, Scratch& scratch)
{
  if (field.is_secret) return value;
  const bool is_phone = std::holds_alternative<schema::Phone>(field.type);
  if (is_phone && field.words == nullptr && is_plain_phone(value)) return value;
  const std::string_view text = value_text(value, scratch);
  if (field.words != nullptr)
    for (const schema::Word& word : *field.words)
      if (is_same_without_case(word.word, text)) return word.means;
  Reading reading;
  if (const auto* const phone = std::get_if<schema::Phone>(&field.type))
    reading = read_value(ReadyPhone{.ext = phone->ext, .restores_plus = phone->restores_plus}, text,
                         scratch);
  else if (std::holds_alternative<schema::Mac>(field.type))
    reading = read_value(ReadyMac{}, text, scratch);
  else if (std::holds_alternative<schema::Ip>(field.type))
    reading = read_value(ReadyIp{}, text, scratch);
  else
    return text;
  // A number without its plus is read with it, or not at all.
  return reading.is_good() || reading.verdict == Verdict::bare_digits ? reading.text() : text;
}

// Takes what the directory shows, of many objects or of those that are remembered. A host may be
// wrong: what it shows is believed only as far as it can be an answer.
class KnownObjects::TakingMany final : public ObjectSink {
 public:
  TakingMany(KnownObjects& known, std::uint16_t kind, std::span<const Known*> into,
             std::pmr::memory_resource& room)
      : known_{known}, kind_{known.schema_.kinds[kind]}, into_{into}, room_{room}
  {
  }

  void object(std::size_t asked, const ObjectView& object) override
  {
    is_answer_ = is_answer_ && asked < into_.size() && object.fields.size() == kind_.fields.size();
    if (is_answer_ && into_[asked] == nullptr) into_[asked] = known_.keep(kind_, object, room_);
  }

  [[nodiscard]] Result<void> check() const { return is_answer_ ? success() : no_answer(); }

 private:
  KnownObjects& known_;
  const schema::CompiledKind& kind_;
  std::span<const Known*> into_;
  std::pmr::memory_resource& room_;
  bool is_answer_ = true;
};

class KnownObjects::Taking final : public ObjectSink {
 public:
  Taking(KnownObjects& known, Searched& searched, std::span<const std::string_view> asked)
      : known_{known}, searched_{searched}, asked_{asked}
  {
  }

  void object(std::size_t asked, const ObjectView& object) override
  {
    const schema::CompiledKind& kind = known_.schema_.kinds[searched_.by.kind];
    is_answer_ = is_answer_ && asked < asked_.size() && object.fields.size() == kind.fields.size();
    if (!is_answer_) return;
    const Known*& place = searched_.found.find(asked_[asked])->second;
    if (place == nullptr) place = known_.keep(kind, object, known_.texts_);
  }

  [[nodiscard]] Result<void> check() const { return is_answer_ ? success() : no_answer(); }

 private:
  KnownObjects& known_;
  Searched& searched_;
  std::span<const std::string_view> asked_;
  bool is_answer_ = true;
};

KnownObjects::KnownObjects(const schema::CompiledSchema& schema, Directory& directory,
                           const SipKey& key, std::pmr::memory_resource& memory)
    : schema_{schema},
      directory_{directory},
      state_{&directory},
      key_{key},
      texts_{&memory},
      near_texts_{&memory},
      memory_{&memory},
      has_objects_(schema.kinds.size(), true),
      has_many_(schema.kinds.size(), false)
{
}

Result<void> KnownObjects::count()
{
  for (std::size_t kind = 0; kind != has_objects_.size(); ++kind) {
    ROLLCALL_TRY(const std::uint64_t count, directory_.count(static_cast<KindId>(kind)));
    has_objects_[kind] = count != 0 || state_ != &directory_;
    has_many_[kind] = count > kept_max;
  }
  return success();
}

void KnownObjects::see(Directory& state)
{
  state_ = &state;
  std::fill(has_objects_.begin(), has_objects_.end(), true);
}

void KnownObjects::forget(std::uint16_t kind)
{
  std::erase_if(searched_, [&](const Searched& searched) { return searched.by.kind == kind; });
}

bool KnownObjects::lists(std::uint16_t kind)
{
  if (is_listed_.empty())
    for (std::size_t k = 0; k != has_objects_.size(); ++k)
      is_listed_.push_back(directory_.lists(static_cast<KindId>(k)));
  return is_listed_[kind];
}

void KnownObjects::make_room()
{
  if (kept_ < kept_max) return;
  kept_ = 0;
  searched_.clear();
  texts_.release();
}

KnownObjects::Searched& KnownObjects::searched(schema::FieldRef by)
{
  const auto at = std::find_if(searched_.begin(), searched_.end(),
                               [&](const Searched& searched) { return searched.by == by; });
  if (at != searched_.end()) return *at;
  searched_.push_back(
      {.by = by, .found = Found{0, KeyedHash{key_}, std::equal_to<std::string_view>{}, memory_}});
  return searched_.back();
}

std::string_view KnownObjects::keep(std::string_view text, std::pmr::memory_resource& memory)
{
  if (text.empty()) return {};
  auto* const at = static_cast<char*>(memory.allocate(text.size(), 1));
  std::copy(text.begin(), text.end(), at);
  return {at, text.size()};
}

namespace {

// Keeps what kept_object keeps.
class Room {
 public:
  explicit Room(std::pmr::memory_resource& memory) : memory_{memory} {}
  [[nodiscard]] std::string_view keep(std::string_view text)
  {
    return KnownObjects::keep(text, memory_);
  }
  [[nodiscard]] std::span<std::optional<std::string_view>> make_fields(std::size_t count)
  {
    std::pmr::polymorphic_allocator<> allocator{&memory_};
    auto* const fields = allocator.allocate_object<std::optional<std::string_view>>(count);
    std::uninitialized_default_construct_n(fields, count);
    return {fields, count};
  }

 private:
  std::pmr::memory_resource& memory_;
};

} // namespace

const Known* KnownObjects::keep(const schema::CompiledKind& kind, const ObjectView& object,
                                std::pmr::memory_resource& room)
{
  if (&room == &texts_) ++kept_;
  Room kept{room};
  std::pmr::polymorphic_allocator<> allocator{&room};
  return new (allocator.allocate_object<Known>(1)) Known{kept_object(kind, object, kept, scratch_)};
}

Result<void> KnownObjects::find(schema::FieldRef by, std::span<const std::string_view> values,
                                std::span<const Known*> into, std::pmr::memory_resource& room)
{
  std::fill(into.begin(), into.end(), nullptr);
  if (!has_objects_[by.kind]) return success();
  TakingMany taking{*this, by.kind, into, room};
  ROLLCALL_CHECK(state_->find(by.kind, by.field, values, taking));
  return taking.check();
}

Result<void> KnownObjects::find(schema::FieldRef by, std::span<const std::string_view> values,
                                std::span<const Known*> into)
{
  // Of those that are many hardly any is asked for twice.
  if (!has_objects_[by.kind] || has_many_[by.kind]) return find(by, values, into, texts_);
  Searched& place = searched(by);
  std::vector<std::string_view> unknown;
  std::vector<std::size_t> missed; // those that are no recent ones
  for (std::size_t i = 0; i != values.size(); ++i) {
    const Recent& recent = place.recent[recent_place(values[i])];
    if (recent.size == values[i].size() && recent.bytes == short_bytes(values[i])) {
      into[i] = recent.known;
      continue;
    }
    missed.push_back(i);
    if (place.found.contains(values[i])) continue;
    const std::string_view kept = keep(values[i]);
    place.found.emplace(kept, nullptr);
    unknown.push_back(kept);
    ++kept_;
  }
  if (!unknown.empty()) {
    Taking taking{*this, place, unknown};
    ROLLCALL_CHECK(state_->find(by.kind, by.field, unknown, taking));
    ROLLCALL_CHECK(taking.check());
  }
  for (const std::size_t i : missed) {
    into[i] = place.found.find(values[i])->second;
    if (values[i].size() > short_max || values[i].empty()) continue;
    place.recent[recent_place(values[i])] = {
        .bytes = short_bytes(values[i]), .size = values[i].size(), .known = into[i]};
  }
  return success();
}

Result<std::optional<std::string>> KnownObjects::look_for(schema::FieldRef field,
                                                          std::string_view text)
{
  const auto whole = whole_part(text);
  if (!whole) return directory_.nearest(field.kind, field.field, text);
  if (whole->empty()) return std::optional<std::string>{};
  std::pmr::monotonic_buffer_resource room{memory_};
  const std::array asked = {*whole};
  std::array<const Known*, 1> found = {};
  ROLLCALL_CHECK(find(field, asked, found, room));
  if (found.front() == nullptr) return std::optional<std::string>{};
  const Known& known = *found.front();
  return std::optional{std::string{
      field.field == key_field ? known.key : known.fields[field.field].value_or(*whole)}};
}

Result<std::string_view> KnownObjects::nearest(schema::FieldRef field, std::string_view text)
{
  if (text.size() > Nearest::bytes_max) return std::string_view{};
  auto place = std::find_if(misspelt_.begin(), misspelt_.end(),
                            [&](const Misspelt& misspelt) { return misspelt.field == field; });
  if (place == misspelt_.end()) {
    misspelt_.push_back(
        {.field = field,
         .near = Texts{0, KeyedHash{key_}, std::equal_to<std::string_view>{}, memory_}});
    place = misspelt_.end() - 1;
  }
  if (const auto at = place->near.find(text); at != place->near.end()) return at->second;
  if (asked_near_ == asked_near_max) return std::string_view{};
  ROLLCALL_TRY(auto near, look_for(field, text));
  // What has blanks round it can be said in no cell, which is trimmed.
  if (near && csv::trimmed(*near).size() != near->size()) near.reset();
  if (!near || !counts_only_misses_) ++asked_near_;
  const std::string_view kept = near ? keep(*near, near_texts_) : std::string_view{};
  place->near.emplace(keep(text, near_texts_), kept);
  return kept;
}

} // namespace rollcall::check
