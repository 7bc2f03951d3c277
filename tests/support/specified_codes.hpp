// The finding codes as section 11 of docs/spec/engine.md lists them, written out a second time: a
// code is added, dropped or given another severity only by somebody who means it.
#ifndef ROLLCALL_TESTS_SUPPORT_SPECIFIED_CODES_HPP
#define ROLLCALL_TESTS_SUPPORT_SPECIFIED_CODES_HPP

#include <string_view>

namespace rollcall::tests {

struct SpecifiedCode {
  std::string_view scope;
  char severity; // E, W or I
  std::string_view slug;
};

inline constexpr SpecifiedCode specified_codes[] = {
    {"file", 'E', "file.unreadable"},
    {"file", 'E', "file.type"},
    {"file", 'E', "file.too_large"},
    {"file", 'E', "file.too_many_rows"},
    {"file", 'E', "file.no_entries"},
    {"file", 'E', "header.missing"},
    {"file", 'E', "header.missing_column"},
    {"file", 'E', "header.duplicate_column"},
    {"file", 'E', "tenant.setting"},
    {"file", 'E', "actor.not_allowed"},
    {"file", 'W', "header.unknown_column"},
    {"file", 'I', "file.encoding_hint"},
    {"text", 'E', "text.encoding"},
    {"text", 'E', "text.control_character"},
    {"text", 'E', "csv.quote"},
    {"text", 'E', "csv.unclosed_quote"},
    {"text", 'E', "csv.field_too_large"},
    {"text", 'E', "csv.row_too_large"},
    {"text", 'E', "row.extra_cells"},
    {"text", 'W', "row.short"},
    {"text", 'W', "csv.repaired"},
    {"cell", 'E', "value.required"},
    {"cell", 'E', "value.boolean"},
    {"cell", 'E', "value.choice"},
    {"cell", 'E', "value.digits"},
    {"cell", 'E', "value.integer"},
    {"cell", 'E', "value.range"},
    {"cell", 'E', "value.email"},
    {"cell", 'E', "value.phone"},
    {"cell", 'E', "value.extension"},
    {"cell", 'E', "value.mac"},
    {"cell", 'E', "value.id"},
    {"cell", 'E', "value.characters"},
    {"cell", 'E', "value.too_short"},
    {"cell", 'E', "value.too_long"},
    {"cell", 'E', "value.spreadsheet_damage"},
    {"cell", 'E', "secret.policy"},
    {"cell", 'W', "value.plus_restored"},
    {"cell", 'W', "value.leading_zero_lost"},
    {"cell", 'W', "value.ip"},
    {"cell", 'W', "secret.weak"},
    {"row", 'E', "object.unknown"},
    {"row", 'E', "object.not_eligible"},
    {"row", 'E', "reference.unknown"},
    {"row", 'E', "authority.rank"},
    {"row", 'E', "authority.team"},
    {"row", 'W', "row.repeats_key"},
    {"row", 'W', "value.cleared"},
    {"row", 'W', "value.ignored"},
    {"row", 'W', "authority.column"},
    {"claims", 'E', "claim.taken"},
    {"claims", 'E', "claim.duplicate_in_file"},
    {"claims", 'W', "claim.moved"},
    {"claims", 'W', "claim.contested"},
    {"apply", 'E', "plan.stale"},
    {"apply", 'E', "plan.used"},
    {"apply", 'E', "plan.invalid"},
    {"apply", 'E', "object.stale"},
    {"apply", 'E', "host.refused"},
    {"apply", 'E', "host.no_answer"},
    {"apply", 'E', "host.failed"},
    {"apply", 'E', "undo.conflict"},
    {"apply", 'I', "undo.not_reversible"},
    // Of the codes of formats (fine_print E45) those that the engine itself finds.
    {"file", 'E', "tenant.name"},
    {"cell", 'E', "extension.range"},
    {"row", 'E', "extension.pool_empty"},
    {"row", 'E', "extension.limit"},
    // docs/spec/convert.md, and a row of which nothing is left.
    {"convert", 'I', "convert.check"},
    {"convert", 'E', "convert.nothing_left"},
};

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_SUPPORT_SPECIFIED_CODES_HPP
