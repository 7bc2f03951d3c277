// carry_out.cpp: a plan is looked at, carried out, and told.
//
// A plan that was just made of a file by the same process is carried out at once. A strange one,
// which comes from a file or from somebody else, may be refused at every step until the first
// change is made: then `job` says why.
#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "apply/applier.hpp"
#include "check/facts.hpp"
#include "check/known_objects.hpp"
#include "job/job_run.hpp"
#include "job/kept_fates.hpp"
#include "job/looking.hpp"
#include "job/plan_telling.hpp"
#include "job/rivals.hpp"
#include "job/settled_groups.hpp"
#include "job/still_as_planned.hpp"
#include "plan/plan_reader.hpp"

namespace rollcall::job {

using schema::Action;
using schema::Keys;

namespace {

bool has_any(const Outputs& outputs) noexcept
{
  const auto sinks = outputs.all();
  return std::any_of(sinks.begin(), sinks.end(), [](const Sink* sink) { return sink != nullptr; });
}

Finding invalid(std::string_view reason, Code code = Code::plan_invalid)
{
  Finding made = finding(code);
  made.facts.push_back(fact("reason", reason));
  return made;
}

class CarryingOut {
 public:
  CarryingOut(const Carrying& carrying, JobSummary& job)
      : at_{carrying},
        schema_{carrying.schema},
        job_{job},
        context_{carrying.context},
        known_{schema_, carrying.directory, carrying.key, *carrying.seams.memory},
        facts_{schema_, known_, *carrying.seams.memory},
        groups_planned_{carrying.groups_planned}
  {
  }

  [[nodiscard]] Result<void> run()
  {
    for (const auto step : {&CarryingOut::open, &CarryingOut::admit, &CarryingOut::recognize,
                            &CarryingOut::look, &CarryingOut::use}) {
      ROLLCALL_TRY(const bool goes_on, (this->*step)());
      if (!goes_on) return success();
    }
    ROLLCALL_CHECK(apply());
    ROLLCALL_CHECK(keep_fates());
    return tell();
  }

 private:
  // These say whether it goes on; if not, it is refused.
  [[nodiscard]] Result<bool> open();
  [[nodiscard]] Result<bool> admit();
  [[nodiscard]] Result<bool> recognize();
  [[nodiscard]] Result<bool> look();
  [[nodiscard]] Result<bool> is_sealed();
  [[nodiscard]] Result<bool> has_file(bool is_needed);
  [[nodiscard]] Result<bool> use();
  [[nodiscard]] Result<bool> is_alone();
  [[nodiscard]] Result<void> keep(std::string_view name, Source& source);
  [[nodiscard]] bool refuse(Refusal refusal, Finding&& finding);
  [[nodiscard]] Result<bool> refuse_plan(Error&& error);
  [[nodiscard]] bool refuse_used(JobId by);

  [[nodiscard]] Result<void> apply();
  [[nodiscard]] Result<void> keep_fates();
  [[nodiscard]] Result<void> tell();
  // The rows of an undo are not those of the file, one by one.
  [[nodiscard]] Source* file() const { return plan_->header().undoes ? nullptr : at_.file; }
  [[nodiscard]] Result<void> read_again();
  [[nodiscard]] Result<std::optional<std::uint64_t>> moved_id();

