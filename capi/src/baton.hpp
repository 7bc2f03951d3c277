// Who acts while a job goes on by steps: the job, on a thread of its own, or who steps it. Never
// both: one hands the baton to the other and waits for it.
//
// Callbacks of a job are run where rollcall_steps_next was called, whichever thread that is:
// `on_caller` hands them over. Of a job that does not go on by steps it runs them where it stands.
#ifndef ROLLCALL_CAPI_SRC_BATON_HPP
#define ROLLCALL_CAPI_SRC_BATON_HPP

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>

namespace rollcall::capi {

class Baton {
 public:
  // ---- The job's side

  // Waits until the job may begin, and is that of this thread from now on.
  void take_up();
  // A batch is done: waits for the next step if this one is over. False: the job is given up.
  [[nodiscard]] bool pause();
  // Runs it on the thread that waits. False: the job is given up, and nothing was run.
  [[nodiscard]] bool hand_over(const std::function<void()>& callback);
  // The job has ended.
  void lay_down() noexcept;

  // ---- The other side

  // Lets the job go on for so many batches; true once it has ended. From within one of its
  // callbacks nothing happens.
  [[nodiscard]] bool step(std::uint64_t batches);
  // Lets it go on to its end, which is near: it is told to stop, and nothing is called any more.
  void give_up() noexcept;

  // Of the job that this thread carries out; null if it carries out none by steps.
  [[nodiscard]] static Baton* current() noexcept;

 private:
  enum class Turn : std::uint8_t { caller, job, callback, ended };
  void wait_for_job(std::unique_lock<std::mutex>& lock);

  std::mutex mutex_;
  std::condition_variable changed_;
  Turn turn_ = Turn::caller;
  std::uint64_t batches_ = 0;
  bool is_given_up_ = false;
  const std::function<void()>* callback_ = nullptr;
};

// Runs a callback of the host where the host may expect it. One that is not run leaves its verdict
// as it was: STOP.
template <class Callback>
void on_caller(Callback&& callback)
{
  Baton* const baton = Baton::current();
  if (baton == nullptr)
    callback();
  else
    static_cast<void>(baton->hand_over(std::function<void()>{std::ref(callback)}));
}

} // namespace rollcall::capi

#endif // ROLLCALL_CAPI_SRC_BATON_HPP
