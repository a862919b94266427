#pragma once

#include <span>
#include <string>
#include <string_view>

#include "expr/expected.hpp"
#include "server/catalogue/error.hpp"
#include "server/control/control_endpoint.hpp"

namespace engage::server::control {

/// A control command that was let in. Holds references only.
struct Request {
    const space::Call& call;
    const Emulator& emulator;
};

/// One command: a row of the table that the dispatch, the list in the 404 and docs/http-api.md are made of.
struct Command {
    std::string_view method;  ///< "GET", which HEAD is as well, or "POST", which PUT is as well.
    std::string_view path;    ///< Below `/__admin/`.
    /// The body of the 200.
    Expected<std::string, catalogue::ApiError> (*run)(const Request& request);
    std::string_view help;  ///< For the docs, in Markdown.
    std::string_view content_type = "application/json";
};

/// In the order of the docs.
std::span<const Command> all_commands();

/// The table of commands in docs/http-api.md.
std::string commands_markdown();

}  // namespace engage::server::control
