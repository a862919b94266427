#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "expr/expected.hpp"
#include "server/catalogue/error.hpp"

namespace engage::server::query::request {

/// A cohort that `engage/stats` answers for.
struct Segment {
    std::string name;  ///< As the request writes it.
    std::uint64_t cohort_id = 0;
};

/// Each is a query of its own.
inline constexpr std::size_t kMaxSegments = 20;

/// Reads `segment_by_cohorts`: `{"cohort_123":true}` or `{"123":true}`. A cohort whose value is false is left out.
Expected<std::vector<Segment>, catalogue::ApiError> parse_segments(std::string_view text);

}  // namespace engage::server::query::request
