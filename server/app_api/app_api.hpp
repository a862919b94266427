#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/access/authentication.hpp"
#include "server/catalogue/settings.hpp"
#include "server/space/served_projects.hpp"

namespace engage::server {

/// A request to the App API by somebody who is known. Holds references only.
struct AppRequest {
    const HttpRequest& http;
    std::vector<std::string_view> path;  ///< Below `/api/app`, part by part.
    const Parameters& parameters;
    const Account& account;
    const space::ServedProjects& served;
    time::TimePoint now;
    const catalogue::Switches& switches;
    catalogue::Evidence& evidence;
};

/// `/api/app/…`: what clients ask to log in and to find cohorts. It takes no quota, and its errors have an envelope of
/// their own. Holds references only: the App owns everything.
struct AppApi {
    const Authentication& authentication;
    const space::ServedProjects& projects;
    const catalogue::Settings& settings;
    const time::Clock& clock;

    HttpResponse operator()(const HttpRequest& request) const;

private:
    Expected<HttpResponse, catalogue::ApiError> answer(const HttpRequest& request, catalogue::Evidence& evidence) const;
};

}  // namespace engage::server
