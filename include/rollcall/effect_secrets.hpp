// The secrets that effects of a job need, for who does them where the host is the database itself:
// made ones, and those that the file gave.
//
//   ROLLCALL_TRY(auto secrets, EffectSecrets::open(store, store, effect.job, *directory, seams));
//   ROLLCALL_TRY(const auto pin, secrets.find(effect, handle));  // of effect.fields, "secrets"
//
// A secret of the file is kept nowhere but in the file. It is read again from the source that the
// store has, side by side with the plan; who asks for the effects of a job in their order
// (JobService::effects) has both read once.
#ifndef ROLLCALL_EFFECT_SECRETS_HPP
#define ROLLCALL_EFFECT_SECRETS_HPP

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "rollcall/directory.hpp"
#include "rollcall/job_store.hpp"
#include "rollcall/jobs.hpp"
#include "rollcall/seams.hpp"

namespace rollcall {

class EffectSecrets {
 public:
  // Of one job. All outlive it. `directory` is the host of the job's format (schema_of).
  [[nodiscard]] static Result<EffectSecrets> open(JobStore& store, JobService& service, JobId job,
                                                  Directory& directory, Seams seams);
  EffectSecrets(EffectSecrets&&) noexcept;
  EffectSecrets& operator=(EffectSecrets&&) noexcept;
  ~EffectSecrets();

  // Nothing if it is no handle of this effect, if the effect waits no more (it was done, or its row
  // undone), or if the secret is gone: purged, or with a file that the store was never given. Wrong
  // use of an effect of another job.
  [[nodiscard]] Result<std::optional<std::string>> find(const WaitingEffect& effect,
                                                        std::string_view handle);

 private:
  class Body;
  explicit EffectSecrets(std::unique_ptr<Body> body) noexcept;
  std::unique_ptr<Body> body_;
};

} // namespace rollcall

#endif // ROLLCALL_EFFECT_SECRETS_HPP
