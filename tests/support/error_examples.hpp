#pragma once

#include <optional>

#include "server/catalogue/error.hpp"
#include "server/http/message.hpp"

namespace engage::test {

/// An answer that shows a row of the catalogue; nothing for the one that only a bug can show.
std::optional<server::http::HttpResponse> show(const server::catalogue::ErrorInfo& row);

}  // namespace engage::test
