// long_list.hpp: a list that grows without moving what is in it, so that no edit of a large draft
// pays for all of it.
#ifndef ROLLCALL_DRAFT_LONG_LIST_HPP
#define ROLLCALL_DRAFT_LONG_LIST_HPP

#include <cstddef>
#include <memory_resource>
#include <utility>
#include <vector>

namespace rollcall::draft {

template <class T>
class LongList {
 public:
  explicit LongList(std::pmr::memory_resource& memory) : pieces_{&memory} {}
  LongList(LongList&& other) noexcept
      : pieces_{std::move(other.pieces_)}, size_{std::exchange(other.size_, 0)}
  {
  }
  LongList(const LongList&) = delete;
  LongList& operator=(const LongList&) = delete;
  LongList& operator=(LongList&&) = delete;
  ~LongList() = default;

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] T& operator[](std::size_t index) noexcept
  {
    return pieces_[index / piece_size][index % piece_size];
  }
  [[nodiscard]] const T& operator[](std::size_t index) const noexcept
  {
    return pieces_[index / piece_size][index % piece_size];
  }

  // Throws bad_alloc, and nothing has changed.
  void push_back(const T& value)
  {
    if (size_ == pieces_.size() * piece_size) add_piece();
    pieces_[size_ / piece_size].push_back(value);
    ++size_;
  }
  void resize(std::size_t size)
  {
    while (size_ < size) push_back(T{});
  }
  void clear() noexcept
  {
    pieces_.clear();
    size_ = 0;
  }

 private:
  static constexpr std::size_t piece_size = 1024;

  void add_piece()
  {
    pieces_.emplace_back();
    try {
      pieces_.back().reserve(piece_size);
    } catch (...) {
      pieces_.pop_back();
      throw;
    }
  }

  std::pmr::vector<std::pmr::vector<T>> pieces_; // all but the last are full
  std::size_t size_ = 0;
};

} // namespace rollcall::draft

#endif // ROLLCALL_DRAFT_LONG_LIST_HPP
