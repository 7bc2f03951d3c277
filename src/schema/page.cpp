// page.cpp: the page of a format, made from its schema alone, so that it cannot say anything else.
#include <array>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rollcall/schema_json.hpp"
#include "schema/describe.hpp"
#include "schema/page_words.hpp"

namespace rollcall::schema {
namespace {

class Page {
 public:
  explicit Page(const Schema& schema) noexcept : schema_{schema} {}

  std::string text()
  {
    line("# " + plain(schema_.title));
    line("");
    line("The format " + code(schema_.id) + ", revision " + std::to_string(schema_.revision) +
         ". This page is made from its schema: `rollcall schema show` prints that.");
    file();
    columns();
    facts();
    lets();
    rules();
    codes();
    claims();
    objects();
    effects();
    kinds();
    roles();
    outputs();
    return std::move(text_);
  }

 private:
  void line(std::string_view text) { text_.append(text).append("\n"); }

  void heading(std::string_view title)
  {
    line("");
    line("## " + std::string{title});
    line("");
  }

  void table(std::span<const std::string_view> headers)
  {
    std::string titles = "|";
    std::string rule = "|";
    for (const std::string_view header : headers) {
      titles.append(" ").append(header).append(" |");
      rule += "---|";
    }
    line(titles);
    line(rule);
  }

  void row(std::initializer_list<std::string> cells)
  {
    std::string text = "|";
    for (const std::string& cell : cells) text.append(" ").append(cell).append(" |");
    line(text);
  }

  void item(const std::string& text) { line("- " + text); }

  // The header of a column that a schema names by its field.
  [[nodiscard]] std::string header_of(std::string_view field) const
  {
    for (const Column& column : schema_.columns)
      if (column.field == field) return plain(column.header);
    return code(field);
  }

  [[nodiscard]] std::string headers_of(const std::vector<std::string>& fields) const
  {
    std::vector<std::string> headers;
    headers.reserve(fields.size());
    for (const std::string& field : fields) headers.push_back(header_of(field));
    return listed(headers);
  }

  void file()
  {
    const FileChecks& file = schema_.file;
    std::vector<std::string> suffixes;
    for (const std::string& suffix : file.suffixes) suffixes.push_back(code(suffix));
    if (suffixes.empty() && file.bytes_max == 0 && !file.needs_entries) return;
    heading("The file");
    if (!suffixes.empty()) item("Its name ends in " + listed(suffixes, " or ") + ".");
    if (file.bytes_max != 0) item("It has at most " + number(file.bytes_max) + " bytes.");
    if (file.needs_entries) item("It has at least one row.");
  }

  void columns()
  {
    heading("Columns");
    line(
        "Headers are read without case, and without blanks, `_` and `-`; columns stand in any "
        "order.");
    line("");
    table(std::array<std::string_view, 6>{"column", "field", "value", "blank in a new one",
                                          "blank in one that exists", "more"});
    const bool creates = can_create();
    const bool updates = can_update();
    for (const Column& column : schema_.columns)
      row({plain(column.header), code(column.field), type_in_words(column.type),
           creates ? blank_when_new(column) : "-", updates ? blank_when_known(column) : "-",
           more(column)});
  }

  // A key is never filled in or cleared: it says which object is meant, or that it is a new one.
  [[nodiscard]] const Kind* kind_with_key(const Column& column) const
  {
    if (schema_.objects.empty() || !schema_.objects.front().sets.empty()) return nullptr;
    for (const Kind& kind : schema_.kinds)
      if (kind.name == schema_.objects.front().kind && kind.key.name == column.field) return &kind;
    return nullptr;
  }

  [[nodiscard]] std::string blank_when_new(const Column& column) const
  {
    const Kind* const kind = kind_with_key(column);
    if (kind != nullptr && kind->keys == Keys::from_host) return "the host gives one";
    return blank_in_words(column.on_create, column.fill, true);
  }

  [[nodiscard]] std::string blank_when_known(const Column& column) const
  {
    if (kind_with_key(column) != nullptr && column.on_update != Blank::required) return "-";
    return blank_in_words(column.on_update, column.fill, false);
  }

  [[nodiscard]] bool can_create() const
  {
    return !schema_.objects.empty() && !schema_.objects.front().create.empty();
  }

  [[nodiscard]] bool can_update() const
  {
    return !schema_.objects.empty() && !schema_.objects.front().update.empty();
  }

