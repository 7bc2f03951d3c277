// `rollcall man`: the manual, as man reads it, or all of it as Markdown.
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <system_error>

#include "manual.hpp"
#include "verbs.hpp"

namespace rollcall::tools {
namespace {

class Manual final : public Command {
 public:
  void declare(Options& options) override
  {
    options.add_option("VERB", verb_, "its page; rollcall.toml: that of the defaults");
    options.add_flag("--markdown", is_markdown_, "as Markdown; without a verb, the whole manual");
    options.add_option("--to", folder_, "write all pages into man1 and man5 of this folder")
        ->type_name("FOLDER");
  }

  Result<Exit> run(Console& console) override
  {
    if (!folder_.empty()) {
      if (!verb_.empty() || is_markdown_)
        return Error{ErrorCode::wrong_use, "--to is for all pages, as man reads them"};
      ROLLCALL_CHECK(write_all(console));
    } else if (is_markdown_ && verb_.empty()) {
      ROLLCALL_CHECK(console.out.write(as_markdown(whole_manual())));
    } else {
      ROLLCALL_TRY(const ManualPage page, find_page());
      ROLLCALL_CHECK(
          console.out.write(is_markdown_ ? as_markdown(std::span{&page, 1}) : as_roff(page)));
    }
    return Exit::succeeded;
  }

 private:
  [[nodiscard]] Result<ManualPage> find_page() const
  {
    if (verb_.empty()) return manual_of_all();
    if (verb_ == "rollcall.toml") return manual_of_settings();
    ROLLCALL_TRY(const Verb verb, verb_of(verb_));
    return manual_of(verb);
  }

  [[nodiscard]] Result<void> write_all(Console& console) const
  {
    for (const ManualPage& page : whole_manual()) {
      const auto folder = std::filesystem::path{folder_} / ("man" + std::to_string(page.section));
      std::error_code fault;
      std::filesystem::create_directories(folder, fault);
      if (fault) return Error::of_system(fault.value()).while_doing("making " + folder.string());
      ROLLCALL_TRY(Output output, Output::open(console, (folder / file_name_of(page)).string()));
      ROLLCALL_CHECK(output.sink().write(as_roff(page)));
      ROLLCALL_CHECK(output.commit());
    }
    return success();
  }

  std::string verb_, folder_;
  bool is_markdown_ = false;
};

} // namespace

std::unique_ptr<Command> make_man()
{
  return std::make_unique<Manual>();
}

} // namespace rollcall::tools
