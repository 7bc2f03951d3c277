// A file descriptor that closes itself.
#ifndef ROLLCALL_BASE_DESCRIPTOR_HPP
#define ROLLCALL_BASE_DESCRIPTOR_HPP

#include <unistd.h>

#include <utility>

namespace rollcall {

class Descriptor {
 public:
  Descriptor() noexcept = default;
  explicit Descriptor(int number) noexcept : number_{number} {}
  Descriptor(Descriptor&& other) noexcept : number_{std::exchange(other.number_, -1)} {}
  Descriptor& operator=(Descriptor&& other) noexcept
  {
    std::swap(number_, other.number_);
    return *this;
  }
  // After an EINTR it is not known whether close has closed; on Linux it always has.
  ~Descriptor()
  {
    if (is_open()) {
      ::close(number_);
    }
  }

  [[nodiscard]] bool is_open() const noexcept { return number_ >= 0; }
  [[nodiscard]] int number() const noexcept { return number_; }

 private:
  int number_ = -1;
};

} // namespace rollcall

#endif // ROLLCALL_BASE_DESCRIPTOR_HPP
