// Groups of changes as the structs of the ABI. They are reached by pointers, so that members can be
// added to them.
#include "host_texts.hpp"

#include <algorithm>

namespace rollcall::capi {

std::pmr::vector<rollcall_str> HostTexts::of(std::span<const std::string_view> texts)
{
  std::pmr::vector<rollcall_str> copies{&memory_};
  copies.reserve(texts.size());
  for (const std::string_view text : texts) copies.push_back(of(text));
  return copies;
}

template <class Struct>
HostTexts::Array<Struct> HostTexts::array(std::size_t size)
{
  Array<Struct> made;
  made.structs = static_cast<Struct*>(memory_.allocate(size * sizeof(Struct), alignof(Struct)));
  std::uninitialized_value_construct_n(made.structs, size);
  made.pointers = static_cast<const Struct**>(
      memory_.allocate(size * sizeof(const Struct*), alignof(const Struct*)));
  for (std::size_t i = 0; i != size; ++i) made.pointers[i] = made.structs + i;
  return made;
}

void HostTexts::fill(rollcall_change& into, const Change& change,
                     std::span<const SecretValue> secrets, std::uint32_t number,
                     const SchemaBody& schema)
{
  into.op = static_cast<std::int32_t>(change.op);
  into.kind = change.kind;
  into.gives_key = change.gives_key ? 1 : 0;
  into.kind_name = str(schema.schema.kinds[change.kind].name);
  into.key = of(change.key);
  const auto fields = array<rollcall_field_change>(change.fields.size());
  for (std::size_t i = 0; i != change.fields.size(); ++i) {
    const FieldChange& from = change.fields[i];
    rollcall_field_change& field = fields.structs[i];
    field.field = from.field;
    field.secret = static_cast<std::int32_t>(from.secret);
    field.is_given_key = from.is_given_key ? 1 : 0;
    const schema::Field* const known = schema.field(change.kind, from.field);
    field.name = known != nullptr ? str(known->name) : rollcall_str{"", 0};
    field.before = of(from.before);
    field.after = of(from.after);
    const auto secret = std::find_if(secrets.begin(), secrets.end(), [&](const SecretValue& value) {
      return value.change == number && value.field == from.field;
    });
    if (secret != secrets.end()) field.secret_value = of(secret->value);
  }
  into.fields = fields.pointers;
  into.field_count = change.fields.size();
}

std::pmr::vector<const rollcall_group*> HostTexts::of(std::span<const Group> groups,
                                                      const SchemaBody& schema)
{
  const auto made = array<rollcall_group>(groups.size());
  for (std::size_t i = 0; i != groups.size(); ++i) {
    const Group& group = groups[i];
    const auto changes = array<rollcall_change>(group.changes.size());
    for (std::size_t c = 0; c != group.changes.size(); ++c)
      fill(changes.structs[c], group.changes[c], group.secrets, static_cast<std::uint32_t>(c),
           schema);
    rollcall_group& into = made.structs[i];
    if (!group.operation.empty()) into.operation = of(group.operation);
    into.changes = changes.pointers;
    into.change_count = group.changes.size();
  }
  std::pmr::vector<const rollcall_group*> pointers{&memory_};
  pointers.assign(made.pointers, made.pointers + groups.size());
  return pointers;
}

} // namespace rollcall::capi
