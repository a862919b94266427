#include "server/fidelity/ledger.hpp"

#include "server/fidelity/complete_table.hpp"

namespace engage::server {

namespace {

using enum Basis;

constexpr std::string_view kNone = "no public evidence";
constexpr std::string_view kReference = "docs.mixpanel.com/reference/engage-query";
constexpr std::string_view kPacer = "mixpanel/mixpanel-headless `_internal/pacer.py` and its tests";
constexpr std::string_view kBuilders = "mixpanel/mixpanel-headless `_internal/query/user_builders.py`";
constexpr std::string_view kQueryUserDesign = "jaredmcfarland/mixpanel_data `context/query-user-design.md`";
constexpr std::string_view kRecordings =
    "recordings of the endpoint: NangoHQ/integration-templates 2026-07-03, grouparoo/grouparoo 2021-09-23";

constexpr BehaviourInfo kBehaviours[] = {
    {Behaviour::kPaths, "paths",
     "`/api/query/…` and `/api/2.0/…` lead to the same endpoints, with and without a trailing slash", kReported,
     "jaredmcfarland/mixpanel_data, commit 30abcf1 (live); clients post to both"},
    {Behaviour::kMethods, "methods", "GET answers like POST", kReported,
     "public security test log of 2026-05-30; singer-io/tap-mixpanel, mixpanel/mixpanel-utils"},
    {Behaviour::kParameterMerge, "parameter-merge",
     "URL and body parameters are merged and the body wins; a body is JSON if it can be read so, a form otherwise, "
     "whatever its Content-Type",
     kReported, kPacer},
    {Behaviour::kEmptyIsAbsent, "empty-is-absent", "an empty parameter counts as absent", kImplied,
     "ploner/RMixpanel sends `where=`, ak--47/mixpanel-import `session_id=`"},
    {Behaviour::kUnknownParameters, "unknown-parameters", "unknown parameters are ignored", kImplied,
     "mixpanel/mixpanel-headless sends `query_origin`, mixpanel-query-py `format`"},
    {Behaviour::kSelectorAlias, "selector-alias", "`selector` is the old name of `where`", kReported,
     "mixpanel/mixpanel-utils README"},
    {Behaviour::kServiceAccount, "service-account", "Basic authentication with a service account needs `project_id`",
     kDocumented, kReference},
    {Behaviour::kProjectSecret, "project-secret",
     "Basic authentication with the project secret as user name and no password", kDocumented, kReference},
    {Behaviour::kSecretWithoutColon, "secret-without-colon", "the project secret without a colon is accepted", kImplied,
     "singer-io/tap-mixpanel sends it"},
    {Behaviour::kSecretDoubled, "secret-doubled", "the project secret as user name and password is accepted", kImplied,
     "ploner/RMixpanel sends it"},
    {Behaviour::kForbiddenProject, "forbidden-project", "a project that the credentials do not belong to is 403",
     kRecorded, "NangoHQ/integration-templates, recording of 2026-07-03"},
    {Behaviour::kUnknownProject, "unknown-project", "an unknown project answers like a foreign one", kAssumed, kNone},
    {Behaviour::kSecretWithProject, "secret-with-project",
     "a project secret may come with its own `project_id`; with another one it is 403", kAssumed,
     "the export host was reported to answer 400"},
    {Behaviour::kChallenge, "challenge", "401 carries the `WWW-Authenticate` of the recorded 403", kAssumed, kNone},
    {Behaviour::kCheckOrder, "check-order",
     "authentication comes before the limits and these before the parameters: 401, 402 and 429 are not counted, a "
     "query that then fails is",
     kReported, kPacer},
    {Behaviour::kRefusedNotCounted, "refused-not-counted", "403 and the errors of `project_id` are not counted",
     kAssumed, kNone},
    {Behaviour::kLimitOrder, "limit-order",
     "the hour is checked before the concurrent queries, these before the second", kAssumed, kNone},
    {Behaviour::kConcurrencyHeaders, "concurrency-headers",
     "the concurrency 429 carries `RateLimit-Policy` and `Retry-After: 10`", kAssumed,
     "the recorded header says `t=10`"},
    {Behaviour::kHead, "head", "HEAD is a counted query like GET", kAssumed, kNone},
    {Behaviour::kIgnoredParameters, "ignored-parameters", "`as_of_timestamp` without behaviors changes nothing",
     kDocumented, kReference},
    {Behaviour::kWorkspace, "workspace", "`workspace_id` is accepted and changes nothing", kAssumed,
     "docs.mixpanel.com/reference/engage-query has the parameter; mixpanel/sheets sends it"},
    {Behaviour::kHourlyWindow, "hourly-window", "60 counted queries per project in any rolling 3,600 seconds",
     kReported, kPacer},
    {Behaviour::kConcurrencyLimit, "concurrency-limit", "5 queries of a project run at a time", kDocumented,
     kReference},
    {Behaviour::kPerSecondLimit, "per-second-limit", "an optional limit per second answers with the load-shed 429",
     kAssumed, kNone},
    {Behaviour::kResponseShape, "response-shape",
     "keys `results`, `page`, `session_id`, `page_size`, `total`, `status`, `computed_at` in this order", kRecorded,
     kRecordings},
    {Behaviour::kSessionIdForm, "session-id-form",
     "`session_id` is the query's start in Unix milliseconds, a hyphen and 32 hexadecimal digits", kRecorded,
     kRecordings},
    {Behaviour::kComputedAt, "computed-at", "`computed_at` is ISO 8601 with six digits and `+00:00`", kRecorded,
     kRecordings},
    {Behaviour::kResponseHeaders, "response-headers",
     "headers of the recordings, except `transfer-encoding: chunked` (the length is sent) and `permissions-policy` "
     "(its value is not public)",
     kRecorded, kRecordings},
    {Behaviour::kRequestEcho, "request-echo", "`request` of an error is the raw path and query, also for POST",
     kRecorded,
     "NangoHQ/integration-templates, 403 of 2026-07-03; airbytehq/airbyte #7439 (a newer paste of a 429 shows a full "
     "URL)"},
    {Behaviour::kRowShape, "row-shape",
     "a row is `$distinct_id` (a string) and `$properties`, keys in byte order with `$last_seen` last", kRecorded,
     kRecordings},
    {Behaviour::kNumericDistinctId, "numeric-distinct-id", "a numeric `$distinct_id` of a fixture is sent as a string",
     kRecorded, "147 of 147 recorded rows; the reference page shows an integer"},
    {Behaviour::kCanonicalIds, "canonical-ids",
     "of the ids of one user only the canonical one comes out: of profiles, of events, of cohorts (ids are linked as "
     "Original ID Merge does; `$device_id` and `$user_id` on one event, which Simplified ID Merge links, link nothing)",
     kDocumented, "docs.mixpanel.com/docs/export-methods; docs.mixpanel.com/docs/tracking-methods/id-management"},
    {Behaviour::kSortKey, "sort-key",
     "`sort_key` is an expression, `properties[\"$last_seen\"]`; `sort_order` is `ascending` or `descending`",
     kReported, "jaredmcfarland/mixpanel_data, commit f9c7190 (live)"},
    {Behaviour::kSortTypes, "sort-types",
     "sorted: numbers, booleans, texts (without regard to letter case), datetimes, lists and objects; profiles whose "
     "key "
     "is undefined or null come last in both directions; equal keys keep the order that they have without `sort_key`",
     kAssumed, kNone},
    {Behaviour::kSearch, "search",
     "`search` keeps profiles with that text in `$distinct_id`, `$email` or one of the `output_properties`", kReported,
     kQueryUserDesign},
    {Behaviour::kSearchTexts, "search-texts",
     "`search` pays no regard to letter case; a value that is no text is searched as `string()` writes it; all other "
     "filters have to hold as well",
     kAssumed, kNone},
    {Behaviour::kLimit, "limit", "`limit` caps all pages of a result together, and `total` with them", kReported,
     "jaredmcfarland/mixpanel_data, commit d0e66b5 (live); singer-io/tap-mixpanel #15 and #24 lost records when they "
     "took it for a page size"},
    {Behaviour::kTotal, "total", "`total` is the number of all matching profiles", kReported,
     "jaredmcfarland/mixpanel_data, commit d0e66b5 (live)"},
    {Behaviour::kPageSize, "page-size", "1,000 rows a page unless `page_size` says otherwise", kDocumented, kReference},
    {Behaviour::kLargestPage, "largest-page", "a `page_size` above 100,000 is refused", kAssumed,
     "no maximum is documented; airbytehq/airbyte users ask for 40,000"},
    {Behaviour::kPastTheEnd, "past-the-end", "a page past the end is 200 with empty `results`", kImplied,
     "the loop of docs.mixpanel.com/reference/engage-query asks for it when the last page is full"},
    {Behaviour::kSessionAlways, "session-always", "`session_id` is always present: total 0, last page, past the end",
     kRecorded,
     "NangoHQ/integration-templates for total 0; otherwise reported by jaredmcfarland/mixpanel_data, commit f9c7190"},
    {Behaviour::kPagesInAnyOrder, "pages-in-any-order",
     "pages of a session may be fetched in any order, again, and concurrently", kImplied,
     "mixpanel/mixpanel-utils fetches 20 at a time"},
    {Behaviour::kSnapshot, "snapshot", "a session answers from the profiles and the time of its page 0", kAssumed,
     "suggested by the cached-query error of docs.mixpanel.com/reference/engage-query"},
    {Behaviour::kSessionOfProject, "session-of-project",
     "a session belongs to its project, whoever of its members asks", kAssumed, kNone},
    {Behaviour::kPageZeroWithSession, "page-zero-with-session",
     "page 0 with a session that cannot answer runs the query again under a new session", kAssumed, kNone},
    {Behaviour::kDistinctIds, "distinct-ids",
     "`distinct_id` and `distinct_ids` select profiles; unknown ids are dropped; the order of the ids does not matter",
     kRecorded, kRecordings},
    {Behaviour::kDistinctIdForms, "distinct-id-forms",
     "`distinct_id` and `distinct_ids` add up, and a number stands for its digits", kAssumed, kNone},
    {Behaviour::kDistinctIdsAndWhere, "distinct-ids-and-where", "`distinct_id(s)` and `where` both have to hold",
     kAssumed, kNone},
    {Behaviour::kOutputProperties, "output-properties",
     "`output_properties` picks properties; `$distinct_id` always stays", kDocumented, kReference},
    {Behaviour::kDistinctIdProperty, "distinct-id-property", "`properties[\"$distinct_id\"]` is the profile's id",
     kAssumed, "documented as a reserved profile property; no recording"},
    {Behaviour::kBehaviors, "behaviors",
     "`behaviors[\"name\"]` is how many events of the window fit one of the event selectors, 0 without any", kReported,
     "mixpanel/mixpanel-utils example; jaredmcfarland/mixpanel_data docs compare with `== 0`"},
    {Behaviour::kBehaviorWindow, "behavior-window",
     "a window of N days holds the moments after T - N days up to T, the time of the query", kAssumed, kNone},
    {Behaviour::kBehaviorExtensions, "behavior-extensions",
     "windows in hours, weeks and months of 30 days, `from_date` with `to_date` (days of the project), `$any_event`, "
     "selectors as JSON objects, and an array of behaviors in a cohort",
     kAssumed, "the forms of saved cohorts and of JQL"},
    {Behaviour::kBehaviorMeasures, "behavior-measures",
     "a saved behavior may be the total, average, min, max or median of a property's numbers, or how many different "
     "values it has; without any numbers the middle four are undefined",
     kAssumed, "the words: mixpanel/mixpanel-headless `types.py`, CohortCriteria"},
    {Behaviour::kReportFilters, "report-filters",
     "an event selector may hold a filter of reports; what it makes of a value that does not fit is what the operators "
     "of expressions make of it",
     kAssumed, "the words: mixpanel/mixpanel-headless `_internal/bookmark_enums.py`"},
    {Behaviour::kEventSelectors, "event-selectors",
     "event selectors are alternatives; their expressions read the event (`event[…]`, `properties[…]`) and the profile "
     "of who did it (`user[…]`)",
     kImplied, "docs.mixpanel.com/docs/reports/jql, where the same objects select events; clients send `event[…]`"},
    {Behaviour::kAsOfTimestamp, "as-of-timestamp",
     "`as_of_timestamp` is the time of the query for behaviors, in the frame that the project's events have", kImplied,
     "mixpanel/mixpanel-utils adds the project's offset to the time that it sends"},
    {Behaviour::kBehaviorsOfGroups, "behaviors-of-groups",
     "an event counts for the groups that its property of the group key names, alone or in a list", kImplied,
     "docs.mixpanel.com/docs/data-structure/group-analytics, for how events name groups"},
    {Behaviour::kCohortById, "cohort-by-id", "`filter_by_cohort={\"id\":N}` keeps the cohort's members", kDocumented,
     kReference},
    {Behaviour::kCohortSelector, "cohort-selector",
     "a cohort may be defined by the expression tree of saved cohorts; docs/expression-trees.md marks what is assumed",
     kReported,
     "mixpanel/mixpanel-headless `types.py`; mixpanel/mixpanel-js `property-filters.js`; mixpanel/mixpanel-android and "
     "mixpanel/mixpanel-iphone `SelectorEvaluator`"},
    {Behaviour::kCohortBehaviors, "cohort-behaviors",
     "the behaviors of a saved cohort are counted, summed and so on when it is queried; who fits by events alone is a "
     "member without a profile",
     kReported,
     "mixpanel/mixpanel-headless `types.py`; docs.mixpanel.com/docs/users/cohorts (evaluated at query time); the "
     "members without a profile: docs.mixpanel.com/reference/engage-query, parameter `include_all_users`"},
    {Behaviour::kCohortReferences, "cohort-references",
     "a cohort may be defined by the members of other cohorts, `in` or `not in` them", kReported,
     "mixpanel/mixpanel-headless `types.py`, CohortCriteria"},
    {Behaviour::kRawCohort, "raw-cohort",
     "`filter_by_cohort={\"raw_cohort\":{…}}` keeps the members of a cohort that is defined in the query", kReported,
     "mixpanel/mixpanel-headless `workspace.py` (`query_user`); jaredmcfarland/mixpanel_data, commit 0831cab (live)"},
    {Behaviour::kCohortAndWhere, "cohort-and-where", "`filter_by_cohort` and `where` both have to hold", kReported,
     "jaredmcfarland/mixpanel_data, live test L4.03"},
    {Behaviour::kCohortAndDistinctIds, "cohort-and-distinct-ids",
     "`filter_by_cohort` and `distinct_id(s)` both have to hold", kAssumed, kNone},
    {Behaviour::kIncludeAllUsers, "include-all-users",
     "members without a profile are included unless `include_all_users` is false", kDocumented, kReference},
    {Behaviour::kBooleanForms, "boolean-forms", "`include_all_users` may be `True`, `FALSE`, `1` or `0`", kImplied,
     "Python clients send `False`"},
    {Behaviour::kMemberWithoutProfile, "member-without-profile",
     "for a member without a profile every property is undefined; `total` counts it", kAssumed, kNone},
    {Behaviour::kGroupRows, "group-rows", "`data_group_id` selects group profiles; their rows look like users' rows",
     kImplied, "mixpanel/mixpanel-utils reads `$distinct_id` of group rows"},
    {Behaviour::kCohortOfOtherGroup, "cohort-of-other-group", "a cohort of another data group has no members here",
     kAssumed, kNone},
    {Behaviour::kCohortList, "cohort-list",
     "`cohorts/list` answers a bare array; its objects have `id`, `project_id`, `name`, `description`, `data_group_id` "
     "(null "
     "or a string), `count`, `is_visible` (0 or 1) and `created` in this order",
     kReported,
     "airbytehq/airbyte source-mixpanel `integration_tests/expected_records.jsonl` (from a live project); "
     "docs.mixpanel.com/reference/cohorts-list"},
    {Behaviour::kCohortCount, "cohort-count",
     "a cohort's `count` is that of the fixture, or else how many members it has now, those without a profile included",
     kAssumed,
     "on the real service it may be older: docs.mixpanel.com/docs/users/cohorts says that cohorts are dynamic"},
    {Behaviour::kAppCohorts, "app-cohorts",
     "`/api/app/projects/{id}/cohorts` and `/api/app/workspaces/{id}/cohorts` list cohorts, `…/cohorts/{id}` shows "
     "one; "
     "`is_visible` is a boolean there; what fixtures do not know is null, false or empty",
     kReported,
     "mixpanel/mixpanel-headless `types.py` (Cohort) and `api_client.py`; mixpanel/terraform-provider-mixpanel"},
    {Behaviour::kPropertiesShape, "properties-shape",
     "`engage/properties` answers `results`, an object of `{\"count\",\"type\"}` by property name, and `status`",
     kReported, "airbytehq/airbyte source-mixpanel `engage.py`; singer-io/tap-mixpanel `test_discover.py`"},
    {Behaviour::kPropertiesOrder, "properties-order",
     "properties that most profiles have come first, then by name; at most 2,000 unless `limit` says otherwise",
     kAssumed, "singer-io/tap-mixpanel asks for 2,000"},
    {Behaviour::kPropertyTypes, "property-types",
     "a property has the type of most of its values; null is no value; a text that is a date with its time is a "
     "datetime",
     kAssumed, "the six types: airbytehq/airbyte source-mixpanel `engage.py`"},
    {Behaviour::kStatsShape, "stats-shape",
     "`engage/stats` answers `results`, `status` and `computed_at`; `results` is a number for `count()`, "
     "`{\"max\",\"min\"}` for `extremes`, `{\"percentile\",\"result\"}` for `percentile` and "
     "`{\"count\",\"mean\",\"var\",\"sum_of_squares\"}` for `numeric_summary`",
     kReported, "jaredmcfarland/mixpanel_data, commits 30abcf1 and f9c7190 (live)"},
    {Behaviour::kStatsNumbers, "stats-numbers",
     "`engage/stats` looks at values that are numbers and writes results as floats; of no numbers they are null",
     kAssumed, "examples of floats: jaredmcfarland/mixpanel_data `test_workspace_query_user_aggregate.py`"},
    {Behaviour::kStatsPercentile, "stats-percentile", "a percentile between two values is interpolated linearly",
     kAssumed, kNone},
    {Behaviour::kStatsVariance, "stats-variance", "`var` is the variance of the whole population", kAssumed, kNone},
    {Behaviour::kStatsSegments, "stats-segments",
     "`segment_by_cohorts` answers by cohort, under the keys of the request; a cohort that is false is left out",
     kAssumed, "the parameter: jaredmcfarland/mixpanel_data `api_client.py`"},
    {Behaviour::kRevenueShape, "revenue-shape",
     "`engage/revenue` answers `computed_at`, `results`, `session_id` and `status`; `results` has `$overall` and each "
     "day, with `amount` (a float), `count` (of all profiles) and `paid_count`",
     kReported, "airbytehq/airbyte source-mixpanel `revenue.py` and `expected_records.jsonl`"},
    {Behaviour::kRevenueDays, "revenue-days",
     "days are those of the project's time zone; `paid_count` is the number of profiles with an item of "
     "`$transactions` on the day",
     kAssumed, "`$transactions` is what Mixpanel's SDKs write for a charge"},
    {Behaviour::kValuesShape, "values-shape",
     "`engage/values` answers the values as texts, at most 255 unless `limit` says otherwise", kImplied,
     "code of Mixpanel's own reports sorts `results` as texts (`TopPeoplePropertyValuesQuery`)"},
    {Behaviour::kValuesOrder, "values-order",
     "values that most profiles have come first, then by their bytes; a list stands for its items", kAssumed, kNone},
    {Behaviour::kStreamShape, "stream-shape",
     "`stream/query` answers `{\"status\",\"results\":{\"events\"}}`, each event with `event` and `properties`",
     kDocumented, "docs.mixpanel.com/reference/activity-stream-query"},
    {Behaviour::kStreamIds, "stream-ids", "`stream/query` finds a user by any of the user's ids", kAssumed,
     "that the ids of a cluster are one user: docs.mixpanel.com/docs/tracking-methods/id-management"},
    {Behaviour::kStreamDays, "stream-days",
     "`from_date` and `to_date` are days of the project's calendar, both included; the oldest event comes first",
     kAssumed, "that both are required: docs.mixpanel.com/reference/activity-stream-query"},
    {Behaviour::kMe, "me", "`/api/app/me` answers the keys of the recording in their order", kRecorded,
     "NangoHQ/integration-templates, recording of `/api/app/me`, 2026-07-03"},
    {Behaviour::kMembership, "membership",
     "projects and workspaces of a member have the keys that clients read; the organization is made up", kReported,
     "jaredmcfarland/mixpanel_data `_internal/me.py` and its design notes on `/me`"},
    {Behaviour::kDataGroupList, "data-group-list",
     "`/api/app/projects/N/data-groups` lists `property_name`, `display_name` and `data_group_id`", kImplied,
     "ak--47/mixpanel-import reads them; mixpanel/terraform-provider-mixpanel"},
    {Behaviour::kWhereExtensions, "where-extensions",
     "`=`, list literals, `[…]` indexes, quotes of the other kind, `undefined`, `null`, `event[…]`, `boolean`, "
     "`floor`, `round`, `ceil`, `string` with a second argument, `*`, `/`, `%`, `not in` and words in capitals are "
     "accepted",
     kAssumed,
     "in the expression reference or sent by clients; mixpanel/mixpanel-headless lists a smaller grammar for this "
     "endpoint"},
    {Behaviour::kWhereFormulas, "where-formulas",
     "under `where.grammar` A and L the functions of custom property formulas mean what their page says; docs/where.md "
     "marks what it leaves open",
     kDocumented, "docs.mixpanel.com/docs/features/custom-properties (the endpoint itself refuses them)"},
    {Behaviour::kWhereSemantics, "where-semantics",
     "operators and casts mean what the expression reference and Mixpanel's SDK evaluators say", kReported,
     "docs.mixpanel.com/reference/segmentation-expressions; mixpanel/mixpanel-js `property-filters.js`; "
     "ak--47/dungeon-master `lib/verify/coerce.js`"},
    {Behaviour::kDatetimeZone, "datetime-zone",
     "`datetime(\"…\")` is read in the project's time zone, in whole seconds", kReported, kBuilders},
};

static_assert(is_complete_table(kBehaviours, &BehaviourInfo::behaviour), "one row per Behaviour, in order");

}  // namespace

std::span<const BehaviourInfo> all_behaviours() { return kBehaviours; }

const BehaviourInfo& info(Behaviour behaviour) { return kBehaviours[static_cast<std::size_t>(behaviour)]; }

}  // namespace engage::server
