// SHA-256: both kernels against published vectors and against each other, at every split.
#include "base/sha256.hpp"

#include <doctest/doctest.h>

#include <array>
#include <random>
#include <vector>

#include "base/bytes.hpp"

using namespace rollcall;

namespace {

std::vector<Sha256Kernel> kernels()
{
  std::vector<Sha256Kernel> all = {sha256_portable};
  if (sha256_of_cpu() != nullptr) all.push_back(sha256_of_cpu());
  return all;
}

std::string hex_of(Sha256Kernel kernel, std::string_view text)
{
  Sha256 hash{kernel};
  hash.update(text);
  return to_hex(hash.finish());
}

} // namespace

TEST_CASE("the vectors of FIPS 180-4 come out of every kernel")
{
  for (const Sha256Kernel kernel : kernels()) {
    CHECK(hex_of(kernel, "") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(hex_of(kernel, "abc") ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(hex_of(kernel, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(hex_of(kernel,
                 "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                 "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu") ==
          "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
    CHECK(hex_of(kernel, std::string(1'000'000, 'a')) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  }
}

TEST_CASE("every length up to 200 hashes the same at every split and in every kernel")
{
  std::string text;
  for (std::size_t size = 0; size <= 200; ++size) {
    const std::string expected = hex_of(sha256_portable, text);
    for (const Sha256Kernel kernel : kernels()) {
      for (std::size_t split = 0; split <= size; ++split) {
        Sha256 hash{kernel};
        hash.update(std::string_view{text}.substr(0, split));
        hash.update(std::string_view{text}.substr(split));
        if (to_hex(hash.finish()) != expected) FAIL("size ", size, " split at ", split);
      }
    }
    text.push_back(static_cast<char>(size * 37 + 11));
  }
}

TEST_CASE("random pieces of random bytes hash as the whole does")
{
  std::mt19937_64 chance{3};
  for (int round = 0; round < 200; ++round) {
    std::string text(chance() % 5000, '\0');
    for (char& letter : text) letter = static_cast<char>(chance());
    const std::string expected = hex_of(sha256_portable, text);
    for (const Sha256Kernel kernel : kernels()) {
      Sha256 hash{kernel};
      for (std::string_view left = text; !left.empty();) {
        const std::size_t taken = std::min<std::size_t>(left.size(), chance() % 300);
        hash.update(left.substr(0, taken));
        left.remove_prefix(taken);
      }
      CHECK(to_hex(hash.finish()) == expected);
    }
  }
}

TEST_CASE("what a key makes of a text is as RFC 4231 has it")
{
  const auto mac = [](const std::string& key, std::string_view text) {
    return to_hex(hmac_sha256(key, text));
  };
  CHECK(mac(std::string(20, '\x0B'), "Hi There") ==
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  CHECK(mac("Jefe", "what do ya want for nothing?") ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(mac(std::string(131, '\xAA'), "Test Using Larger Than Block-Size Key - Hash Key First") ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("a finished hash is as new")
{
  Sha256 hash;
  hash.update("something else");
  static_cast<void>(hash.finish());
  hash.update("abc");
  CHECK(hash.finish() == sha256("abc"));
}

TEST_CASE("bytes and text are the same to a hash, and nothing is nothing")
{
  Sha256 hash;
  hash.update(as_bytes("ab"));
  hash.update(std::span<const std::byte>{});
  hash.update(std::string_view{"c"});
  CHECK(hash.finish() == sha256("abc"));
  CHECK(to_hex(sha256("abc")).starts_with("ba7816bf"));
}
