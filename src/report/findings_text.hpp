// findings_text.hpp: findings for people at a terminal, who read them all day.
//
//   error[value.email]: "ada@example" is not an email address
//     --> users.csv:14, column Email
//      |
//   14 | 17,Ada,Byron,ada@example,••••••,201
//      |              ^^^^^^^^^^^
//      = help: Correct the address. One cell takes one address.
//
// Each is said once in words, shown once in the row, and the first of its code says what to do. Of
// the same code in the same column only the first few are shown; the others are counted.
#ifndef ROLLCALL_REPORT_FINDINGS_TEXT_HPP
#define ROLLCALL_REPORT_FINDINGS_TEXT_HPP

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "report/excerpt.hpp"
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

  // What there were of a code in a column.
  struct Kind {
    std::string code, column;
    std::uint64_t count = 0;
  };

  [[nodiscard]] bool wants(const Seen& seen) override;
  void put_seen(const Seen& seen, const SeenIn* in) override;

  [[nodiscard]] Kind& kind_of(const Seen& seen);
  void put_title(Severity severity, std::string_view code, std::string_view message);
  void put_place(std::uint64_t line, std::string_view column, std::size_t gutter);
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
  SecretCells secrets_;
  std::deque<Kind> kinds_; // in the order in which they appeared
  std::map<std::pair<std::string_view, std::string_view>, Kind*> kind_of_;
  std::unordered_map<std::uint64_t, Kind*> kind_of_found_; // the same, by numbers
  std::set<std::string, std::less<>> helped_;              // the codes that were told what to do
};

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_FINDINGS_TEXT_HPP
