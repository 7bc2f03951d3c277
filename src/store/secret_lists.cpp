// secret_lists.cpp: what is read is what was written here; anything else is damage.
#include "store/secret_lists.hpp"

#include <array>
#include <limits>

#include "json/faults.hpp"

namespace rollcall::store {
namespace {

constexpr std::size_t parts = 7;
constexpr std::size_t buffer_bytes = 1024;

Error damage()
{
  return Error{ErrorCode::corrupt, "secrets of a job cannot be read"};
}

std::uint32_t small(json::Faults& faults, const json::Value& value)
{
  const std::uint64_t number = faults.natural(value);
  if (number <= std::numeric_limits<std::uint32_t>::max())
    return static_cast<std::uint32_t>(number);
  faults.add(value, "expected a smaller number");
  return 0;
}

} // namespace

Result<std::string_view> SecretLists::write(std::span<const MadeSecret> secrets, std::size_t room)
{
  wipe(std::as_writable_bytes(std::span{text_}));
  text_.clear();
  if (!writer_) {
    ROLLCALL_TRY(auto writer,
                 json::Writer::open(
                     sink_, {.compact = true, .buffer_bytes = buffer_bytes, .memory = &memory_}));
    writer_.emplace(std::move(writer));
  }
  writer_->begin_list();
  for (const MadeSecret& secret : secrets) {
    writer_->begin_list();
    writer_->natural(secret.change);
    for (const std::string_view text : {secret.kind, secret.key, secret.field, secret.value})
      writer_->text(text);
    writer_->natural(secret.is_shown ? 1U : 0U);
    writer_->natural(secret.waiting);
    writer_->end_list();
  }
  writer_->end_list();
  ROLLCALL_CHECK(writer_->next_text());
  text_.append(room, ' ');
  return std::string_view{text_};
}

Result<std::vector<MadeSecret>> SecretLists::read(std::string_view text)
{
  if (!document_.read(text)) return damage();
  json::Faults faults;
  std::vector<MadeSecret> secrets;
  for (const json::Value list : faults.list(document_.root())) {
    if (list.size() != parts) return damage();
    std::array<json::Value, parts> of;
    std::size_t at = 0;
    for (const json::Value part : list) of[at++] = part;
    secrets.push_back({.change = small(faults, of[0]),
                       .kind = faults.text(of[1]),
                       .key = faults.text(of[2]),
                       .field = faults.text(of[3]),
                       .value = faults.text(of[4]),
                       .is_shown = faults.natural(of[5]) != 0,
                       .waiting = small(faults, of[6])});
  }
  if (!faults.is_empty()) return damage();
  return secrets;
}

} // namespace rollcall::store
