#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/fidelity/basis.hpp"
#include "server/http/message.hpp"

namespace engage::server {

/// Everything that a client can cause to go wrong.
enum class ErrorCode : unsigned char {
    kMalformedRequest,
    kBodyIncomplete,
    kTargetTooLong,
    kBodyTooLarge,
    kUnknownPath,
    kInvalidEndpoint,
    kEndpointNotEmulated,
    kParameterNotEmulated,
    kMethodNotAllowed,
    kUnauthorized,
    kPlanWithoutApi,
    kNotAMember,
    kProjectMissing,
    kProjectInvalid,
    kHourlyQuota,
    kConcurrency,
    kLoadShed,
    kBadWhere,
    kLogicalOperand,
    kUndeclaredBehavior,
    kBadBehaviors,
    kTooMuchToCount,
    kBehaviorsAndCohort,
    kBadAsOfTimestamp,
    kWhereNotText,
    kBadDistinctId,
    kBadDistinctIds,
    kBadOutputProperties,
    kBadSearch,
    kBadSortKey,
    kSortKeysTooLong,
    kBadSortOrder,
    kSortOrderWithoutKey,
    kBadLimit,
    kBadPage,
    kBadPageSize,
    kBadIncludeAllUsers,
    kBadCohort,
    kBadCohortFilter,
    kRawSelectorNull,
    kUnknownCohort,
    kCohortNotFound,
    kBadDataGroup,
    kUnknownDataGroup,
    kBadSessionId,
    kPageWithoutSession,
    kUncachedPage,
    kParameterRefused,
    kBadAction,
    kBadSegments,
    kPropertyMissing,
    kBadProperty,
    kDistinctIdsMissing,
    kDateMissing,
    kBadDate,
    kDatesReversed,
    kTooManyDays,
    kBadUnit,
    kAppUnauthorized,
    kAppNotAMember,
    kAppNotFound,
    kAppBadParameter,
    kAppMethodNotAllowed,
    kFidelityStrict,
    kNotReady,
    kBadControlRequest,
    kUnknownControlEndpoint,
    kInternal,
    kCount,
};

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
    std::vector<Header> headers{};  ///< Beside those that every error carries.
};

inline constexpr int kOk = 200;

std::span<const ErrorInfo> all_errors();
const ErrorInfo& info(ErrorCode code);
/// The text that the client reads.
std::string message(const ApiError& error);
/// The whole answer. `target` is echoed as `request`: path and query, as the recordings show.
HttpResponse to_response(const ApiError& error, std::string_view target);

}  // namespace engage::server
