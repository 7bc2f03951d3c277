// carrying.hpp: which columns of a target's file get their values from which of a source's, worked
// out once from what both schemas say that their columns carry.
#ifndef ROLLCALL_CONVERT_CARRYING_HPP
#define ROLLCALL_CONVERT_CARRYING_HPP

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "check/columns.hpp"
#include "check/header.hpp"
#include "convert/value_map.hpp"
#include "rollcall/canonical.hpp"
#include "schema/compiled.hpp"

namespace rollcall::convert {

// How a value comes from the columns of a source.
enum class How : std::uint8_t {
  as_it_is,
  opposite,          // of a yes or no
  joined,            // first and last name
  before_last_blank, // of a whole name
  behind_last_blank
};

struct Origin {
  How how = How::as_it_is;
  schema::ColumnId column = 0;         // of the source
  std::uint16_t second = schema::none; // of a joined name: the one behind it
  const schema::CanonicalField* field = nullptr;
  bool must_be_email = false; // else the column does not carry it in this row
};

// A column of the target's file.
struct Written {
  schema::ColumnId column = 0;
  std::vector<Origin> origins;        // the first that has a value is taken
  std::optional<std::string> filling; // where none has
};

// One side of a conversion, ready for the cells of a job.
struct Format {
  const schema::CompiledSchema& schema;
  std::span<const check::ReadyColumn> columns;
};

class Carrying {
 public:
  // `header` is the source's. Fillings that the target has no column for are wrong_use.
  [[nodiscard]] static Result<Carrying> make(const Format& from, const check::Header& header,
                                             const Format& to, const Options& options);

  // In the target's order: those that it cannot do without, and those that get something. What it
  // has else stays out of the file, so that an import leaves it alone.
  [[nodiscard]] std::span<const Written> written() const noexcept { return written_; }

  // Does the target have a place for what this column of the source carries? Secrets that are left
  // behind have none.
  [[nodiscard]] bool is_carried(std::size_t column) const noexcept { return !to_[column].empty(); }
  // Headers of the target.
  [[nodiscard]] const std::vector<std::string>& to(std::size_t column) const noexcept
  {
    return to_[column];
  }
  // It has one, but secrets were not asked for.
  [[nodiscard]] bool is_held_back(std::size_t column) const noexcept { return held_back_[column]; }

  // A name of one word is the last name, unless the target needs a first name alone.
  [[nodiscard]] bool is_one_word_first_name() const noexcept { return one_word_is_first_; }

  // What each column of the target is filled with.
  [[nodiscard]] static Result<std::vector<std::optional<std::string>>> fillings_of(
      const Format& to, const std::vector<Filling>& fillings);

 private:
  Carrying() = default;
  [[nodiscard]] std::vector<Origin> origins_of(const Format& from, const check::Header& header,
                                               const schema::Column& to, bool with_secrets);

  std::vector<Written> written_;
  std::vector<std::vector<std::string>> to_; // of each column of the source
  std::vector<bool> held_back_;              // likewise
  bool one_word_is_first_ = false;
};

// The target cannot do without a value in it: in rows that create, if it has such.
[[nodiscard]] bool is_needed(const schema::Schema& schema, const schema::Column& column) noexcept;

// A yes or no, as a column writes it; empty if the column is none.
[[nodiscard]] std::string_view word_of(const schema::Column& column, bool truth) noexcept;

} // namespace rollcall::convert

#endif // ROLLCALL_CONVERT_CARRYING_HPP
