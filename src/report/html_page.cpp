// html_page.cpp: the frame of a page, and its style.
#include "report/html_page.hpp"

#include "report/markup.hpp"
#include "rollcall/numbers.hpp"

namespace rollcall::report {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{64} * 1024;

// Nothing may be fetched and nothing run, whatever gets into the page.
constexpr std::string_view head = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="rollcall">
)";

// Each ink has a contrast of 4.5 or more on both grounds. Colour never says anything alone.
constexpr std::string_view style = R"(<style>
:root {
  color-scheme: light dark;
  --ground: #ffffff; --raised: #f4f6f8; --line: #d3d9e0; --ink: #1b2027; --faint: #525c68;
  --error: #a5211b; --warning: #7d4e00; --info: #0b57b8; --good: #0f6336;
  --lost: #fbe9e7; --won: #e2f4e8; --mark: #ffe08a; --on-mark: #1b2027;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f1318; --raised: #191f27; --line: #343d49; --ink: #e8edf3; --faint: #a3afbd;
    --error: #ff9a90; --warning: #f3bd50; --info: #8cc2ff; --good: #6fdc9a;
    --lost: #3a1d1b; --won: #143322; --mark: #6b5200; --on-mark: #fff3cf;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 74rem;
  background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
}
code, pre, td.value, .before, .after {
  font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: .875em;
}
h1 { font-size: 1.6rem; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
.says { margin: .25rem 0 1rem; font-size: 1.1rem; font-weight: 600; }
.good { color: var(--good); } .warning { color: var(--warning); }
.bad, .error { color: var(--error); } .info { color: var(--info); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0; }
dt { color: var(--faint); } dd { margin: 0; overflow-wrap: anywhere; }
.tiles { display: flex; flex-wrap: wrap; gap: .75rem; padding: 0; margin: 0; list-style: none; }
.tiles li {
  padding: .6rem 1rem; border: 1px solid var(--line); border-radius: .5rem;
  background: var(--raised);
}
.tiles b { display: block; font-size: 1.5rem; line-height: 1.2; }
.tiles span { color: var(--faint); }
input[type=checkbox] { margin: 0 .35rem 0 0; width: 1.5rem; height: 1.5rem; vertical-align: middle;
  accent-color: var(--info); }
label { margin-right: 1.25rem; line-height: 2; }
details {
  margin: .75rem 0; border: 1px solid var(--line); border-left: .3rem solid currentColor;
  border-radius: .5rem;
}
details > * { color: var(--ink); }
summary { padding: .6rem 1rem; cursor: pointer; background: var(--raised); border-radius: .4rem; }
summary h3 { display: inline; margin: 0; overflow-wrap: anywhere; }
summary .count { float: right; font-weight: 600; font-variant-numeric: tabular-nums; }
.word { font-weight: 600; text-transform: uppercase; font-size: .75rem; letter-spacing: .05em;
  margin-right: .5rem; }
.help, .more { margin: .75rem 1rem; color: var(--faint); max-width: 60rem; }
:focus-visible { outline: 3px solid var(--info); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; }
table.found { table-layout: fixed; }
caption { text-align: left; padding: .25rem 0; color: var(--faint); }
th, td { text-align: left; vertical-align: top; padding: .4rem 1rem;
  border-top: 1px solid var(--line); overflow-wrap: anywhere; }
thead th { font-size: .85rem; color: var(--faint); font-weight: 600; overflow-wrap: normal; }
th.line { width: 6rem; } th.value { width: 22%; } th.fix { width: 20%; }
td.line { font-variant-numeric: tabular-nums; }
tr.row td { border-top: 0; padding-top: 0; }
pre { margin: 0; padding: .4rem .6rem; background: var(--raised); border-radius: .3rem;
  white-space: pre-wrap; overflow-wrap: anywhere; }
mark { background: var(--mark); color: var(--on-mark); border-radius: .15rem; padding: 0 .1rem; }
del, ins { text-decoration: none; border-radius: .15rem; padding: 0 .2rem; }
del { background: var(--lost); } ins { background: var(--won); }
tbody th { font-weight: 600; width: 30%; }
tbody th small { display: block; font-weight: 400; color: var(--faint); }
.create .word { color: var(--good); } .update .word { color: var(--warning); }
.delete .word { color: var(--error); } .effect .word { color: var(--info); }
ul.list { margin: .25rem 0; padding-left: 1.25rem; overflow-wrap: anywhere; }
footer { margin-top: 3rem; color: var(--faint); font-size: .85rem; }
)";

