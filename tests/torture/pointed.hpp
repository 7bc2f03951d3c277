// A job store and a directory that do what others do, and pass a point before and after each call.
#ifndef ROLLCALL_TESTS_TORTURE_POINTED_HPP
#define ROLLCALL_TESTS_TORTURE_POINTED_HPP

#include <algorithm>
#include <memory>
#include <utility>

#include "rollcall/directory.hpp"
#include "rollcall/job_store.hpp"
#include "torture/shared.hpp"

namespace rollcall::torture {

class PointedDirectory final : public Directory {
 public:
  PointedDirectory(Directory& inner, Points& points) : inner_{inner}, points_{points} {}

  [[nodiscard]] const Directory& inner() const noexcept { return inner_; }

  [[nodiscard]] bool lists(KindId kind) const override { return inner_.lists(kind); }
  [[nodiscard]] Result<void> find(KindId kind, FieldId by, std::span<const std::string_view> values,
                                  ObjectSink& sink) override
  {
    return points_.between("find:before", "find:after",
                           [&] { return inner_.find(kind, by, values, sink); });
  }
  [[nodiscard]] Result<void> scan(KindId kind, ObjectSink& sink) override
  {
    return points_.between("scan:before", "scan:after", [&] { return inner_.scan(kind, sink); });
  }
  [[nodiscard]] Result<std::uint64_t> count(KindId kind) override
  {
    return points_.between("count:before", "count:after", [&] { return inner_.count(kind); });
  }
  [[nodiscard]] Result<std::optional<std::uint64_t>> next_id(KindId kind) override
  {
    return points_.between("next_id:before", "next_id:after", [&] { return inner_.next_id(kind); });
  }
  [[nodiscard]] Result<std::optional<std::string>> nearest(KindId kind, FieldId field,
                                                           std::string_view text) override
  {
    return points_.between("nearest:before", "nearest:after",
                           [&] { return inner_.nearest(kind, field, text); });
  }
  [[nodiscard]] Result<Setting> setting(std::string_view name) override
  {
    return inner_.setting(name);
  }
  [[nodiscard]] Result<Setting> default_setting(std::string_view name) override
  {
    return inner_.default_setting(name);
  }
  [[nodiscard]] Result<void> apply(std::span<const Group> groups, AnswerSink& sink) override
  {
    return points_.between("apply:before", "apply:after",
                           [&] { return inner_.apply(groups, sink); });
  }
  [[nodiscard]] Result<void> probe(std::span<const std::string_view> operations,
                                   AnswerSink& sink) override
  {
    return points_.between("probe:before", "probe:after",
                           [&] { return inner_.probe(operations, sink); });
  }

 private:
  Directory& inner_;
  Points& points_;
};

class PointedArtifact final : public ArtifactSink {
 public:
  PointedArtifact(std::unique_ptr<ArtifactSink> inner, Points& points)
      : inner_{std::move(inner)}, points_{points}
  {
  }
  [[nodiscard]] Result<void> write(std::string_view bytes) override
  {
    return points_.between("artifact.write:before", "artifact.write:after",
                           [&] { return inner_->write(bytes); });
  }
  [[nodiscard]] bool can_restart() const noexcept override { return inner_->can_restart(); }
  [[nodiscard]] Result<void> restart() override
  {
    return points_.between("artifact.restart:before", "artifact.restart:after",
                           [&] { return inner_->restart(); });
  }
  [[nodiscard]] Result<void> finish() override
  {
    return points_.between("artifact.finish:before", "artifact.finish:after",
                           [&] { return inner_->finish(); });
  }

 private:
  std::unique_ptr<ArtifactSink> inner_;
  Points& points_;
};

class PointedStore final : public JobStore {
 public:
  PointedStore(JobStore& inner, Points& points) : inner_{inner}, points_{points} {}

