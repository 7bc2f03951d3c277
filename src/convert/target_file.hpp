// target_file.hpp: the file of a conversion as it is written: a piece at a time, which its own
// format judges before it goes out.
//
// A piece is judged as any file is that comes in: the bytes that are written are read again. Claims
// hang on the whole file and are not judged.
#ifndef ROLLCALL_CONVERT_TARGET_FILE_HPP
#define ROLLCALL_CONVERT_TARGET_FILE_HPP

#include <cstdint>
#include <functional>
#include <memory_resource>
#include <optional>
#include <string>
#include <vector>

#include "check/checker.hpp"
#include "convert/carrying.hpp"
#include "convert/row_maker.hpp"
#include "report/message.hpp"
#include "rollcall/csv_writer.hpp"

namespace rollcall::convert {

class TargetFile {
 public:
  // All outlive it. Without a host nothing is said of objects, nor of what the actor may do there.
  TargetFile(const Format& format, const check::Facts& facts, check::KnownObjects& known,
             const Options& options, Sink& sink, std::pmr::memory_resource& memory);

  // Writes the header.
  [[nodiscard]] Result<void> begin(const Carrying& carrying);

  void add(const std::vector<MadeCell>& cells);
  [[nodiscard]] bool is_full() const noexcept { return writer_->bytes() >= piece_bytes; }

  // Judges the rows since the last time, in their order, and writes them. `told` is asked with the
  // number of a row in the piece, from 0.
  using Told = std::function<void(std::size_t row, Finding&& finding)>;
  [[nodiscard]] Result<void> flush(const Told& told);

  [[nodiscard]] std::uint64_t bytes() const noexcept { return bytes_; }

 private:
  static constexpr std::size_t piece_bytes = 128 * 1024;

  [[nodiscard]] Result<void> open_piece();
  [[nodiscard]] Result<csv::Reader> open_reader(Source& source) const;
  [[nodiscard]] Result<void> judge(const csv::RowBatch& batch, const Told& told);
  [[nodiscard]] bool is_of_interest(Code code) const noexcept;

  const Format& format_;
  const check::Facts& facts_;
  check::KnownObjects& known_;
  csv::Kernel kernel_;
  Limits limits_;
  bool has_host_;
  Sink& sink_;
  std::pmr::memory_resource& memory_;
  std::pmr::string piece_; // the header row, and rows
  std::optional<TextSink> text_;
  std::optional<csv::Writer> writer_;
  check::Header header_;
  std::optional<report::Messages> messages_;
  std::optional<check::Checker> checker_;
  std::vector<bool> is_secret_; // of each column that is written
  std::string scratch_;
  std::size_t header_bytes_ = 0;
  std::uint64_t bytes_ = 0; // that went out
};

} // namespace rollcall::convert

#endif // ROLLCALL_CONVERT_TARGET_FILE_HPP
