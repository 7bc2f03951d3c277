// Memory resources for tests: one that counts what is asked of it, and can be told to fail.
#ifndef ROLLCALL_TESTS_SUPPORT_MEMORY_HPP
#define ROLLCALL_TESTS_SUPPORT_MEMORY_HPP

#include <algorithm>
#include <cstddef>
#include <limits>
#include <memory_resource>
#include <new>

namespace rollcall::tests {

class CountingMemory : public std::pmr::memory_resource {
 public:
  [[nodiscard]] std::size_t allocations() const noexcept { return allocations_; }
  [[nodiscard]] std::size_t bytes_now() const noexcept { return bytes_now_; }
  [[nodiscard]] std::size_t bytes_most() const noexcept { return bytes_most_; }

 private:
  void* do_allocate(std::size_t bytes, std::size_t alignment) override
  {
    ++allocations_;
    void* const at = std::pmr::new_delete_resource()->allocate(bytes, alignment);
    bytes_now_ += bytes;
    bytes_most_ = std::max(bytes_most_, bytes_now_);
    return at;
  }

  void do_deallocate(void* at, std::size_t bytes, std::size_t alignment) override
  {
    bytes_now_ -= bytes;
    std::pmr::new_delete_resource()->deallocate(at, bytes, alignment);
  }

  [[nodiscard]] bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override
  {
    return this == &other;
  }

  std::size_t allocations_ = 0;
  std::size_t bytes_now_ = 0;
  std::size_t bytes_most_ = 0;
};

// Has memory for so many allocations, and for none after that.
class FailingMemory final : public std::pmr::memory_resource {
 public:
  explicit FailingMemory(std::size_t allocations_max) noexcept : left_{allocations_max} {}

  [[nodiscard]] bool has_failed() const noexcept { return has_failed_; }

 private:
  void* do_allocate(std::size_t bytes, std::size_t alignment) override
  {
    if (left_ == 0) {
      has_failed_ = true;
      throw std::bad_alloc{};
    }
    --left_;
    return std::pmr::new_delete_resource()->allocate(bytes, alignment);
  }

  void do_deallocate(void* at, std::size_t bytes, std::size_t alignment) override
  {
    std::pmr::new_delete_resource()->deallocate(at, bytes, alignment);
  }

  [[nodiscard]] bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override
  {
    return this == &other;
  }

  std::size_t left_;
  bool has_failed_ = false;
};

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_SUPPORT_MEMORY_HPP
