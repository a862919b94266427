#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/catalogue/basis.hpp"
#include "server/catalogue/error_code.hpp"
#include "server/catalogue/header.hpp"

namespace engage::server::catalogue {

/// Which JSON keys an error body has.
enum class Envelope : unsigned char {
    kRequestAndError,  ///< `{"request": "…", "error": "…"}`
    kErrorOnly,        ///< `{"error": "…"}`
    kErrorAndStatus,   ///< `{"error":"…","status":"error"}`, of the App API.
};

/// A row of the catalogue: the only place where an ErrorCode meets a status and a text.
struct ErrorInfo {
    ErrorCode code;
    std::string_view name;  ///< Stable name for docs and headers, e.g. "bad-where".
    int status;
    std::string_view text;  ///< Each `{}` stands for one detail of the error.
    Envelope envelope;
    Basis basis;  ///< Of status and text together: the weaker one.
    std::string_view source;
};

/// One refusal. `details` fill the `{}` of the row's text in order.
struct ApiError {
    ErrorCode code = ErrorCode::kInternal;
    std::vector<std::string> details{};
    std::vector<Header> headers{};       ///< Beside those that every error carries.
    std::optional<Envelope> envelope{};  ///< In place of the row's: where it is met decides.
};

inline constexpr int kOk = 200;

std::span<const ErrorInfo> all_errors();
const ErrorInfo& info(ErrorCode code);
/// The text that the client reads.
std::string message(const ApiError& error);
}  // namespace engage::server::catalogue
