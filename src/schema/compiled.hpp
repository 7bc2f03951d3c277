// compiled.hpp: a schema made ready: its columns numbered, and found by the names of a header.
#ifndef ROLLCALL_SCHEMA_COMPILED_HPP
#define ROLLCALL_SCHEMA_COMPILED_HPP

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rollcall/result.hpp"
#include "rollcall/schema.hpp"

namespace rollcall::schema {

// A name of a header as it is compared: without case, space, `_` and `-` (spec section 2).
[[nodiscard]] std::string folded_header(std::string_view header);

// Immutable, and may be read by several threads.
class CompiledSchema {
 public:
  // All that is wrong with a schema at once, as a malformed error.
  [[nodiscard]] static Result<CompiledSchema> compile(Schema schema);

  [[nodiscard]] const Schema& schema() const noexcept { return schema_; }
  [[nodiscard]] const std::vector<Column>& columns() const noexcept { return schema_.columns; }

  // The kind of the object that a row makes or changes, and the column that names it.
  [[nodiscard]] const Kind& own_kind() const noexcept { return schema_.kinds.front(); }
  [[nodiscard]] std::size_t key_column() const noexcept { return key_column_; }

  // The fields of a kind in their order, without its key. Of the own kind, field i is that of
  // column field_columns()[i].
  [[nodiscard]] const std::vector<Field>& fields(std::size_t kind) const noexcept
  {
    return fields_[kind];
  }
  [[nodiscard]] const std::vector<std::size_t>& field_columns() const noexcept
  {
    return field_columns_;
  }

  [[nodiscard]] std::optional<std::size_t> find_column(std::string_view header) const;
  // One that result files add: known, and ignored (spec E13).
  [[nodiscard]] bool is_result_header(std::string_view header) const;

  [[nodiscard]] bool allows(std::string_view role, Action action) const noexcept;

 private:
  Schema schema_;
  std::size_t key_column_ = 0;
  std::vector<std::vector<Field>> fields_;
  std::vector<std::size_t> field_columns_;
  std::map<std::string, std::size_t, std::less<>> column_of_header_;
  std::set<std::string, std::less<>> result_headers_;
};

} // namespace rollcall::schema

#endif // ROLLCALL_SCHEMA_COMPILED_HPP
