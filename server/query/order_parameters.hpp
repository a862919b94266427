#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "expr/expected.hpp"
#include "expr/sort_keys.hpp"
#include "server/error.hpp"
#include "server/fidelity/ledger.hpp"
#include "server/http/parameters.hpp"

namespace engage::server {

/// `sort_key`, `sort_order` and `limit` of a request, parsed but for the expression.
struct OrderParameters {
    std::string sort_key;                         ///< Empty: not sorted.
    std::optional<expr::Direction> sort_order{};  ///< Of a `sort_key` only.
    std::optional<std::uint64_t> limit{};         ///< At least 1.

    bool operator==(const OrderParameters&) const = default;
};

Expected<OrderParameters, ApiError> read_order(const Parameters& parameters, Evidence& evidence);

}  // namespace engage::server
