// secrets.hpp: secrets that were made, from the moment that their group is given to a host until
// nobody needs them any more; and the effects that need them.
#ifndef ROLLCALL_STORE_SECRETS_HPP
#define ROLLCALL_STORE_SECRETS_HPP

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.hpp"
#include "rollcall/jobs.hpp"
#include "rollcall/seams.hpp"
#include "store/database.hpp"
#include "store/many_rows.hpp"
#include "store/secret_lists.hpp"

namespace rollcall::store {

class Secrets {
 public:
  Secrets(Database& database, Clock& clock);

  // Within a transaction of the journal. Those that may be fetched are counted; that some of them
  // are gone again is noted with the count.
  [[nodiscard]] Result<void> hold(JobId job, std::span<const MadeSecret> secrets);
  [[nodiscard]] Result<void> settle(JobId job, const Settled& group, bool may_be_held);
  void count_anew() noexcept
  {
    made_ = 0;
    taken_back_ = 0;
    has_dropped_ = false;
  }
  [[nodiscard]] Result<void> count_made(JobId job);
  // What a call that has failed may have left.
  void forget() noexcept { new_ones_.forget(); }

  [[nodiscard]] Result<std::uint64_t> take(JobId job, SecretTaker& taker);
  [[nodiscard]] Result<void> effects(EffectSink& sink);
  [[nodiscard]] Result<bool> waits(std::uint64_t effect);
  [[nodiscard]] Result<std::optional<std::string>> find(const WaitingEffect& effect,
                                                        std::string_view handle);
  [[nodiscard]] Result<void> effect_done(std::uint64_t id);
  [[nodiscard]] Result<void> waiting(JobId job, std::span<const std::uint64_t> rows,
                                     WaitingSink& sink);
  // Within a transaction of the journal: effects of a row that wait are not to be done any more.
  [[nodiscard]] Result<void> withdraw(JobId job, std::uint64_t row);
  // The same: what the group has taken back is there no more, so its secrets are of no use, and
  // their objects' keys may be somebody else's next.
  [[nodiscard]] Result<void> take_back(const Settled& undo);

 private:
  // Secrets of one row and operation; which are settled then, or were.
  [[nodiscard]] Result<void> put(JobId job, std::span<const MadeSecret> list, bool is_settled);
  // In its place, if there is room for it there.
  [[nodiscard]] Result<void> put_anew(std::uint64_t id, std::span<const MadeSecret> list);
  [[nodiscard]] Result<void> remove_if_none_left();
  // All but operation, row and line, until the next list is read.
  [[nodiscard]] Result<std::vector<MadeSecret>> list_of(std::uint64_t id);
  [[nodiscard]] Result<void> drop_held(JobId job, std::string_view operation);
  [[nodiscard]] Result<void> settle_held(JobId job, const Settled& group);
  [[nodiscard]] Result<void> note_dropped();
  [[nodiscard]] Result<void> count_taken_back();
  [[nodiscard]] Result<void> drop_shown(JobId job);
  [[nodiscard]] Result<void> hide(JobId job);
  [[nodiscard]] Result<bool> release(std::uint64_t effect);
  [[nodiscard]] Result<bool> release(std::uint64_t id, std::string_view operation,
                                     std::span<const std::string> handles);
  [[nodiscard]] Result<std::uint64_t> show(JobId job, SecretTaker& taker);
  [[nodiscard]] Result<void> find_places(JobId job);
  [[nodiscard]] Result<void> take_back(std::uint64_t id, const Settled& undo);

  Database* database_;
  Clock* clock_;
  SecretLists lists_;
  WipingMemory memory_;
  ManyRows new_ones_;            // which nobody asks for before they are flushed
  std::uint64_t made_ = 0;       // in this transaction, of those that are shown
  std::uint64_t taken_back_ = 0; // the same, of the job that is being undone
  bool has_dropped_ = false;
  // Of the job that is being undone: in which list the secrets of a row stand, by row. One may be
  // gone by now.
  struct Place {
    std::uint64_t row = 0, id = 0;
  };
  JobId undone_ = 0;
  std::vector<Place> places_;
};

} // namespace rollcall::store

#endif // ROLLCALL_STORE_SECRETS_HPP
