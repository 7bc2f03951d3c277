// findings_lines.cpp: findings as lines of JSON, CSV and text.
#include "report/findings_lines.hpp"

#include <string>
#include <utility>

#include "base/message_template.hpp"
#include "base/utf8.hpp"
#include "json/writer.hpp"
#include "report/finding_json.hpp"
#include "rollcall/csv_writer.hpp"

namespace rollcall::report {
namespace {

void put_number_or_null(json::Writer& writer, std::uint64_t number)
{
  if (number != 0)
    writer.natural(number);
  else
    writer.null();
}

void put_text_or_null(json::Writer& writer, std::string_view text)
{
  if (!text.empty())
    writer.text(text);
  else
    writer.null();
}

// An object a line.
class JsonLines : public FindingsWriter {
 public:
  JsonLines(json::Writer&& writer, const FindingsOptions& options)
      : FindingsWriter{options.memory}, writer_{std::move(writer)}
  {
  }

  [[nodiscard]] bool has_failed() const noexcept final { return writer_.has_failed(); }
  [[nodiscard]] Result<void> finish() final { return writer_.finish(); }

 protected:
  json::Writer writer_;

 private:
  void put_seen(const Seen& seen, const SeenIn* /*in*/) final
  {
    writer_.begin_object();
    put_members(seen);
    writer_.end_object();
    writer_.end_line();
  }
  virtual void put_members(const Seen& seen) = 0;
};

class FindingsJsonl final : public JsonLines {
 public:
  using JsonLines::JsonLines;

 private:
  void put_members(const Seen& seen) override
  {
    writer_.name("row");
    put_number_or_null(writer_, seen.row);
    writer_.name("line");
    put_number_or_null(writer_, seen.line);
    if (seen.finding != nullptr && seen.finding->place.byte != 0)
      writer_.name("byte").natural(seen.finding->place.byte);
    put_head(writer_, seen.severity, seen.slug, seen.column, seen.cell, seen.value, seen.message);
    if (seen.found != nullptr)
      put_facts(writer_, *seen.found, seen.column);
    else if (seen.finding != nullptr)
      put_facts(writer_, *seen.finding);
  }
};

class ErrorLogJsonl final : public JsonLines {
 public:
  using JsonLines::JsonLines;

 private:
  void put_members(const Seen& seen) override
  {
    writer_.name("line");
    put_number_or_null(writer_, seen.line);
    writer_.name("column");
    if (seen.cell < 0)
      put_text_or_null(writer_, seen.column);
    else
      writer_.text(seen.column);
    writer_.name("value");
    put_text_or_null(writer_, seen.value);
    writer_.name("severity").text(slug(seen.severity));
    writer_.name("code").text(seen.slug);
    writer_.name("cause").text(seen.message);
  }
};

class FindingsCsv final : public FindingsWriter {
 public:
  FindingsCsv(csv::Writer&& writer, const FindingsOptions& options)
      : FindingsWriter{options.memory}, writer_{std::move(writer)}
  {
    for (const std::string_view header :
         {"Severity", "Code", "Row", "Line", "Column", "Value", "Message", "Fix", "Guess"})
      writer_.cell(header);
    writer_.end_row();
  }

  [[nodiscard]] bool has_failed() const noexcept override { return writer_.has_failed(); }
  [[nodiscard]] Result<void> finish() override { return writer_.finish(); }

 private:
  void put_seen(const Seen& seen, const SeenIn* /*in*/) override
  {
    put_text(slug(seen.severity));
    put_text(seen.slug);
    put_number(seen.row);
    put_number(seen.line);
    put_text(seen.column);
    put_text(seen.value);
    put_text(seen.message);
    put_text(seen.replace);
    put_text(seen.guess);
    writer_.end_row();
  }

  void put_text(std::string_view text)
  {
    mended_.clear();
    append_replacing(mended_, text);
    writer_.cell(mended_);
  }

  void put_number(std::uint64_t number)
  {
    writer_.cell(number != 0 ? std::to_string(number) : std::string{});
  }

  csv::Writer writer_;
  std::string mended_;
};

class ErrorLog final : public FindingsWriter {
 public:
  ErrorLog(Sink& sink, const FindingsOptions& options)
      : FindingsWriter{options.memory},
        out_{sink, buffer_bytes, memory_of(options)},
        line_{&memory_of(options)}
  {
  }

  [[nodiscard]] bool has_failed() const noexcept override { return out_.has_failed(); }
  [[nodiscard]] Result<void> finish() override
  {
    return while_doing(out_.finish(), "writing the error log");
  }

 private:
  static constexpr std::size_t buffer_bytes = 64 * 1024;

  void put_seen(const Seen& seen, const SeenIn* /*in*/) override
  {
    line_.clear();
    if (seen.line != 0)
      line_.append("line ").append_number(seen.line).append(": ");
    else
      line_.append("file: ");
    if (seen.severity != Severity::error) line_.append(slug(seen.severity)).append(": ");
    append_shown(line_, seen.column);
    if (!seen.value.empty()) {
      line_.append(seen.column.empty() ? "\"" : " \"");
      append_shown(line_, seen.value);
      line_.append("\"");
    }
    if (!seen.column.empty() || !seen.value.empty()) line_.append(": ");
    out_.put(line_.append(seen.message).append("\n").view());
  }

  SinkBuffer out_;
  TextBuffer line_;
};

template <class Made>
Result<std::unique_ptr<FindingsWriter>> open_json(Sink& sink, const FindingsOptions& options)
{
  return guarded([&]() -> Result<std::unique_ptr<FindingsWriter>> {
    ROLLCALL_TRY(auto writer, json::Writer::open(sink, {.memory = options.memory}));
    return std::unique_ptr<FindingsWriter>{std::make_unique<Made>(std::move(writer), options)};
  });
}

} // namespace

Result<std::unique_ptr<FindingsWriter>> open_findings_jsonl(Sink& sink,
                                                            const FindingsOptions& options)
{
  return open_json<FindingsJsonl>(sink, options);
}

Result<std::unique_ptr<FindingsWriter>> open_error_log_jsonl(Sink& sink,
                                                             const FindingsOptions& options)
{
  return open_json<ErrorLogJsonl>(sink, options);
}

Result<std::unique_ptr<FindingsWriter>> open_findings_csv(Sink& sink,
                                                          const FindingsOptions& options)
{
  return guarded([&]() -> Result<std::unique_ptr<FindingsWriter>> {
    ROLLCALL_TRY(auto writer,
                 csv::Writer::open(sink, {.guard = csv::Guard::text, .memory = options.memory}));
    return std::unique_ptr<FindingsWriter>{
        std::make_unique<FindingsCsv>(std::move(writer), options)};
  });
}

Result<std::unique_ptr<FindingsWriter>> open_error_log(Sink& sink, const FindingsOptions& options)
{
  return guarded([&]() -> Result<std::unique_ptr<FindingsWriter>> {
    return std::unique_ptr<FindingsWriter>{std::make_unique<ErrorLog>(sink, options)};
  });
}

} // namespace rollcall::report
