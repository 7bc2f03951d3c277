// findings_sarif.cpp: numbers in brackets are sections of SARIF 2.1.0.
#include "report/findings_sarif.hpp"

#include <cstdlib>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/message_template.hpp"
#include "base/sha256.hpp"
#include "json/writer.hpp"
#include "report/code_words.hpp"
#include "report/region.hpp"
#include "rollcall/csv_writer.hpp"
#include "rollcall/version.hpp"

namespace rollcall::report {
namespace {

// The log, its runs, a run, its results: one of these is one line.
constexpr std::size_t broken_levels = 4;
constexpr std::size_t fingerprint_digits = 32;

// As a message has it: braces would be places to fill in (3.11.5), and a link in a cell one that
// can be clicked on (3.11.6).
void append_message(std::string& made, std::string_view text)
{
  for (std::size_t at = 0; at != text.size(); ++at) {
    const char sign = text[at];
    if (sign == '{' || sign == '}') made += sign;
    if (sign == ']' && at + 1 != text.size() && text[at + 1] == '(') made += '\\';
    made += sign;
  }
}

// A relative reference of RFC 3986, whatever the file is called.
std::string uri_of(std::string_view file)
{
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr std::string_view as_is = "-._~/";
  if (file.empty()) file = "standard input";
  std::string uri;
  for (const char sign : file) {
    const auto number = static_cast<unsigned char>(sign);
    const bool is_word =
        (number >= '0' && number <= '9') || ((number | 0x20U) >= 'a' && (number | 0x20U) <= 'z');
    if (is_word || as_is.find(sign) != as_is.npos) {
      uri += sign;
    } else {
      uri += '%';
      uri += digits[number / 16U];
      uri += digits[number % 16U];
    }
  }
  return uri;
}

std::string fingerprint_of(const Seen& seen, std::string_view key)
{
  Sha256 hash;
  for (const std::string_view part : {seen.slug, seen.column, key}) {
    hash.update(part);
    hash.update(std::string_view{"\0", 1});
  }
  return to_hex(hash.finish()).substr(0, fingerprint_digits);
}

// A cell as it stands in a file of this dialect; none if nobody knows how that quotes.
std::optional<std::pmr::string> cell_with(std::string_view value, const csv::Dialect& dialect)
{
  if (dialect.quote != '"' || dialect.escape) return {};
  std::pmr::string cell;
  TextSink sink{cell};
  auto writer =
      csv::Writer::open(sink, {.delimiter = dialect.separator(), .buffer_bytes = value.size() + 1});
  if (!writer.has_value()) return {};
  writer.assume_value().cell(value);
  if (!writer.assume_value().finish().has_value()) return {};
  return cell;
}

class FindingsSarif final : public FindingsWriter {
 public:
  FindingsSarif(json::Writer&& writer, const FindingsOptions& options)
      : FindingsWriter{options.memory},
        writer_{std::move(writer)},
        uri_{uri_of(place_of(options))},
        schema_{options.schema}
  {
    writer_.begin_object();
    writer_.name("$schema").text("https://json.schemastore.org/sarif-2.1.0.json");
    writer_.name("version").text("2.1.0");
    writer_.name("runs").begin_list();
    writer_.begin_object();
    writer_.name("columnKind").text("unicodeCodePoints");
    writer_.name("results").begin_list();
  }

  [[nodiscard]] bool has_failed() const noexcept override { return writer_.has_failed(); }

  void put_job(const JobSummary& job) override
  {
    end_results();
    writer_.name("artifacts").begin_list();
    writer_.begin_object();
    put_artifact_location("location");
    if (job.bytes != 0) writer_.name("length").natural(job.bytes);
    const csv::Encoding encoding = job.dialect.encoding;
    writer_.name("encoding")
        .text(encoding == csv::Encoding::latin_1 ? "iso-8859-1" : csv::slug(encoding));
    if (!job.sha256.empty()) {
      writer_.name("hashes").begin_object();
      writer_.name("sha-256").text(job.sha256);
      writer_.end_object();
    }
    writer_.end_object();
    writer_.end_list();
  }

  [[nodiscard]] Result<void> finish() override
  {
    end_results();
    put_tool();
    writer_.end_object();
    writer_.end_list();
    writer_.end_object();
    writer_.end_line();
    return while_doing(writer_.finish(), "writing findings");
  }

 private:
  struct Rule {
    std::string slug;
    Code code;
    Severity severity; // of the first
  };

  void put_seen(const Seen& seen, const SeenIn* in) override
  {
    const Region region = region_of(seen, in, secrets());
    writer_.begin_object();
    writer_.name("ruleId").text(seen.slug);
    writer_.name("ruleIndex").natural(index_of(seen));
    writer_.name("level").text(word_of(seen.severity));
    put_message("message", seen.message);
    writer_.name("locations").begin_list();
    put_location(region);
    writer_.end_list();
    if (const std::uint64_t other = other_line_of(seen); other != 0) {
      writer_.name("relatedLocations").begin_list();
      put_location({.line = other});
      writer_.end_list();
    }
    if (in != nullptr && in->row.key) {
      writer_.name("partialFingerprints").begin_object();
      writer_.name("rowKey/v1").text(fingerprint_of(seen, *in->row.key));
      writer_.end_object();
    }
    const bool is_certain = !seen.replace.empty();
    const std::string_view fix = is_certain ? seen.replace : seen.guess;
    if (!fix.empty() && region.has_columns())
      if (const auto cell = cell_with(fix, in->batch.dialect()))
        put_fix(is_certain ? "write " : "a guess: perhaps ", fix, *cell, region);
    writer_.end_object();
  }

