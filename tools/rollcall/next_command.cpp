// What is added to a verb: its options, as they were given.
#include "next_command.hpp"

#include <algorithm>
#include <vector>

namespace rollcall::tools {
namespace {

bool is_plain(char sign) noexcept
{
  constexpr std::string_view others = "%+,-./:=@_";
  return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') ||
         (sign >= '0' && sign <= '9') || others.find(sign) != others.npos;
}

class Words {
 public:
  explicit Words(std::string_view verb) : text_{"rollcall "} { text_.append(verb); }
  Words& add(std::string_view option, const std::string& value)
  {
    if (value.empty()) return *this;
    // (What begins with - would be taken for another option.)
    text_.append(" ").append(option).append(value.front() == '-' ? "=" : " ");
    text_ += shell_word(value);
    return *this;
  }
  Words& add(std::string_view option, const std::vector<std::string>& values)
  {
    for (const std::string& value : values) add(option, value);
    return *this;
  }
  Words& add(const StoreOptions& store)
  {
    return add("--db", store.db)
        .add("--context", store.context)
        .add("--actor", store.actor)
        .add("--role", store.role)
        .add("--actor-field", store.actor_fields);
  }
  Words& add_flag(std::string_view option, bool is_given)
  {
    if (is_given) text_.append(" ").append(option);
    return *this;
  }
  // On a terminal, whatever stands in a name.
  [[nodiscard]] std::string as_shown() const { return shown(text_); }

 private:
  std::string text_;
};

} // namespace

std::string shell_word(std::string_view word)
{
  if (!word.empty() && std::all_of(word.begin(), word.end(), is_plain)) return std::string{word};
  std::string quoted = "'";
  for (const char sign : word) {
    if (sign == '\'')
      quoted += "'\\''";
    else
      quoted += sign;
  }
  return quoted += '\'';
}

std::string file_word(std::string_view path)
{
  return shell_word((path.starts_with('-') ? "./" : "") + std::string{path});
}

std::string next_command(std::string_view verb, const StoreOptions& store)
{
  return Words{verb}.add(store).as_shown();
}

std::string next_command(std::string_view verb, const HostOptions& host,
                         const ReadingOptions& reading)
{
  return Words{verb}
      .add("--format", host.format)
      .add("--directory", host.directory)
      .add("--db", host.db)
      .add("--context", host.context)
      .add("--actor", host.actor)
      .add("--role", host.role)
      .add("--actor-field", host.actor_fields)
      .add("--option", host.options)
      .add("--delimiter", reading.delimiter == "\t" ? "tab" : reading.delimiter)
      .add("--encoding", reading.encoding)
      .add_flag("--lenient", reading.lenient)
      .add("--limit", reading.limits)
      .as_shown();
}

std::string fetching_secrets(JobId job, const StoreOptions& store)
{
  return next_command("download " + std::to_string(job) + " secrets", store);
}

std::string dumping(const std::string& db, const std::string& output)
{
  const std::string into = output == "-" ? "" : " -o " + file_word(output);
  return Words{"dump " + file_word(db) + into}.as_shown();
}

std::string resuming(JobId job, const StoreOptions& store, const OutputOptions& outputs)
{
  return Words{"resume " + std::to_string(job)}
      .add(store)
      .add("--report", outputs.report)
      .add("--result", outputs.result)
      .add("--error-rows", outputs.error_rows)
      .add("--error-log", outputs.error_log)
      .add("--findings", shows_findings(outputs) ? outputs.findings : "")
      .add("--secrets", outputs.secrets)
      .add("--threads", outputs.threads == OutputOptions{}.threads ? "" : outputs.threads)
      .as_shown();
}

} // namespace rollcall::tools
