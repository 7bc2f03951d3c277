// The outputs of an attempt: files as the library makes them, with points where they are published.
#ifndef ROLLCALL_TESTS_TORTURE_PUBLISHED_HPP
#define ROLLCALL_TESTS_TORTURE_PUBLISHED_HPP

#include <string>
#include <utility>

#include "rollcall/output_file.hpp"
#include "torture/shared.hpp"

namespace rollcall::torture {

// A file that is put into its place when the job says so, and passes a point before and after. Some
// of them cannot take back what was written.
class Published final : public Sink {
 public:
  [[nodiscard]] static Result<Published> open(const Seams& seams, Points& points,
                                              const std::string& path, bool takes_back)
  {
    ROLLCALL_TRY(auto file, OutputFile::create(seams, path));
    return Published{std::move(file), points, takes_back};
  }

  [[nodiscard]] Result<void> write(std::string_view bytes) override { return file_.write(bytes); }
  [[nodiscard]] bool can_restart() const noexcept override { return takes_back_; }
  [[nodiscard]] Result<void> restart() override { return file_.restart(); }
  [[nodiscard]] Result<void> publish() override
  {
    return points_->between("publish:before", "publish:after", [&] { return file_.publish(); });
  }

 private:
  Published(OutputFile&& file, Points& points, bool takes_back)
      : file_{std::move(file)}, points_{&points}, takes_back_{takes_back}
  {
  }

  OutputFile file_;
  Points* points_;
  bool takes_back_;
};

} // namespace rollcall::torture

#endif // ROLLCALL_TESTS_TORTURE_PUBLISHED_HPP
