// XLSX, for who begins with a spreadsheet: the template as a workbook whose cells stay what was
// typed. It is a part of its own (rollcall::xlsx), since it brings libxlsxwriter along.
//
//   write_template_xlsx(schema, directory, context, sink, {}, seams);
//
// A workbook is saved as CSV to be imported; rollcall does not read XLSX.
#ifndef ROLLCALL_XLSX_HPP
#define ROLLCALL_XLSX_HPP

#include <string>

#include "rollcall/context.hpp"
#include "rollcall/directory.hpp"
#include "rollcall/job_summary.hpp"
#include "rollcall/schema.hpp"
#include "rollcall/seams.hpp"
#include "rollcall/sink.hpp"

namespace rollcall {

struct XlsxOptions {
  std::string spool_folder = "/tmp"; // where a workbook lies while it is made: on a disk
};

// What write_template offers, as a workbook: a header row that stays in view, with a note on each
// column that says what may stand in it; every cell is text, so that `+442071838750`, `007` and
// long numbers stay as they are; and where only a few words may stand, a list to choose from.
// Nothing is written where the actor may not ask: the summary says so. A name of a column or a word
// that no cell of a workbook can hold is `unsupported`.
[[nodiscard]] Result<JobSummary> write_template_xlsx(const schema::Schema& schema,
                                                     Directory& directory, const Context& context,
                                                     Sink& sink, const XlsxOptions& options,
                                                     Seams seams);

} // namespace rollcall

#endif // ROLLCALL_XLSX_HPP
