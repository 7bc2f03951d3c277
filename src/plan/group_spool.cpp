// group_spool.cpp: groups as records: a size, the row, and the changes one behind the other. It is
// read by the process that wrote it, so numbers are written as they are.
#include "plan/group_spool.hpp"

#include <cstring>
#include <type_traits>

namespace rollcall::plan {
namespace {

constexpr std::size_t buffer_bytes = 256 * 1024;
constexpr std::size_t batch_groups_max = 256;

template <class T>
void put_number(std::string& to, T number)
{
  static_assert(std::is_trivially_copyable_v<T>);
  to.append(reinterpret_cast<const char*>(&number), sizeof number);
}

void put_text(std::string& to, const std::optional<std::string_view>& text)
{
  put_number(to, text ? static_cast<std::uint32_t>(text->size()) + 1 : 0U);
  if (text) to.append(*text);
}

void put_changes(std::string& to, std::span<const Change> changes)
{
  for (const Change& change : changes) {
    put_number(to, change.op);
    put_number(to, change.kind);
    put_text(to, change.key);
    put_number(to, static_cast<std::uint16_t>(change.fields.size()));
    for (const FieldChange& field : change.fields) {
      put_number(to, field.field);
      put_number(to, field.secret);
      put_text(to, field.before);
      put_text(to, field.after);
    }
  }
}

class Taking {
 public:
  explicit Taking(std::string_view from) : from_{from} {}
  [[nodiscard]] bool is_empty() const noexcept { return from_.empty(); }

  template <class T>
  T number()
  {
    T made{};
    std::memcpy(&made, from_.data(), sizeof made);
    from_.remove_prefix(sizeof made);
    return made;
  }
  std::optional<std::string_view> text()
  {
    const auto size = number<std::uint32_t>();
    if (size == 0) return {};
    const std::string_view made = from_.substr(0, size - 1);
    from_.remove_prefix(size - 1);
    return made;
  }
  std::string_view piece(std::size_t size)
  {
    const std::string_view made = from_.substr(0, size);
    from_.remove_prefix(size);
    return made;
  }

 private:
  std::string_view from_;
};

struct Record {
  std::uint32_t bytes = 0; // of the changes
  RowNumber row = 0;
};

class Answers final : public AnswerSink {
 public:
  explicit Answers(std::span<const RowNumber> rows) : rows_{rows}, answered_(rows.size(), false) {}

  void answer(std::size_t group, Answer answer, std::span<const std::string_view> /*keys*/,
              std::string_view why) override
  {
    if (group >= rows_.size() || answered_[group]) {
      fault("the directory answered for a group that it was not given");
      return;
    }
    answered_[group] = true;
    if (answer == Answer::applied) return;
    fault("row " + std::to_string(rows_[group]) + " was not applied" +
          (why.empty() ? std::string{} : ": " + std::string{why}));
  }

  [[nodiscard]] Result<void> check()
  {
    for (std::size_t i = 0; i != answered_.size(); ++i)
      if (!answered_[i]) fault("the directory did not answer for row " + std::to_string(rows_[i]));
    if (fault_.empty()) return success();
    return Error{ErrorCode::host_failed, fault_};
  }

 private:
  void fault(std::string text)
  {
    if (fault_.empty()) fault_ = std::move(text);
  }

