// findings_text.hpp: findings for people at a terminal, who read them all day.
//
//   error[value.email]: "ada@example" is not an email address
//     --> users.csv:14, column D Email
//      |
//   14 | 17,Ada,Byron,ada@example,••••••,201
//      |              ^^^^^^^^^^^
//      = why: An address has a name, an @ and a domain of at least two parts.
//      = help: Correct the address. One cell takes one address.
//
// Each is said once in words, shown once in the row, and the first of its code says why it matters
// and what to do. Those that are mended alike are of one kind: of the same code, in the same
// column, by a fix that is certain, by a guess or by hand. Of a kind only the first few are shown;
// if that leaves any out, a list at the end counts all of them by what mends them.
#ifndef ROLLCALL_REPORT_FINDINGS_TEXT_HPP
#define ROLLCALL_REPORT_FINDINGS_TEXT_HPP

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "report/excerpt.hpp"
#include "report/finding_kinds.hpp"
#include "report/findings_writer.hpp"

namespace rollcall::report {

class FindingsText final : public FindingsWriter {
 public:
  // The sink outlives it.
  FindingsText(Sink& sink, const FindingsOptions& options);

  void begin(const FindingsOf& of, const csv::RowBatch& header) override;
  [[nodiscard]] bool has_failed() const noexcept override { return out_.has_failed(); }
  [[nodiscard]] Result<void> finish() override;

 private:
  enum class Ink : std::uint8_t { error, warning, info, strong, frame };

  [[nodiscard]] bool wants(const Seen& seen) override;
  void put_seen(const Seen& seen, const SeenIn* in) override;

  void note_example(const FindingKind& kind, const Seen& seen);
  void put_kinds();
  void put_kind(const FindingKind& kind);
  void put_title(Severity severity, std::string_view code, std::string_view message);
  void put_place(const Seen& seen, bool names_column, std::size_t gutter);
  void put_excerpt(const Excerpt& excerpt, std::uint64_t line, Severity severity);
  void put_hint(std::string_view name, std::string_view text, std::size_t gutter);
  void put_help(const Seen& seen, std::size_t gutter);
  void put_header_excerpt(const Seen& seen);
  void put_frame(std::string_view text, std::size_t gutter);
  void put_in(Ink ink, std::string_view text);
  void put(std::string_view text) { out_.put(text); }

  FindingsOptions options_;
  SinkBuffer out_;
  TextBuffer shown_;
  FindingKinds kinds_{FindingKinds::Part::by_column_and_mend};
  std::vector<std::vector<std::string>> examples_ = {}; // of each kind, the first that differ
  std::set<std::string, std::less<>> helped_;           // the codes that were told what to do
  std::size_t shown_count_ = 0;
};

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_FINDINGS_TEXT_HPP