  [[nodiscard]] std::string more(const Column& column) const
  {
    std::vector<std::string> notes;
    std::vector<std::string> aliases;
    for (const std::string& alias : column.aliases) aliases.push_back(plain(alias));
    if (!aliases.empty()) notes.push_back("also " + listed(aliases, " or "));
    if (column.mandatory == always)
      notes.emplace_back("must be in the file");
    else if (!column.mandatory.empty())
      notes.push_back("must be in the file if " + code(column.mandatory));
    if (column.offered != always)
      notes.push_back("in template and export if " + code(column.offered));
    if (column.informational) notes.emplace_back("never applied");
    if (!column.refers.empty()) {
      const std::string when =
          column.refers_when == always ? "" : " if " + code(column.refers_when);
      notes.push_back("names one of " + code(column.refers) + when);
    }
    for (const Word& word : column.words)
      notes.push_back(code(word.word) + " stands for " +
                      (word.means ? code(*word.means) : "nothing"));
    if (!column.needs.empty()) notes.push_back("goes unless " + code(column.needs));
    if (!column.zeros_lost_from.empty())
      notes.push_back("zeros that were lost are noticed against " + code(column.zeros_lost_from));
    std::vector<std::string> fields;
    for (const std::string& field : column.carries) fields.push_back(code(field));
    if (!fields.empty()) notes.push_back("a conversion carries it as " + listed(fields));
    if (!column.carried_default.empty())
      notes.push_back("one from a format without it writes " + code(column.carried_default));
    std::string text;
    for (const std::string& note : notes) text.append(text.empty() ? "" : "; ").append(note);
    return text;
  }

  void facts()
  {
    facts_of("Settings of the tenant", "tenant.", schema_.settings);
    if (!schema_.settings.empty() && schema_.system_defaults) {
      line("");
      line("A setting that a tenant lacks is taken from the system's defaults.");
    }
    facts_of("The actor", "actor.", schema_.actor);
    facts_of("Options of an import", "option.", schema_.options);
  }

  void facts_of(std::string_view title, const std::string& root, const std::vector<Fact>& facts)
  {
    if (facts.empty()) return;
    heading(title);
    table(std::array<std::string_view, 4>{"name", "is", "if missing", "if no good"});
    for (const Fact& fact : facts) {
      std::string missing = fact.otherwise.empty() ? "nothing" : code(fact.otherwise);
      if (!fact.needed.empty()) missing += ", but an error if " + code(fact.needed);
      row({code(root + fact.name), fact_in_words(fact), missing, code(fact.code)});
    }
  }

  void lets()
  {
    if (schema_.lets.empty()) return;
    heading("Names");
    line("What the rules below call by a name:");
    line("");
    for (const Let& let : schema_.lets) item(code(let.name) + " is " + code(let.is));
  }

  void rules()
  {
    if (schema_.rules.empty()) return;
    heading("Rules");
    line("Judged in this order, within their stage, beside what a value of a kind must be.");
    line("");
    table(std::array<std::string_view, 6>{"code", "severity", "stage", "column", "says",
                                          "in the rule language"});
    for (const Rule& rule : schema_.rules)
      row({code(rule.code), std::string{word_of(rule.severity)}, std::string{word_of(rule.stage)},
           blamed(rule), plain(rule.says), demanded(rule)});
  }

  void codes()
  {
    if (schema_.codes.empty()) return;
    heading("Codes of its own");
    table(std::array<std::string_view, 5>{"code", "means", "bad", "good", "how to mend it"});
    for (const CodePage& page : schema_.codes)
      row({code(page.code), plain(page.means), plain(page.bad), plain(page.good),
           plain(page.mend)});
  }

  [[nodiscard]] std::string blamed(const Rule& rule) const
  {
    if (rule.blame.empty()) return "the row";
    if (rule.blame != "it") return header_of(rule.blame);
    return "each of " + headers_of(rule.each);
  }

  [[nodiscard]] std::string demanded(const Rule& rule) const
  {
    if (rule.drops.empty() && rule.require == Rule{}.require) return "never " + code(rule.when);
    const std::string text = rule.when == always ? "" : "if " + code(rule.when) + ": ";
    return text +
           (rule.drops.empty() ? code(rule.require) : "leaves out " + headers_of(rule.drops));
  }

  void claims()
  {
    if (schema_.claims.empty()) return;
    heading("What only one may hold");
    line(schema_.rows == Rows::in_turn
             ? "Rows act in the order of the file, and take what others hold."
             : "Judged on the state that the whole file leads to: rows may swap values, and move "
               "them along a chain.");
    line("");
    for (const Claim& claim : schema_.claims) item(claim_in_words(claim));
  }

