// first_lines.hpp: the beginning of an output, for who looks at a terminal.
#ifndef ROLLCALL_TOOLS_FIRST_LINES_HPP
#define ROLLCALL_TOOLS_FIRST_LINES_HPP

#include <cstdint>
#include <string>
#include <string_view>

#include "rollcall/sink.hpp"

namespace rollcall::tools {

class FirstLines final : public Sink {
 public:
  Result<void> write(std::string_view bytes) override
  {
    for (const char byte : bytes) {
      if (lines_ < most) text_ += byte;
      lines_ += byte == '\n' ? 1U : 0U;
    }
    return success();
  }
  [[nodiscard]] bool can_restart() const noexcept override { return true; }
  Result<void> restart() override
  {
    text_.clear();
    lines_ = 0;
    return success();
  }

  // Each with its end.
  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  [[nodiscard]] std::uint64_t left_out() const noexcept
  {
    return lines_ < most ? 0 : lines_ - most;
  }

 private:
  static constexpr std::uint64_t most = 10;
  std::string text_;
  std::uint64_t lines_ = 0;
};

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_FIRST_LINES_HPP