  std::span<const RowNumber> rows_;
  std::vector<bool> answered_;
  std::string fault_;
};

} // namespace

Result<GroupSpool> GroupSpool::open(Files& files, const std::string& folder)
{
  ROLLCALL_TRY(auto file, files.create_unnamed(folder));
  return GroupSpool{std::move(file)};
}

Result<void> GroupSpool::flush()
{
  ROLLCALL_CHECK(write_all(*file_, std::as_bytes(std::span{buffer_})));
  buffer_.clear();
  return success();
}

Result<void> GroupSpool::put(RowNumber row, RowNumber group, std::span<const Change> changes)
{
  if (changes.empty()) return success();
  if (group != 0) {
    put_changes(tied_[group], changes);
    return success();
  }
  const std::size_t begin = buffer_.size();
  put_number(buffer_, Record{.row = row});
  put_changes(buffer_, changes);
  const Record record{.bytes = static_cast<std::uint32_t>(buffer_.size() - begin - sizeof(Record)),
                      .row = row};
  std::memcpy(buffer_.data() + begin, &record, sizeof record);
  return buffer_.size() < buffer_bytes ? success() : flush();
}

Result<void> GroupSpool::clear()
{
  buffer_.clear();
  tied_.clear();
  ROLLCALL_CHECK(file_->truncate(0));
  return file_->seek(0);
}

Result<void> GroupSpool::apply(Directory& directory)
{
  for (const auto& [group, changes] : tied_) {
    put_number(buffer_, Record{.bytes = static_cast<std::uint32_t>(changes.size()), .row = group});
    buffer_.append(changes);
  }
  tied_.clear();
  ROLLCALL_CHECK(flush());
  ROLLCALL_CHECK(file_->seek(0));
  std::string records;
  std::size_t groups = 0;
  for (;;) {
    Record record;
    ROLLCALL_TRY(const std::size_t size,
                 read_full(*file_, std::as_writable_bytes(std::span{&record, 1})));
    if (size != 0 && size != sizeof record)
      return Error{ErrorCode::corrupt, "a spool file ended in the middle of a record"};
    if (size != 0) {
      const std::size_t begin = records.size();
      put_number(records, record);
      records.resize(records.size() + record.bytes);
      const std::span<char> into{records.data() + begin + sizeof record, record.bytes};
      ROLLCALL_TRY(const std::size_t got, read_full(*file_, std::as_writable_bytes(into)));
      if (got != record.bytes)
        return Error{ErrorCode::corrupt, "a spool file ended in the middle of a record"};
      ++groups;
    }
    if (groups == batch_groups_max || (size == 0 && groups != 0)) {
      ROLLCALL_CHECK(apply_batch(directory, records, groups));
      records.clear();
      groups = 0;
    }
    if (size == 0) return success();
  }
}

Result<void> GroupSpool::apply_batch(Directory& directory, std::string_view records,
                                     std::size_t groups)
{
  std::vector<FieldChange> fields;
  std::vector<Change> changes;
  std::vector<std::size_t> first_fields;
  std::vector<std::size_t> first_changes;
  std::vector<RowNumber> rows;
  Taking all{records};
  while (!all.is_empty()) {
    const Record record{.bytes = all.number<std::uint32_t>(), .row = all.number<RowNumber>()};
    rows.push_back(record.row);
    first_changes.push_back(changes.size());
    for (Taking taking{all.piece(record.bytes)}; !taking.is_empty();) {
      Change change{.op = taking.number<Op>(), .kind = taking.number<KindId>()};
      change.key = taking.text();
      const auto count = taking.number<std::uint16_t>();
      first_fields.push_back(fields.size());
      for (std::size_t i = 0; i != count; ++i) {
        FieldChange field{.field = taking.number<FieldId>()};
        field.secret = taking.number<SecretFrom>();
        field.before = taking.text();
        field.after = taking.text();
        fields.push_back(field);
      }
      changes.push_back(change);
    }
  }
  first_fields.push_back(fields.size());
  first_changes.push_back(changes.size());
  for (std::size_t i = 0; i != changes.size(); ++i)
    changes[i].fields = {fields.data() + first_fields[i], fields.data() + first_fields[i + 1]};
  std::vector<Group> made;
  made.reserve(groups);
  for (std::size_t i = 0; i + 1 != first_changes.size(); ++i)
    made.push_back(
        {.changes = {changes.data() + first_changes[i], changes.data() + first_changes[i + 1]}});
  Answers answers{rows};
  ROLLCALL_CHECK(directory.apply(made, answers));
  return answers.check();
}

} // namespace rollcall::plan
