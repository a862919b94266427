#include "server/http/probe.hpp"

#include <httplib.h>

#include "server/catalogue/error.hpp"

namespace engage::server::http {

namespace {

void be_patient(httplib::Client& client) {
    constexpr time_t kPatienceSeconds = 2;
    client.set_connection_timeout(kPatienceSeconds);
    client.set_read_timeout(kPatienceSeconds);
}

/// Why there is no answer, for a person who may not have started an emulator yet.
std::string failure_of(const httplib::Result& result) {
    if (result.error() == httplib::Error::Connection) return "nothing answers there; `engage-emulator serve` starts it";
    return httplib::to_string(result.error());
}

}  // namespace

ProbeOutcome probe_ready(const std::string& host, int port) {
    httplib::Client client(host, port);
    be_patient(client);
    const auto result = client.Get("/readyz");
    if (!result) return {false, failure_of(result)};
    if (result->status != catalogue::kOk) return {false, "it answers " + std::to_string(result->status)};
    return {true, {}};
}

Expected<std::string, std::string> fetch(const std::string& host, int port, const std::string& target,
                                         const std::string& control_token) {
    httplib::Client client(host, port);
    be_patient(client);
    if (!control_token.empty()) client.set_bearer_token_auth(control_token.c_str());
    const auto result = client.Get(target.c_str());
    if (!result) return unexpected(failure_of(result));
    if (result->status != catalogue::kOk)
        return unexpected("it answers " + std::to_string(result->status) + ": " + result->body);
    return result->body;
}

}  // namespace engage::server::http
