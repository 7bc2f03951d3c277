// A sink that hands what it is given to two.
#ifndef ROLLCALL_CAPI_SRC_TEE_HPP
#define ROLLCALL_CAPI_SRC_TEE_HPP

#include "rollcall/sink.hpp"

namespace rollcall::capi {

class Tee final : public Sink {
 public:
  // Both outlive it.
  Tee(Sink& first, Sink& second) noexcept : first_{first}, second_{second} {}

  [[nodiscard]] Result<void> write(std::string_view bytes) override
  {
    ROLLCALL_CHECK(first_.write(bytes));
    return second_.write(bytes);
  }
  [[nodiscard]] bool can_restart() const noexcept override
  {
    return first_.can_restart() && second_.can_restart();
  }
  [[nodiscard]] Result<void> restart() override
  {
    ROLLCALL_CHECK(first_.restart());
    return second_.restart();
  }
  [[nodiscard]] Result<void> publish() override
  {
    ROLLCALL_CHECK(first_.publish());
    return second_.publish();
  }

 private:
  Sink& first_;
  Sink& second_;
};

} // namespace rollcall::capi

#endif // ROLLCALL_CAPI_SRC_TEE_HPP