  std::size_t index_of(const Seen& seen)
  {
    const auto known = index_of_.find(seen.slug);
    if (known != index_of_.end()) return known->second;
    rules_.push_back({std::string{seen.slug}, seen.code, seen.severity});
    return index_of_.emplace(seen.slug, rules_.size() - 1).first->second;
  }

  static std::uint64_t other_line_of(const Seen& seen)
  {
    if (seen.found != nullptr) {
      for (std::size_t i = 0; i != seen.found->fact_count; ++i)
        if (seen.found->facts[i].name == check::FactName::other_line)
          return seen.found->facts[i].number;
    } else if (seen.finding != nullptr) {
      for (const Fact& fact : seen.finding->facts)
        if (fact.name == check::slug(check::FactName::other_line))
          return std::strtoull(fact.value.c_str(), nullptr, 10);
    }
    return 0;
  }

  void put_message(std::string_view name, std::string_view text)
  {
    message_.clear();
    append_message(message_, text);
    put_text(name, message_);
  }

  void put_text(std::string_view name, std::string_view text)
  {
    writer_.name(name).begin_object();
    writer_.name("text").text(text);
    writer_.end_object();
  }

  void put_artifact_location(std::string_view name)
  {
    writer_.name(name).begin_object();
    writer_.name("uri").text(uri_);
    writer_.end_object();
  }

  void put_location(const Region& region)
  {
    writer_.begin_object();
    writer_.name("physicalLocation").begin_object();
    put_artifact_location("artifactLocation");
    if (region.line != 0) put_region("region", region);
    writer_.end_object();
    writer_.end_object();
  }

  void put_region(std::string_view name, const Region& region)
  {
    writer_.name(name).begin_object();
    writer_.name("startLine").natural(region.line);
    if (region.has_columns()) {
      writer_.name("startColumn").natural(region.begin_column);
      writer_.name("endLine").natural(region.end_line);
      writer_.name("endColumn").natural(region.end_column);
      writer_.name("byteOffset").natural(region.byte);
      writer_.name("byteLength").natural(region.bytes);
    }
    writer_.end_object();
  }

  void put_fix(std::string_view lead, std::string_view replace, std::string_view cell,
               const Region& region)
  {
    writer_.name("fixes").begin_list();
    writer_.begin_object();
    std::string words{lead};
    append_shown(words, replace);
    put_message("description", words);
    writer_.name("artifactChanges").begin_list();
    writer_.begin_object();
    put_artifact_location("artifactLocation");
    writer_.name("replacements").begin_list();
    writer_.begin_object();
    put_region("deletedRegion", region);
    put_text("insertedContent", cell);
    writer_.end_object();
    writer_.end_list();
    writer_.end_object();
    writer_.end_list();
    writer_.end_object();
    writer_.end_list();
  }

  void end_results()
  {
    if (has_ended_) return;
    has_ended_ = true;
    writer_.end_list();
  }

  void put_tool()
  {
    writer_.name("tool").begin_object();
    writer_.name("driver").begin_object();
    writer_.name("name").text("rollcall");
    writer_.name("version").text(version());
    writer_.name("rules").begin_list();
    for (const Rule& rule : rules_) {
      const CodeWords words = words_of(rule.code, rule.slug, schema_);
      const std::string page = page_of(rule.code, rule.slug, schema_);
      writer_.begin_object();
      writer_.name("id").text(rule.slug);
      put_text("shortDescription", rule.slug);
      if (!words.means.empty()) put_message("fullDescription", words.means);
      if (!page.empty()) put_message("help", page);
      writer_.name("defaultConfiguration").begin_object();
      writer_.name("level").text(word_of(rule.severity));
      writer_.end_object();
      writer_.end_object();
    }
    writer_.end_list();
    writer_.end_object();
    writer_.end_object();
  }

  json::Writer writer_;
  std::string uri_;
  const schema::Schema* schema_;
  bool has_ended_ = false;
  std::vector<Rule> rules_; // as many as there are codes
  std::map<std::string, std::size_t, std::less<>> index_of_;
  std::string message_;
};

} // namespace

Result<std::unique_ptr<FindingsWriter>> open_findings_sarif(Sink& sink,
                                                            const FindingsOptions& options)
{
  return guarded([&]() -> Result<std::unique_ptr<FindingsWriter>> {
    ROLLCALL_TRY(auto writer, json::Writer::open(sink, {.broken_levels = broken_levels,
                                                        .memory = options.memory}));
    return std::unique_ptr<FindingsWriter>{
        std::make_unique<FindingsSarif>(std::move(writer), options)};
  });
}

} // namespace rollcall::report
