// names.hpp: names in one text, in the order in which they come, each once; of many, a few.
#ifndef ROLLCALL_PLAN_NAMES_HPP
#define ROLLCALL_PLAN_NAMES_HPP

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::plan {

class Names {
 public:
  void add(std::string_view name)
  {
    if (std::find(seen_.begin(), seen_.end(), name) != seen_.end()) return;
    if (seen_.size() == named_max) {
      if (!has_more_) text_ += " and more";
      has_more_ = true;
      return;
    }
    seen_.emplace_back(name);
    text_.append(text_.empty() ? "" : ", ").append(name);
  }
  [[nodiscard]] bool is_empty() const noexcept { return seen_.empty(); }
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

 private:
  static constexpr std::size_t named_max = 8;

  std::vector<std::string> seen_;
  std::string text_;
  bool has_more_ = false;
};

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_NAMES_HPP
