// verdicts.hpp: what the rows of a draft come to, kept up to date: after edits only rows are judged
// again that hang together with those that came or went.
//
// Rows hang together if they have to do with the same thing (touch_index.hpp), or both with a row
// that does. Nothing outside of such a set has a say in what is said inside of it, so the set is
// judged as a file of its own. Only when it is judged is it known what its rows have to do with
// now, which may bring more rows in; so this goes on until none come.
#ifndef ROLLCALL_DRAFT_VERDICTS_HPP
#define ROLLCALL_DRAFT_VERDICTS_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "draft/given_out.hpp"
#include "draft/judging.hpp"
#include "draft/pool_numbers.hpp"
#include "draft/table.hpp"
#include "draft/touch_index.hpp"

namespace rollcall::draft {

class Verdicts {
 public:
  // All outlive it; `key` is a fresh one, the watcher may be null.
  Verdicts(const schema::CompiledSchema& schema, const Table& table, Directory& directory,
           const Context& context, const Seams& seams, const SipKey& key, JobWatcher* watcher);

  [[nodiscard]] Result<void> start();
  [[nodiscard]] const Judging& judging() const noexcept { return judging_; }

  // Before rows go and come. Throws bad_alloc.
  void expect(std::span<const RowId> going, std::span<const RowId> coming);
  // They are in the table, or no longer.
  void went(RowId row) noexcept;
  void came(RowId row) noexcept;

  // Judges what has to be judged.
  [[nodiscard]] Result<void> check();
  // Those that were judged since this was last asked.
  [[nodiscard]] std::vector<std::size_t> take_checked();

  // ---- After `settle`: a check, and who is left out of what is given out

  [[nodiscard]] Result<void> settle();
  [[nodiscard]] const Verdict& verdict(RowId row) const noexcept { return verdicts_[row]; }
  [[nodiscard]] bool is_left_out(RowId row) const;
  [[nodiscard]] std::uint64_t count(plan::RowNote::Was was) const noexcept
  {
    return tally_.was[static_cast<std::size_t>(was)];
  }
  [[nodiscard]] std::uint64_t warned() const noexcept { return tally_.warned; }
  [[nodiscard]] std::uint64_t left_out() const noexcept
  {
    return lacks_room_ ? given_out_.left_out() : 0;
  }

  using OnTold = std::function<void(RowId row, std::vector<Finding>&& findings)>;
  // Of these rows, in their order.
  [[nodiscard]] Result<void> tell(std::span<const RowId> rows, const OnTold& on_told);
  [[nodiscard]] Result<std::optional<std::uint64_t>> given_key(RowId row);
  [[nodiscard]] Result<std::optional<std::string>> drawn(RowId row, std::uint16_t column);

 private:
  // Of rows that were judged.
  struct Tally {
    std::array<std::uint64_t, 4> was = {};
    std::uint64_t warned = 0;
    GivenOut::Amounts asked = {}; // of pools and limits, by rows that stand
  };

  [[nodiscard]] Result<void> check_all();
  [[nodiscard]] Result<void> check_members();
  [[nodiscard]] bool is_too_many(std::size_t rows) const noexcept;
  void order(std::pmr::vector<RowId>& rows) const;
  [[nodiscard]] std::pmr::vector<RowId> all_rows() const;
  void forget_all() noexcept;
  void take(RowId row, const Verdict& verdict);
  void count(RowId row, bool comes) noexcept;
  [[nodiscard]] std::span<const plan::Allotment::Count> counts_of(RowId row) const;
  [[nodiscard]] GivenOut::Ask ask_of(RowId row) const;
  [[nodiscard]] bool is_wanted(std::uint64_t thing) const;
  void note_wants(std::uint64_t thing);
  [[nodiscard]] Result<std::uint64_t> find_numbers(std::size_t pool, std::uint64_t wanted);

  const schema::CompiledSchema& schema_;
  const Table& table_;
  std::pmr::memory_resource* memory_;
  Judging judging_;
  TouchIndex touches_;
  // By row:
  std::pmr::vector<Verdict> verdicts_;
  std::pmr::vector<std::uint8_t> is_judged_;
  std::pmr::vector<std::uint32_t> marks_;
  std::map<RowId, std::vector<plan::Allotment::Count>> counts_; // where a row makes more than one
  std::uint32_t mark_ = 0;
  std::pmr::vector<RowId> came_;           // and not judged since
  std::pmr::vector<std::uint64_t> let_go_; // things that rows which went had to do with
  bool knows_nothing_ = true;              // all rows have to be judged
  // While rows are judged:
  std::pmr::vector<RowId> members_;
  std::pmr::vector<RowId> ordered_;
  std::pmr::vector<Verdict> judged_;
  std::pmr::vector<std::pair<RowId, std::uint64_t>> touched_;
  std::map<RowId, std::vector<plan::Allotment::Count>> counted_;
  std::pmr::vector<RowId> checked_;
  bool checked_all_ = false;
  Tally tally_;
  GivenOut given_out_;
  std::vector<PoolNumbers> numbers_; // of each pool
  bool is_given_ = false;            // it is known who is left out of what is given out
  bool lacks_room_ = false;          // somebody is
};

} // namespace rollcall::draft

#endif // ROLLCALL_DRAFT_VERDICTS_HPP
