// claim_sources.cpp: each field that a claim is held in, and each object of a row that writes it.
#include "plan/claim_sources.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace rollcall::plan {
namespace {

// How an object of a row writes a field, if it does.
std::optional<ClaimSource> source_of(const schema::CompiledObject& object, std::uint16_t kind,
                                     std::uint16_t field)
{
  if (object.kind != kind) return std::nullopt;
  ClaimSource source{.kind = kind, .field = field};
  if (field == expr::key_field) {
    if (!object.key) return std::nullopt;
    source.value = *object.key;
    source.blame = object.key_column;
    return source;
  }
  const auto set = std::find_if(object.sets.begin(), object.sets.end(),
                                [&](const schema::CompiledSet& s) { return s.field == field; });
  if (set == object.sets.end()) return std::nullopt;
  source.value = set->value;
  source.column = set->column;
  source.blame = set->column;
  return source;
}

// Do both objects, neither of which is the row's own, write the same value in the same rows? Then
// one of them says it all.
bool are_alike(const schema::CompiledSchema& schema, const ClaimSource& a, const ClaimSource& b)
{
  if (a.claim != b.claim || a.blame != b.blame || a.object == 0 || b.object == 0) return false;
  const auto is_same = [&](const std::optional<expr::ProgramId>& left,
                           const std::optional<expr::ProgramId>& right) {
    if (!left || !right) return left.has_value() == right.has_value();
    return schema.book().program(*left).root == schema.book().program(*right).root;
  };
  const schema::CompiledObject& left = schema.objects[a.object];
  const schema::CompiledObject& right = schema.objects[b.object];
  return is_same(a.value, b.value) && is_same(left.create, right.create) &&
         is_same(left.update, right.update);
}

} // namespace

std::vector<ClaimSource> claim_sources(const schema::CompiledSchema& schema)
{
  std::vector<ClaimSource> sources;
  for (std::size_t c = 0; c != schema.claims.size(); ++c) {
    const schema::CompiledClaim& claim = schema.claims[c];
    for (const schema::CompiledHolder& holder : claim.held_in) {
      for (std::size_t o = 0; o != schema.objects.size(); ++o) {
        auto source = source_of(schema.objects[o], holder.field.kind, holder.field.field);
        if (!source) continue;
        source->claim = static_cast<std::uint16_t>(c);
        source->object = static_cast<std::uint16_t>(o);
        if (claim.blame != schema::none) source->blame = claim.blame;
        const bool is_said = std::any_of(
            sources.begin(), sources.end(),
            [&](const ClaimSource& other) { return are_alike(schema, *source, other); });
        if (!is_said) sources.push_back(*source);
      }
    }
  }
  return sources;
}

std::vector<std::uint16_t> claims_about(const schema::CompiledSchema& schema, std::uint16_t column)
{
  std::vector<std::uint16_t> found;
  for (const ClaimSource& source : claim_sources(schema))
    if (source.column == column && source.object == 0) found.push_back(source.claim);
  return found;
}

} // namespace rollcall::plan
