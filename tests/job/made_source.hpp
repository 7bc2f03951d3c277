// Large files that are on no disk, and outputs that go nowhere.
#ifndef ROLLCALL_TESTS_JOB_MADE_SOURCE_HPP
#define ROLLCALL_TESTS_JOB_MADE_SOURCE_HPP

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "rollcall/sink.hpp"
#include "rollcall/source.hpp"

namespace rollcall::tests {

// A header, and a row as often as is wanted, with a number of seven digits for each `#` in it.
class MadeSource final : public Source {
 public:
  MadeSource(std::string header, std::string row, std::size_t rows, bool is_sized)
      : header_{std::move(header)}, row_{std::move(row)}, rows_{rows}
  {
    make();
    if (is_sized) size_ = header_.size() + rows_ * line_.size();
    begin();
  }

  [[nodiscard]] Result<std::size_t> read(std::span<std::byte> into) override
  {
    std::size_t size = 0;
    while (size != into.size()) {
      if (rest_.empty() && made_ == rows_) break;
      if (rest_.empty()) make();
      const std::size_t some = std::min(rest_.size(), into.size() - size);
      std::memcpy(into.data() + size, rest_.data(), some);
      rest_.remove_prefix(some);
      size += some;
    }
    return size;
  }
  [[nodiscard]] std::optional<std::uint64_t> size() const override { return size_; }
  [[nodiscard]] Result<void> rewind() override
  {
    begin();
    return success();
  }

 private:
  void begin()
  {
    made_ = 0;
    rest_ = header_;
  }
  void make()
  {
    const std::string number = std::to_string(1'000'000 + ++made_);
    line_.clear();
    for (const char sign : row_)
      if (sign == '#')
        line_ += number;
      else
        line_ += sign;
    rest_ = line_;
  }

  std::string header_;
  std::string row_;
  std::size_t rows_;
  std::string line_;
  std::string_view rest_;
  std::size_t made_ = 0;
  std::optional<std::uint64_t> size_;
};

// Takes all and keeps nothing.
class Nowhere final : public Sink {
 public:
  std::size_t bytes = 0;

  [[nodiscard]] Result<void> write(std::string_view text) override
  {
    bytes += text.size();
    return success();
  }
};

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_JOB_MADE_SOURCE_HPP