  const Carrying& at_;
  const schema::CompiledSchema& schema_;
  JobSummary& job_;
  Context context_; // with the plan's options, where none were given
  check::KnownObjects known_;
  check::Facts facts_;
  std::optional<plan::PlanReader> plan_;
  apply::Fates fates_;
  std::uint64_t groups_planned_ = 0; // 0: not known
};

bool CarryingOut::refuse(Refusal refusal, Finding&& finding)
{
  job_.refusal = refusal;
  job_.findings.clear();
  job_.findings.push_back(std::move(finding));
  return false;
}

// What is wrong with a plan of strangers is a finding about it, not an error.
Result<bool> CarryingOut::refuse_plan(Error&& error)
{
  if (!at_.is_strange || !plan::is_about_plan(error.code())) return std::move(error);
  return refuse(Refusal::file, invalid(error.detail()));
}

bool CarryingOut::refuse_used(JobId by)
{
  Finding made = finding(Code::plan_used);
  made.facts.push_back(fact("job", by));
  return refuse(Refusal::stale, std::move(made));
}

Result<bool> CarryingOut::open()
{
  auto opened = plan::PlanReader::open(at_.plan, at_.seams.memory);
  if (!opened.has_value()) return refuse_plan(std::move(opened).assume_error());
  plan_.emplace(std::move(opened).assume_value());
  ROLLCALL_CHECK(at_.kept.note_plan(plan_->header().id));
  if (plan_->header().undoes && PlanTelling::needs_file(at_.outputs))
    return Error{ErrorCode::wrong_use, std::string{undo_has_rows_of_its_own}};
  if (plan_->header().undoes) job_.undoes = plan_->header().undoes->job;
  Result<void> bound = plan_->bind(schema_);
  if (!bound.has_value()) return refuse_plan(std::move(bound).assume_error());
  const bool are_its = context_.options.empty();
  if (are_its) context_.options = plan_->header().context.options;
  Result<void> known = facts_.read(context_);
  if (known.has_value()) return true;
  // Nobody but the plan has asked for an option that there is not.
  const bool is_its = are_its && known.assume_error().code() == ErrorCode::wrong_use;
  if (!at_.is_strange || !is_its) return std::move(known).assume_error();
  return refuse(Refusal::file, invalid(known.assume_error().detail()));
}

// The actor may, and the settings are good.
Result<bool> CarryingOut::admit()
{
  if (at_.is_strange) {
    for (const Action action : {Action::execute, Action::undo}) {
      if (action == Action::undo && !plan_->header().undoes) continue;
      ROLLCALL_TRY(const bool is_allowed, facts_.allows(action));
      if (!is_allowed) return refuse(Refusal::actor, facts_.not_allowed(action));
    }
  }
  ROLLCALL_TRY(std::vector<Finding> faults, facts_.check());
  if (!faults.empty()) {
    job_.findings = std::move(faults);
    job_.refusal = Refusal::file;
    return false;
  }
  // (Of a file that was just read all of this is known.)
  if (!at_.is_told) {
    job_.file = plan_->header().file;
    job_.dialect = plan_->header().dialect;
  }
  return true;
}

// It was made for this store, this actor and these settings, and was not carried out yet.
Result<bool> CarryingOut::recognize()
{
  if (!at_.is_strange) return true;
  const plan::PlanHeader& header = plan_->header();
  ROLLCALL_TRY(const auto user, at_.kept.user_of(header.id));
  if (user) return refuse_used(*user);
  if (!header.store.empty() && (!at_.kept || header.store != at_.kept.store()->id()))
    return refuse(Refusal::file, invalid("it was made for another store"));
  if (const auto other = changed_fact(header, context_, schema_))
    return refuse(Refusal::file, invalid("it was made for another actor, or with other options: " +
                                         *other + " is not what it was"));
  if (const auto changed = changed_setting(header, facts_))
    return refuse(Refusal::stale, invalid(*changed, Code::plan_stale));
  return true;
}

// All of it is good, fits the file, and (unless stale rows are let through) the host.
Result<bool> CarryingOut::look()
{
  if (!at_.is_strange) return true;
  Looking looking{at_, facts_};
  ROLLCALL_TRY(const auto moved, moved_id());
  if (moved) looking.has_moved(*plan_->header().next_id, *moved);
  Result<void> looked = looking.look(*plan_, at_.stale == Stale::refuse || plan_->header().atomic);
  if (!looked.has_value()) return refuse_plan(std::move(looked).assume_error());
  job_.sha256 = plan_->end().sha256;
  job_.bytes = plan_->end().bytes;
  groups_planned_ = plan_->end().groups;
  ROLLCALL_TRY(const bool is_ours, is_sealed());
  if (!is_ours) return refuse(Refusal::file, invalid("it has not the seal of this store"));
  ROLLCALL_TRY(const bool is_there, has_file(looking.needs_file()));
  if (!is_there) return false;
  if (looking.stale() == 0) return true;
  Finding made = finding(Code::plan_stale);
  made.place.line = looking.first_line();
  made.facts.push_back(fact("stale", looking.stale()));
  made.facts.push_back(fact("first", render_message(looking.first())));
  return refuse(Refusal::stale, std::move(made));
}

// Did the store make it, and nobody change it since?
Result<bool> CarryingOut::is_sealed()
{
  if (!at_.kept || at_.takes_unsealed) return true;
  ROLLCALL_TRY(const std::string seal, at_.kept.store()->seal(plan_->end().digest));
  return seal == plan_->end().seal;
}

// The file is the one that was planned, and is there if it takes one. A store keeps it.
Result<bool> CarryingOut::has_file(bool is_needed)
{
  const auto refuse_file = [&](auto why) { return refuse(Refusal::file, invalid(why)); };
  if (file() == nullptr) {
    if (is_needed) {
      Finding made =
          invalid("the secrets that it sets are in the file that was planned, which is not there");
      made.facts.push_back(fact("file", plan_->header().path));
      return refuse(Refusal::file, std::move(made));
    }
    if (PlanTelling::needs_file(at_.outputs))
      return Error{ErrorCode::wrong_use,
                   "the outputs show rows of the file that was planned, and it was not given"};
    return true;
  }
  if (plan_->end().bytes > at_.limits.file_bytes)
    return refuse_file("the file that was planned is longer than a file may be");
  ROLLCALL_TRY(const bool is_it, is_planned(*file(), plan_->end()));
  if (!is_it) return refuse_file("the source is not the file that was planned");
  auto is_alike =
      is_read_alike(*file(), plan_->header(), schema_, facts_, at_.limits, at_.seams.memory);
  if (!is_alike.has_value()) return refuse_plan(std::move(is_alike).assume_error());
  if (!is_alike.assume_value())
    return refuse_file("it does not read the file that was planned as that was read");
  // Sealed by this store it takes no secret that is not there.
  if (!is_needed || (at_.kept && !at_.takes_unsealed)) return true;
  ROLLCALL_CHECK(read_again());
  apply::ColumnSecrets secrets{schema_,         facts_,     file(),
                               plan_->header(), at_.limits, at_.seams.memory};
  ROLLCALL_TRY(const auto missing, find_missing_secret(*plan_, secrets, at_.seams.memory));
  if (!missing) return true;
  return refuse_file("the secret that it sets in line " + std::to_string(*missing) +
                     " is not in the file that was planned");
}

// From here on nobody else carries it out.
Result<bool> CarryingOut::use()
{
  if (at_.is_strange && at_.kept) {
    ROLLCALL_TRY(const bool goes_on, is_alone());
    if (!goes_on) return false;
  }
  if (at_.keeps) {
    // The plan last: where there is one, all is there that it takes to go on.
    if (file() != nullptr) ROLLCALL_CHECK(keep("source", *file()));
    ROLLCALL_CHECK(keep("plan", at_.plan));
  }
  if (at_.is_strange) ROLLCALL_CHECK(read_again());
  if (at_.goes_on) return true;
  ROLLCALL_TRY(const auto used, at_.kept.use_plan(plan_->header().id));
  if (!at_.is_strange || !used || *used == at_.kept.id()) return true;
  if (at_.keeps) {
    ROLLCALL_CHECK(at_.kept.store()->remove_artifact(at_.kept.id(), "plan"));
    ROLLCALL_CHECK(at_.kept.store()->remove_artifact(at_.kept.id(), "source"));
  }
  return refuse_used(*used);
}

// A plan that was made before its job does what others may be doing, or have done since.
Result<bool> CarryingOut::is_alone()
{
  const auto& undoes = plan_->header().undoes;
  if (undoes) ROLLCALL_CHECK(at_.kept.set_from(undoes->job));
  ROLLCALL_TRY(auto other, undoes ? find_rival_undo(at_.kept, undoes->job)
                                  : find_rival_import(at_.kept, plan_->header().id));
  return !other || refuse(Refusal::stale, std::move(*other));
}

Result<void> CarryingOut::keep(std::string_view name, Source& source)
{
  ROLLCALL_CHECK(source.rewind());
  bool is_source = false;
  constexpr std::uint64_t any = std::numeric_limits<std::uint64_t>::max();
  ROLLCALL_CHECK(at_.kept.keep(name, source, any, is_source));
  return success();
}

Result<void> CarryingOut::read_again()
{
  ROLLCALL_CHECK(at_.plan.rewind());
  plan_.reset();
  ROLLCALL_TRY(auto again, plan::PlanReader::open(at_.plan, at_.seams.memory));
  plan_.emplace(std::move(again));
  return plan_->bind(schema_);
}

// The next id, where it is not the planned one and nobody else would see that the plan was used.
Result<std::optional<std::uint64_t>> CarryingOut::moved_id()
{
  const auto& planned = plan_->header().next_id;
  if (!at_.is_strange || at_.kept || !planned) return std::optional<std::uint64_t>{};
  ROLLCALL_TRY(const auto now, at_.directory.next_id(schema_.own_kind()));
  return now && *now != *planned ? now : std::optional<std::uint64_t>{};
}

Result<void> CarryingOut::apply()
{
  SettledGroups settled;
  ROLLCALL_CHECK(settled.read(at_.kept, fates_));
  if (at_.goes_on && settled.has_begun) {
    fates_.first_id = at_.kept.request().first_id;
  } else {
    if (schema_.kinds[schema_.own_kind()].keys == Keys::from_host) {
      ROLLCALL_TRY(fates_.first_id, at_.directory.next_id(schema_.own_kind()));
    }
    ROLLCALL_CHECK(at_.kept.begin_applying(fates_.first_id, groups_planned_));
  }
  apply::ColumnSecrets from_file{schema_,         facts_,     file(),
                                 plan_->header(), at_.limits, at_.seams.memory};
  std::optional<apply::SecretsCsv> secrets;
  if (at_.outputs.secrets != nullptr) {
    ROLLCALL_TRY(auto opened, apply::SecretsCsv::open(*at_.outputs.secrets, at_.seams.memory));
    secrets.emplace(std::move(opened));
  }
  apply::Applier applier{schema_,
                         facts_,
                         at_.directory,
                         at_.key,
                         at_.seams,
                         {.journal = at_.kept.store(),
                          .job = at_.kept.id(),
                          .is_atomic = plan_->header().atomic,
                          .intended = &settled.intended,
                          .watcher = at_.watcher,
                          .groups_planned = groups_planned_,
                          .from_file = &from_file,
                          .secrets = secrets ? &*secrets : nullptr,
                          .gives_nothing = at_.kept.is_to_stop(),
                          .version = at_.version}};
  ROLLCALL_TRY(const auto moved, moved_id());
  if (moved) applier.has_moved(*plan_->header().next_id, *moved);
  ROLLCALL_CHECK(applier.run(*plan_, fates_, settled.groups));
  // Whoever wanted it to stop when all was done was too late.
  fates_.is_cancelled = (fates_.is_cancelled || at_.kept.is_to_stop()) && !fates_.are_as_planned();
  return secrets ? secrets->finish() : success();
}

// For who asks for report and results later.
Result<void> CarryingOut::keep_fates()
{
  if (!at_.kept || fates_.are_as_planned()) return success();
  ROLLCALL_TRY(const auto sink, at_.kept.store()->write_artifact(at_.kept.id(), fates_name));
  ROLLCALL_CHECK(write_fates(fates_, *sink));
  return sink->finish();
}

Result<void> CarryingOut::tell()
{
  if (at_.is_told && fates_.are_as_planned()) return success();
  const JobId id = job_.id;
  job_ = JobSummary{.id = id,
                    .undoes = job_.undoes,
                    .format = std::move(job_.format),
                    .action = std::move(job_.action),
                    .file = std::move(job_.file),
                    .sha256 = std::move(job_.sha256),
                    .bytes = job_.bytes,
                    .dialect = job_.dialect};
  if (!has_any(at_.outputs) && !fates_.is_cut_short()) {
    PlanTelling::sum_up(*plan_, fates_, job_);
    return success();
  }
  if (at_.is_told)
    for (Sink* const sink : at_.outputs.all())
      if (sink != nullptr) ROLLCALL_CHECK(sink->restart());
  ROLLCALL_CHECK(read_again());
  if (file() != nullptr) ROLLCALL_CHECK(file()->rewind());
  PlanTelling telling{schema_, facts_, file(), fates_, at_.outputs, at_.limits, at_.seams};
  telling.is_watched_by(at_.watcher, groups_planned_);
  return telling.run(*plan_, job_);
}

} // namespace

Result<void> carry_out(const Carrying& carrying, JobSummary& job)
{
  return CarryingOut{carrying, job}.run();
}

} // namespace rollcall::job
