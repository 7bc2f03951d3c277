// Containers that answer instead of growing past their limit.
//
// FixedVector is for what has a bound by nature and lives on the stack: the path of a JSON value
// (depth limit), the stack of an expression. BoundedVector is for what a file can make large and a
// limit holds: cells of a row, values of a claim, changes of a group; its memory is the seam's.
#ifndef ROLLCALL_BASE_BOUNDED_HPP
#define ROLLCALL_BASE_BOUNDED_HPP

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "rollcall/result.hpp"

namespace rollcall {

template <class T, std::size_t capacity_max>
class FixedVector {
  static_assert(std::is_trivially_copyable_v<T>, "what is left behind is not destroyed");

 public:
  // False if there is no room; nothing has changed then.
  [[nodiscard]] constexpr bool push_back(const T& value) noexcept
  {
    if (size_ == capacity_max) {
      return false;
    }
    values_[size_++] = value;
    return true;
  }
  constexpr void pop_back() noexcept
  {
    assert(size_ > 0);
    --size_;
  }
  constexpr void clear() noexcept { size_ = 0; }

  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
  [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] static constexpr std::size_t capacity() noexcept { return capacity_max; }
  [[nodiscard]] constexpr T& operator[](std::size_t index) noexcept
  {
    assert(index < size_);
    return values_[index];
  }
  [[nodiscard]] constexpr const T& operator[](std::size_t index) const noexcept
  {
    assert(index < size_);
    return values_[index];
  }
  [[nodiscard]] constexpr T& back() noexcept { return (*this)[size_ - 1]; }
  [[nodiscard]] constexpr const T& back() const noexcept { return (*this)[size_ - 1]; }

  [[nodiscard]] constexpr const T* begin() const noexcept { return values_.data(); }
  [[nodiscard]] constexpr const T* end() const noexcept { return values_.data() + size_; }

 private:
  std::array<T, capacity_max> values_ = {};
  std::size_t size_ = 0;
};

template <class T>
class BoundedVector {
 public:
  // `what` is for the error, "cells of a row", and must outlive the vector (a literal).
  BoundedVector(std::size_t size_max, std::string_view what, std::pmr::memory_resource& memory)
      : size_max_{size_max}, what_{what}, values_{&memory}
  {
  }

  // limit_exceeded if it is full, out_of_memory if the memory is; nothing has changed then.
  [[nodiscard]] Result<void> push_back(T value) noexcept
  {
    return guarded([&]() -> Result<void> {
      if (values_.size() == size_max_) {
        return beyond();
      }
      grow_to(values_.size() + 1);
      values_.push_back(std::move(value));
      return success();
    });
  }
  [[nodiscard]] Result<void> resize(std::size_t size) noexcept
  {
    return guarded([&]() -> Result<void> {
      if (size > size_max_) {
        return beyond();
      }
      grow_to(size);
      values_.resize(size);
      return success();
    });
  }
  void clear() noexcept { values_.clear(); }

  [[nodiscard]] std::size_t size() const noexcept { return values_.size(); }
  [[nodiscard]] bool empty() const noexcept { return values_.empty(); }
  [[nodiscard]] std::size_t size_max() const noexcept { return size_max_; }
  [[nodiscard]] std::span<T> values() noexcept { return values_; }
  [[nodiscard]] std::span<const T> values() const noexcept { return values_; }
  [[nodiscard]] T& operator[](std::size_t index) noexcept { return values_[index]; }
  [[nodiscard]] const T& operator[](std::size_t index) const noexcept { return values_[index]; }

 private:
  // Doubling, but never room for more than the limit: it is a bound on memory too.
  void grow_to(std::size_t size)
  {
    if (size > values_.capacity()) {
      values_.reserve(std::min(size_max_, std::max(size, 2 * values_.capacity())));
    }
  }

  [[nodiscard]] Error beyond() const
  {
    std::string detail{"more than "};
    return Error{ErrorCode::limit_exceeded,
                 detail.append(std::to_string(size_max_)).append(" ").append(what_)};
  }

  std::size_t size_max_;
  std::string_view what_;
  std::pmr::vector<T> values_;
};

} // namespace rollcall

#endif // ROLLCALL_BASE_BOUNDED_HPP
