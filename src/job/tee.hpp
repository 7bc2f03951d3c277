// tee.hpp: writes to two sinks what is written to one.
#ifndef ROLLCALL_JOB_TEE_HPP
#define ROLLCALL_JOB_TEE_HPP

#include <string_view>

#include "rollcall/sink.hpp"

namespace rollcall::job {

class Tee final : public Sink {
 public:
  // Both outlive it.
  Tee(Sink& one, Sink& other) noexcept : one_{one}, other_{other} {}

  [[nodiscard]] Result<void> write(std::string_view bytes) override
  {
    ROLLCALL_CHECK(one_.write(bytes));
    return other_.write(bytes);
  }
  [[nodiscard]] bool can_restart() const noexcept override
  {
    return one_.can_restart() && other_.can_restart();
  }
  [[nodiscard]] Result<void> restart() override
  {
    ROLLCALL_CHECK(one_.restart());
    return other_.restart();
  }

 private:
  Sink& one_;
  Sink& other_;
};

} // namespace rollcall::job

#endif // ROLLCALL_JOB_TEE_HPP
