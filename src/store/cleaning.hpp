// cleaning.hpp: what was deleted is to be gone from the file as well, not only from the tables.
//
// What is deleted is overwritten in its page (secure_delete), but the page as it was still stands
// in the log until that is cut; and a page that cells were moved away from may still show them.
// That there is something to clean is kept with the deletion, so a process that dies in between
// leaves it to the next. Each such note has a number, and it is not taken away by who cleaned for
// one before it.
#ifndef ROLLCALL_STORE_CLEANING_HPP
#define ROLLCALL_STORE_CLEANING_HPP

#include <cstdint>

#include "store/database.hpp"

namespace rollcall::store {

enum class Cleaning : std::uint8_t {
  log, // is written into the file, and cut
  file // the same, and the file is written anew, so that there is nothing in it but what it holds
};

// Within the transaction that deletes.
[[nodiscard]] Result<void> note_cleaning(Database& database, Cleaning what);

// Does what was noted; nothing, if nothing was. Busy if somebody else reads the log just now: then
// it stays noted.
[[nodiscard]] Result<void> clean(Database& database);
// The same for who has done his part already: that somebody reads the log is no failure of his.
[[nodiscard]] Result<void> clean_if_free(Database& database);

} // namespace rollcall::store

#endif // ROLLCALL_STORE_CLEANING_HPP
