#pragma once

#include <string>

#include "server/http/body_framing.hpp"

namespace engage::server::http {

/// Copies bytes both ways until both sides have ended, one breaks off, or `stop_event` becomes readable. `from_client`
/// was received already and goes first. Closes `upstream`.
void relay_tunnel(int client, int upstream, int stop_event, std::string from_client);

/// Sends one request and its answer: `head`, the body out of `from_client` and what follows, and nothing behind it, for
/// that may be meant for another host. The answer tells the client that the connection ends with it. Closes `upstream`.
void relay_request(int client, int upstream, int stop_event, std::string head, BodyReader body,
                   std::string from_client);

}  // namespace engage::server::http
