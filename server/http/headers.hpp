#pragma once

#include <vector>

#include "server/catalogue/error.hpp"
#include "server/catalogue/header.hpp"

namespace engage::server::http {

/// What a 200 of the query API carries whoever asks; `Query-Ids` and what depends on the request come to it. Basis:
/// recorded (NangoHQ/integration-templates 2026-07-03, without what its proxy added; grouparoo/grouparoo 2021-09-23,
/// with tracing headers that the newer one lacks). `Transfer-Encoding: chunked` is left out because the length is
/// known.
std::vector<catalogue::Header> query_headers();

/// The same of the App API. Its recordings have cookies and a `Content-Security-Policy` beside these, which are for the
/// web pages of the service.
std::vector<catalogue::Header> app_headers();

/// Those of the answer to OPTIONS, by which a browser asks whether it may send the request itself.
std::vector<catalogue::Header> preflight_headers();

/// The headers of one row of the error catalogue: fewer than a 200 has, as the recorded refusals show. `envelope` says
/// which API refuses.
std::vector<catalogue::Header> error_headers(const catalogue::ErrorInfo& row, catalogue::Envelope envelope);

/// Whether the emulator speaks of itself: pages of other origins may not read it.
bool is_of_emulator(const catalogue::ErrorInfo& row);

/// The headers of the emulator's own endpoints.
std::vector<catalogue::Header> control_headers();

}  // namespace engage::server::http
