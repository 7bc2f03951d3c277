// preconditions_left.cpp: whether secrets are still those that a job has left. Nobody sees what
// they are, so it is asked who has set them since.
#include "apply/preconditions.hpp"

namespace rollcall::apply {

// Secrets that an undo would take away, with their object or from it.
void Preconditions::add_left(const PlannedGroup& group)
{
  const auto is_secret = [&](KindId kind, FieldId field) {
    return field != key_field && schema_.kinds[kind].fields[field].is_secret;
  };
  for (const plan::PlanRow& row : group.rows) {
    for (const Change& change : row.result.changes)
      for (const FieldChange& field : change.fields)
        if (change.key && field.before && is_secret(change.kind, field.field))
          left_.push_back({change.kind, field.field, *change.key});
    for (const plan::Read& read : row.reads)
      for (const plan::ReadField& field : read.fields)
        if (read.key && field.was && is_secret(read.kind, field.field))
          left_.push_back({read.kind, field.field, *read.key});
  }
}

Result<void> Preconditions::ask_left()
{
  class Anew final : public LaterSink {
   public:
    explicit Anew(Preconditions& into) : into_{into} {}
    void changed(std::size_t asked, JobId by) override
    {
      if (asked < into_.left_.size()) into_.set_anew_[into_.left_[asked]] = by;
    }

   private:
    Preconditions& into_;
  };
  if (store_ != nullptr && !left_.empty()) {
    std::vector<FieldOfObject> asked;
    for (const Left& each : left_) {
      const schema::CompiledKind& kind = schema_.kinds[each.kind];
      asked.push_back({.kind = kind.name, .key = each.key, .field = kind.fields[each.field].name});
    }
    Anew anew{*this};
    ROLLCALL_CHECK(store_->find_later(undone_, self_, asked, anew));
  }
  left_.clear();
  return success();
}

void Preconditions::check_left(const Left& secret, Conflicts& found) const
{
  const auto at = set_anew_.find(secret);
  if (at == set_anew_.end()) return;
  const std::string now = "set by job " + std::to_string(at->second);
  found.add(stale(secret.kind, secret.field, secret.key, "set", now));
}

} // namespace rollcall::apply
