#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/access/authentication.hpp"
#include "server/catalogue/settings.hpp"
#include "server/space/served_projects.hpp"

namespace engage::server::app_api {

/// A request to the App API by somebody who is known. Holds references only.
struct AppRequest {
    const http::HttpRequest& http;
    std::vector<std::string_view> path;  ///< Below `/api/app`, part by part.
    const http::Parameters& parameters;
    const access::Account& account;
    const space::ServedProjects& served;
    time::TimePoint now;
    catalogue::Readings& readings;
};

/// `/api/app/…`: what clients ask to log in and to find cohorts. It takes no quota, and its errors have an envelope of
/// their own. Holds references only: the App owns everything.
struct AppApi {
    const access::Authentication& authentication;
    const space::ServedProjects& projects;
    const catalogue::Settings& settings;
    const time::Clock& clock;

    http::HttpResponse operator()(const http::HttpRequest& request) const;

private:
    Expected<http::HttpResponse, catalogue::ApiError> answer(const http::HttpRequest& request,
                                                             catalogue::Readings& readings) const;
};

}  // namespace engage::server::app_api
