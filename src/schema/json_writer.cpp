// json_writer.cpp: writes every struct along its description, and makes the digest of what it
// writes.
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "base/sha256.hpp"
#include "json/writer.hpp"
#include "rollcall/schema_json.hpp"
#include "schema/describe.hpp"

namespace rollcall::schema {
namespace {

class Writer {
 public:
  explicit Writer(json::Writer& out) noexcept : out_{out} {}

  template <class Struct>
  requires std::is_class_v<Struct>
  void write(const Struct& value)
  {
    out_.begin_object();
    const Struct fresh = {};
    describe(Of<Struct>{}, [&](std::string_view name, auto member) {
      if (is_left_out(value.*member, fresh.*member)) return;
      out_.name(name);
      write(value.*member);
    });
    out_.end_object();
  }

 private:
  template <class Member>
  static bool is_left_out(const Member& value, const Member& fresh)
  {
    return !std::is_same_v<Member, std::optional<std::string>> && value == fresh;
  }

  void write(const std::string& text) { out_.text(text); }
  void write(bool flag) { out_.boolean(flag); }
  void write(int number) { out_.integer(number); }
  void write(std::int64_t number) { out_.integer(number); }
  void write(std::uint64_t number) { out_.natural(number); }

  void write(const std::optional<std::string>& text)
  {
    if (text)
      out_.text(*text);
    else
      out_.null();
  }

  void write(const std::optional<Export>& exports) { write(*exports); }

  void write(const Amount& amount)
  {
    amount.expr() != nullptr ? write(*amount.expr()) : write(*amount.number());
  }

  template <class Enum>
  requires std::is_enum_v<Enum>
  void write(Enum value) { out_.text(word_of(value)); }

  template <class Element>
  void write(const std::vector<Element>& list)
  {
    out_.begin_list();
    for (const Element& element : list) write(element);
    out_.end_list();
  }

  void write(const Type& type)
  {
    const std::string_view name = type_names[type.index()];
    std::visit(
        [&](const auto& parameters) {
          if (parameters == std::remove_cvref_t<decltype(parameters)>{}) return out_.text(name);
          out_.begin_object();
          out_.name(name);
          write(parameters);
          out_.end_object();
        },
        type);
  }

  json::Writer& out_;
};

Result<void> write_json(const Schema& schema, Sink& sink, const json::WriterOptions& options)
{
  return guarded([&]() -> Result<void> {
    ROLLCALL_TRY(json::Writer out, json::Writer::open(sink, options));
    Writer{out}.write(schema);
    if (!options.compact) out.end_line();
    return out.finish();
  });
}

class DigestSink final : public Sink {
 public:
  Result<void> write(std::string_view bytes) override
  {
    digest.update(bytes);
    return success();
  }
  Sha256 digest;
};

} // namespace

Result<void> write_schema(const Schema& schema, Sink& sink)
{
  return write_json(schema, sink, {.broken_levels = 2, .buffer_bytes = 4096});
}

Result<std::string> digest_of(const Schema& schema)
{
  return guarded([&]() -> Result<std::string> {
    DigestSink sink;
    ROLLCALL_CHECK(write_json(schema, sink, {.compact = true, .buffer_bytes = 4096}));
    return to_hex(sink.digest.finish());
  });
}

} // namespace rollcall::schema
