// template_xlsx.cpp: a workbook is made in a file of its own, and handed on when it is whole.
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/random_text.hpp"
#include "job/offering.hpp"
#include "job/settle.hpp"
#include "rollcall/xlsx.hpp"
#include "schema/compiled.hpp"
#include "xlsx/column_notes.hpp"
#include "xlsx/workbook.hpp"

namespace rollcall {
namespace {

constexpr std::size_t piece_bytes = std::size_t{64} * 1024;
constexpr std::size_t name_characters = 22; // of 56: 127 bits

// Removes the file when it is of no use any more.
class SpoolFile {
 public:
  SpoolFile(Files& files, std::unique_ptr<File> file, std::string path)
      : files_{files}, file_{std::move(file)}, path_{std::move(path)}
  {
  }
  SpoolFile(const SpoolFile&) = delete;
  SpoolFile& operator=(const SpoolFile&) = delete;
  ~SpoolFile() { static_cast<void>(files_.remove(path_).has_value()); }

  [[nodiscard]] const std::string& path() const noexcept { return path_; }

  Result<void> hand_on(Sink& sink)
  {
    std::vector<char> piece(piece_bytes);
    for (;;) {
      ROLLCALL_TRY(const std::size_t bytes,
                   read_full(*file_, std::as_writable_bytes(std::span{piece})));
      if (bytes == 0) return success();
      ROLLCALL_CHECK(sink.write({piece.data(), bytes}));
    }
  }

 private:
  Files& files_;
  std::unique_ptr<File> file_;
  std::string path_;
};

// It has a name, since libxlsxwriter opens it by that; one that nobody can know before.
Result<std::string> path_in(const std::string& folder, Random& random)
{
  std::string path = folder + "/rollcall-";
  const std::size_t begin = path.size();
  path.resize(begin + name_characters);
  ROLLCALL_CHECK(fill_random_text(random, distinct_characters, std::span{path}.subspan(begin)));
  return path + ".xlsx";
}

xlsx::Sheet sheet_of(const schema::Schema& schema, const std::vector<check::ReadyColumn>& columns,
                     std::int64_t now_ms)
{
  xlsx::Sheet sheet{.title = schema.title, .created_ms = now_ms};
  for (std::size_t column = 0; column != columns.size(); ++column) {
    if (!columns[column].is_offered) continue;
    sheet.columns.push_back({.header = schema.columns[column].header,
                             .note = xlsx::note_of(schema, column, columns[column]),
                             .choices = xlsx::choices_of(schema.columns[column], columns[column])});
  }
  return sheet;
}

} // namespace

Result<JobSummary> write_template_xlsx(const schema::Schema& schema, Directory& directory,
                                       const Context& context, Sink& sink,
                                       const XlsxOptions& options, Seams seams)
{
  return guarded([&]() -> Result<JobSummary> {
    ROLLCALL_TRY(const auto compiled, schema::CompiledSchema::compile(schema));
    ROLLCALL_TRY(const SipKey key, make_sip_key(*seams.random));
    job::Offering offering{compiled, directory, key, seams};
    ROLLCALL_TRY(const bool is_offered,
                 offering.open(compiled, schema::Action::template_, context));
    if (!is_offered) return std::move(offering.job);
    ROLLCALL_TRY(std::string path, path_in(options.spool_folder, *seams.random));
    ROLLCALL_TRY(auto file, seams.files->open_for_update(path, Readers::owner_only));
    SpoolFile spool{*seams.files, std::move(file), std::move(path)};
    ROLLCALL_CHECK(xlsx::write_workbook(sheet_of(schema, offering.columns, seams.clock->now_ms()),
                                        spool.path(), options.spool_folder));
    ROLLCALL_CHECK(spool.hand_on(sink));
    job::settle(offering.job);
    ROLLCALL_CHECK(sink.publish());
    return std::move(offering.job);
  });
}

} // namespace rollcall
