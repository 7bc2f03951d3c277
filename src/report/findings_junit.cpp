// findings_junit.cpp: elements and attributes that servers agree on; which these are, and why, is
// said by a schema of ours (tests/tools/junit.xsd).
#include "report/findings_junit.hpp"

#include "report/code_words.hpp"
#include "report/finding_groups.hpp"
#include "report/markup.hpp"
#include "rollcall/numbers.hpp"

namespace rollcall::report {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{64} * 1024;
constexpr std::size_t similar_max = 20;

class FindingsJunit final : public FindingGroups {
 public:
  FindingsJunit(Sink& sink, const FindingsOptions& options)
      : FindingGroups{options, similar_max},
        file_{options.file.empty() ? "standard input" : options.file},
        schema_{options.schema},
        out_{sink, buffer_bytes, memory_of(options)}
  {
  }

  [[nodiscard]] bool has_failed() const noexcept override { return out_.has_failed(); }

  [[nodiscard]] Result<void> finish() override
  {
    const auto groups = by_severity();
    std::size_t failures = 0;
    for (const FindingGroup* const group : groups)
      failures += group->kind->severity == Severity::error ? 1U : 0U;
    put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    begin_element("testsuites", "rollcall");
    put_counts(groups.size(), failures);
    put(">\n  ");
    begin_element("testsuite", file_);
    put_counts(groups.size(), failures);
    put_attribute("errors", "0");
    put_attribute("skipped", "0");
    put(">\n");
    put_properties();
    // A suite without cases counts as one that did not run.
    if (groups.empty()) put_case("no findings", "/>\n");
    for (const FindingGroup* const group : groups) put_group(*group);
    put("  </testsuite>\n</testsuites>\n");
    return while_doing(out_.finish(), "writing findings");
  }

 private:
  void put(std::string_view text) { out_.put(text); }

  void put_attribute(std::string_view name, std::string_view value)
  {
    put(" ");
    put(name);
    put("=\"");
    put(in_markup(value));
    put("\"");
  }

  void begin_element(std::string_view element, std::string_view name)
  {
    put("<");
    put(element);
    put_attribute("name", name);
  }

  void put_counts(std::size_t cases, std::size_t failures)
  {
    put_attribute("tests", std::to_string(cases != 0 ? cases : 1));
    put_attribute("failures", std::to_string(failures));
  }

  void put_properties()
  {
    if (!job()) return;
    put("    <properties>\n");
    const auto put_property = [&](std::string_view name, std::string_view value) {
      put("      ");
      begin_element("property", name);
      put_attribute("value", value);
      put("/>\n");
    };
    put_property("format", job()->format);
    put_property("action", job()->action);
    put_property("state", slug(job()->state));
    put_property("rows", std::to_string(job()->rows));
    put_property("rejected", std::to_string(job()->rejected));
    put("    </properties>\n");
  }

  // `rest`: what stands behind its attributes.
  void put_case(std::string_view name, std::string_view rest)
  {
    put("    ");
    begin_element("testcase", name);
    put_attribute("classname", schema_ != nullptr ? std::string_view{schema_->id} : "rollcall");
    put(rest);
  }

  void put_group(const FindingGroup& group)
  {
    const FindingKind& kind = *group.kind;
    put_case(title_of(kind), ">\n");
    const bool is_failure = kind.severity == Severity::error;
    if (is_failure) {
      std::string message = grouped(kind.count) + (kind.count == 1 ? " finding: " : " findings: ");
      put("      <failure");
      put_attribute("type", kind.slug);
      put_attribute("message", message += group.kept.front().message);
      put(">");
    } else {
      put("      <system-out>");
    }
    put_text(group);
    put(is_failure ? "</failure>\n" : "</system-out>\n");
    put("    </testcase>\n");
  }

  // A line a finding, what is not shown, and what to do.
  void put_text(const FindingGroup& group)
  {
    std::string text;
    for (const KeptFinding& each : group.kept) {
      if (each.line != 0) text += "line " + std::to_string(each.line) + ": ";
      text += each.message;
      if (!each.replace.empty()) text += " (write " + each.replace + ")";
      if (!each.guess.empty() && !each.is_guess_told) text += " (perhaps " + each.guess + ")";
      text += "\n";
    }
    if (group.dropped() != 0) text += "... and " + grouped(group.dropped()) + " more\n";
    text += words_of(group.kind->code, group.kind->slug, schema_).mend;
    // Between elements line ends are what they are.
    std::string_view rest = text;
    for (std::size_t end = rest.find('\n'); end != rest.npos; end = rest.find('\n')) {
      put(in_markup(rest.substr(0, end)));
      put("\n");
      rest.remove_prefix(end + 1);
    }
    put(in_markup(rest));
  }

  std::string file_;
  const schema::Schema* schema_;
  SinkBuffer out_;
};

} // namespace

Result<std::unique_ptr<FindingsWriter>> open_findings_junit(Sink& sink,
                                                            const FindingsOptions& options)
{
  return guarded([&]() -> Result<std::unique_ptr<FindingsWriter>> {
    return std::unique_ptr<FindingsWriter>{std::make_unique<FindingsJunit>(sink, options)};
  });
}

} // namespace rollcall::report