  [[nodiscard]] std::string_view id() const noexcept override { return inner_.id(); }
  [[nodiscard]] Result<JobId> add(const JobRecord& record) override
  {
    return points_.between("add:before", "add:after", [&] { return inner_.add(record); });
  }
  [[nodiscard]] Result<void> update(const JobRecord& record) override
  {
    return points_.between("update:before", "update:after", [&] { return inner_.update(record); });
  }
  [[nodiscard]] Result<std::optional<JobRecord>> job(JobId id) override { return inner_.job(id); }
  [[nodiscard]] Result<void> jobs(JobSink& sink) override { return inner_.jobs(sink); }
  [[nodiscard]] Result<JobRecord> take_over(JobId id, TakeOver from) override
  {
    return points_.between("take_over:before", "take_over:after",
                           [&] { return inner_.take_over(id, from); });
  }
  void let_go(JobId id) noexcept override { inner_.let_go(id); }
  [[nodiscard]] Result<std::optional<JobId>> maker_of(std::string_view plan) override
  {
    return inner_.maker_of(plan);
  }
  [[nodiscard]] Result<std::string> seal(std::string_view text) override
  {
    return inner_.seal(text);
  }
  [[nodiscard]] Result<std::optional<std::uint64_t>> directory_version() override
  {
    return inner_.directory_version();
  }
  [[nodiscard]] Result<std::optional<JobId>> use_plan(JobId id, std::string_view plan) override
  {
    return points_.between("use_plan:before", "use_plan:after",
                           [&] { return inner_.use_plan(id, plan); });
  }
  [[nodiscard]] Result<std::optional<JobId>> user_of(std::string_view plan) override
  {
    return points_.between("user_of:before", "user_of:after", [&] { return inner_.user_of(plan); });
  }
  [[nodiscard]] Result<std::unique_ptr<ArtifactSink>> write_artifact(JobId id,
                                                                     std::string_view name) override
  {
    points_.pass("write_artifact:before");
    ROLLCALL_TRY(auto sink, inner_.write_artifact(id, name));
    points_.pass("write_artifact:after");
    return std::make_unique<PointedArtifact>(std::move(sink), points_);
  }
  [[nodiscard]] Result<std::unique_ptr<Source>> read_artifact(JobId id,
                                                              std::string_view name) override
  {
    return points_.between("read_artifact:before", "read_artifact:after",
                           [&] { return inner_.read_artifact(id, name); });
  }
  [[nodiscard]] Result<void> remove_artifact(JobId id, std::string_view name) override
  {
    return points_.between("remove_artifact:before", "remove_artifact:after",
                           [&] { return inner_.remove_artifact(id, name); });
  }
  [[nodiscard]] bool holds(const Directory& directory) const noexcept override
  {
    const auto* const pointed = dynamic_cast<const PointedDirectory*>(&directory);
    return inner_.holds(pointed != nullptr ? pointed->inner() : directory);
  }
  [[nodiscard]] Result<void> begin(JobId id) override
  {
    settled_ = 0;
    Shared& shared = points_.shared();
    if (shared.fallible_before_begin == 0) shared.fallible_before_begin = shared.fallible;
    return points_.between("begin:before", "begin:after", [&] { return inner_.begin(id); });
  }
  [[nodiscard]] Result<void> commit() override
  {
    points_.pass("commit:before");
    Result<void> done = inner_.commit();
    // From here on these rows were told to be done.
    auto& told = points_.shared().acknowledged;
    if (done.has_value()) told = std::max(told, settled_);
    points_.pass("commit:after");
    return done;
  }
  void roll_back() noexcept override
  {
    points_.pass("roll_back:before");
    inner_.roll_back();
    points_.pass("roll_back:after");
  }
  [[nodiscard]] Result<void> intend(JobId id, std::span<const std::string_view> operations) override
  {
    return points_.between("intend:before", "intend:after",
                           [&] { return inner_.intend(id, operations); });
  }
  [[nodiscard]] Result<bool> goes_on(JobId id, const JobProgress& progress) override
  {
    return inner_.goes_on(id, progress); // when it is asked depends on the clock
  }
  [[nodiscard]] Result<void> hold(JobId id, std::span<const MadeSecret> secrets) override
  {
    return points_.between("hold:before", "hold:after", [&] { return inner_.hold(id, secrets); });
  }
  [[nodiscard]] Result<void> settle(JobId id, std::span<const Settled> groups) override
  {
    if (!groups.empty()) settled_ = groups.back().group;
    return points_.between("settle:before", "settle:after",
                           [&] { return inner_.settle(id, groups); });
  }
  [[nodiscard]] Result<Progress> progress(JobId id) override
  {
    return points_.between("progress:before", "progress:after",
                           [&] { return inner_.progress(id); });
  }
  [[nodiscard]] Result<void> exceptions(JobId id, SettledSink& sink) override
  {
    return points_.between("exceptions:before", "exceptions:after",
                           [&] { return inner_.exceptions(id, sink); });
  }
  [[nodiscard]] Result<void> find_later(JobId job, JobId self, std::span<const FieldOfObject> asked,
                                        LaterSink& sink) override
  {
    return points_.between("find_later:before", "find_later:after",
                           [&] { return inner_.find_later(job, self, asked, sink); });
  }
  [[nodiscard]] Result<void> waiting_effects(JobId job, std::span<const std::uint64_t> rows,
                                             WaitingSink& sink) override
  {
    return points_.between("waiting_effects:before", "waiting_effects:after",
                           [&] { return inner_.waiting_effects(job, rows, sink); });
  }

 private:
  JobStore& inner_;
  Points& points_;
  std::uint64_t settled_ = 0; // the last group, within the transaction
};

} // namespace rollcall::torture

#endif // ROLLCALL_TESTS_TORTURE_POINTED_HPP
