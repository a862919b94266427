#include "server/http/probe.hpp"

#include <httplib.h>

#include "server/error.hpp"

namespace engage::server {

ProbeOutcome probe_ready(const std::string& host, int port) {
    constexpr time_t kPatienceSeconds = 2;
    httplib::Client client(host, port);
    client.set_connection_timeout(kPatienceSeconds);
    client.set_read_timeout(kPatienceSeconds);
    const auto result = client.Get("/readyz");
    if (!result) return {false, httplib::to_string(result.error())};
    if (result->status != kOk) return {false, "it answers " + std::to_string(result->status)};
    return {true, {}};
}

}  // namespace engage::server
