// What nearly every file of rollcall includes, read once a build tree and not once a file. It is no
// part of any file's includes: each still names what it uses, and builds without this header too.
#ifndef ROLLCALL_CMAKE_PRECOMPILED_HPP
#define ROLLCALL_CMAKE_PRECOMPILED_HPP

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <memory_resource>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <boost/outcome/basic_result.hpp>

#endif
