// Words in bytes, of either order, from any address. Written with shifts, which compilers turn into
// one load; a pointer cast would be undefined and wrong on half of all machines.
#ifndef ROLLCALL_BASE_BYTES_HPP
#define ROLLCALL_BASE_BYTES_HPP

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace rollcall {

// `Byte` is char, unsigned char or std::byte.
template <class Byte>
[[nodiscard]] constexpr std::uint32_t load_le32(const Byte* from) noexcept
{
  const auto byte = [from](int i) { return std::uint32_t{static_cast<std::uint8_t>(from[i])}; };
  return byte(0) | (byte(1) << 8) | (byte(2) << 16) | (byte(3) << 24);
}

template <class Byte>
[[nodiscard]] constexpr std::uint64_t load_le64(const Byte* from) noexcept
{
  return load_le32(from) | (std::uint64_t{load_le32(from + 4)} << 32);
}

template <class Byte>
[[nodiscard]] constexpr std::uint32_t load_be32(const Byte* from) noexcept
{
  const auto byte = [from](int i) { return std::uint32_t{static_cast<std::uint8_t>(from[i])}; };
  return (byte(0) << 24) | (byte(1) << 16) | (byte(2) << 8) | byte(3);
}

inline void store_le32(std::byte* to, std::uint32_t word) noexcept
{
  for (int i = 0; i < 4; ++i) {
    to[i] = static_cast<std::byte>(word >> (8 * i));
  }
}

inline void store_be32(std::byte* to, std::uint32_t word) noexcept
{
  for (int i = 0; i < 4; ++i) {
    to[i] = static_cast<std::byte>(word >> (24 - 8 * i));
  }
}

// The bytes of a text.
[[nodiscard]] inline std::span<const std::byte> as_bytes(std::string_view text) noexcept
{
  return std::as_bytes(std::span{text.data(), text.size()});
}

// A to Z become a to z, in all eight bytes, none of which is above 7F.
[[nodiscard]] constexpr std::uint64_t lower_ascii(std::uint64_t bytes) noexcept
{
  constexpr std::uint64_t each = 0x0101'0101'0101'0101;
  const std::uint64_t from_a = bytes + each * (0x80 - 'A');
  const std::uint64_t after_z = bytes + each * (0x80 - 'Z' - 1);
  return bytes | ((from_a & ~after_z & each * 0x80) >> 2U);
}

} // namespace rollcall

#endif // ROLLCALL_BASE_BYTES_HPP
