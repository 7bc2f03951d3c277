// arena.hpp: room for many small texts in few large blocks; it is given back all at once.
#ifndef ROLLCALL_DIRECTORY_ARENA_HPP
#define ROLLCALL_DIRECTORY_ARENA_HPP

#include <algorithm>
#include <cstddef>
#include <memory_resource>
#include <string_view>
#include <utility>
#include <vector>

namespace rollcall::directory {

class Arena {
 public:
  explicit Arena(std::pmr::memory_resource& memory) : blocks_{&memory} {}
  Arena(Arena&& other) noexcept
      : blocks_{std::move(other.blocks_)},
        at_{std::exchange(other.at_, nullptr)},
        left_{std::exchange(other.left_, 0)},
        bytes_{std::exchange(other.bytes_, 0)}
  {
    other.blocks_.clear();
  }
  Arena& operator=(Arena&&) = delete;
  ~Arena()
  {
    for (const Block& block : blocks_) memory().deallocate(block.at, block.bytes, alignment);
  }

  // Where so many bytes can be written. Throws bad_alloc.
  [[nodiscard]] char* allocate(std::size_t bytes)
  {
    if (bytes > left_) add_block(bytes);
    left_ -= bytes;
    bytes_ += bytes;
    return std::exchange(at_, at_ + bytes);
  }

  [[nodiscard]] std::string_view keep(std::string_view text)
  {
    if (text.empty()) return {};
    char* const at = allocate(text.size());
    std::copy(text.begin(), text.end(), at);
    return {at, text.size()};
  }

  // How much was handed out.
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

  void swap(Arena& other) noexcept
  {
    blocks_.swap(other.blocks_);
    std::swap(at_, other.at_);
    std::swap(left_, other.left_);
    std::swap(bytes_, other.bytes_);
  }

 private:
  static constexpr std::size_t alignment = 1;
  // The first ones are small, for a directory of ten objects.
  static constexpr std::size_t block_bytes_min = 1024;
  static constexpr std::size_t block_bytes_max = 1024 * 1024;

  struct Block {
    char* at = nullptr;
    std::size_t bytes = 0;
  };

  [[nodiscard]] std::pmr::memory_resource& memory() const noexcept
  {
    return *blocks_.get_allocator().resource();
  }

  void add_block(std::size_t bytes)
  {
    const std::size_t usual = std::clamp(bytes_, block_bytes_min, block_bytes_max);
    const std::size_t room = std::max(bytes, usual);
    if (blocks_.size() == blocks_.capacity()) blocks_.reserve(2 * blocks_.size() + 1);
    auto* const block = static_cast<char*>(memory().allocate(room, alignment));
    blocks_.push_back({.at = block, .bytes = room});
    at_ = block;
    left_ = room;
  }

  std::pmr::vector<Block> blocks_;
  char* at_ = nullptr;
  std::size_t left_ = 0;
  std::size_t bytes_ = 0;
};

} // namespace rollcall::directory

#endif // ROLLCALL_DIRECTORY_ARENA_HPP
