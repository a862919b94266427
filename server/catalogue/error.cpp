#include "server/catalogue/error.hpp"

#include <cassert>

#include "server/catalogue/complete_table.hpp"

namespace engage::server::catalogue {

namespace {

using enum Basis;
using enum Envelope;

constexpr std::string_view kNone = "no public evidence";
constexpr std::string_view kParamStyle =
    "text in the style \"Error in <param>: <reason>\" that live logs of sibling endpoints show";
constexpr std::string_view kPacer = "mixpanel/mixpanel-headless `tests/unit/test_pacer.py` (\"a real Query API 429\")";

constexpr ErrorInfo kErrors[] = {
    {ErrorCode::kMalformedRequest, "malformed-request", 400, "Malformed HTTP request", kErrorOnly, kAssumed, kNone},
    {ErrorCode::kBodyIncomplete, "body-incomplete", 400, "The request body ended early", kRequestAndError, kAssumed,
     kNone},
    {ErrorCode::kTargetTooLong, "target-too-long", 414, "Request-URI Too Large: at most {} bytes are read", kErrorOnly,
     kAssumed, kNone},
    {ErrorCode::kBodyTooLarge, "body-too-large", 413, "Request Entity Too Large: at most {} bytes are read",
     kRequestAndError, kAssumed, kNone},
    {ErrorCode::kTransferCoding, "transfer-coding", 501, "Error in Transfer-Encoding: expected chunked, found {}",
     kRequestAndError, kAssumed, "the status: RFC 9112, 6.1"},
    {ErrorCode::kContentCoding, "content-coding", 415, "Error in Content-Encoding: expected gzip, found {}",
     kRequestAndError, kAssumed, "the status: RFC 9110, 8.4"},
    {ErrorCode::kBrokenGzip, "broken-gzip", 400,
     "Error in Content-Encoding: the request body is damaged or no whole gzip data", kRequestAndError, kAssumed, kNone},
    {ErrorCode::kForeignHost, "foreign-host", 403,
     "engage-emulator answers for mixpanel.com only and did not contact {}; --proxy-allow HOST lets a host through",
     kErrorOnly, kOwn, "the proxy port"},
    {ErrorCode::kUnreachableHost, "unreachable-host", 502, "engage-emulator cannot reach {}", kErrorOnly, kOwn,
     "the proxy port"},
    {ErrorCode::kNotForProxy, "not-for-proxy", 400,
     "This port is a proxy: name it in HTTPS_PROXY and HTTP_PROXY and ask for mixpanel.com", kErrorOnly, kOwn,
     "the proxy port"},
    {ErrorCode::kUnknownPath, "unknown-path", 404, "Not found: {}", kErrorOnly, kOwn,
     "outside /api and /__admin nothing is imitated"},
    {ErrorCode::kInvalidEndpoint, "invalid-endpoint", 400, "Invalid API endpoint", kRequestAndError, kReported,
     "public security test log of 2026-05-30, `/api/2.0/webhooks`"},
    {ErrorCode::kEndpointNotEmulated, "endpoint-not-emulated", 501, "engage-emulator does not emulate the endpoint {}",
     kRequestAndError, kOwn, ""},
    {ErrorCode::kParameterNotEmulated, "parameter-not-emulated", 501,
     "engage-emulator does not emulate the parameter {}", kRequestAndError, kOwn, ""},
    {ErrorCode::kMethodNotAllowed, "method-not-allowed", 405, "Method not allowed: {}", kRequestAndError, kAssumed,
     kNone},
    {ErrorCode::kUnauthorized, "unauthorized", 401, "Unable to authenticate request", kRequestAndError, kAssumed,
     "text recorded on the export host (NangoHQ/integration-templates); status from the documentation"},
    {ErrorCode::kPlanWithoutApi, "plan-without-api", 402,
     "Your plan does not allow API calls. Upgrade at mixpanel.com/pricing", kErrorOnly, kReported,
     "singer-io/tap-mixpanel #12 and later pastes"},
    {ErrorCode::kNotAMember, "not-a-member", 403, "User is not a member of this project", kRequestAndError, kRecorded,
     "NangoHQ/integration-templates, recording of 2026-07-03"},
    {ErrorCode::kBadSignature, "bad-signature", 400, "invalid parameter: sig", kRequestAndError, kReported,
     "keolo/mixpanel_client #52 (of the export)"},
    {ErrorCode::kSignatureExpired, "signature-expired", 400, "invalid parameter: expire", kRequestAndError, kAssumed,
     "in the style of the text for `sig`"},
    {ErrorCode::kWrongRegion, "wrong-region", 400, "request failed with error: invalid project id for cluster {}",
     kRequestAndError, kReported, "dragonkhoi/mixpanel-mcp #5 (the pasted text breaks off behind \"cluster\")"},
    {ErrorCode::kProjectMissing, "project-missing", 400,
     "Error in project_id: required when a service account authenticates the request", kRequestAndError, kAssumed,
     "the requirement: docs.mixpanel.com/reference/engage-query"},
    {ErrorCode::kProjectInvalid, "project-invalid", 400, "Error in project_id: expected an integer, found {}",
     kRequestAndError, kAssumed, kParamStyle},
    {ErrorCode::kHourlyQuota, "hourly-quota", 429,
     "Query rate limit exceeded for project_id: {}. This request exceeded the rate limit ({}/{} queries running in the "
     "last hour). For more "
     "information, please consult our documentation at "
     "https://help.mixpanel.com/hc/en-us/articles/115004602563-Rate-Limits-for-Export-API-Endpoints",
     kRequestAndError, kReported, kPacer},
    {ErrorCode::kConcurrency, "concurrency", 429,
     "Query rate limit exceeded for project_id: {}. This request exceeded the concurrency limit ({}/{} queries running "
     "concurrently).",
     kErrorOnly, kReported, kPacer},
    {ErrorCode::kLoadShed, "load-shed", 429,
     "Query rate limit exceeded for project_id: {} For more information, please consult our documentation", kErrorOnly,
     kReported, kPacer},
    {ErrorCode::kBadWhere, "bad-where", 400, "Error in {}", kRequestAndError, kAssumed, kParamStyle},
    {ErrorCode::kLogicalOperand, "logical-operand", 400, "Error in {}: {}", kRequestAndError, kAssumed,
     "that it is an error: docs.mixpanel.com/reference/segmentation-expressions"},
    {ErrorCode::kUndeclaredBehavior, "undeclared-behavior", 400, "Error in {}: behaviors[\"{}\"] {}", kRequestAndError,
     kAssumed, kNone},
    {ErrorCode::kBadBehaviors, "bad-behaviors", 400, "Error in behaviors: {}", kRequestAndError, kAssumed, kParamStyle},
    {ErrorCode::kTooMuchToCount, "too-much-to-count", 400, "Error in {}: too much to count: {}", kRequestAndError, kOwn,
     "protects the emulator"},
    {ErrorCode::kBehaviorsAndCohort, "behaviors-and-cohort", 400,
     "behaviors and filter_by_cohort are mutually exclusive", kRequestAndError, kAssumed,
     "the exclusion: docs.mixpanel.com/reference/engage-query, parameter `behaviors`"},
    {ErrorCode::kBadAsOfTimestamp, "bad-as-of-timestamp", 400,
     "Error in as_of_timestamp: expected Unix seconds from 0 to 253402300799, found {}", kRequestAndError, kAssumed,
     kParamStyle},
    {ErrorCode::kWhereNotText, "where-not-text", 400, "Error in {}: expected a string, found {}", kRequestAndError,
     kAssumed, kParamStyle},
    {ErrorCode::kWhereAndSelector, "where-and-selector", 400,
     "Error in selector: where is given as well, and both are names of the one filter", kRequestAndError, kAssumed,
     kNone},
    {ErrorCode::kBadDistinctId, "bad-distinct-id", 400, "Error in distinct_id: expected a string, found {}",
     kRequestAndError, kAssumed, kParamStyle},
    {ErrorCode::kBadDistinctIds, "bad-distinct-ids", 400,
     "Error in distinct_ids: expected a JSON array of strings, found {}", kRequestAndError, kAssumed, kParamStyle},
    {ErrorCode::kBadOutputProperties, "bad-output-properties", 400,
     "Error in output_properties: expected a JSON array of strings, found {}", kRequestAndError, kAssumed, kParamStyle},
    {ErrorCode::kBadSearch, "bad-search", 400, "Error in search: expected a string, found {}", kRequestAndError,
     kAssumed, kParamStyle},
    {ErrorCode::kBadSortKey, "bad-sort-key", 400, "Error in sort_key: {}", kRequestAndError, kAssumed,
     "that a name without properties[…] is a 400: jaredmcfarland/mixpanel_data, commit f9c7190 (live); the text is "
     "ours"},
    {ErrorCode::kSortKeysTooLong, "sort-keys-too-long", 400,
     "Error in sort_key: the texts that it computes for all profiles take more than 256 MiB", kRequestAndError, kOwn,
     ""},
    {ErrorCode::kBadSortOrder, "bad-sort-order", 400, "Error in sort_order: expected ascending or descending, found {}",
     kRequestAndError, kAssumed, kParamStyle},
    {ErrorCode::kSortOrderWithoutKey, "sort-order-without-key", 400, "Error in sort_order: there is no sort_key",
     kRequestAndError, kAssumed,
     "jaredmcfarland/mixpanel_data sends it beside `sort_key`; what the service says without is not public"},
    {ErrorCode::kBadLimit, "bad-limit", 400, "Error in limit: expected an integer from 1, found {}", kRequestAndError,
     kAssumed, kParamStyle},
    {ErrorCode::kBadCallback, "bad-callback", 400, "Error in callback: expected the name of a function, found {}",
     kRequestAndError, kAssumed, kParamStyle},
    {ErrorCode::kBadPage, "bad-page", 400, "Error in page: expected an integer from 0, found {}", kRequestAndError,
     kAssumed, kParamStyle},
    {ErrorCode::kBadPageSize, "bad-page-size", 400,
     "Error in page_size: expected an integer from 1 to 100000, found {}", kRequestAndError, kAssumed, kParamStyle},
    {ErrorCode::kBadIncludeAllUsers, "bad-include-all-users", 400,
     "Error in include_all_users: expected true or false, found {}", kRequestAndError, kAssumed, kParamStyle},
    {ErrorCode::kBadCohort, "bad-cohort", 400, "Invalid parameter: filter_by_cohort", kRequestAndError, kReported,
     "jaredmcfarland/mixpanel_data, commit b077874 (live)"},
    {ErrorCode::kBadCohortFilter, "bad-cohort-filter", 400, "Error in filter_by_cohort: {}", kRequestAndError, kAssumed,
     kParamStyle},
    {ErrorCode::kRawSelectorNull, "raw-selector-null", 400,
     "Error in filter_by_cohort: /raw_cohort: a selector that is null crashes the Mixpanel API; leave the key of an "
     "event "
     "selector out, or send an empty object",
     kRequestAndError, kAssumed,
     "that it is an error: jaredmcfarland/mixpanel_data, commit 0831cab (live); the status it gives is not public"},
    {ErrorCode::kUnknownCohort, "unknown-cohort", 400, "invalid cohort id: {}", kRequestAndError, kAssumed, kNone},
    {ErrorCode::kCohortNotFound, "cohort-not-found", 404, "cohort not found: {}", kRequestAndError, kAssumed,
     "the status: mixpanel/sheets `dataExport.js` (\"the cohort could not be found\")"},
    {ErrorCode::kBadDataGroup, "bad-data-group", 400, "Error in data_group_id: expected a 64-bit integer, found {}",
     kRequestAndError, kAssumed, kParamStyle},
    {ErrorCode::kUnknownDataGroup, "unknown-data-group", 400, "invalid data_group_id: {}", kRequestAndError, kAssumed,
     kNone},
    {ErrorCode::kBadSessionId, "bad-session-id", 400, "Error in session_id: expected a string, found {}",
     kRequestAndError, kAssumed, kParamStyle},
    {ErrorCode::kPageWithoutSession, "page-without-session", 400, "Error in session_id: required when page is above 0",
     kRequestAndError, kAssumed, "the requirement: docs.mixpanel.com/reference/engage-query, parameter `page`"},
    {ErrorCode::kUncachedPage, "uncached-page", 400, "request for page in uncached query for params", kRequestAndError,
     kAssumed,
     "the text, for behaviors without it: docs.mixpanel.com/reference/engage-query, parameter `as_of_timestamp`; the "
     "status and the use for sessions are our reading"},
    {ErrorCode::kParameterRefused, "parameter-refused", 400, "Error in {}: {} does not take it{}", kRequestAndError,
     kAssumed,
     "that engage/stats refuses behaviors and as_of_timestamp and filters with selector: jaredmcfarland/mixpanel_data, "
     "commits df48a90 and f9c7190 (live)"},
    {ErrorCode::kBadAction, "bad-action", 400, "Error in action: {}", kRequestAndError, kAssumed, kParamStyle},
    {ErrorCode::kBadSegments, "bad-segments", 400,
     "Error in segment_by_cohorts: expected a JSON object of 1 to 20 cohort ids, each true or false, found {}",
     kRequestAndError, kAssumed, kParamStyle},
    {ErrorCode::kPropertyMissing, "property-missing", 400, "Error in property: required", kRequestAndError, kAssumed,
     kParamStyle},
    {ErrorCode::kBadProperty, "bad-property", 400, "Error in property: expected a string, found {}", kRequestAndError,
     kAssumed, kParamStyle},
    {ErrorCode::kDistinctIdsMissing, "distinct-ids-missing", 400,
     "Error in distinct_ids: required, a JSON array of strings", kRequestAndError, kAssumed,
     "the requirement: docs.mixpanel.com/reference/activity-stream-query"},
    {ErrorCode::kDateMissing, "date-missing", 400, "Error in {}: required, a day such as 2026-09-01", kRequestAndError,
     kAssumed, "the requirement: docs.mixpanel.com/reference/activity-stream-query"},
    {ErrorCode::kBadDate, "bad-date", 400, "Error in {}: expected a day such as 2026-09-01, found {}", kRequestAndError,
     kAssumed, kParamStyle},
    {ErrorCode::kDatesReversed, "dates-reversed", 400,
     "Error in to_date: expected a day that is not before from_date, found {}", kRequestAndError, kAssumed,
     kParamStyle},
    {ErrorCode::kTooManyDays, "too-many-days", 400, "Error in to_date: expected at most {} days, found {}",
     kRequestAndError, kAssumed, kNone},
    {ErrorCode::kBadUnit, "bad-unit", 400, "Error in unit: expected day, found {}", kRequestAndError, kAssumed,
     kParamStyle},
    {ErrorCode::kAppUnauthorized, "app-unauthorized", 401, "Unable to authenticate request", kErrorAndStatus, kAssumed,
     "the envelope: NangoHQ/integration-templates, recordings of the App API of 2026-07-03"},
    {ErrorCode::kAppNotAMember, "app-not-a-member", 403, "User {} is not a member of project {}.", kErrorAndStatus,
     kRecorded, "NangoHQ/integration-templates, recording of `/api/app/projects/N/schemas`, 2026-07-03"},
    {ErrorCode::kAppNotFound, "app-not-found", 404, "Not found: {}", kErrorAndStatus, kReported,
     "public security test log of 2026-05-30"},
    {ErrorCode::kAppBadParameter, "app-bad-parameter", 400, "Error in {}: expected {}, found {}", kErrorAndStatus,
     kAssumed, kParamStyle},
    {ErrorCode::kAppMethodNotAllowed, "app-method-not-allowed", 405, "Method not allowed: {}", kErrorAndStatus,
     kAssumed, kNone},
    {ErrorCode::kFidelityStrict, "fidelity-strict", 501,
     "fidelity.strict: the answer would rest on assumed behaviours: {}", kRequestAndError, kOwn, ""},
    {ErrorCode::kNotReady, "not-ready", 503, "engage-emulator is still loading its fixtures", kErrorOnly, kOwn, ""},
    {ErrorCode::kForeignOrigin, "foreign-origin", 403, "A page of {} may not steer the emulator", kErrorOnly, kOwn, ""},
    {ErrorCode::kForeignControlHost, "foreign-control-host", 403,
     "The emulator is steered under the name of this machine or of mixpanel.com only, found {}", kErrorOnly, kOwn, ""},
    {ErrorCode::kControlToken, "control-token", 401,
     "Expected the header Authorization: Bearer with the token of --control-token", kErrorOnly, kOwn, ""},
    {ErrorCode::kBadControlRequest, "bad-control-request", 400, "{}", kErrorOnly, kOwn, ""},
    {ErrorCode::kUnknownControlEndpoint, "unknown-control-endpoint", 404, "No control endpoint {}: expected one of {}",
     kErrorOnly, kOwn, ""},
    {ErrorCode::kInternal, "internal", 500, "An unknown error occurred.", kErrorOnly, kReported,
     "body pasted by users of the query API"},
};

static_assert(is_complete_table(kErrors, &ErrorInfo::code), "one row per ErrorCode, in order");

}  // namespace

std::span<const ErrorInfo> all_errors() { return kErrors; }

const ErrorInfo& info(ErrorCode code) { return kErrors[static_cast<std::size_t>(code)]; }

std::string message(const ApiError& error) {
    std::string text(info(error.code).text);
    std::size_t from = 0;
    for (const auto& detail : error.details) {
        const auto hole = text.find("{}", from);
        assert(hole != std::string::npos);
        text.replace(hole, 2, detail);
        from = hole + detail.size();
    }
    return text;
}

}  // namespace engage::server::catalogue