  [[nodiscard]] std::string claim_in_words(const Claim& claim) const
  {
    std::vector<std::string> held;
    for (const Holder& holder : claim.held_in)
      held.push_back(code(holder.field) +
                     (holder.owner.empty() ? "" : " for whom " + code(holder.owner) + " names") +
                     (holder.when == always ? "" : " (if " + code(holder.when) + ")"));
    std::string text = "**" + plain(claim.name) + "**: held in " + listed(held) + ".";
    if (!claim.blame.empty()) text += " Reported in " + header_of(claim.blame) + ".";
    if (claim.duplicates == Duplicates::every)
      text += " Rows of one file that share a value are all rejected.";
    if (claim.takes_from != always)
      text += " Taken from a holder only if " + code(claim.takes_from) + ".";
    if (!claim.names_holder) text += " Who holds a value is not said.";
    return text;
  }

  void objects()
  {
    heading("What a row makes");
    for (const Object& object : schema_.objects) {
      std::string text = "**" + plain(object.kind) + "**";
      if (!object.key.empty()) text += ", key " + code(object.key);
      if (!object.create.empty()) text += ", created" + if_not_always(object.create);
      if (!object.update.empty()) text += ", updated" + if_not_always(object.update);
      if (object.eligible != always) text += ", eligible if " + code(object.eligible);
      item(text + ": " + (object.sets.empty() ? "its fields are the columns" : sets(object.sets)));
    }
    for (const Limit& limit : schema_.limits)
      item("No more than " + code(limit.most) + " of " + code(limit.kind) + ": " +
           code(limit.code) + ".");
  }

  static std::string if_not_always(const Expr& when)
  {
    return when == always ? "" : " if " + code(when);
  }

  static std::string sets(const std::vector<Set>& all)
  {
    std::vector<std::string> pieces;
    pieces.reserve(all.size());
    for (const Set& set : all)
      pieces.push_back(set.value.empty() || set.value == set.field
                           ? code(set.field)
                           : code(set.field) + " = " + code(set.value));
    return listed(pieces);
  }

  void effects()
  {
    if (schema_.effects.empty()) return;
    heading("What else happens");
    for (const Effect& effect : schema_.effects) {
      std::vector<std::string> secrets;
      for (const std::string& secret : effect.secrets) secrets.push_back(code(secret));
      std::string text =
          code(effect.name) + if_not_always(effect.when) + ": " + sets(effect.fields);
      if (!secrets.empty()) text += "; with handles to " + listed(secrets);
      item(text);
    }
  }

  void kinds()
  {
    heading("What the directory holds");
    table(std::array<std::string_view, 3>{"kind", "key", "fields"});
    for (std::size_t i = 0; i != schema_.kinds.size(); ++i) {
      const Kind& kind = schema_.kinds[i];
      std::vector<std::string> names;
      for (const Field& field : fields_of(schema_, i))
        names.push_back(code(field.name) +
                        (field.null_is.empty() ? "" : " (" + code(field.null_is) + " if missing)"));
      const std::string from = kind.keys == Keys::from_host ? ", given by the host" : "";
      std::string fields = listed(names);
      if (!kind.undo.empty()) fields += "; never deleted, an undo sets " + sets(kind.undo);
      row({code(kind.name), code(kind.key.name) + from, fields});
    }
  }

  void roles()
  {
    heading("Who may do what");
    table(std::array<std::string_view, 2>{"role", "may"});
    for (const Role& role : schema_.roles) {
      std::vector<std::string> may;
      for (const Action action : role.may) may.emplace_back(word_of(action));
      const std::string is = role.is.empty() ? "" : ": who has " + code(role.is);
      row({plain(role.name) + is, may.empty() ? "nothing" : listed(may)});
    }
  }

  void outputs()
  {
    heading("What comes back");
    const ResultFile& result = schema_.result;
    std::vector<std::string> headers;
    for (const Cell& cell : result.columns) headers.push_back(plain(cell.header));
    std::string text = "The result has ";
    if (result.source_columns) text += "the file's own columns, secrets blanked";
    if (result.source_columns && !headers.empty()) text += ", then ";
    item(text + (headers.empty() ? "" : listed(headers)) + ".");
    if (result.error_rows) item("The rows with errors as given, with `Errors`, to be mended.");
    if (result.error_log) item("A log with a line a finding, as text and as JSON.");
    if (schema_.exports) item(export_in_words(*schema_.exports));
    if (schema_.job_page.empty()) return;
    headers.clear();
    for (const Cell& cell : schema_.job_page) headers.push_back(plain(cell.header));
    item("A job shows " + listed(headers) + ".");
  }

  static std::string export_in_words(const Export& exports)
  {
    return "An export, " + code(exports.file_name) + ", has every " + code(exports.kind) +
           (exports.filter == always ? "" : " with " + code(exports.filter)) + ", by " +
           code(exports.order) + ".";
  }

  const Schema& schema_;
  std::string text_;
};

} // namespace

Result<void> write_page(const Schema& schema, Sink& sink)
{
  return guarded([&]() -> Result<void> { return sink.write(Page{schema}.text()); });
}

} // namespace rollcall::schema
