// The secrets of effects: as a handle, which keeps store and directory and has them for itself only
// while it is asked; and a made one by itself.
#include "rollcall/effect_secrets.h"

#include "output.hpp"
#include "rollcall/effect_secrets.hpp"
#include "rollcall/store_history.h"
#include "store.hpp"

using namespace rollcall;
using namespace rollcall::capi;

struct rollcall_effect_secrets {
  std::shared_ptr<StoreBody> store;
  std::shared_ptr<DirectoryBody> directory;
  JobId job;
  EffectSecrets secrets; // of what stands before it
};

namespace {

Result<void> write(const std::optional<std::string>& secret, rollcall_output* output)
{
  if (!secret) return Error{ErrorCode::not_found, "no secret waits under this handle"};
  return write_into(output, [&](Sink& sink) { return sink.write(*secret); });
}

} // namespace

rollcall_status rollcall_effect_secrets_open(rollcall_store* store, uint64_t job,
                                             rollcall_directory* directory,
                                             rollcall_effect_secrets** out, rollcall_error** err)
{
  return make_of_store(
      store, out, err, [&](StoreBody& body) -> Result<std::unique_ptr<rollcall_effect_secrets>> {
        ROLLCALL_TRY(auto asked, directory_of_job(store->body, job, directory));
        ROLLCALL_TRY(const InUse held, take_beside(body, *asked));
        static_cast<void>(held);
        ROLLCALL_TRY(auto secrets, EffectSecrets::open(body.jobs(), body.service(), job,
                                                       asked->directory(), body.engine()->seams()));
        return std::unique_ptr<rollcall_effect_secrets>{
            new rollcall_effect_secrets{store->body, std::move(asked), job, std::move(secrets)}};
      });
}

rollcall_status rollcall_effect_secrets_find(rollcall_effect_secrets* secrets, uint64_t effect,
                                             const char* operation, size_t operation_len,
                                             const char* handle, size_t handle_len,
                                             rollcall_output* output, rollcall_error** err)
{
  return call(err, [&]() -> Result<void> {
    ROLLCALL_CHECK(given(secrets, "secrets"));
    ROLLCALL_TRY(const InUse store, InUse::take(secrets->store->in_use(), "the store"));
    ROLLCALL_TRY(const InUse directory, take_beside(*secrets->store, *secrets->directory));
    static_cast<void>(store);
    static_cast<void>(directory);
    const WaitingEffect waiting{
        .id = effect, .job = secrets->job, .operation = text_of(operation, operation_len)};
    ROLLCALL_TRY(const auto secret, secrets->secrets.find(waiting, text_of(handle, handle_len)));
    return write(secret, output);
  });
}

void rollcall_effect_secrets_free(rollcall_effect_secrets* secrets)
{
  delete secrets;
}

rollcall_status rollcall_store_effect_secret(rollcall_store* store, uint64_t job,
                                             const char* operation, size_t operation_len,
                                             const char* handle, size_t handle_len,
                                             rollcall_output* output, rollcall_error** err)
{
  return with_store(store, err, [&](StoreBody& body) -> Result<void> {
    const WaitingEffect effect{.job = job, .operation = text_of(operation, operation_len)};
    ROLLCALL_TRY(const auto secret, body.service().secret_of(effect, text_of(handle, handle_len)));
    return write(secret, output);
  });
}
