#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/access/authentication.hpp"
#include "server/query/served_projects.hpp"
#include "server/settings.hpp"

namespace engage::server {

/// A request to the App API by somebody who is known. Holds references only.
struct AppRequest {
    const HttpRequest& http;
    std::vector<std::string_view> path;  ///< Below `/api/app`, part by part.
    const Parameters& parameters;
    const Account& account;
    const ServedProjects& served;
    TimePoint now;
    const Switches& switches;
    Evidence& evidence;
};

/// `/api/app/…`: what clients ask to log in and to find cohorts. It takes no quota, and its errors have an envelope of
/// their own. Holds references only: the App owns everything.
struct AppApi {
    const Authentication& authentication;
    const ServedProjects& projects;
    const Settings& settings;
    const Clock& clock;

    HttpResponse operator()(const HttpRequest& request) const;

private:
    Expected<HttpResponse, ApiError> answer(const HttpRequest& request, Evidence& evidence) const;
};

}  // namespace engage::server
