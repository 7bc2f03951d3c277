// schema_faults.cpp: looks at every part of a schema, whatever is wrong with the others.
//
// A fault is what no file could be judged by, or what would be ignored without a word.
#include "schema/schema_faults.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "base/unicode.hpp"
#include "schema/compiled.hpp"

namespace rollcall::schema {
namespace {

std::string numbered(std::string_view list, std::size_t index)
{
  return std::string{list} + "[" + std::to_string(index) + "]";
}

class Faults {
 public:
  explicit Faults(const Schema& schema) : schema_{schema} {}

  std::string all()
  {
    if (schema_.id.empty()) add("id", "a schema has one");
    find_in_roles();
    if (schema_.kinds.empty()) add("kinds", "a schema has at least one kind");
    find_in_kinds();
    for (std::size_t i = 0; i != schema_.columns.size(); ++i)
      find_in_column(schema_.columns[i], numbered("columns", i), i);
    if (key_column_count_ == 0 && !schema_.kinds.empty())
      add("columns", "none is the key of the first kind");
    return found_;
  }

 private:
  void add(const std::string& path, std::string_view what)
  {
    found_.append(found_.empty() ? "" : "; ").append(path).append(": ").append(what);
  }

  // Of two that have one name the second one is told.
  void find_twice(std::set<std::string_view>& names, std::string_view name, const std::string& path)
  {
    if (name.empty())
      add(path, "a name is needed");
    else if (!names.insert(name).second)
      add(path, "'" + std::string{name} + "' is there already");
  }

  void find_in_roles()
  {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i != schema_.roles.size(); ++i)
      find_twice(names, schema_.roles[i].name, numbered("roles", i) + ".name");
  }

  void find_in_kinds()
  {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i != schema_.kinds.size(); ++i) {
      const Kind& kind = schema_.kinds[i];
      const std::string path = numbered("kinds", i);
      find_twice(names, kind.name, path + ".name");
      if (i == 0 && !kind.fields.empty())
        add(path + ".fields", "the fields of the first kind are the columns");
      std::set<std::string_view> fields;
      find_twice(fields, kind.key.name, path + ".key");
      if (std::holds_alternative<Secret>(kind.key.type)) add(path + ".key", "a key is no secret");
      find_in_type(kind.key.type, path + ".key.type");
      for (std::size_t f = 0; f != kind.fields.size(); ++f) {
        const std::string field_path = path + "." + numbered("fields", f);
        find_twice(fields, kind.fields[f].name, field_path + ".name");
        find_in_type(kind.fields[f].type, field_path + ".type");
      }
    }
  }

  void find_in_column(const Column& column, const std::string& path, std::size_t index)
  {
    find_twice(fields_, column.field, path + ".field");
    find_in_headers(column, path, index);
    find_in_type(column.type, path + ".type");
    find_in_blanks(column, path);
    if (schema_.kinds.empty() || column.field != schema_.kinds.front().key.name) return;
    ++key_column_count_;
    if (std::holds_alternative<Secret>(column.type)) add(path + ".type", "a key is no secret");
  }

  void find_in_headers(const Column& column, const std::string& path, std::size_t index)
  {
    find_in_header(column.header, path + ".header", index);
    for (std::size_t i = 0; i != column.aliases.size(); ++i)
      find_in_header(column.aliases[i], path + "." + numbered("aliases", i), index);
  }

  void find_in_header(const std::string& header, const std::string& path, std::size_t index)
  {
    const std::string folded = folded_header(header);
    if (folded.empty()) return add(path, "a header is more than blanks, dashes and underscores");
    const auto [known, is_new] = column_of_header_.emplace(folded, index);
    if (is_new) return;
    const std::string whose = known->second == index
                                  ? "this column has already"
                                  : numbered("columns", known->second) + " has, too";
    add(path, "'" + header + "' is a header that " + whose);
  }

  void find_in_type(const Type& type, const std::string& path)
  {
    std::visit(
        [&](const auto& kind) {
          if constexpr (requires { kind.max; }) {
            if (kind.min > kind.max) add(path, "nothing is as long as min and as short as max");
          } else if constexpr (requires { kind.yes; }) {
            find_in_words(kind, path);
          }
        },
        type);
  }

  void find_in_words(const Boolean& words, const std::string& path)
  {
    if (words.yes.empty() || words.no.empty()) add(path, "a boolean has words for both sides");
    std::string scratch;
    std::set<std::string> folded;
    for (const auto* const side : {&words.yes, &words.no})
      for (const std::string& word : *side)
        if (!folded.emplace(fold_for_comparing(word, scratch)).second)
          add(path, "the word '" + word + "' is there already");
  }

  void find_in_blanks(const Column& column, const std::string& path)
  {
    const auto has = [&](Blank blank) {
      return column.on_create == blank || column.on_update == blank;
    };
    const bool is_secret = std::holds_alternative<Secret>(column.type);
    if (has(Blank::generate) && !is_secret) add(path, "only secrets are generated");
    if (!has(Blank::fill)) return;
    const bool is_flag = std::holds_alternative<Boolean>(column.type);
    if (column.fill.empty())
      add(path + ".fill", "nothing to fill in");
    else if (is_secret)
      add(path + ".fill", "a secret is not filled in");
    else if (is_flag && column.fill != "true" && column.fill != "false")
      add(path + ".fill", "a boolean is true or false");
  }

  const Schema& schema_;
  std::string found_;
  std::set<std::string_view> fields_;
  std::map<std::string, std::size_t> column_of_header_;
  std::size_t key_column_count_ = 0;
};

} // namespace

std::string faults_of(const Schema& schema)
{
  return Faults{schema}.all();
}

} // namespace rollcall::schema
