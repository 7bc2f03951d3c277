// See output_file.hpp. The buffer's room is taken once, so that writing itself never allocates.
#include "rollcall/output_file.hpp"

#include <utility>

#include "base/bytes.hpp"

namespace rollcall {

namespace {

constexpr std::size_t buffer_bytes = 64 * 1024;

bool is_written_directly(const FileStatus& status) noexcept
{
  return status.kind == FileKind::other;
}

Result<TemporaryFile> open_target(Files& files, const FileStatus& status, Readers readers)
{
  if (status.kind == FileKind::folder) return Error{ErrorCode::wrong_use, "it is a folder"};
  if (!is_written_directly(status)) return files.create_beside(status.path, readers);
  ROLLCALL_TRY(auto file, files.open_for_writing(status.path));
  return TemporaryFile{.file = std::move(file), .path = {}};
}

} // namespace

Result<OutputFile> OutputFile::create(const Seams& seams, const std::string& target,
                                      Readers readers)
{
  return while_doing(guarded([&]() -> Result<OutputFile> {
                       std::pmr::vector<std::byte> buffer{seams.memory};
                       buffer.reserve(buffer_bytes);
                       ROLLCALL_TRY(FileStatus status, seams.files->status(target));
                       ROLLCALL_TRY(auto temporary, open_target(*seams.files, status, readers));
                       const bool is_direct = is_written_directly(status);
                       return OutputFile{*seams.files, std::move(status.path), std::move(temporary),
                                         is_direct, std::move(buffer)};
                     }),
                     [&] { return std::string{"writing "}.append(target); });
}

OutputFile::OutputFile(Files& files, std::string target, TemporaryFile temporary, bool is_direct,
                       std::pmr::vector<std::byte> buffer) noexcept
    : files_{&files},
      target_{std::move(target)},
      temporary_{std::move(temporary)},
      is_direct_{is_direct},
      buffer_{std::move(buffer)}
{
}

OutputFile::~OutputFile()
{
  if (temporary_.file != nullptr && !temporary_.path.empty()) {
    // Nobody can be told; what is left behind is a hidden file, which the next one takes.
    static_cast<void>(files_->remove(temporary_.path));
  }
}

Result<void> OutputFile::write(std::span<const std::byte> bytes)
{
  ROLLCALL_CHECK(check_open());
  if (bytes.size() > buffer_bytes - buffer_.size()) {
    ROLLCALL_CHECK(flush());
  }
  if (bytes.size() >= buffer_bytes) {
    return write_through(bytes);
  }
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
  return success();
}

Result<void> OutputFile::write(std::string_view text)
{
  return write(as_bytes(text));
}

Result<void> OutputFile::restart()
{
  ROLLCALL_CHECK(check_open());
  if (!can_restart()) return Sink::restart();
  buffer_.clear();
  is_open_ = false;
  ROLLCALL_CHECK(temporary_.file->truncate(0));
  ROLLCALL_CHECK(temporary_.file->seek(0));
  is_open_ = true;
  return success();
}

Result<void> OutputFile::commit()
{
  if (is_committed_) return success();
  ROLLCALL_CHECK(check_open());
  ROLLCALL_CHECK(flush());
  is_open_ = false;
  return while_doing(put_in_place(), [this] { return std::string{"writing "}.append(target_); });
}

Result<void> OutputFile::check_open() const
{
  if (!is_open_) {
    return Error{ErrorCode::wrong_use, "the file has failed before, or is committed"}.while_doing(
        target_);
  }
  return success();
}

Result<void> OutputFile::flush()
{
  ROLLCALL_CHECK(write_through(buffer_));
  buffer_.clear();
  return success();
}

Result<void> OutputFile::write_through(std::span<const std::byte> bytes)
{
  Result<void> written = write_all(*temporary_.file, bytes);
  is_open_ = written.has_value();
  return while_doing(std::move(written),
                     [this] { return std::string{"writing "}.append(target_); });
}

Result<void> OutputFile::put_in_place()
{
  ROLLCALL_CHECK(temporary_.file->sync());
  if (!is_direct_) ROLLCALL_CHECK(files_->put_in_place(temporary_, target_));
  temporary_.file.reset(); // from here on there is nothing left to remove
  if (!is_direct_)
    ROLLCALL_CHECK(while_doing(files_->sync_folder_of(target_),
                               "making the new file survive a loss of power"));
  is_committed_ = true;
  return success();
}

} // namespace rollcall
