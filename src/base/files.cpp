// Whole reads and writes over a File that may do less at a time.
#include "rollcall/seams.hpp"

namespace rollcall {

namespace {

Error no_locks()
{
  return Error{ErrorCode::unsupported, "files cannot be locked here"};
}

} // namespace

Result<bool> File::lock(std::uint64_t /*at*/)
{
  return no_locks();
}

Result<void> File::unlock(std::uint64_t /*at*/)
{
  return no_locks();
}

Result<bool> File::is_locked(std::uint64_t /*at*/)
{
  return no_locks();
}

Result<void> Files::put_in_place(TemporaryFile& file, const std::string& target)
{
  return rename(file.path, target);
}

Result<void> write_all(File& file, std::span<const std::byte> bytes)
{
  while (!bytes.empty()) {
    ROLLCALL_TRY(const std::size_t written, file.write(bytes));
    if (written == 0 || written > bytes.size()) {
      // A File must move on; asking for ever would hang the job.
      return Error{ErrorCode::file_failed, "a write took no bytes"};
    }
    bytes = bytes.subspan(written);
  }
  return success();
}

Result<std::size_t> read_full(File& file, std::span<std::byte> into)
{
  std::size_t filled = 0;
  while (filled < into.size()) {
    ROLLCALL_TRY(const std::size_t count, file.read(into.subspan(filled)));
    if (count == 0) {
      break;
    }
    filled += count;
  }
  return filled;
}

} // namespace rollcall
