// A host that keeps its objects outside of the job store, in a durable file of its own, and the
// ways in which such hosts disappoint.
//
// It remembers every operation that it was given, and what came of it. It does NOT look there
// before it carries one out: an operation that somebody gives it twice is carried out twice, and
// stands there twice, where the harness sees it.
#ifndef ROLLCALL_TESTS_TORTURE_OUTSIDE_HOST_HPP
#define ROLLCALL_TESTS_TORTURE_OUTSIDE_HOST_HPP

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "rollcall/sqlite_store.hpp"
#include "support/forwarding_directory.hpp"
#include "torture/fault.hpp"

namespace rollcall::torture {

class OutsideHost final : public tests::ForwardingDirectory {
 public:
  // What it does wrong (the details of a fault of the host), at the n-th group of an attempt:
  //   late          it answers for all groups, but backwards, when all are done
  //   twice         it answers for the group twice
  //   never         it does it and says nothing; asked, it says the truth
  //   lost          it does not do it and says nothing; asked, it says the truth
  //   forgets       it does it and says nothing; asked, it does not know
  //   wrong_keys    it answers with one key too many
  //   wrong_group   it answers for a group that it was not given
  //   hangs_up      it does it, and is an error
  //   refuses_call  it is an error before it does it
  //   no_probe      it does it and says nothing; asked, it is an error
  //   amnesia       it answers as it should; asked, it does not know, from the first group on
  // In its file: who made it has filled it, and added job 1.
  [[nodiscard]] static Result<std::unique_ptr<OutsideHost>> open(
      const std::string& path, const schema::Schema& schema, const Seams& seams,
      const SqliteOptions& options, Points& points, const Fault& fault);

  [[nodiscard]] Result<void> apply(std::span<const Group> groups, AnswerSink& sink) override;
  [[nodiscard]] Result<void> probe(std::span<const std::string_view> operations,
                                   AnswerSink& sink) override;

 private:
  struct Done {
    Answer answer = Answer::refused;
    std::vector<std::string> keys = {};
    std::string why = {};
  };
  class Listening;
  class Recalling;

  OutsideHost(SqliteStore&& store, Points& points, const Fault& fault)
      : store_{std::move(store)},
        points_{points},
        fault_{fault},
        is_forgetful_{fault.kind == Fault::Kind::host && fault.detail == "amnesia"}
  {
    if (is_forgetful_) points_.shared().has_struck = true;
  }
  [[nodiscard]] Result<void> recall();
  [[nodiscard]] Result<void> carry_out(const Group& group, Done& done);
  [[nodiscard]] bool is_struck(std::string_view detail);

  SqliteStore store_;
  std::unique_ptr<Directory> objects_;
  Points& points_;
  Fault fault_;
  std::map<std::string, Done, std::less<>> done_; // by operation
  std::uint64_t groups_ = 0;                      // ever
  std::uint64_t given_ = 0;                       // in this attempt
  bool is_forgetful_ = false;
  bool is_mute_ = false;
};

} // namespace rollcall::torture

#endif // ROLLCALL_TESTS_TORTURE_OUTSIDE_HOST_HPP
