#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/access/authentication.hpp"
#include "server/space/exchange.hpp"

namespace engage::server::app_api {

/// A request to the App API by somebody who is known. Holds references only.
struct AppRequest {
    const http::HttpRequest& http;
    std::vector<std::string_view> path;  ///< Below `/api/app`, part by part.
    const http::Parameters& parameters;
    const access::Account& account;
    const space::Snapshots& served;
    time::TimePoint now;
    catalogue::Readings& readings;
};

/// `/api/app/…`: what clients ask to log in and to find cohorts. It takes no quota, and its errors have an envelope of
/// their own.
http::HttpResponse answer(const space::Call& call);

}  // namespace engage::server::app_api
