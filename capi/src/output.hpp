// Outputs as handles: texts in memory, files that take their place when they are whole, callbacks.
#ifndef ROLLCALL_CAPI_SRC_OUTPUT_HPP
#define ROLLCALL_CAPI_SRC_OUTPUT_HPP

#include <atomic>
#include <memory>
#include <memory_resource>
#include <string>

#include "engine.hpp"
#include "rollcall/output.h"
#include "rollcall/sink.hpp"

namespace rollcall::capi {

class OutputBody {
 public:
  // A text in memory.
  explicit OutputBody(std::shared_ptr<Engine> engine)
      : engine_{std::move(engine)}, text_{engine_->memory()}
  {
  }
  OutputBody(std::shared_ptr<Engine> engine, std::unique_ptr<Sink> sink, bool is_callback)
      : engine_{std::move(engine)},
        text_{engine_->memory()},
        sink_{std::move(sink)},
        is_memory_{false},
        is_callback_{is_callback}
  {
  }

  // For a call that writes into it, behind what is there.
  [[nodiscard]] Sink& begin();
  [[nodiscard]] const std::pmr::string& text() const noexcept { return text_; }
  [[nodiscard]] bool is_callback() const noexcept { return is_callback_; }
  [[nodiscard]] std::atomic<bool>& in_use() noexcept { return in_use_; }

 private:
  std::shared_ptr<Engine> engine_;
  std::pmr::string text_;
  std::unique_ptr<Sink> sink_ = {};
  bool is_memory_ = true;
  bool is_callback_ = false;
  std::atomic<bool> in_use_ = false;
};

} // namespace rollcall::capi

struct rollcall_output {
  std::shared_ptr<rollcall::capi::OutputBody> body;
};

namespace rollcall::capi {

// The sink of an output for a call that publishes it itself; null where nobody asked. The call has
// it as long as `held` is there.
[[nodiscard]] Result<Sink*> begin(rollcall_output* output, InUse& held);

// Writes something into an output, and publishes it. `write` is given the sink.
template <class Write>
Result<void> write_into(rollcall_output* output, Write&& write)
{
  ROLLCALL_CHECK(given(output, "output"));
  ROLLCALL_TRY(const InUse held, InUse::take(output->body->in_use(), "the output"));
  static_cast<void>(held);
  Sink& sink = output->body->begin();
  ROLLCALL_CHECK(write(sink));
  return sink.publish();
}

} // namespace rollcall::capi

#endif // ROLLCALL_CAPI_SRC_OUTPUT_HPP
