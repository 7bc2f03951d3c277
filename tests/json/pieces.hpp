// A source that hands out a text in pieces of one size, and may break after some of them.
#ifndef ROLLCALL_TESTS_JSON_PIECES_HPP
#define ROLLCALL_TESTS_JSON_PIECES_HPP

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "rollcall/source.hpp"

namespace rollcall::tests {

class PieceSource final : public Source {
 public:
  PieceSource(std::string_view text, std::size_t piece, std::size_t room = std::string::npos)
      : text_{text}, piece_{piece}, room_{room}
  {
  }

  Result<std::size_t> read(std::span<std::byte> into) override
  {
    if (at_ >= room_) return Error{ErrorCode::file_failed, "the disk is gone", 5};
    const std::size_t count = std::min({into.size(), piece_, text_.size() - at_});
    if (count != 0) std::memcpy(into.data(), text_.data() + at_, count);
    at_ += count;
    return count;
  }

  Result<void> rewind() override
  {
    at_ = 0;
    return success();
  }

 private:
  std::string text_;
  std::size_t piece_;
  std::size_t room_; // how many bytes can be read before it breaks
  std::size_t at_ = 0;
};

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_JSON_PIECES_HPP
