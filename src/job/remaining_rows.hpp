// remaining_rows.hpp: a file without the rows that are done: its header and the others, byte for
// byte.
//
// It is read twice: to find where rows begin, and to hand their bytes out. What stands between two
// rows, as blank lines do, goes with the first of them.
#ifndef ROLLCALL_JOB_REMAINING_ROWS_HPP
#define ROLLCALL_JOB_REMAINING_ROWS_HPP

#include <cstdint>
#include <memory_resource>
#include <utility>
#include <vector>

#include "job/tries.hpp"
#include "plan/first_places.hpp"
#include "rollcall/csv.hpp"
#include "rollcall/source.hpp"

namespace rollcall::job {

class RemainingRows final : public Source {
 public:
  // The file outlives it, and is as it was read then. `dialect` is the one that was settled.
  [[nodiscard]] static Result<RemainingRows> open(Source& file, const csv::Dialect& dialect,
                                                  const Limits& limits, const Tries& tries,
                                                  std::pmr::memory_resource& memory);

  [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }
  // Where each of them stood.
  [[nodiscard]] const plan::FirstPlaces& first() const noexcept { return first_; }

  [[nodiscard]] Result<std::size_t> read(std::span<std::byte> into) override;
  [[nodiscard]] Result<void> rewind() override;

 private:
  struct Stretch {
    std::uint64_t begin = 0, end = 0; // bytes of the file
  };
  RemainingRows(Source& file, std::pmr::memory_resource& memory)
      : file_{&file}, stretches_{&memory}, first_{memory}
  {
  }

  [[nodiscard]] Result<void> find(csv::Reader& reader, const Tries& tries);
  void add(std::uint64_t begin, bool is_wanted);

  Source* file_;
  std::pmr::vector<Stretch> stretches_; // that are handed out
  plan::FirstPlaces first_;
  std::uint64_t rows_ = 0;
  bool is_wanted_ = true; // what is read now: the header first
  std::size_t next_ = 0;  // stretch
  std::uint64_t at_ = 0;  // in the file
};

} // namespace rollcall::job

#endif // ROLLCALL_JOB_REMAINING_ROWS_HPP
