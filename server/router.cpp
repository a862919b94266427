#include "server/router.hpp"

#include <algorithm>
#include <array>

namespace engage::server {

namespace {

// Below `/api/query/` and `/api/2.0/`, from docs.mixpanel.com/reference and from what clients call.
constexpr std::array<std::string_view, 34> kKnownEndpoints = {
    "annotations",
    "arb_funnels",
    "cohorts/list",
    "correlate",
    "custom_events",
    "engage/aliases",
    "engage/properties",
    "engage/query",
    "engage/revenue",
    "engage/stats",
    "engage/values",
    "events",
    "events/names",
    "events/properties",
    "events/properties/top",
    "events/properties/values",
    "events/top",
    "experiments",
    "export",
    "flows",
    "formulas",
    "funnels",
    "funnels/list",
    "impact",
    "insights",
    "jql",
    "metrics",
    "retention",
    "retention/addiction",
    "segmentation",
    "segmentation/average",
    "segmentation/numeric",
    "segmentation/sum",
    "stream/query",
};

bool take_prefix(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

}  // namespace

Route route(std::string_view path) {
    if (path == "/livez") return Route::kLive;
    if (path == "/readyz") return Route::kReady;
    if (path == "/__admin" || path.starts_with("/__admin/")) return Route::kControl;
    if (!path.starts_with("/api/")) return Route::kUnknown;
    if (path.ends_with('/')) path.remove_suffix(1);
    if (path.starts_with("/api/app/")) return Route::kNotEmulated;
    if (!take_prefix(path, "/api/query/") && !take_prefix(path, "/api/2.0/")) return Route::kInvalidEndpoint;
    if (path == "engage") return Route::kEngage;
    return std::find(kKnownEndpoints.begin(), kKnownEndpoints.end(), path) == kKnownEndpoints.end()
               ? Route::kInvalidEndpoint
               : Route::kNotEmulated;
}

}  // namespace engage::server
