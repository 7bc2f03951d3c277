// spooled_source.hpp: a source that can be read twice, and is the same the second time.
//
// One that cannot be rewound is written to a file without a name while it is read the first time
// (spec M3). Of one that can, a hash a block is kept, and a block is handed out the second time
// only if it is what it was: rows that were not judged are never told, nor carried out.
#ifndef ROLLCALL_JOB_SPOOLED_SOURCE_HPP
#define ROLLCALL_JOB_SPOOLED_SOURCE_HPP

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/siphash.hpp"
#include "rollcall/seams.hpp"
#include "rollcall/source.hpp"

namespace rollcall::job {

class SpooledSource final : public Source {
 public:
  // Source and seams outlive it; `key` is a fresh one.
  SpooledSource(Source& source, const Seams& seams, std::string folder, const SipKey& key)
      : source_{source},
        files_{*seams.files},
        folder_{std::move(folder)},
        key_{key},
        hashes_{seams.memory},
        block_{seams.memory}
  {
  }

  // A source that is not what it was the first time is `corrupt`.
  [[nodiscard]] Result<std::size_t> read(std::span<std::byte> into) override;
  [[nodiscard]] std::optional<std::span<const std::byte>> bytes() const override
  {
    return source_.bytes();
  }
  [[nodiscard]] std::optional<std::uint64_t> size() const override { return source_.size(); }
  // To the beginning, wherever it was read to: what was not read yet is read for the first time.
  [[nodiscard]] Result<void> rewind() override;

 private:
  [[nodiscard]] Result<void> ask();
  [[nodiscard]] Result<std::size_t> read_block(std::span<std::byte> into);
  [[nodiscard]] Result<void> check(std::span<const std::byte> block);

  Source& source_;
  Files& files_;
  std::string folder_;
  SipKey key_;
  std::unique_ptr<File> spool_;            // what was read of a source that can be read once
  std::pmr::vector<std::uint64_t> hashes_; // of the blocks, as they were the first time
  std::size_t next_ = 0;                   // block
  std::pmr::vector<std::byte> block_;      // what was read of the source
  std::span<const std::byte> left_;        // of it
  bool is_asked_ = false;                  // whether the source can be rewound
  bool is_again_ = false;
  bool has_ended_ = false; // it was read to its end once
};

} // namespace rollcall::job

#endif // ROLLCALL_JOB_SPOOLED_SOURCE_HPP
