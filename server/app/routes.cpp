#include "server/app/routes.hpp"

#include <algorithm>

#include "server/app_api/app_api.hpp"
#include "server/query/endpoints/cohort_list.hpp"
#include "server/query/endpoints/engage_endpoint.hpp"
#include "server/query/endpoints/properties_endpoint.hpp"
#include "server/query/endpoints/query_pipeline.hpp"
#include "server/query/endpoints/revenue_endpoint.hpp"
#include "server/query/endpoints/stats_endpoint.hpp"
#include "server/query/endpoints/stream_endpoint.hpp"
#include "server/query/endpoints/values_endpoint.hpp"

namespace engage::server::app {

namespace {

namespace endpoints = query::endpoints;
using enum Area;

constexpr std::string_view kReads = "GET, POST";

template <endpoints::Answer kAnswer, bool kHasSessions = false>
http::HttpResponse query(const Handled& handled) {
    return endpoints::run(handled.call, kAnswer, kHasSessions);
}

http::HttpResponse app_api_answer(const Handled& handled) { return app_api::answer(handled.call); }

http::HttpResponse control_answer(const Handled& handled) { return control::answer(handled.call, handled.emulator); }

http::HttpResponse plain(std::string_view text) {
    return {.status = catalogue::kOk,
            .headers = {{"Content-Type", "text/plain"}, {"Cache-Control", "no-store"}},
            .body = std::string(text)};
}

http::HttpResponse live(const Handled&) { return plain("ok\n"); }

http::HttpResponse ready(const Handled&) { return plain("ready\n"); }

// clang-format off
constexpr Route kRoutes[] = {
    {kQuery, "engage", kReads, query<endpoints::engage, /*has_sessions=*/true>, "profiles, page by page"},
    {kQuery, "engage/properties", kReads, query<endpoints::properties>, "names, types and counts of properties"},
    {kQuery, "engage/revenue", kReads, query<endpoints::revenue>, "what profiles paid, day by day"},
    {kQuery, "engage/stats", kReads, query<endpoints::stats>, "figures over the selected profiles"},
    {kQuery, "engage/values", kReads, query<endpoints::values>, "the most frequent values of a property"},
    {kQuery, "cohorts/list", kReads, query<endpoints::cohort_list>, "the saved cohorts"},
    {kQuery, "stream/query", kReads, query<endpoints::stream>, "events of some users on some days"},
    {kAppApi, "", {}, app_api_answer, "accounts, projects, cohorts and data groups"},
    {kEmulator, "/livez", {}, live, "200 as long as the process answers", /*needs_projects=*/false},
    {kEmulator, "/readyz", {}, ready, "200 once the fixtures are loaded"},
    {kEmulator, "/__admin/", {}, control_answer, "the control plane"},

    // What follows answers 501. From docs.mixpanel.com/reference, from what clients call and from the paths that
    // mixpanel/mixpanel-headless `pacer.py` counts.
    {kQuery, "annotations"},
    {kQuery, "arb_funnels"},
    {kQuery, "correlate"},
    {kQuery, "custom-query"},
    {kQuery, "custom_events"},
    {kQuery, "data_definitions"},
    {kQuery, "engage/aliases"},
    {kQuery, "engage/analytics"},
    {kQuery, "engage/query"},
    {kQuery, "events"},
    {kQuery, "events/names"},
    {kQuery, "events/properties"},
    {kQuery, "events/properties/top"},
    {kQuery, "events/properties/toptypes"},
    {kQuery, "events/properties/values"},
    {kQuery, "events/top"},
    {kQuery, "experiments"},
    {kQuery, "export"},
    {kQuery, "flows"},
    {kQuery, "formulas"},
    {kQuery, "funnels"},
    {kQuery, "funnels/list"},
    {kQuery, "impact"},
    {kQuery, "insights"},
    {kQuery, "integrations"},
    {kQuery, "jql"},
    {kQuery, "metrics"},
    {kQuery, "nessie/schemas"},
    {kQuery, "query"},
    {kQuery, "retention"},
    {kQuery, "retention/addiction"},
    {kQuery, "segmentation"},
    {kQuery, "segmentation/average"},
    {kQuery, "segmentation/numeric"},
    {kQuery, "segmentation/sum"},
    {kQuery, "stream/bulk"},
    {kQuery, "trends"},
    {kQuery, "workspaces"},
    {kQuery, "annotations/"},
    {kQuery, "custom_events/"},
    {kQuery, "experiments/"},
    {kQuery, "funnels/"},
    {kQuery, "nessie/pipeline/"},
    {kQuery, "nessie/schemas/"},
    {kQuery, "retention/"},
    {kQuery, "segmentation/"},
    // A client that writes must not take a query's answer for success.
    {kIngestion, "/engage"},
    {kIngestion, "/groups"},
    {kIngestion, "/import"},
    {kIngestion, "/lookup-tables/"},
    {kIngestion, "/track"},
    // What the SDKs ask the same hosts for, and where tokens come from.
    {kIngestion, "/decide"},
    {kIngestion, "/flags/"},
    {kIngestion, "/oauth/"},
    {kIngestion, "/record"},
};
// clang-format on

bool take_prefix(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

/// The area that a path lies in; what remains of it is what its routes say.
Area area_of(std::string_view& path) {
    if (path == "/__admin" || path.starts_with("/__admin/") || path == "/livez" || path == "/readyz") return kEmulator;
    if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    if (take_prefix(path, "/api/query/") || take_prefix(path, "/api/2.0/")) return kQuery;
    return take_prefix(path, "/api/app/") ? kAppApi : kIngestion;
}

bool leads_to(const Route& route, Area area, std::string_view path) {
    if (route.area != area) return false;
    if (!route.path.empty() && !route.path.ends_with('/')) return route.path == path;
    return path.starts_with(route.path) || path == route.path.substr(0, route.path.size() - 1);
}

std::string_view prefix_of(Area area) {
    if (area == kQuery) return "/api/query/";
    return area == kAppApi ? "/api/app/" : "";
}

}  // namespace

std::span<const Route> all_routes() { return kRoutes; }

const Route* find_route(std::string_view path) {
    const auto area = area_of(path);
    const auto found = std::find_if(std::begin(kRoutes), std::end(kRoutes),
                                    [&](const Route& route) { return leads_to(route, area, path); });
    return found == std::end(kRoutes) ? nullptr : found;
}

bool takes(const Route& route, std::string_view method) {
    const auto wanted = method == "HEAD" ? std::string_view("GET") : method;
    const auto taken = http::list_items(route.methods);
    return route.methods.empty() || std::find(taken.begin(), taken.end(), wanted) != taken.end();
}

std::string routes_markdown() {
    std::string text = "| endpoint | methods | answers |\n|---|---|---|\n";
    for (const auto& route : kRoutes) {
        if (route.handler == nullptr) continue;
        const std::string_view below = route.path.empty() || route.path.ends_with('/') ? "…" : "";
        text += "| `" + std::string(prefix_of(route.area)) + std::string(route.path) + std::string(below) + "` | " +
                std::string(!route.methods.empty() ? route.methods
                            : below.empty()        ? "any"
                                                   : "see below") +
                " | " + std::string(route.help) + " |\n";
    }
    return text;
}

}  // namespace engage::server::app
