// faults.hpp: takes values out of a JSON text and keeps what is wrong with them, so that who reads
// a schema hears of all its faults at once.
//
//   json::Faults faults;
//   schema.title = faults.text(faults.member(root, "title"));
//   for (const json::Value column : faults.list(root.find("columns"))) ...
//   ROLLCALL_CHECK(faults.check());
//
// A value that is not what was asked for is a fault and reads as 0, as empty, or as absent, so
// reading goes on. An absent value is none: whether it must be there is for `member` to say.
#ifndef ROLLCALL_JSON_FAULTS_HPP
#define ROLLCALL_JSON_FAULTS_HPP

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "json/document.hpp"

namespace rollcall::json {

class Faults {
 public:
  explicit Faults(std::size_t kept_max = 100) noexcept : kept_max_{kept_max} {}

  // "expected one of keep, clear, default"
  void add(const Value& at, std::string_view what);
  // "expected a text, found an integer"
  void add_expected(const Value& at, std::string_view wanted);

  [[nodiscard]] bool boolean(const Value& value);
  [[nodiscard]] std::int64_t integer(const Value& value);
  [[nodiscard]] std::uint64_t natural(const Value& value);
  [[nodiscard]] double real(const Value& value);
  [[nodiscard]] std::string_view text(const Value& value);

  // The value itself, or an absent one if it is something else.
  [[nodiscard]] Value list(const Value& value);
  [[nodiscard]] Value object(const Value& value);

  // A member that must be there. What is no object lacks nothing: that was said once, by object().
  [[nodiscard]] Value member(const Value& object, std::string_view name);
  // Members that nobody asked for are faults, each of them.
  void only(const Value& object, std::initializer_list<std::string_view> names);

  [[nodiscard]] bool is_empty() const noexcept { return count_ == 0; }
  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
  // The first ones, as they were found.
  [[nodiscard]] std::span<const Fault> kept() const noexcept { return kept_; }

  // A malformed error that names all that were kept, one behind the other, if there is one.
  [[nodiscard]] Result<void> check(Places places = Places::told) const;

 private:
  [[nodiscard]] Value only_if(const Value& value, Kind kind);

  std::size_t kept_max_;
  std::uint64_t count_ = 0;
  std::vector<Fault> kept_;
};

} // namespace rollcall::json

#endif // ROLLCALL_JSON_FAULTS_HPP
