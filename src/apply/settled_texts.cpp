// settled_texts.cpp: changes with the keys that the host gave, effects, and why not.
#include "apply/settled_texts.hpp"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "base/secret_handle.hpp"
#include "json/document.hpp"
#include "json/writer.hpp"
#include "plan/change_json.hpp"
#include "plan/finding_json.hpp"
#include "rollcall/sink.hpp"

namespace rollcall::apply {
namespace {

constexpr std::size_t buffer_bytes = 4096;

} // namespace

template <class Write>
Result<std::string_view> SettledTexts::text(Write write)
{
  line_.clear();
  if (!writer_) {
    ROLLCALL_TRY(auto writer,
                 json::Writer::open(sink_, {.compact = true,
                                            .buffer_bytes = buffer_bytes,
                                            .memory = line_.get_allocator().resource()}));
    writer_.emplace(std::move(writer));
  }
  write(*writer_);
  ROLLCALL_CHECK(writer_->next_text());
  auto* const at = static_cast<char*>(texts_.allocate(line_.size(), 1));
  line_.copy(at, line_.size());
  return std::string_view{at, line_.size()};
}

// {"secrets": {"user.pin": "0123..-17/0/pin"}}: what the host resolves when it acts.
void SettledTexts::put_handles(json::Writer& writer, const PlannedGroup& group, std::uint64_t row,
                               const schema::CompiledEffect& effect,
                               std::string_view operation) const
{
  bool has_any = false;
  for (const GroupSecret& secret : group.secrets) {
    if (secret.row != row) continue;
    const bool is_needed = std::find(effect.secrets.begin(), effect.secrets.end(), secret.field) !=
                           effect.secrets.end();
    if (!is_needed) continue;
    if (!has_any) writer.name("secrets").begin_object();
    has_any = true;
    const schema::CompiledKind& kind = schema_.kinds[secret.field.kind];
    const std::string& field = kind.fields[secret.field.field].name;
    writer.name(kind.name + "." + field).text(secret_handle(operation, secret.change, field));
  }
  if (has_any) writer.end_object();
}

Result<Settled> SettledTexts::make(const PlannedGroup& group, std::span<const std::string> keys,
                                   Fate is, const RowFate& fate, std::string_view operation)
{
  Settled made{.group = group.number, .row = group.first_row(), .fate = is, .operation = operation};
  if (fate.finding) {
    ROLLCALL_TRY(made.why,
                 text([&](json::Writer& writer) { plan::put_finding(writer, *fate.finding); }));
  }
  const auto keep = [this]<class T>(const std::vector<T>& from) -> std::span<const T> {
    if (from.empty()) return {};
    T* const to = std::pmr::polymorphic_allocator<T>{&texts_}.allocate(from.size());
    std::uninitialized_copy(from.begin(), from.end(), to);
    return {to, from.size()};
  };
  if (keeps_secrets_ && (is == Fate::applied || is == Fate::unknown)) {
    std::vector<MadeSecret> secrets;
    append_made(schema_, group, keys, operation, secrets);
    made.secrets = keep(secrets);
  }
  if (is != Fate::applied) return made;

  std::vector<Audited> audited;
  std::vector<Effect> effects;
  std::vector<std::string_view> given;
  bool is_expected = true;
  std::size_t at = 0;
  for (const plan::PlanRow& planned : group.rows) {
    plan::PlanRow row = planned;
    const bool is_given = !row.result.changes.empty() && row.result.changes.front().gives_key;
    if (is_given) {
      given.emplace_back(keys[at]);
      is_expected = is_expected && row.result.key == keys[at];
      if (row.result.key != keys[at]) fill_key(row, keys[at], texts_);
    }
    for (const Change& change : row.result.changes) {
      ROLLCALL_TRY(const std::string_view fields, text([&](json::Writer& writer) {
                     plan::put_fields(writer, schema_, change, plan::GivenKeys::shown);
                   }));
      audited.push_back({.op = change.op,
                         .row = row.result.number,
                         .kind = schema_.kinds[change.kind].name,
                         .key = keys[at++],
                         .fields = fields});
    }
    for (const plan::EffectView& effect : row.result.effects) {
      ROLLCALL_TRY(const std::string_view parts, text([&](json::Writer& writer) {
                     writer.begin_object();
                     plan::put_parts(writer, effect, plan::GivenKeys::shown);
                     put_handles(writer, group, row.result.number, *effect.effect, operation);
                     writer.end_object();
                   }));
      effects.push_back(
          {.row = row.result.number, .name = effect.effect->effect->name, .fields = parts});
    }
  }
  if (!is_expected) made.keys = keep(given);
  made.changes = keep(audited);
  made.effects = keep(effects);
  return made;
}

void append_made(const schema::CompiledSchema& schema, const PlannedGroup& group,
                 std::span<const std::string> keys, std::string_view operation,
                 std::vector<MadeSecret>& into)
{
  std::vector<const Change*> changes;
  group.each_change([&](const Change& change) { changes.push_back(&change); });
  for (const GroupSecret& secret : group.secrets) {
    const bool is_wanted = secret.is_made && (secret.is_shown || secret.waiting != 0);
    if (!is_wanted || secret.value.view().empty()) continue;
    const schema::CompiledKind& kind = schema.kinds[secret.field.kind];
    const auto key = keys.empty() ? changes[secret.change]->key.value_or("")
                                  : std::string_view{keys[secret.change]};
    into.push_back({.operation = operation,
                    .change = secret.change,
                    .row = secret.row,
                    .line = secret.line,
                    .kind = kind.name,
                    .key = key,
                    .field = kind.fields[secret.field.field].name,
                    .value = secret.value.view(),
                    .is_shown = secret.is_shown,
                    .waiting = secret.waiting});
  }
}

Result<std::string> text_of(const Finding& finding)
{
  std::pmr::string line;
  TextSink sink{line};
  ROLLCALL_TRY(auto writer,
               json::Writer::open(sink, {.compact = true, .buffer_bytes = buffer_bytes}));
  plan::put_finding(writer, finding);
  ROLLCALL_CHECK(writer.finish());
  return std::string{line};
}

Result<Finding> finding_of(std::string_view text)
{
  json::Document document{{}};
  ROLLCALL_CHECK(document.read(text));
  Finding made;
  std::string fault;
  if (!plan::read_finding(document.root(), made, fault))
    return Error{ErrorCode::corrupt, "a journal holds a finding that is none: " + fault};
  return made;
}

} // namespace rollcall::apply
