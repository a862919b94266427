#include "server/control/control_endpoint.hpp"

#include "server/access/basic_credentials.hpp"
#include "server/catalogue/errors/emulator.hpp"
#include "server/control/commands.hpp"
#include "server/http/authority.hpp"
#include "server/http/error_response.hpp"
#include "server/http/headers.hpp"

namespace engage::server::control {

namespace {

// A page in a browser can send requests to this machine: directly, which its Origin tells, or under a name of its own
// that leads here (DNS rebinding), which the Host tells.
Expected<void, catalogue::ApiError> admit(const http::HttpRequest& request, const std::string& control_token) {
    const auto is_page_of_ours = [](std::string_view origin) {
        const auto scheme = origin.find("://");
        return scheme != std::string_view::npos && http::is_ours(http::host_of(origin.substr(scheme + 3)));
    };
    for (const auto origin : request.all("Origin"))
        if (!is_page_of_ours(origin))
            return unexpected(catalogue::ApiError{catalogue::errors::kForeignOrigin, {std::string(origin)}});
    if (!control_token.empty()) {
        if (access::equal_secret("Bearer " + control_token, request.header("Authorization"))) return {};
        return unexpected(catalogue::ApiError{catalogue::errors::kControlToken});
    }
    for (const auto host : request.all("Host"))
        if (!host.empty() && !http::is_ours(http::host_of(host)))
            return unexpected(catalogue::ApiError{catalogue::errors::kForeignControlHost, {std::string(host)}});
    return {};
}

std::string listed_commands() {
    std::string list;
    for (const auto& command : all_commands())
        list += (list.empty() ? "" : ", ") + std::string(command.method) + " /__admin/" + std::string(command.path);
    return list;
}

bool is_meant(const Command& command, std::string_view method, std::string_view path) {
    const bool is_read = command.method == "GET" && (method == "GET" || method == "HEAD");
    const bool is_write = command.method == "POST" && (method == "POST" || method == "PUT");
    return command.path == path && (is_read || is_write);
}

Expected<const Command*, catalogue::ApiError> find_command(const http::HttpRequest& request) {
    constexpr std::string_view kPrefix = "/__admin/";
    auto path = request.path();
    path.remove_prefix(std::min(kPrefix.size(), path.size()));
    for (const auto& command : all_commands())
        if (is_meant(command, request.method, path)) return &command;
    return unexpected(catalogue::ApiError{catalogue::errors::kUnknownControlEndpoint,
                                          {request.method + " " + std::string(request.path()), listed_commands()}});
}

Expected<http::HttpResponse, catalogue::ApiError> run(const Request& request) {
    const auto command = find_command(request.call.http);
    if (!command) return unexpected(command.error());
    auto body = (*command)->run(request);
    if (!body) return unexpected(std::move(body.error()));
    http::HttpResponse response{.status = catalogue::kOk, .headers = http::control_headers(), .body = std::move(*body)};
    for (auto& [name, value] : response.headers)
        if (name == "Content-Type") value = (*command)->content_type;
    return response;
}

}  // namespace

http::HttpResponse answer(const space::Call& call, const Emulator& emulator) {
    auto response = admit(call.http, call.space.settings.control_token).and_then([&] {
        return run({.call = call, .emulator = emulator});
    });
    if (!response) return space::refuse(call, response.error());
    return std::move(*response);
}

}  // namespace engage::server::control