// What is not ticked is not shown, and what is on paper is open and cannot be ticked.
constexpr std::string_view filters = R"(
#show-error:not(:checked) ~ .error, #show-warning:not(:checked) ~ .warning,
#show-info:not(:checked) ~ .info, #show-create:not(:checked) ~ table .create,
#show-update:not(:checked) ~ table .update, #show-delete:not(:checked) ~ table .delete,
#show-effect:not(:checked) ~ table .effect { display: none; }
@media print {
  :root { --ground: #fff; --raised: #fff; --line: #999; --ink: #000; --faint: #333;
    --error: #8a0000; --warning: #5c3a00; --info: #003a80; --good: #00461f;
    --lost: #fff; --won: #fff; --mark: #fff; --on-mark: #000; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  input, label, .filter { display: none; }
  details { break-inside: auto; } summary { break-after: avoid; }
  tr, .tiles li { break-inside: avoid; } thead { display: table-header-group; }
  details::details-content { display: block; content-visibility: visible; }
  mark { text-decoration: underline; font-weight: bold; }
  del { text-decoration: line-through; }
}
</style>
)";

constexpr std::string_view class_of(Tone tone) noexcept
{
  switch (tone) {
    case Tone::good:
      return "good";
    case Tone::warning:
      return "warning";
    case Tone::bad:
      break;
  }
  return "bad";
}

} // namespace

HtmlPage::HtmlPage(Sink& sink, std::pmr::memory_resource& memory) : out_{sink, buffer_bytes, memory}
{
}

HtmlPage& HtmlPage::text(std::string_view text)
{
  made_.clear();
  append_markup(made_, text);
  out_.put(made_);
  return *this;
}

void HtmlPage::begin(std::string_view title)
{
  markup(head).markup("<title>").text(title).markup("</title>\n");
  markup(style).markup(filters).markup("</head>\n<body>\n");
}

void HtmlPage::begin_header(std::string_view file, Tone tone, std::string_view says)
{
  markup("<header>\n<h1>").text(file).markup("</h1>\n<p class=\"says ");
  markup(class_of(tone)).markup("\">").text(says).markup("</p>\n");
}

Result<void> HtmlPage::finish()
{
  markup(
      "</main>\n<footer>Made by rollcall. The page is whole: it fetches nothing and runs nothing."
      "</footer>\n</body>\n</html>\n");
  return while_doing(out_.finish(), "writing the page");
}

void HtmlPage::about(std::string_view name, std::string_view text)
{
  if (text.empty()) return;
  markup("<dt>").text(name).markup("</dt><dd>").text(text).markup("</dd>\n");
}

void HtmlPage::tile(std::uint64_t count, std::string_view what, std::string_view of_class)
{
  if (count == 0) return;
  markup("<li><b class=\"").markup(of_class).markup("\">").text(grouped(count));
  markup("</b> <span>").text(what).markup("</span></li>\n");
}

void HtmlPage::filter(std::string_view of_class, std::string_view label, std::uint64_t count)
{
  if (count == 0) return;
  markup("<input type=\"checkbox\" checked id=\"show-").markup(of_class).markup("\">");
  markup("<label for=\"show-").markup(of_class).markup("\">").text(label);
  markup(" (").text(grouped(count)).markup(")</label>\n");
}

} // namespace rollcall::report
