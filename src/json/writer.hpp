// writer.hpp: writes JSON in the order it is told, the same bytes for the same calls.
//
//   json::Writer writer = ...;
//   writer.begin_object();
//   writer.name("row").natural(1);
//   writer.name("key").text("debra@contoso.com");
//   writer.end_object();
//   writer.end_line();
//   ROLLCALL_CHECK(writer.finish());
//
// What comes out is valid JSON or an error. As with CSV, the calls in between say nothing: the
// first failure stays and finish returns it; so does a call at a place where it makes no sense.
#ifndef ROLLCALL_JSON_WRITER_HPP
#define ROLLCALL_JSON_WRITER_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <string_view>

#include "json/document.hpp"
#include "rollcall/sink.hpp"

namespace rollcall::json {

struct WriterOptions {
  // How many levels have a line of their own for each element, indented by two; deeper ones stand
  // on one line: `{"row": 1, "line": 2}`.
  std::size_t broken_levels = 0;
  bool compact = false; // no blanks behind colons and commas
  std::size_t buffer_bytes = 64 * 1024;
  std::pmr::memory_resource* memory = nullptr; // null: new and delete
};

class Writer {
 public:
  static constexpr std::size_t levels_max = 256;

  // The sink outlives the writer.
  [[nodiscard]] static Result<Writer> open(Sink& sink, const WriterOptions& options = {});

  void begin_object() { begin('{'); }
  void end_object() { end('}'); }
  void begin_list() { begin('['); }
  void end_list() { end(']'); }

  // Of the member that comes next. Names are not checked for standing twice.
  Writer& name(std::string_view name);

  void null();
  void boolean(bool flag);
  void integer(std::int64_t number);
  void natural(std::uint64_t number);
  // The shortest text that reads back as the same number, never without a point or an exponent.
  // JSON has neither infinities nor NaN: those are failures.
  void real(double number);
  // Undecodable bytes become U+FFFD. Beside what JSON wants escaped, U+0085, U+2028 and U+2029 are:
  // they end a line for some who read JSON Lines.
  void text(std::string_view text);
  // With all that is in it; an absent one is null.
  void value(const Value& value);

  // Ends the line behind a whole value; another value may follow.
  void end_line();

  // Begins anew behind a whole value, with all that was written handed to the sink: for who makes
  // many small texts with one writer.
  [[nodiscard]] Result<void> next_text();

  // Hands the rest to the sink and returns the first failure. A value that is not whole is one.
  [[nodiscard]] Result<void> finish();
  [[nodiscard]] bool has_failed() const noexcept { return out_.has_failed(); }

 private:
  struct Level {
    char close = '\0';
    bool has_elements = false;
  };

  Writer(Sink& sink, const WriterOptions& options);

  void begin(char open);
  void end(char close);
  bool begin_value();
  void separate();
  void break_line();
  void put_quoted(std::string_view text, char before, char behind);
  void put_escaped(std::string_view text);
  void refuse(std::string_view what);

  SinkBuffer out_;
  std::size_t broken_levels_;
  bool compact_;
  bool has_name_ = false;  // of a member whose value is still to come
  bool has_value_ = false; // a whole one on the line
  std::size_t depth_ = 0;
  std::array<Level, levels_max> levels_ = {};
};

} // namespace rollcall::json

#endif // ROLLCALL_JSON_WRITER_HPP
