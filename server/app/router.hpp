#pragma once

#include <string>
#include <string_view>

namespace engage::server::app {

/// What a path leads to.
enum class Route : unsigned char {
    kEngage,
    kCohortList,  ///< `cohorts/list`
    kProperties,
    kStats,
    kRevenue,
    kValues,
    kStream,
    kApp,              ///< `/api/app/…`
    kControl,          ///< `/__admin/…`
    kLive,             ///< `/livez`
    kReady,            ///< `/readyz`
    kNotEmulated,      ///< An endpoint that Mixpanel has and the emulator has not.
    kInvalidEndpoint,  ///< Under `/api`, and Mixpanel has no such endpoint.
    kUnknown,
};

/// `path` without its query. A trailing slash does not matter under `/api`.
Route route(std::string_view path);

}  // namespace engage::server::app
