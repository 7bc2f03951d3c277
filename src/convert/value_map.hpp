// value_map.hpp: what values of canonical fields are called in the target: --map.
#ifndef ROLLCALL_CONVERT_VALUE_MAP_HPP
#define ROLLCALL_CONVERT_VALUE_MAP_HPP

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rollcall/canonical.hpp"
#include "rollcall/convert.hpp"

namespace rollcall::convert {

class ValueMap {
 public:
  // Why a translation cannot be taken, or nothing, and then it is.
  [[nodiscard]] std::string add(const Translation& translation);

  // What a value is translated to; none if nobody said.
  [[nodiscard]] const std::string* find(const schema::CanonicalField& field, std::string_view value,
                                        std::string& scratch) const;

 private:
  using Words = std::map<std::string, std::string, std::less<>>; // folded: as written
  std::map<std::string_view, Words> of_field_;
};

} // namespace rollcall::convert

#endif // ROLLCALL_CONVERT_VALUE_MAP_HPP
