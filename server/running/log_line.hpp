#pragma once

#include <string>

#include "server/space/exchange.hpp"

namespace engage::server::running {

/// How a request is told.
struct LogForm {
    bool is_json = false;      ///< An object a line, for programs; otherwise text for people.
    bool is_coloured = false;  ///< Text only: for a terminal.
};

/// Whether it is worth a line: what only asks whether the emulator lives is not.
bool is_logged(const space::Exchange& exchange);

/// One line, with its end: when (wall clock, UTC), what was asked in short, and what came of it. Printable ASCII only,
/// whatever the client sent, and of bounded length; names of parameters and headers that carry secrets are not looked
/// at, and userinfo of URLs is hidden.
std::string log_line(const space::Exchange& exchange, LogForm form);

/// The same for what went wrong inside; empty when nothing did.
std::string failure_line(const space::Exchange& exchange, LogForm form);

}  // namespace engage::server::running
