#pragma once

#include <string>
#include <string_view>

namespace engage::server {

/// What a path leads to.
enum class Route : unsigned char {
    kEngage,
    kControl,          ///< `/__admin/…`
    kLive,             ///< `/livez`
    kReady,            ///< `/readyz`
    kNotEmulated,      ///< An endpoint that Mixpanel has and the emulator has not.
    kInvalidEndpoint,  ///< Under `/api`, and Mixpanel has no such endpoint.
    kUnknown,
};

/// `path` without its query. A trailing slash does not matter under `/api`.
Route route(std::string_view path);

/// The largest request target and body that are read, in bytes.
inline constexpr std::size_t kMaxTarget = 1024 * 1024;
inline constexpr std::size_t kMaxBody = 32 * 1024 * 1024;

}  // namespace engage::server
