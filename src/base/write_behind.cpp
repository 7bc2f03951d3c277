// write_behind.cpp: a ring of pieces between one thread that fills it and one that empties it.
#include "base/write_behind.hpp"

#include <algorithm>
#include <utility>

namespace rollcall {
namespace {

// Waking a thread costs as much as writing a good part of this.
constexpr std::size_t piece_bytes = std::size_t{1} << 20U;

} // namespace

class WriteBehind::Front final : public Sink {
 public:
  Front(WriteBehind& of, Sink& sink) : of_{of}, sink_{sink} {}

  [[nodiscard]] Result<void> write(std::string_view bytes) override
  {
    return of_.put(*this, bytes);
  }
  [[nodiscard]] bool can_restart() const noexcept override { return sink_.can_restart(); }
  [[nodiscard]] Result<void> restart() override
  {
    of_.wait_until_written();
    if (failure) return *std::exchange(failure, std::nullopt);
    return sink_.restart();
  }

  // By the thread that writes. After a failure nothing more is written.
  [[nodiscard]] Result<void> write_now(std::string_view bytes) noexcept
  {
    if (has_failed_) return success();
    Result<void> result = guarded([&] { return sink_.write(bytes); });
    has_failed_ = !result.has_value();
    return result;
  }

  std::optional<Error> failure; // which nobody was told; under the mutex

 private:
  WriteBehind& of_;
  Sink& sink_;
  bool has_failed_ = false;
};

WriteBehind::WriteBehind(std::pmr::memory_resource& memory)
    : ring_{Piece{memory}, Piece{memory}, Piece{memory}, Piece{memory}}, thread_{[this] { run(); }}
{
}

WriteBehind::~WriteBehind()
{
  if (thread_.joinable()) static_cast<void>(finish());
}

Sink* WriteBehind::behind(Sink* sink)
{
  if (sink == nullptr) return nullptr;
  fronts_.push_back(std::make_unique<Front>(*this, *sink));
  return fronts_.back().get();
}

// A piece is filled by one thread, then emptied by the other: whose it is says Piece::to.
Result<void> WriteBehind::put(Front& to, std::string_view bytes)
{
  if (filled_for_ != &to) hand_over();
  Piece& piece = ring_[next_in_];
  if (filled_for_ == nullptr) {
    std::unique_lock lock{mutex_};
    has_changed_.wait(lock, [&] { return piece.to == nullptr; });
    if (to.failure) return *std::exchange(to.failure, std::nullopt);
    lock.unlock();
    filled_for_ = &to;
    piece.bytes.clear();
    piece.bytes.reserve(piece_bytes);
  }
  piece.bytes.insert(piece.bytes.end(), bytes.begin(), bytes.end());
  if (piece.bytes.size() >= piece_bytes) hand_over();
  return success();
}

void WriteBehind::hand_over()
{
  if (filled_for_ == nullptr) return;
  {
    const std::lock_guard lock{mutex_};
    ring_[next_in_].to = std::exchange(filled_for_, nullptr);
  }
  next_in_ = (next_in_ + 1) % ring_.size();
  has_changed_.notify_all();
}

void WriteBehind::wait_until_written()
{
  hand_over();
  std::unique_lock lock{mutex_};
  has_changed_.wait(lock, [&] {
    return std::all_of(ring_.begin(), ring_.end(), [](const Piece& p) { return p.to == nullptr; });
  });
}

Result<void> WriteBehind::finish()
{
  hand_over();
  {
    const std::lock_guard lock{mutex_};
    is_finished_ = true;
  }
  has_changed_.notify_all();
  if (thread_.joinable()) thread_.join();
  for (const auto& front : fronts_)
    if (front->failure) return *std::exchange(front->failure, std::nullopt);
  return success();
}

void WriteBehind::run() noexcept
{
  std::unique_lock lock{mutex_};
  for (;;) {
    Piece& piece = ring_[next_out_];
    has_changed_.wait(lock, [&] { return piece.to != nullptr || is_finished_; });
    if (piece.to == nullptr) return;
    Front& front = *piece.to;
    lock.unlock();
    Result<void> result = front.write_now({piece.bytes.data(), piece.bytes.size()});
    lock.lock();
    if (!result.has_value()) front.failure = std::move(result).assume_error();
    piece.to = nullptr;
    next_out_ = (next_out_ + 1) % ring_.size();
    has_changed_.notify_all();
  }
}

} // namespace rollcall
