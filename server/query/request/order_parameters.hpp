#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "expr/columns/sort_keys.hpp"
#include "expr/expected.hpp"
#include "server/catalogue/error.hpp"
#include "server/catalogue/readings.hpp"
#include "server/http/parameters.hpp"

namespace engage::server::query::request {

/// `sort_key`, `sort_order` and `limit` of a request, parsed but for the expression.
struct OrderParameters {
    std::string sort_key;                                  ///< Empty: not sorted.
    std::optional<expr::columns::Direction> sort_order{};  ///< Of a `sort_key` only.
    std::optional<std::uint64_t> limit{};                  ///< At least 1.

    bool operator==(const OrderParameters&) const = default;
};

Expected<OrderParameters, catalogue::ApiError> read_order(const http::Parameters& parameters,
                                                          catalogue::Readings& readings);

}  // namespace engage::server::query::request
