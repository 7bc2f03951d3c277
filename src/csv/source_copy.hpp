// source_copy.hpp: a source that is copied while it is read, byte for byte, but for some stretches.
//
//   SourceCopy copy{source, &sink, memory};
//   auto reader = Reader::open(copy, ...);
//   copy.replace(71, 80, "+442071838750");  // in order, and of what was read
//   copy.copy_to(128);                      // lets go of what is no longer needed
//   ROLLCALL_CHECK(copy.finish());
//
// What is kept is what the reader has read ahead.
#ifndef ROLLCALL_CSV_SOURCE_COPY_HPP
#define ROLLCALL_CSV_SOURCE_COPY_HPP

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "rollcall/sink.hpp"
#include "rollcall/source.hpp"

namespace rollcall::csv {

class SourceCopy final : public Source {
 public:
  // Source and sink outlive it; without a sink nothing is copied. Throws bad_alloc.
  SourceCopy(Source& source, Sink* sink, std::pmr::memory_resource& memory);

  [[nodiscard]] Result<std::size_t> read(std::span<std::byte> into) override;
  [[nodiscard]] std::optional<std::uint64_t> size() const override { return source_->size(); }
  [[nodiscard]] Result<void> rewind() override;

  // Offsets of the source, ever larger. Throws bad_alloc.
  void replace(std::uint64_t begin, std::uint64_t end, std::string_view with);
  void copy_to(std::uint64_t end);

  [[nodiscard]] bool has_failed() const noexcept { return out_ && out_->has_failed(); }
  // Copies the rest of what was read, and returns the first failure of the sink.
  [[nodiscard]] Result<void> finish();

 private:
  [[nodiscard]] std::string_view take(std::uint64_t end);

  Source* source_;
  std::optional<SinkBuffer> out_;
  std::pmr::vector<char> kept_; // read, and from `begin_` on not yet copied
  std::size_t begin_ = 0;
  std::uint64_t copied_ = 0; // bytes of the source that are done with
};

} // namespace rollcall::csv

#endif // ROLLCALL_CSV_SOURCE_COPY_HPP
