// read_json.cpp: reads a directory.json an object at a time.
#include <string>

#include "directory/contents.hpp"
#include "directory/object_json.hpp"
#include "json/faults.hpp"
#include "json/member_reader.hpp"

namespace rollcall::directory {
namespace {

class ListReader {
 public:
  ListReader(Table& table, json::Faults& faults)
      : table_{table}, faults_{faults}, reader_{table.shape(), faults}
  {
  }

  Result<void> add(const json::Value& element)
  {
    ROLLCALL_TRY(const auto content, reader_.read(element));
    if (!content) return success();
    const std::uint64_t hash = table_.key_hash(content->key);
    if (table_.find_key(content->key, hash) == no_object)
      table_.add(*content, hash);
    else
      faults_.add(reader_.key(), stands_twice(content->key));
    return success();
  }

 private:
  Table& table_;
  json::Faults& faults_;
  ObjectReader reader_;
};

class Reading {
 public:
  Reading(Source& source, Contents& contents)
      : contents_{contents}, reader_{source, {.read = {.memory = &contents.tables.memory()}}}
  {
  }

  Result<void> read()
  {
    for (;;) {
      ROLLCALL_TRY(const bool is_member, reader_.next_member());
      if (!is_member) return faults_.check();
      ROLLCALL_CHECK(read_member());
    }
  }

 private:
  Result<void> read_member()
  {
    for (std::size_t kind = 0; kind != contents_.tables.size(); ++kind)
      if (contents_.tables[static_cast<KindId>(kind)].shape().name == reader_.name())
        return read_kind(static_cast<KindId>(kind));
    if (reader_.name() == tenant_name) return read_settings(contents_.tenant);
    if (reader_.name() == defaults_name) return read_settings(contents_.defaults);
    return keep_unknown();
  }

  Result<void> read_kind(KindId kind)
  {
    if (!reader_.is_list()) {
      faults_.add_expected(reader_.value(), in_words(json::Kind::list));
      return success();
    }
    contents_.listed[kind] = true;
    ListReader list{contents_.tables[kind], faults_};
    for (;;) {
      ROLLCALL_TRY(const bool is_element, reader_.next_element());
      if (!is_element) return success();
      ROLLCALL_CHECK(list.add(reader_.value()));
    }
  }

  Result<void> read_settings(Settings& settings)
  {
    if (reader_.is_list())
      return Error{ErrorCode::malformed, reader_.name() + ": expected an object, found a list"};
    if (!faults_.object(reader_.value())) return success();
    return settings.read(reader_.value());
  }

  Result<void> keep_unknown()
  {
    Unknown unknown{reader_.name(), reader_.is_list(), contents_.tables.memory()};
    for (;;) {
      if (unknown.is_list) {
        ROLLCALL_TRY(const bool is_element, reader_.next_element());
        if (!is_element) break;
      }
      ROLLCALL_TRY(const std::string text, json_of(reader_.value()));
      unknown.values.push_back(contents_.texts.keep(text));
      if (!unknown.is_list) break;
    }
    contents_.unknown.push_back(std::move(unknown));
    return success();
  }

  Contents& contents_;
  json::MemberReader reader_;
  json::Faults faults_;
};

} // namespace

Result<void> read_json(Source& source, Contents& contents)
{
  return Reading{source, contents}.read();
}

} // namespace rollcall::directory
