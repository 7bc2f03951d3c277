// The baton changes hands under one mutex, so what either side wrote is seen by the other.
#include "baton.hpp"

namespace rollcall::capi {
namespace {

thread_local Baton* of_this_thread = nullptr;

} // namespace

Baton* Baton::current() noexcept
{
  return of_this_thread;
}

void Baton::take_up()
{
  of_this_thread = this;
  std::unique_lock lock{mutex_};
  changed_.wait(lock, [&] { return turn_ == Turn::job; });
}

bool Baton::pause()
{
  std::unique_lock lock{mutex_};
  if (is_given_up_) return false;
  if (--batches_ != 0) return true;
  turn_ = Turn::caller;
  changed_.notify_all();
  changed_.wait(lock, [&] { return turn_ == Turn::job; });
  return !is_given_up_;
}

bool Baton::hand_over(const std::function<void()>& callback)
{
  std::unique_lock lock{mutex_};
  if (is_given_up_) return false;
  callback_ = &callback;
  turn_ = Turn::callback;
  changed_.notify_all();
  changed_.wait(lock, [&] { return turn_ == Turn::job; });
  return true;
}

void Baton::lay_down() noexcept
{
  const std::lock_guard lock{mutex_};
  turn_ = Turn::ended;
  changed_.notify_all();
}

bool Baton::step(std::uint64_t batches)
{
  std::unique_lock lock{mutex_};
  if (turn_ != Turn::caller) return turn_ == Turn::ended;
  batches_ = batches != 0 ? batches : 1;
  turn_ = Turn::job;
  changed_.notify_all();
  wait_for_job(lock);
  return turn_ == Turn::ended;
}

void Baton::wait_for_job(std::unique_lock<std::mutex>& lock)
{
  for (;;) {
    changed_.wait(lock, [&] { return turn_ != Turn::job; });
    if (turn_ != Turn::callback) return;
    lock.unlock();
    (*callback_)();
    lock.lock();
    turn_ = Turn::job;
    changed_.notify_all();
  }
}

void Baton::give_up() noexcept
{
  std::unique_lock lock{mutex_};
  is_given_up_ = true;
  if (turn_ == Turn::ended) return;
  turn_ = Turn::job;
  changed_.notify_all();
  changed_.wait(lock, [&] { return turn_ == Turn::ended; });
}

} // namespace rollcall::capi
