// plan_digest.hpp: what proves that a plan is the one that was written: a digest over all of its
// bytes before the digest itself, the counts of its end among them.
//
// It is no signature: who writes a plan of his own can give it a digest. The seal behind it is one,
// of a store that keeps the key to itself: `{"end":{...,"digest":"...","seal":"..."}}`.
#ifndef ROLLCALL_PLAN_PLAN_DIGEST_HPP
#define ROLLCALL_PLAN_PLAN_DIGEST_HPP

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>

#include "base/sha256.hpp"
#include "rollcall/result.hpp"

namespace rollcall::plan {

// The seal of a digest; empty if there is none.
using Seal = std::function<Result<std::string>(std::string_view digest)>;

class PlanDigest {
 public:
  // A line before the end; without its line end, which counts as LF.
  void add_line(std::string_view line)
  {
    digest_.update(line);
    digest_.update("\n");
  }
  // The same bytes in pieces.
  void add(std::string_view bytes) { digest_.update(bytes); }

  // The last line of a plan, from one that lacks it: `{"end":{...}}`.
  [[nodiscard]] std::string sign(std::string_view end)
  {
    end.remove_suffix(behind.size() - 1);
    digest_.update(end);
    hex_ = to_hex(digest_.finish());
    return std::string{end}.append(before).append(hex_).append(behind);
  }

  // The digest that was made.
  [[nodiscard]] const std::string& hex() const noexcept { return hex_; }

  // The same line with a seal.
  [[nodiscard]] static std::string sealed(std::string_view end, std::string_view seal)
  {
    end.remove_suffix(behind.size() - 1);
    return std::string{end}.append(before_seal).append(seal).append(behind);
  }

  // Is it that of the last line, and is this its seal (or there is none)? Nothing can be added any
  // more.
  [[nodiscard]] bool is_that_of(std::string_view end, std::string_view seal)
  {
    if (!seal.empty()) {
      const std::string tail = std::string{before_seal}.append(seal).append(behind);
      if (!end.ends_with(tail)) return false;
      end.remove_suffix(tail.size());
    } else {
      if (!end.ends_with(behind.substr(1))) return false;
      end.remove_suffix(behind.size() - 1);
    }
    const std::string_view last = end.substr(end.size() - std::min(end.size(), digest_size));
    digest_.update(end.substr(0, end.size() - last.size()));
    hex_ = to_hex(digest_.finish());
    return last == std::string{before}.append(hex_).append("\"");
  }

 private:
  static constexpr std::string_view before = ",\"digest\":\"";
  static constexpr std::string_view before_seal = ",\"seal\":\"";
  static constexpr std::string_view behind = "\"}}";
  static constexpr std::size_t digest_size = before.size() + 64 + 1;

  std::string hex_;
  Sha256 digest_;
};

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_PLAN_DIGEST_HPP
