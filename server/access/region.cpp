#include "server/access/region.hpp"

#include "server/http/authority.hpp"

namespace engage::server::access {

std::string_view region_of(const http::HttpRequest& request) {
    const auto host = http::host_of(request.header("Host"));
    if (!http::is_mixpanel(host)) return {};
    for (const std::string_view region : {"eu", "in"})
        if (host.starts_with(std::string(region) + '.') ||
            host.find('-' + std::string(region) + '.') != std::string::npos)
            return region;
    return "us";
}

bool is_elsewhere(const fixtures::project::Project& project, std::string_view region) {
    return !region.empty() && !project.cluster.empty() && region != project.cluster;
}

std::string cluster_name(std::string_view region) {
    return region == "us" ? "mixpanel-prod-1" : "mixpanel-prod-" + std::string(region);
}

}  // namespace engage::server::access
