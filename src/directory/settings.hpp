// settings.hpp: what stands under "tenant" and "defaults" in a directory.json, kept as it is.
#ifndef ROLLCALL_DIRECTORY_SETTINGS_HPP
#define ROLLCALL_DIRECTORY_SETTINGS_HPP

#include <memory>
#include <string>
#include <string_view>

#include "json/document.hpp"
#include "json/writer.hpp"
#include "rollcall/directory.hpp"

namespace rollcall::directory {

// A value as JSON, on one line.
[[nodiscard]] Result<std::string> json_of(const json::Value& value);

class Settings {
 public:
  // Keeps an object.
  [[nodiscard]] Result<void> read(const json::Value& object);
  [[nodiscard]] bool is_there() const noexcept { return document_ != nullptr; }

  // A dotted name is that of a member as a whole, or of one within an object.
  [[nodiscard]] Setting find(std::string_view name) const;

  void write(json::Writer& writer) const { writer.value(document_->root()); }

 private:
  std::unique_ptr<json::Document> document_;
};

} // namespace rollcall::directory

#endif // ROLLCALL_DIRECTORY_SETTINGS_HPP
