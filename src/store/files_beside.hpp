// files_beside.hpp: where SQLite puts what it has to put somewhere for a moment.
//
// A database that is written anew, and rows that are sorted and do not fit into memory, lie in a
// file meanwhile, which has no name any more once it is open. By itself SQLite makes it under
// /var/tmp, or where the environment says. It has in it what the database has, so it belongs where
// the database is: on the same disk, which somebody guards.
#ifndef ROLLCALL_STORE_FILES_BESIDE_HPP
#define ROLLCALL_STORE_FILES_BESIDE_HPP

#include <memory>
#include <string>

#include "rollcall/result.hpp"

struct sqlite3_vfs;

namespace rollcall::store {

// A file system for SQLite, under a name of its own as long as this lives. It is another one in all
// but the place of such files.
class FilesBeside {
 public:
  // Beside the database at `path`; `of` is the name of the other one, empty for the default one.
  [[nodiscard]] static Result<std::unique_ptr<FilesBeside>> make(const std::string& path,
                                                                 const std::string& of);
  FilesBeside(const FilesBeside&) = delete;
  FilesBeside& operator=(const FilesBeside&) = delete;
  ~FilesBeside();

  [[nodiscard]] const char* name() const noexcept { return name_.c_str(); }
  [[nodiscard]] sqlite3_vfs& other() const noexcept { return *other_; }
  // With the slash.
  [[nodiscard]] const std::string& folder() const noexcept { return folder_; }

 private:
  FilesBeside(sqlite3_vfs& other, std::string folder);
  [[nodiscard]] Result<void> register_it();

  sqlite3_vfs* other_;
  std::string folder_;
  std::string name_;
  std::unique_ptr<sqlite3_vfs> vfs_;
  bool is_registered_ = false;
};

} // namespace rollcall::store

#endif // ROLLCALL_STORE_FILES_BESIDE_HPP
