// html_page.hpp: a page of HTML that needs nothing but itself: no network, no script, no font. It
// reads well in light and dark, on paper, and to who hears it; what stands in a file stays text.
//
//   HtmlPage page{sink, memory};
//   page.begin("users.csv: can be imported in part");
//   page.markup("<p>").text(value).markup("</p>\n");
//   ROLLCALL_CHECK(page.finish());
#ifndef ROLLCALL_REPORT_HTML_PAGE_HPP
#define ROLLCALL_REPORT_HTML_PAGE_HPP

#include <cstdint>
#include <memory_resource>
#include <string>
#include <string_view>

#include "report/summary_words.hpp"
#include "rollcall/sink.hpp"

namespace rollcall::report {

class HtmlPage {
 public:
  // The sink outlives it.
  HtmlPage(Sink& sink, std::pmr::memory_resource& memory);

  // Up to the first element of the body.
  void begin(std::string_view title);
  // Which file it is about, and what came of it. The element stays open for what else there is to
  // say of it.
  void begin_header(std::string_view file, Tone tone, std::string_view says);
  void end_header() { markup("</header>\n<main>\n"); }
  [[nodiscard]] Result<void> finish();
  [[nodiscard]] bool has_failed() const noexcept { return out_.has_failed(); }

  // Markup as it is, and text that is to be read as it is.
  HtmlPage& markup(std::string_view html)
  {
    out_.put(html);
    return *this;
  }
  HtmlPage& text(std::string_view text);

  // <dt>, <dd>; nothing of an empty text.
  void about(std::string_view name, std::string_view text);
  // A number with what it counts; nothing of none.
  void tile(std::uint64_t count, std::string_view what, std::string_view of_class);
  // A box to be ticked; what has the class is shown while it is, as far as it follows.
  void filter(std::string_view of_class, std::string_view label, std::uint64_t count);

 private:
  SinkBuffer out_;
  std::string made_;
};

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_HTML_PAGE_HPP
