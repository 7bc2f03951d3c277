// object_json.hpp: one object as a directory.json has it, read and written.
#ifndef ROLLCALL_DIRECTORY_OBJECT_JSON_HPP
#define ROLLCALL_DIRECTORY_OBJECT_JSON_HPP

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/record.hpp"
#include "directory/table.hpp"
#include "json/faults.hpp"
#include "json/writer.hpp"

namespace rollcall::directory {

// What of an object the schema does not know: kept to be written back, or not looked at.
enum class Others : std::uint8_t { kept, skipped };

// Held against the types of its fields, or taken as it stands, as what was put in here.
enum class Values : std::uint8_t { checked, as_they_are };

class ObjectReader {
 public:
  // Both outlive it.
  ObjectReader(const Shape& shape, json::Faults& faults, Others others = Others::kept,
               Values values = Values::checked);

  // None if something is wrong with it, which is a fault by then. Texts are those of the element
  // and of this reader: they live until the next call.
  [[nodiscard]] Result<std::optional<Content>> read(const json::Value& element);

  // Of the object read last: where its key stands, and whether each member that the schema knows is
  // as put_object would write it.
  [[nodiscard]] const json::Value& key() const noexcept { return key_; }
  [[nodiscard]] bool is_canonical() const noexcept { return is_canonical_; }

 private:
  using Digits = std::array<char, 24>;
  static constexpr std::size_t unknown = static_cast<std::size_t>(-1);

  std::size_t find_field(std::string_view name);
  std::string_view key_in(const json::Value& key);
  std::optional<std::string_view> value_of(const json::Value& value, const schema::Type& type,
                                           Digits& digits);
  std::string_view text_in(const json::Value& value);
  std::optional<std::string_view> secret_in(const json::Value& value);
  Result<void> keep_other(const json::Value& member);

  const Shape& shape_;
  json::Faults& faults_;
  Others keeps_;
  Values values_;
  std::vector<std::optional<std::string_view>> fields_;
  std::vector<Digits> digits_; // of integers: of each field, and of the key behind them
  std::string others_;
  std::size_t next_field_ = 0;
  json::Value key_;
  bool is_canonical_ = true;
};

// Without what a cell may not hold: control characters but tab and line ends.
[[nodiscard]] bool may_stand_in_cell(std::string_view text) noexcept;

// What is to be said of a key that another object has already.
[[nodiscard]] std::string stands_twice(std::string_view key);

// As what its type says: of truths, integers and secrets as such, of the rest as text.
void put_value(json::Writer& writer, std::string_view value, const schema::Type& type);

// Writes the key, the fields in their order, each as what its type says, then the others, which are
// read with `document`.
[[nodiscard]] Result<void> put_object(json::Writer& writer, const Shape& shape,
                                      const Content& content, json::Document& document);

} // namespace rollcall::directory

#endif // ROLLCALL_DIRECTORY_OBJECT_JSON_HPP
