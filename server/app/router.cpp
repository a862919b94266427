#include "server/app/router.hpp"

#include <algorithm>
#include <array>

namespace engage::server::app {

namespace {

struct Endpoint {
    std::string_view path;
    Route route = Route::kNotEmulated;
};

// Below `/api/query/` and `/api/2.0/`, from docs.mixpanel.com/reference, from what clients call and from the paths that
// mixpanel/mixpanel-headless `pacer.py` counts.
constexpr std::array kEndpoints = {
    Endpoint{"annotations"},
    Endpoint{"arb_funnels"},
    Endpoint{"cohorts/list", Route::kCohortList},
    Endpoint{"correlate"},
    Endpoint{"custom-query"},
    Endpoint{"custom_events"},
    Endpoint{"data_definitions"},
    Endpoint{"engage", Route::kEngage},
    Endpoint{"engage/aliases"},
    Endpoint{"engage/properties", Route::kProperties},
    Endpoint{"engage/query"},
    Endpoint{"engage/revenue", Route::kRevenue},
    Endpoint{"engage/stats", Route::kStats},
    Endpoint{"engage/values", Route::kValues},
    Endpoint{"events"},
    Endpoint{"events/names"},
    Endpoint{"events/properties"},
    Endpoint{"events/properties/top"},
    Endpoint{"events/properties/toptypes"},
    Endpoint{"events/properties/values"},
    Endpoint{"events/top"},
    Endpoint{"experiments"},
    Endpoint{"export"},
    Endpoint{"flows"},
    Endpoint{"formulas"},
    Endpoint{"funnels"},
    Endpoint{"funnels/list"},
    Endpoint{"impact"},
    Endpoint{"insights"},
    Endpoint{"integrations"},
    Endpoint{"jql"},
    Endpoint{"metrics"},
    Endpoint{"query"},
    Endpoint{"retention"},
    Endpoint{"retention/addiction"},
    Endpoint{"segmentation"},
    Endpoint{"segmentation/average"},
    Endpoint{"segmentation/numeric"},
    Endpoint{"segmentation/sum"},
    Endpoint{"stream/query", Route::kStream},
    Endpoint{"trends"},
    Endpoint{"workspaces"},
};

// On `api.mixpanel.com` and its like: a client that writes must not take a query's answer for success.
constexpr std::array<std::string_view, 5> kWrites = {"/engage", "/groups", "/import", "/lookup-tables", "/track"};
// What has ids or further words behind it.
constexpr std::array<std::string_view, 6> kFamilies = {"annotations/", "custom_events/", "experiments/",
                                                       "funnels/",     "retention/",     "segmentation/"};

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
    if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    if (!path.starts_with("/api/")) {
        const bool is_write = std::find(kWrites.begin(), kWrites.end(), path) != kWrites.end();
        return is_write ? Route::kNotEmulated : Route::kUnknown;
    }
    if (path.starts_with("/api/app/")) return Route::kApp;
    if (!take_prefix(path, "/api/query/") && !take_prefix(path, "/api/2.0/")) return Route::kInvalidEndpoint;
    const auto known = std::find_if(kEndpoints.begin(), kEndpoints.end(),
                                    [&](const Endpoint& endpoint) { return endpoint.path == path; });
    if (known != kEndpoints.end()) return known->route;
    const bool is_part = std::any_of(kFamilies.begin(), kFamilies.end(),
                                     [&](std::string_view family) { return path.starts_with(family); });
    return is_part ? Route::kNotEmulated : Route::kInvalidEndpoint;
}

}  // namespace engage::server::app
