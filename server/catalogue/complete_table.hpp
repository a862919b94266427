#pragma once

#include <cstddef>
#include <iterator>

namespace engage::server::catalogue {

/// Whether a table has one row for each enumerator, in their order, so that an enumerator is an index. The enumeration
/// ends with `kCount`.
template <class Row, std::size_t kSize, class Enum>
consteval bool is_complete_table(const Row (&rows)[kSize], Enum Row::*id) {
    if (kSize != static_cast<std::size_t>(Enum::kCount)) return false;
    for (std::size_t i = 0; i < kSize; ++i)
        if (static_cast<std::size_t>(rows[i].*id) != i) return false;
    return true;
}

}  // namespace engage::server::catalogue
