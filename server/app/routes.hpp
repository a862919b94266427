#pragma once

#include <span>
#include <string_view>

#include "server/control/control_endpoint.hpp"
#include "server/http/message.hpp"
#include "server/space/exchange.hpp"

namespace engage::server::app {

/// Whose path it is, which decides what stands before it and which methods everybody takes.
enum class Area : unsigned char {
    kQuery,      ///< Below `/api/query/` and `/api/2.0/`; a trailing slash does not matter.
    kAppApi,     ///< Below `/api/app/`
    kIngestion,  ///< Where clients write, on `api.mixpanel.com` and its like: whole paths.
    kEmulator    ///< The emulator's own: whole paths.
};

/// What a handler may use beside the call.
struct Handled {
    const space::Call& call;
    const control::Emulator& emulator;
};

using Handler = http::HttpResponse (*)(const Handled& handled);

/// One endpoint: a row of the one table that the router, the methods and docs/http-api.md are made of.
struct Route {
    Area area;
    std::string_view path;       ///< Ends in '/': and whatever lies below.
    std::string_view methods{};  ///< "GET, POST"; empty: the handler decides.
    Handler handler = nullptr;   ///< Null: Mixpanel has it and the emulator has not.
    std::string_view help{};     ///< For the docs, one phrase.
    bool needs_projects = true;  ///< Answers 503 until there are any.
};

/// In the order of docs/http-api.md.
std::span<const Route> all_routes();

/// The endpoint of a path, which has no query; null when there is none.
const Route* find_route(std::string_view path);

/// Whether a request of that method is for the handler. OPTIONS is not: see `endpoints::preflight`.
bool takes(const Route& route, std::string_view method);

/// The table of emulated endpoints in docs/http-api.md.
std::string routes_markdown();

}  // namespace engage::server::app
