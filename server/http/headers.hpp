#pragma once

#include <vector>

#include "server/catalogue/error.hpp"
#include "server/catalogue/header.hpp"

namespace engage::server::http {

/// The headers that every answer of the query API carries, beside `Date`, `X-Server-Elapsed` and `Query-Ids`, which
/// change. Basis: recorded (NangoHQ/integration-templates 2026-07-03, whose proxy added others of its own; grouparoo
/// 2021-09-23, with tracing headers that the newer one lacks). `transfer-encoding: chunked` is left out because the
/// length is known.
std::vector<catalogue::Header> api_headers();

/// Those of the answer to OPTIONS, by which a browser asks whether it may send the request itself.
std::vector<catalogue::Header> preflight_headers();

/// The headers of one row of the error catalogue.
std::vector<catalogue::Header> error_headers(const catalogue::ErrorInfo& row);

/// The headers of the emulator's own endpoints.
std::vector<catalogue::Header> control_headers();

}  // namespace engage::server::http
