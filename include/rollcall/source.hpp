// Where the bytes of a file come from: a file, a mapping, memory, or a callback of the host.
//
// A source knows nothing of rows or encodings. It is read by one thread at a time.
#ifndef ROLLCALL_SOURCE_HPP
#define ROLLCALL_SOURCE_HPP

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "rollcall/seams.hpp"

namespace rollcall {

class Source {
 public:
  virtual ~Source() = default;

  // How many bytes came, perhaps fewer than asked for; 0 is the end, and stays the end.
  [[nodiscard]] virtual Result<std::size_t> read(std::span<std::byte> into) = 0;

  // All bytes, where they lie in memory anyway and stay there, unchanged, as long as the source
  // lives: then a reader does not copy them.
  [[nodiscard]] virtual std::optional<std::span<const std::byte>> bytes() const { return {}; }

  // How many bytes there are, where that is known before they are read.
  [[nodiscard]] virtual std::optional<std::uint64_t> size() const { return {}; }

  // Goes back to the first byte. Unsupported where the bytes are gone once they are read.
  [[nodiscard]] virtual Result<void> rewind() = 0;
};

// Bytes that the caller keeps alive and unchanged.
class MemorySource final : public Source {
 public:
  explicit MemorySource(std::span<const std::byte> bytes) noexcept : bytes_{bytes} {}
  explicit MemorySource(std::string_view text) noexcept : bytes_{std::as_bytes(std::span{text})} {}

  [[nodiscard]] Result<std::size_t> read(std::span<std::byte> into) override;
  [[nodiscard]] std::optional<std::span<const std::byte>> bytes() const override { return bytes_; }
  [[nodiscard]] std::optional<std::uint64_t> size() const override { return bytes_.size(); }
  [[nodiscard]] Result<void> rewind() override;

 private:
  std::span<const std::byte> bytes_;
  std::size_t at_ = 0;
};

// A file, or a pipe. Standard input and pipes are read once; only a regular file can be rewound.
class FileSource final : public Source {
 public:
  [[nodiscard]] static Result<FileSource> open(Files& files, const std::string& path);

  [[nodiscard]] Result<std::size_t> read(std::span<std::byte> into) override;
  [[nodiscard]] std::optional<std::uint64_t> size() const override { return size_; }
  [[nodiscard]] Result<void> rewind() override;

 private:
  FileSource(std::unique_ptr<File> file, std::string path, std::optional<std::uint64_t> size);

  std::unique_ptr<File> file_;
  std::string path_;
  std::optional<std::uint64_t> size_; // of a regular file, when it was opened
};

// A file mapped into memory, for who asks for it: faster than reading where the file is in the page
// cache, but only for files that nobody writes to. Who truncates the file meanwhile kills the
// process, and what he changes is seen in the middle of a row.
class MappedSource final : public Source {
 public:
  [[nodiscard]] static Result<MappedSource> open(Files& files, const std::string& path);

  [[nodiscard]] Result<std::size_t> read(std::span<std::byte> into) override;
  [[nodiscard]] std::optional<std::span<const std::byte>> bytes() const override;
  [[nodiscard]] std::optional<std::uint64_t> size() const override;
  [[nodiscard]] Result<void> rewind() override;

 private:
  explicit MappedSource(std::unique_ptr<Mapping> mapping);

  std::unique_ptr<Mapping> mapping_;
  MemorySource memory_;
};

// Bytes that the host hands out when asked: how many came, 0 at the end.
class CallbackSource final : public Source {
 public:
  using Read = std::function<Result<std::size_t>(std::span<std::byte>)>;
  using Rewind = std::function<Result<void>()>;

  // Without `rewind` the bytes can be had once.
  explicit CallbackSource(Read read, Rewind rewind = {});

  // A callback that claims more bytes than there was room for is host_failed.
  [[nodiscard]] Result<std::size_t> read(std::span<std::byte> into) override;
  [[nodiscard]] Result<void> rewind() override;

 private:
  Read read_;
  Rewind rewind_;
  bool ended_ = false;
};

} // namespace rollcall

#endif // ROLLCALL_SOURCE_HPP
