#pragma once

#include <string>

#include "server/app/app.hpp"
#include "server/http/transport.hpp"

namespace engage::test {

/// A query of the project that `ServedApp` serves.
inline constexpr auto kTarget = "/api/query/engage?project_id=7";

/// Settings of the wire tests: the clock stands at 2026-07-01T00:00:00Z, ids come from a seed, everybody is let in,
/// nothing is limited.
server::catalogue::Settings open_settings();

/// NDJSON of three profiles: `ada` (plan "pro", note "a=b&c=d"), `bob` (plan "free") and `zoe`, whose name is not
/// ASCII.
std::string three_profiles();

/// NDJSON of so many profiles of about `bytes` each.
std::string large_profiles(std::size_t count, std::size_t bytes);

struct ServedOptions {
    server::catalogue::Settings settings = open_settings();
    server::http::TransportLimits limits{};
    std::string profiles = three_profiles();
    server::http::TransportKind kind{};
};

/// An App with one small project, project_id 7, behind a Transport on a free port of 127.0.0.1, for as long as it
/// lives.
class ServedApp {
public:
    explicit ServedApp(ServedOptions options = {});
    int port() const { return port_; }

private:
    const std::string profiles_;  ///< The project refers to this text.
    server::app::App app_;
    server::http::Transport transport_;
    int port_ = 0;
};

}  // namespace engage::test
