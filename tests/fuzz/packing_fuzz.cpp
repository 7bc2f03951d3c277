// Unpacks any string of bytes, and packs it: what comes out has the size that was asked for, and
// what was packed comes out as it was.
//
// The first two bytes are the size that is asked for, the rest is what is unpacked and packed.
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <string>
#include <string_view>

#include "store/packing.hpp"

namespace {

void expect(bool holds)
{
  if (!holds) __builtin_trap();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  if (size < 2) return 0;
  const std::size_t asked = std::size_t{data[0]} << 8U | data[1];
  const std::string bytes{data + 2, data + size};
  std::pmr::string packed, unpacked;
  if (rollcall::store::unpack(bytes, asked, unpacked)) expect(unpacked.size() == asked);
  if (rollcall::store::pack(bytes, packed)) {
    expect(packed.size() <= bytes.size() - bytes.size() / 4);
    expect(rollcall::store::unpack(packed, bytes.size(), unpacked));
    expect(std::string_view{unpacked} == bytes);
    if (!bytes.empty()) expect(!rollcall::store::unpack(packed, bytes.size() - 1, unpacked));
  }
  return 0;
}
