#pragma once

#include <string_view>

#include "expr/expected.hpp"
#include "expr/values/record.hpp"
#include "server/catalogue/error.hpp"

namespace engage::server::query::request {

/// What `engage/stats` computes. `sum`, `mean`, `min` and `max` do not exist; basis: reported
/// (jaredmcfarland/mixpanel_data, commit f9c7190).
struct StatsAction {
    enum class Kind : unsigned char { kCount, kExtremes, kPercentile, kNumericSummary };
    Kind kind = Kind::kCount;
    expr::values::Reference property{};  ///< Of all but the count.
    double percentile = 0;               ///< 0 to 100.
};

/// Reads `count()`, `extremes(properties["p"])`, `percentile(properties["p"], N)` or
/// `numeric_summary(properties["p"])`. An empty text is an absent action, which is an error, too.
Expected<StatsAction, catalogue::ApiError> parse_action(std::string_view text);

}  // namespace engage::server::query::request
