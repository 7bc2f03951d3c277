// large_array.hpp: an array that is looked up all over, and may be many megabytes: in large pages
// where the system has them.
//
// In small pages nearly every look-up of such an array first has to find out where its page is,
// which takes longer than the look-up; and each page costs a fault before it is used.
#ifndef ROLLCALL_BASE_LARGE_ARRAY_HPP
#define ROLLCALL_BASE_LARGE_ARRAY_HPP

#include <cstddef>
#include <memory>
#include <memory_resource>
#include <span>
#include <type_traits>
#include <utility>

namespace rollcall {

inline constexpr std::size_t large_page_bytes = std::size_t{2} << 20U;

// Asks for large pages: advice, of which nothing depends.
void ask_for_large_pages(void* begin, std::size_t bytes) noexcept;

// Of one size for life, and moved, never copied.
template <class T>
class LargeArray {
  static_assert(std::is_trivially_copyable_v<T>, "values are not destroyed");

 public:
  LargeArray() = default;
  // All values as T{} makes them. Throws bad_alloc.
  LargeArray(std::size_t size, std::pmr::memory_resource& memory) : memory_{&memory}
  {
    void* const at = memory.allocate(size * sizeof(T), alignment_of(size));
    values_ = {static_cast<T*>(at), size};
    if (is_large(size)) ask_for_large_pages(at, size * sizeof(T));
    std::uninitialized_value_construct(values_.begin(), values_.end());
  }
  LargeArray(LargeArray&& other) noexcept
      : values_{std::exchange(other.values_, {})}, memory_{other.memory_}
  {
  }
  LargeArray& operator=(LargeArray&& other) noexcept
  {
    std::swap(values_, other.values_);
    std::swap(memory_, other.memory_);
    return *this;
  }
  LargeArray(const LargeArray&) = delete;
  LargeArray& operator=(const LargeArray&) = delete;
  ~LargeArray()
  {
    if (!values_.empty())
      memory_->deallocate(values_.data(), values_.size_bytes(), alignment_of(values_.size()));
  }

  [[nodiscard]] std::size_t size() const noexcept { return values_.size(); }
  [[nodiscard]] T* data() const noexcept { return values_.data(); }
  [[nodiscard]] T& operator[](std::size_t index) const noexcept { return values_[index]; }
  [[nodiscard]] auto begin() const noexcept { return values_.begin(); }
  [[nodiscard]] auto end() const noexcept { return values_.end(); }

 private:
  static bool is_large(std::size_t size) noexcept { return size * sizeof(T) >= large_page_bytes; }
  static std::size_t alignment_of(std::size_t size) noexcept
  {
    return is_large(size) ? large_page_bytes : alignof(T);
  }

  std::span<T> values_;
  std::pmr::memory_resource* memory_ = nullptr;
};

} // namespace rollcall

#endif // ROLLCALL_BASE_LARGE_ARRAY_HPP
