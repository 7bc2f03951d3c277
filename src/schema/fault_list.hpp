// fault_list.hpp: what is wrong with a schema, as it is found. The first hundred are kept: what a
// hostile text can make us say is bounded.
#ifndef ROLLCALL_SCHEMA_FAULT_LIST_HPP
#define ROLLCALL_SCHEMA_FAULT_LIST_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "rollcall/schema_json.hpp"

namespace rollcall::schema {

// "columns[3]"
[[nodiscard]] inline std::string at(std::string_view list, std::size_t index)
{
  return std::string{list} + "[" + std::to_string(index) + "]";
}

class FaultList {
 public:
  static constexpr std::size_t kept_max = 100;

  // The check outlives the list.
  explicit FaultList(SchemaCheck& check) noexcept : check_{&check} {}

  void add(std::string path, std::string what)
  {
    if (++check_->count <= kept_max)
      check_->faults.push_back({.path = std::move(path), .what = std::move(what)});
  }
  void remark(std::string path, std::string what)
  {
    if (check_->remarks.size() < kept_max)
      check_->remarks.push_back({.path = std::move(path), .what = std::move(what)});
  }

  [[nodiscard]] std::uint64_t count() const noexcept { return check_->count; }

 private:
  SchemaCheck* check_;
};

} // namespace rollcall::schema

#endif // ROLLCALL_SCHEMA_FAULT_LIST_HPP
