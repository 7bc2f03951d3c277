// plan_digest.hpp: what proves that a plan is the one that was written: a digest over all of its
// bytes before the digest itself, the counts of its end among them.
//
// It is no signature: who writes a plan of his own can give it a digest. What may be done to the
// host is checked again when a plan is carried out, whoever wrote it.
#ifndef ROLLCALL_PLAN_PLAN_DIGEST_HPP
#define ROLLCALL_PLAN_PLAN_DIGEST_HPP

#include <string>
#include <string_view>

#include "base/sha256.hpp"

namespace rollcall::plan {

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
    return std::string{end}.append(before).append(to_hex(digest_.finish())).append(behind);
  }

  // Is it that of the last line? Nothing can be added any more.
  [[nodiscard]] bool is_that_of(std::string_view end)
  {
    constexpr std::size_t size = before.size() + hex_size + behind.size();
    if (end.size() < size) return false;
    const std::string_view signature = end.substr(end.size() - size);
    digest_.update(end.substr(0, end.size() - size));
    return signature.starts_with(before) && signature.ends_with(behind) &&
           signature.substr(before.size(), hex_size) == to_hex(digest_.finish());
  }

 private:
  static constexpr std::string_view before = ",\"digest\":\"";
  static constexpr std::string_view behind = "\"}}";
  static constexpr std::size_t hex_size = 64;

  Sha256 digest_;
};

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_PLAN_DIGEST_HPP
