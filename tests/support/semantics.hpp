#pragma once

#include <array>
#include <bit>
#include <cstddef>

#include "expr/syntax/dialect.hpp"

namespace engage::test {

/// How many readings of the language there are to choose: all fields of Semantics are choices between two.
inline constexpr std::size_t kReadings = sizeof(expr::syntax::Semantics);

/// Bit by bit the fields of Semantics, in their order.
inline expr::syntax::Semantics semantics_of(unsigned bits) {
    std::array<bool, kReadings> readings{};
    for (std::size_t i = 0; i < kReadings; ++i) readings[i] = (bits >> i & 1) != 0;
    return std::bit_cast<expr::syntax::Semantics>(readings);
}

}  // namespace engage::test
