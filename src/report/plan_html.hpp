// plan_html.hpp: a plan as a page of HTML: what plan_page.hpp says at a terminal, with the findings
// of its rows, and its changes as a table of before and after: no more than a browser can show.
#ifndef ROLLCALL_REPORT_PLAN_HTML_HPP
#define ROLLCALL_REPORT_PLAN_HTML_HPP

#include <memory_resource>
#include <string_view>

#include "report/html_page.hpp"
#include "report/plan_overview.hpp"
#include "report/plan_page.hpp"
#include "rollcall/sink.hpp"
#include "rollcall/source.hpp"

namespace rollcall::report {

class PlanHtml {
 public:
  // As PlanPage; colour and columns are of terminals.
  PlanHtml(Source& plan, Sink& sink, const PlanPageOptions& options,
           std::pmr::memory_resource* memory);

  // False if the plan is not, or not as a whole, what was written: the page says so first.
  [[nodiscard]] Result<bool> write();

 private:
  void put_counts();
  [[nodiscard]] Result<void> put_looks();
  [[nodiscard]] Result<void> put_found();
  [[nodiscard]] Result<void> put_changes();
  void put_row(const json::Value& row);
  [[nodiscard]] bool has_room() noexcept;
  void put_change(const json::Value& change, std::string_view line, std::string_view remark);
  void put_effect(const json::Value& effect, std::string_view line);
  void begin_object(std::string_view of_class, std::string_view what, std::string_view line,
                    std::string_view remark, std::size_t fields);
  void put_heading_of_looks();
  [[nodiscard]] Result<void> each_row(const std::function<void(const json::Value& row)>& put);

  Source& plan_;
  PlanPageOptions options_;
  std::pmr::memory_resource* memory_;
  HtmlPage page_;
  PlanOverview overview_;
  bool has_look_ = false;
  std::uint64_t put_ = 0; // changes and effects that came, whether they were put or not
};

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_PLAN_HTML_HPP
