// spool.hpp: what is written now and read later, in a file without a name: a plan before it is
// carried out, an output that cannot be taken back until it is final.
#ifndef ROLLCALL_JOB_SPOOL_HPP
#define ROLLCALL_JOB_SPOOL_HPP

#include <memory>
#include <string>
#include <utility>

#include "rollcall/seams.hpp"
#include "rollcall/sink.hpp"
#include "rollcall/source.hpp"

namespace rollcall::job {

class Spool final : public Sink, public Source {
 public:
  [[nodiscard]] static Result<Spool> open(Files& files, const std::string& folder)
  {
    ROLLCALL_TRY(auto file, files.create_unnamed(folder));
    return Spool{std::move(file)};
  }

  [[nodiscard]] Result<void> write(std::string_view bytes) override
  {
    return write_all(*file_, std::as_bytes(std::span{bytes}));
  }
  [[nodiscard]] bool can_restart() const noexcept override { return true; }
  [[nodiscard]] Result<void> restart() override
  {
    ROLLCALL_CHECK(file_->truncate(0));
    return file_->seek(0);
  }

  // What was written, from its beginning: rewind first.
  [[nodiscard]] Result<std::size_t> read(std::span<std::byte> into) override
  {
    return file_->read(into);
  }
  [[nodiscard]] Result<void> rewind() override { return file_->seek(0); }

 private:
  explicit Spool(std::unique_ptr<File> file) noexcept : file_{std::move(file)} {}
  std::unique_ptr<File> file_;
};

} // namespace rollcall::job

#endif // ROLLCALL_JOB_SPOOL_HPP
