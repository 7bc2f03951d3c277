// spooled_source.hpp: a source that can be read twice: one that cannot is written to a file without
// a name while it is read the first time (spec M3).
#ifndef ROLLCALL_JOB_SPOOLED_SOURCE_HPP
#define ROLLCALL_JOB_SPOOLED_SOURCE_HPP

#include <memory>
#include <optional>
#include <string>

#include "rollcall/seams.hpp"
#include "rollcall/source.hpp"

namespace rollcall::job {

class SpooledSource final : public Source {
 public:
  // Both outlive it.
  SpooledSource(Source& source, Files& files, std::string folder)
      : source_{source}, files_{files}, folder_{std::move(folder)}
  {
  }

  [[nodiscard]] Result<std::size_t> read(std::span<std::byte> into) override;
  [[nodiscard]] std::optional<std::span<const std::byte>> bytes() const override
  {
    return source_.bytes();
  }
  [[nodiscard]] std::optional<std::uint64_t> size() const override { return source_.size(); }
  // To the beginning of what was read until now.
  [[nodiscard]] Result<void> rewind() override;

 private:
  Source& source_;
  Files& files_;
  std::string folder_;
  std::unique_ptr<File> spool_; // what was read of a source that can be read once
  bool is_asked_ = false;       // whether the source can be rewound
  bool reads_spool_ = false;
};

} // namespace rollcall::job

#endif // ROLLCALL_JOB_SPOOLED_SOURCE_HPP
