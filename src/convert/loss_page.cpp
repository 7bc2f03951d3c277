// loss_page.cpp: what a conversion came to, for people: what was written first, then what they have
// to do something about, then what is gone.
#include <algorithm>
#include <string>
#include <utility>

#include "base/message_template.hpp"
#include "base/utf8.hpp"
#include "rollcall/convert.hpp"
#include "rollcall/numbers.hpp"

namespace rollcall::convert {
namespace {

constexpr std::size_t number_columns = 11;

std::string shown(std::string_view text)
{
  std::string made;
  append_shown(made, text);
  return made;
}

std::string rows_in_words(std::uint64_t rows)
{
  return grouped(rows) + (rows == 1 ? " row" : " rows");
}

std::string listed(const std::vector<std::string>& texts)
{
  std::string made;
  for (const std::string& text : texts) made.append(made.empty() ? "" : ", ").append(shown(text));
  return made;
}

class Page {
 public:
  Page(const Loss& loss, std::string_view nameless) : loss_{loss}
  {
    put(shown(loss.file.empty() ? nameless : loss.file) + ": " + headline());
  }

  std::string text()
  {
    for (const Finding& finding : loss_.findings)
      put("  " + std::string{rollcall::slug(finding)} + ": " + render_message(finding));
    if (loss_.refusal != Refusal::none) return std::move(text_);
    put_count(loss_.rows, "read, in " + loss_.from);
    put_count(loss_.written, "written, in " + loss_.to);
    put_count(loss_.left_out, "left out");
    put_count(loss_.refused, "would be refused as they stand");
    remarks(Severity::error, loss_.to + " would refuse", Side::target);
    remarks(Severity::error, "Could not be read", Side::source);
    missing();
    lost(Why::no_place, "No place in " + loss_.to);
    lost(Why::carried, "No value for " + loss_.to);
    lost(Why::secret, "Left behind, being secret: --with-secrets carries them");
    lost(Why::unknown_column, "Not a column of " + loss_.from);
    remarks(Severity::warning, "Warnings of " + loss_.to, Side::target);
    remarks(Severity::warning, "Warnings of " + loss_.from, Side::source);
    remarks(Severity::info, "To be looked at", Side::target);
    return std::move(text_);
  }

 private:
  void put(std::string_view line) { text_.append(line).append("\n"); }

  void put_count(std::uint64_t count, std::string_view what)
  {
    if (count == 0) return;
    const std::string number = grouped(count);
    text_.append(number_columns - std::min(number_columns, number.size()), ' ');
    put(std::string{number}.append("  ").append(what));
  }

  void heading(std::string_view title)
  {
    put("");
    put(title);
  }

  [[nodiscard]] std::string headline() const
  {
    if (loss_.refusal == Refusal::actor) return "not allowed";
    if (loss_.refusal == Refusal::file) return "refused, nothing was converted";
    if (loss_.rows == 0) return "there is no row in it";
    switch (loss_.state) {
      case JobState::succeeded:
        return "converted";
      case JobState::partial:
        return "converted; " + rows_in_words(loss_.refused + loss_.left_out) +
               " of it to be mended";
      default:
        return "converted; every row of it to be mended";
    }
  }

  void remarks(Severity severity, std::string_view title, Side side)
  {
    bool is_first = true;
    for (const Remark& remark : loss_.remarks) {
      if (remark.severity != severity || remark.side != side) continue;
      if (std::exchange(is_first, false)) heading(title);
      std::string what = remark.code;
      if (!remark.column.empty()) what += " in " + shown(remark.column);
      what += remark.lines.size() == 1 ? ": line " : ": lines ";
      for (std::size_t i = 0; i != remark.lines.size(); ++i)
        what += (i == 0 ? "" : ", ") + std::to_string(remark.lines[i]);
      if (remark.count > remark.lines.size()) what += ", ...";
      put_count(remark.count, what);
    }
  }

  // What the target needs was said by its findings; this is what else it could have.
  void missing()
  {
    std::vector<std::string> blank;
    for (const TargetColumn& column : loss_.target)
      if (!column.is_needed && column.missing == loss_.written) blank.push_back(column.header);
    if (blank.empty() || loss_.written == 0) return;
    heading("Nothing for these columns of " + loss_.to);
    put("  " + listed(blank));
  }

  void lost(Why why, std::string_view title)
  {
    bool is_first = true;
    for (const SourceColumn& column : loss_.source) {
      if (column.why != why || column.lost == 0) continue;
      if (std::exchange(is_first, false)) heading(title);
      std::string what = shown(column.header);
      for (std::size_t i = 0; i != column.examples.size(); ++i)
        what.append(i == 0 ? ": " : ", ")
            .append("\"" + shown(column.examples[i].value) + "\" (line ")
            .append(std::to_string(column.examples[i].line) + ")");
      put_count(column.lost, what);
    }
  }

  const Loss& loss_;
  std::string text_;
};

} // namespace

Result<void> write_loss_page(const Loss& loss, std::string_view nameless, Sink& sink)
{
  return guarded([&]() -> Result<void> { return sink.write(Page{loss, nameless}.text()); });
}

} // namespace rollcall::convert
