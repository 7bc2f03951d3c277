// write_behind.hpp: outputs that are written by a thread of their own, while whoever makes them
// goes on.
//
// One thread writes for all sinks, in the order in which pieces came, so each sink still gets its
// bytes in order and from one thread at a time. A failure shows at a later write, or at `finish`.
#ifndef ROLLCALL_BASE_WRITE_BEHIND_HPP
#define ROLLCALL_BASE_WRITE_BEHIND_HPP

#include <array>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <memory_resource>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "rollcall/sink.hpp"

namespace rollcall {

class WriteBehind {
 public:
  // Throws bad_alloc, and system_error where there is no thread to be had.
  explicit WriteBehind(std::pmr::memory_resource& memory);
  ~WriteBehind();
  WriteBehind(const WriteBehind&) = delete;
  WriteBehind& operator=(const WriteBehind&) = delete;

  // A sink that hands its bytes on to this one, which lives until `finish`; null stays null.
  [[nodiscard]] Sink* behind(Sink* sink);

  // Waits until everything is written, and tells the first failure. Nothing may follow.
  [[nodiscard]] Result<void> finish();

 private:
  class Front;
  struct Piece {
    explicit Piece(std::pmr::memory_resource& memory) : bytes{&memory} {}
    std::pmr::vector<char> bytes;
    Front* to = nullptr; // null: it is free
  };

  [[nodiscard]] Result<void> put(Front& to, std::string_view bytes);
  void hand_over();
  void wait_until_written();
  void run() noexcept;

  std::mutex mutex_;
  std::condition_variable has_changed_;
  std::array<Piece, 4> ring_;
  std::size_t next_in_ = 0;     // the piece that is filled, for:
  Front* filled_for_ = nullptr; // null: nobody yet
  std::size_t next_out_ = 0;
  bool is_finished_ = false;
  std::vector<std::unique_ptr<Front>> fronts_;
  std::thread thread_;
};

} // namespace rollcall

#endif // ROLLCALL_BASE_WRITE_BEHIND_HPP
