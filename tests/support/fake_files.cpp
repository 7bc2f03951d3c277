// See fake_files.hpp.
#include "support/fake_files.hpp"

#include <algorithm>
#include <cerrno>

#include "base/bytes.hpp"

namespace rollcall::tests {
namespace {

class FakeFile final : public File {
 public:
  FakeFile(FakeFiles& files, FakeFiles::Content content)
      : files_{files}, content_{std::move(content)}
  {
  }

  Result<std::size_t> read(std::span<std::byte> into) override
  {
    ROLLCALL_CHECK(files_.step("read"));
    const std::size_t count = copy_from(at_, into);
    at_ += count;
    return count;
  }

  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> into) override
  {
    ROLLCALL_CHECK(files_.step("read_at"));
    return copy_from(static_cast<std::size_t>(offset), into);
  }

  Result<std::size_t> write(std::span<const std::byte> bytes) override
  {
    ROLLCALL_CHECK(files_.step("write"));
    const std::size_t count = std::min(bytes.size(), files_.piece_bytes_max);
    content_->resize(std::max(content_->size(), at_ + count));
    content_->replace(at_, count, as_text(bytes.first(count)));
    at_ += count;
    return count;
  }

  Result<void> seek(std::uint64_t offset) override
  {
    ROLLCALL_CHECK(files_.step("seek"));
    at_ = static_cast<std::size_t>(offset);
    return success();
  }

  Result<std::uint64_t> size() override
  {
    ROLLCALL_CHECK(files_.step("size"));
    return std::uint64_t{content_->size()};
  }

  Result<void> truncate(std::uint64_t size) override
  {
    ROLLCALL_CHECK(files_.step("truncate"));
    content_->resize(static_cast<std::size_t>(size));
    return success();
  }

  Result<void> sync() override { return files_.step("sync"); }

 private:
  [[nodiscard]] std::size_t copy_from(std::size_t at, std::span<std::byte> into) const
  {
    const std::size_t begin = std::min(at, content_->size());
    const std::size_t count =
        std::min({into.size(), content_->size() - begin, files_.piece_bytes_max});
    std::ranges::copy(as_bytes(std::string_view{*content_}.substr(begin, count)), into.begin());
    return count;
  }

  FakeFiles& files_;
  FakeFiles::Content content_;
  std::size_t at_ = 0;
};

class FakeMapping final : public Mapping {
 public:
  explicit FakeMapping(FakeFiles::Content content) : content_{std::move(content)} {}

  [[nodiscard]] std::span<const std::byte> bytes() const noexcept override
  {
    return as_bytes(*content_);
  }

 private:
  FakeFiles::Content content_;
};

} // namespace

void FakeFiles::put(const std::string& path, std::string_view text)
{
  disk[path] = std::make_shared<std::string>(text);
}

std::string FakeFiles::text_of(const std::string& path) const
{
  const auto file = disk.find(path);
  return file == disk.end() ? "(absent)" : *file->second;
}

Result<void> FakeFiles::step(std::string_view name)
{
  const bool fails = calls.size() == fail_at;
  calls.emplace_back(name);
  if (fails) return Error::of_system(os_error).while_doing(name);
  return success();
}

Result<std::unique_ptr<File>> FakeFiles::open(const std::string& path)
{
  const auto file = disk.find(path);
  if (file == disk.end()) return Error::of_system(ENOENT).while_doing(path);
  return std::make_unique<FakeFile>(*this, file->second);
}

Result<FileStatus> FakeFiles::status(const std::string& path)
{
  ROLLCALL_CHECK(step("status"));
  const auto file = disk.find(path);
  if (file == disk.end()) return FileStatus{.kind = FileKind::absent, .size = 0, .path = path};
  return FileStatus{.kind = FileKind::regular, .size = file->second->size(), .path = path};
}

Result<std::unique_ptr<File>> FakeFiles::open_for_reading(const std::string& path)
{
  ROLLCALL_CHECK(step("open_for_reading"));
  return open(path);
}

Result<std::unique_ptr<File>> FakeFiles::open_for_writing(const std::string& path)
{
  ROLLCALL_CHECK(step("open_for_writing"));
  return open(path);
}

Result<std::unique_ptr<File>> FakeFiles::open_for_update(const std::string& path,
                                                         Readers /*readers*/)
{
  ROLLCALL_CHECK(step("open_for_update"));
  if (!disk.contains(path)) put(path, {});
  return open(path);
}

Result<std::unique_ptr<File>> FakeFiles::create_new(const std::string& path, Readers /*readers*/)
{
  ROLLCALL_CHECK(step("create_new"));
  if (disk.contains(path)) return std::unique_ptr<File>{};
  put(path, {});
  return open(path);
}

Result<TemporaryFile> FakeFiles::create_beside(const std::string& target, Readers /*readers*/)
{
  ROLLCALL_CHECK(step("create_beside"));
  const std::string path = target + "." + std::to_string(calls.size()) + ".tmp";
  const Content content = std::make_shared<std::string>();
  TemporaryFile temporary{.file = std::make_unique<FakeFile>(*this, content), .path = path};
  disk[path] = content; // last, when nothing can fail any more
  return temporary;
}

Result<std::unique_ptr<File>> FakeFiles::create_unnamed(const std::string& /*folder*/)
{
  ROLLCALL_CHECK(step("create_unnamed"));
  return std::make_unique<FakeFile>(*this, std::make_shared<std::string>());
}

Result<std::unique_ptr<Mapping>> FakeFiles::map(const std::string& path)
{
  ROLLCALL_CHECK(step("map"));
  const auto file = disk.find(path);
  if (file == disk.end()) return Error::of_system(ENOENT).while_doing(path);
  return std::make_unique<FakeMapping>(file->second);
}

Result<void> FakeFiles::rename(const std::string& from, const std::string& to)
{
  ROLLCALL_CHECK(step("rename"));
  const auto file = disk.find(from);
  if (file == disk.end()) return Error::of_system(ENOENT).while_doing(from);
  disk[to] = file->second;
  disk.erase(from);
  return success();
}

Result<void> FakeFiles::remove(const std::string& path)
{
  ROLLCALL_CHECK(step("remove"));
  if (disk.erase(path) == 0) return Error::of_system(ENOENT).while_doing(path);
  return success();
}

Result<void> FakeFiles::sync_folder_of(const std::string& /*path*/)
{
  return step("sync_folder_of");
}

} // namespace rollcall::tests
