// sqlite_directory.hpp: the objects of the database as one format sees them.
//
// What is read is read from the database each time: other formats, and other processes, write there
// as well.
#ifndef ROLLCALL_STORE_SQLITE_DIRECTORY_HPP
#define ROLLCALL_STORE_SQLITE_DIRECTORY_HPP

#include <memory>
#include <memory_resource>
#include <vector>

#include "base/siphash.hpp"
#include "directory/object_json.hpp"
#include "directory/questions.hpp"
#include "directory/settings.hpp"
#include "rollcall/directory.hpp"
#include "rollcall/seams.hpp"
#include "store/database.hpp"
#include "store/settling.hpp"

namespace rollcall::store {

class SqliteDirectory final : public Directory {
 public:
  // The database outlives it.
  [[nodiscard]] static Result<std::unique_ptr<SqliteDirectory>> make(Database& database,
                                                                     const schema::Schema& schema,
                                                                     const Seams& seams);

  SqliteDirectory(const SqliteDirectory&) = delete;
  SqliteDirectory& operator=(const SqliteDirectory&) = delete;
  ~SqliteDirectory() override;

  [[nodiscard]] bool lists(KindId kind) const override;
  [[nodiscard]] Result<void> find(KindId kind, FieldId by, std::span<const std::string_view> values,
                                  ObjectSink& sink) override;
  [[nodiscard]] Result<void> scan(KindId kind, ObjectSink& sink) override;
  [[nodiscard]] Result<std::uint64_t> count(KindId kind) override;
  [[nodiscard]] Result<std::optional<std::uint64_t>> next_id(KindId kind) override;
  [[nodiscard]] Result<std::optional<std::string>> nearest(KindId kind, FieldId field,
                                                           std::string_view text) override;
  [[nodiscard]] Result<Setting> setting(std::string_view name) override;
  [[nodiscard]] Result<Setting> default_setting(std::string_view name) override;
  [[nodiscard]] Result<void> apply(std::span<const Group> groups, AnswerSink& sink) override;

  [[nodiscard]] const Database& database() const noexcept { return *database_; }

 private:
  struct Kind;

  SqliteDirectory(Database& database, const schema::Schema& schema, const SipKey& sip_key,
                  std::pmr::memory_resource& memory);
  [[nodiscard]] Result<void> read_settings(std::string_view name, directory::Settings& settings);
  [[nodiscard]] Result<Sought> sought_of(Kind& kind, FieldId field);
  [[nodiscard]] Result<KindRow> row_now(const Kind& kind);
  [[nodiscard]] Result<void> find(Kind& kind, const Sought& sought,
                                  std::span<const std::string_view> values, ObjectSink& sink);
  [[nodiscard]] Result<void> show(Kind& kind, std::size_t asked, const Statement& object,
                                  ObjectSink& sink);

  Database* database_;
  SipKey sip_key_;
  std::pmr::memory_resource* memory_;
  directory::Questions questions_;
  std::vector<std::unique_ptr<Kind>> kinds_;
  directory::Settings tenant_, defaults_;
  json::Document document_;
};

} // namespace rollcall::store

#endif // ROLLCALL_STORE_SQLITE_DIRECTORY_HPP
