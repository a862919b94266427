#pragma once

#include <string>
#include <string_view>

#include "fixtures/project/project.hpp"
#include "server/http/message.hpp"

namespace engage::server::access {

/// The region that a request asks by its Host: "us", "eu" or "in" (`eu.mixpanel.com`, `api-eu.mixpanel.com`). Empty for
/// hosts that are not Mixpanel's.
std::string_view region_of(const http::HttpRequest& request);

/// Whether the project lives in another region. One that names no cluster lives in all.
bool is_elsewhere(const fixtures::project::Project& project, std::string_view region);

/// As the service names the cluster of a region in a pasted error.
std::string cluster_name(std::string_view region);

}  // namespace engage::server::access
