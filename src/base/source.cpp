// source.cpp: the sources of bytes that rollcall brings along.
#include "rollcall/source.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace rollcall {

Result<std::size_t> MemorySource::read(std::span<std::byte> into)
{
  const std::size_t size = std::min(into.size(), bytes_.size() - at_);
  if (size != 0) std::memcpy(into.data(), bytes_.data() + at_, size);
  at_ += size;
  return size;
}

Result<void> MemorySource::rewind()
{
  at_ = 0;
  return success();
}

FileSource::FileSource(std::unique_ptr<File> file, std::string path,
                       std::optional<std::uint64_t> size)
    : file_{std::move(file)}, path_{std::move(path)}, size_{size}
{
}

Result<FileSource> FileSource::open(Files& files, const std::string& path)
{
  return guarded([&]() -> Result<FileSource> {
    ROLLCALL_TRY(const FileStatus status, files.status(path));
    if (status.kind == FileKind::folder)
      return Error{ErrorCode::file_failed, path + " is a folder"};
    ROLLCALL_TRY(auto file, files.open_for_reading(path));
    std::optional<std::uint64_t> size;
    if (status.kind == FileKind::regular) size = status.size;
    return FileSource{std::move(file), path, size};
  });
}

Result<std::size_t> FileSource::read(std::span<std::byte> into)
{
  return while_doing(file_->read(into), [&] { return "reading " + path_; });
}

Result<void> FileSource::rewind()
{
  if (!size_) return Error{ErrorCode::unsupported, path_ + " can be read only once"};
  return while_doing(file_->seek(0), [&] { return "reading " + path_; });
}

MappedSource::MappedSource(std::unique_ptr<Mapping> mapping)
    : mapping_{std::move(mapping)}, memory_{mapping_->bytes()}
{
}

Result<MappedSource> MappedSource::open(Files& files, const std::string& path)
{
  ROLLCALL_TRY(auto mapping, files.map(path));
  return MappedSource{std::move(mapping)};
}

Result<std::size_t> MappedSource::read(std::span<std::byte> into)
{
  return memory_.read(into);
}

std::optional<std::span<const std::byte>> MappedSource::bytes() const
{
  return memory_.bytes();
}

std::optional<std::uint64_t> MappedSource::size() const
{
  return memory_.size();
}

Result<void> MappedSource::rewind()
{
  return memory_.rewind();
}

CallbackSource::CallbackSource(Read read, Rewind rewind)
    : read_{std::move(read)}, rewind_{std::move(rewind)}
{
}

Result<std::size_t> CallbackSource::read(std::span<std::byte> into)
{
  if (ended_) return std::size_t{0};
  ROLLCALL_TRY(const std::size_t size, read_(into));
  if (size > into.size())
    return Error{ErrorCode::host_failed, "the callback says that it read more than was asked for"};
  ended_ = size == 0;
  return size;
}

Result<void> CallbackSource::rewind()
{
  if (!rewind_) return Error{ErrorCode::unsupported, "this source can be read only once"};
  ROLLCALL_CHECK(rewind_());
  ended_ = false;
  return success();
}

} // namespace rollcall
