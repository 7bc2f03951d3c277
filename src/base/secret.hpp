// Secrets in memory: they are wiped when they are no longer needed, and nothing prints them.
//
// A std::string will not do: it leaves copies behind when it moves or grows.
#ifndef ROLLCALL_BASE_SECRET_HPP
#define ROLLCALL_BASE_SECRET_HPP

#include <cstddef>
#include <iosfwd>
#include <memory>
#include <memory_resource>
#include <span>
#include <string_view>
#include <utility>

namespace rollcall {

// Overwrites with zeros, also where the compiler sees that nobody will look.
void wipe(std::span<std::byte> bytes) noexcept;

// Wipes what it was given when the scope ends, however it ends.
class WipeAtEnd {
 public:
  explicit WipeAtEnd(std::span<std::byte> bytes) noexcept : bytes_{bytes} {}
  WipeAtEnd(const WipeAtEnd&) = delete;
  WipeAtEnd& operator=(const WipeAtEnd&) = delete;
  ~WipeAtEnd() { wipe(bytes_); }

 private:
  std::span<std::byte> bytes_;
};

// A text of fixed size in one place of memory, that only moves by handing the place over.
class Secret {
 public:
  Secret() noexcept = default;
  explicit Secret(std::size_t size) : size_{size}, text_{std::make_unique<char[]>(size)} {}
  explicit Secret(std::string_view text);
  Secret(Secret&& other) noexcept
      : size_{std::exchange(other.size_, 0)}, text_{std::move(other.text_)}
  {
  }
  Secret& operator=(Secret&& other) noexcept;
  ~Secret() { wipe(std::as_writable_bytes(text())); }

  [[nodiscard]] std::span<char> text() noexcept { return {text_.get(), size_}; }
  [[nodiscard]] std::string_view view() const noexcept { return {text_.get(), size_}; }

  friend std::ostream& operator<<(std::ostream&, const Secret&) = delete;

 private:
  std::size_t size_ = 0;
  std::unique_ptr<char[]> text_;
};

// What is given back is wiped before somebody else gets it. For texts with secrets in them that are
// made and read by what takes a memory resource.
class WipingMemory final : public std::pmr::memory_resource {
 private:
  void* do_allocate(std::size_t bytes, std::size_t alignment) override;
  void do_deallocate(void* at, std::size_t bytes, std::size_t alignment) override;
  [[nodiscard]] bool do_is_equal(const memory_resource& other) const noexcept override
  {
    return this == &other;
  }
};

} // namespace rollcall

#endif // ROLLCALL_BASE_SECRET_HPP
