// findings_github.cpp: what stands in a file cannot end a command, nor begin another one.
#include "report/findings_github.hpp"

#include "base/message_template.hpp"
#include "report/finding_kinds.hpp"
#include "report/region.hpp"
#include "rollcall/numbers.hpp"

namespace rollcall::report {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{64} * 1024;

std::string_view command_of(Severity severity) noexcept
{
  return severity == Severity::info ? "notice" : slug(severity);
}

// Percent signs and line ends; of a property also what stands between and behind them.
// https://github.com/actions/toolkit, packages/core/src/command.ts
void append_escaped(TextBuffer& text, std::string_view value, bool is_property)
{
  constexpr std::string_view digits = "0123456789ABCDEF";
  for (std::size_t at = 0; at != value.size(); ++at) {
    const char sign = value[at];
    const bool is_sign = sign == '%' || sign == '\r' || sign == '\n' ||
                         (is_property && (sign == ':' || sign == ','));
    if (!is_sign) {
      text.append(value.substr(at, 1));
      continue;
    }
    const auto number = static_cast<unsigned char>(sign);
    text.append("%").append(digits.substr(number / 16U, 1)).append(digits.substr(number % 16U, 1));
  }
}

class FindingsGithub final : public FindingsWriter {
 public:
  FindingsGithub(Sink& sink, const FindingsOptions& options)
      : FindingsWriter{options.memory},
        file_{place_of(options)},
        similar_max_{options.similar_max},
        out_{sink, buffer_bytes, memory_of(options)},
        line_{&memory_of(options)}
  {
  }

  [[nodiscard]] bool has_failed() const noexcept override { return out_.has_failed(); }

  [[nodiscard]] Result<void> finish() override
  {
    for (const FindingKind& kind : kinds_.all()) {
      if (kind.count <= similar_max_) continue;
      begin_command(Severity::info);
      put_property("title", kind.slug);
      line_.append("::and ").append(grouped(kind.count - similar_max_)).append(" more ");
      append_escaped(line_, title_of(kind), false);
      end_command();
    }
    return while_doing(out_.finish(), "writing findings");
  }

 private:
  [[nodiscard]] bool wants(const Seen& seen) override
  {
    return kinds_.count(seen).count <= similar_max_;
  }

  void put_seen(const Seen& seen, const SeenIn* in) override
  {
    const Region region = region_of(seen, in, secrets());
    begin_command(seen.severity);
    if (region.line != 0) {
      put_number("line", region.line);
      // A column beside several lines is not shown.
      if (region.has_columns() && region.end_line == region.line) {
        put_number("col", region.begin_column);
        put_number("endColumn", region.end_column);
      } else if (region.has_columns()) {
        put_number("endLine", region.end_line);
      }
    }
    put_property("title", seen.slug);
    line_.append("::");
    append_escaped(line_, seen.message, false);
    if (!seen.guess.empty() && !seen.is_guess_told) {
      shown_.assign("; perhaps ");
      append_shown(shown_, seen.guess);
      append_escaped(line_, shown_, false);
    }
    end_command();
  }

  void begin_command(Severity severity)
  {
    line_.clear();
    line_.append("::").append(command_of(severity));
    has_properties_ = false;
    if (!file_.empty()) put_property("file", file_);
  }

  void put_name(std::string_view name)
  {
    line_.append(has_properties_ ? "," : " ").append(name).append("=");
    has_properties_ = true;
  }

  void put_property(std::string_view name, std::string_view value)
  {
    put_name(name);
    shown_.clear();
    append_shown(shown_, value, shown_characters_unlimited);
    append_escaped(line_, shown_, true);
  }

  void put_number(std::string_view name, std::uint64_t number)
  {
    put_name(name);
    line_.append_number(number);
  }

  void end_command() { out_.put(line_.append("\n").view()); }

  std::string file_;
  std::size_t similar_max_;
  SinkBuffer out_;
  TextBuffer line_; // the command that is being made
  bool has_properties_ = false;
  std::string shown_;
  FindingKinds kinds_;
};

} // namespace

Result<std::unique_ptr<FindingsWriter>> open_findings_github(Sink& sink,
                                                             const FindingsOptions& options)
{
  return guarded([&]() -> Result<std::unique_ptr<FindingsWriter>> {
    return std::unique_ptr<FindingsWriter>{std::make_unique<FindingsGithub>(sink, options)};
  });
}

} // namespace rollcall::report
