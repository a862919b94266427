#include "server/catalogue/switches.hpp"

#include <cassert>
#include <charconv>

#include "server/catalogue/complete_table.hpp"

namespace engage::server::catalogue {

namespace {

using enum Basis;

constexpr std::string_view kPacer =
    "mixpanel/mixpanel-headless `_internal/pacer.py` and its tests (\"the rules mirror the server\")";
constexpr std::string_view kNoEvidence = "no public evidence";
constexpr std::string_view kCacheKey =
    "docs.mixpanel.com/reference/engage-query: \"request for page in uncached query for params\" and \"using the same "
    "where "
    "param\" suggest a cache that is keyed by session and parameters";
constexpr std::string_view kNumber = "<seconds>";

constexpr SwitchValue kSessionMissing[] = {
    {"error", "400, as the reference page requires a `session_id`", kDocumented,
     "docs.mixpanel.com/reference/engage-query, parameter `page` (the requirement; status and text are assumed)"},
    {"recompute", "the query runs again and its page is cut out", kImplied,
     "Openpanel-dev/openpanel importer and heliohq/anycli page without a session"},
};
constexpr SwitchValue kSessionUnknown[] = {
    {"error", "400 `request for page in uncached query for params`", kAssumed, kCacheKey},
    {"recompute", "the query runs again and its page is cut out", kAssumed, kNoEvidence},
};
constexpr SwitchValue kSessionChanged[] = {
    {"error", "400 `request for page in uncached query for params`", kAssumed, kCacheKey},
    {"ignore", "the session's own query answers", kAssumed, kNoEvidence},
    {"recompute", "the new query runs and its page is cut out", kAssumed, kNoEvidence},
};
constexpr SwitchValue kSessionExpiry[] = {
    {"sliding", "each use starts the time again", kImplied,
     "airbytehq/airbyte source-mixpanel slept 60 s between pages for hours and no session error is reported (PR "
     "#41976)"},
    {"fixed", "the time runs from page 0", kAssumed, kNoEvidence},
};
constexpr SwitchValue kSessionTtl[] = {{kNumber, "life of a session", kAssumed, kNoEvidence}};
constexpr SwitchValue kPageTotals[] = {
    {"always", "`total` and `page_size` on every page", kReported,
     "docs.mixpanel.com/reference/engage-query (its loop reads `page_size` of each page); mixpanel/sheets; "
     "NangoHQ/integration-templates"},
    {"first", "only on page 0", kReported,
     "stpe/mixpanel-engage-query (2016); airbytehq/airbyte source-mixpanel (\"exist only on first page\")"},
};
constexpr std::string_view kNoOrder =
    "recordings of the endpoint (NangoHQ/integration-templates, grouparoo/grouparoo) show no order and none that lasts "
    "from one session to the next; jaredmcfarland/mixpanel_data says so in its live test L1.02";
constexpr SwitchValue kRowOrder[] = {
    {"fixtures", "always the order of the fixtures, one of those that the real service may choose", kRecorded,
     kNoOrder},
    {"shuffled", "each session has an order of its own, the same on all its pages", kRecorded, kNoOrder},
};
constexpr SwitchValue kSortOrderDefault[] = {
    {"descending", "descending", kAssumed,
     "what jaredmcfarland/mixpanel_data sends beside `sort_key` unless told otherwise"},
    {"ascending", "ascending", kAssumed, kNoEvidence},
};
constexpr SwitchValue kQuotaPages[] = {
    {"free", "requests with a `session_id` do not count against the hour", kReported, kPacer},
    {"counted", "every page counts", kReported, "jaredmcfarland/mixpanel_data `context/query-user-design.md`"},
};
constexpr SwitchValue kConcurrencyPages[] = {
    {"on", "requests with a `session_id` take a concurrency slot", kAssumed, kNoEvidence},
    {"off", "they do not", kAssumed, kNoEvidence},
};
constexpr SwitchValue kRetryAfter[] = {
    {"window", "`Retry-After` and `t` are the whole window, 3600", kReported, kPacer},
    {"remaining", "they are the seconds until a query is admitted again", kAssumed, kNoEvidence},
};
constexpr SwitchValue kLastSeen[] = {
    {"always", "`output_properties` keeps `$last_seen` though it is not named", kReported,
     "jaredmcfarland/mixpanel_data `context/query-user-design.md`; Mixpanel support's people export script"},
    {"exact", "only the named properties", kDocumented,
     "docs.mixpanel.com/reference/engage-query, parameter `output_properties`"},
};
constexpr SwitchValue kAlias[] = {
    {"unresolved", "`distinct_id` finds a profile by its canonical id only", kDocumented,
     "docs.mixpanel.com/docs/tracking-methods/id-management/identifying-users-original (any id of a cluster for "
     "ingestion, the canonical one in queries and exports)"},
    {"resolved", "an alias finds the profile of its canonical id", kAssumed, kNoEvidence},
};
constexpr SwitchValue kProfileless[] = {
    {"empty", "`{\"$distinct_id\":\"x\",\"$properties\":{}}`", kImplied,
     "airbytehq/airbyte reads `$properties` of every row of a cohort query"},
    {"omit", "`{\"$distinct_id\":\"x\"}`", kImplied,
     "singer-io/tap-mixpanel and NangoHQ/integration-templates tolerate rows without `$properties`"},
};
constexpr SwitchValue kCohortUnknown[] = {
    {"error", "400 `invalid cohort id: N`", kAssumed, kNoEvidence},
    {"not-found", "404", kImplied, "mixpanel/sheets `dataExport.js` maps 404 to \"the cohort could not be found\""},
    {"empty", "200 without results", kAssumed, "the live test of jaredmcfarland/mixpanel_data accepts either"},
};
constexpr SwitchValue kRawSelectorNull[] = {
    {"error", "400", kAssumed,
     "jaredmcfarland/mixpanel_data, commit 0831cab (live): it \"crashes\"; neither status nor text is public"},
    {"all", "a null selector is no condition", kAssumed, kNoEvidence},
};
constexpr SwitchValue kGroupUnknown[] = {
    {"error", "400", kAssumed, kNoEvidence},
    {"empty", "200 without results", kAssumed, kNoEvidence},
};
constexpr SwitchValue kBehaviorsUndeclared[] = {
    {"error", "400", kAssumed, kNoEvidence},
    {"zero", "no event counts", kAssumed, kNoEvidence},
};
constexpr SwitchValue kBehaviorsPage[] = {
    {"error", "400 `request for page in uncached query for params`", kDocumented,
     "docs.mixpanel.com/reference/engage-query, parameter `as_of_timestamp` (the text; the status is assumed)"},
    {"session", "the session, as for any query", kAssumed, kNoEvidence},
};
constexpr std::string_view kReferencePage = "docs.mixpanel.com/reference/segmentation-expressions";
constexpr std::string_view kSdkEvaluators =
    "mixpanel/mixpanel-js `property-filters.js`, mixpanel/mixpanel-android and mixpanel/mixpanel-iphone "
    "`SelectorEvaluator`";
constexpr SwitchValue kGrammar[] = {
    {"E", "the documented operators and the forms that clients send", kImplied,
     "docs.mixpanel.com/reference/segmentation-expressions; mixpanel/mixpanel-utils sends `boolean()`"},
    {"H", "only what Mixpanel's own client lists", kReported,
     "mixpanel/mixpanel-headless `_internal/query/user_builders.py`"},
    {"A", "with the functions of custom property formulas", kDocumented,
     "docs.mixpanel.com/docs/features/custom-properties (for formulas; not for this endpoint)"},
    {"L", "with what other languages write: `&&`, `||`, `!`, `contains`, `NOW-604800`", kReported,
     "third-party clients send them; no answer of the service is public"},
};
constexpr SwitchValue kModSign[] = {
    {"dividend", "`-7 % 3` is -1", kDocumented, kReferencePage},
    {"divisor", "`-7 % 3` is 2", kReported, kSdkEvaluators},
};
constexpr SwitchValue kNumberOfBadString[] = {
    {"undefined", "`number(\"abc\")` is undefined", kDocumented, kReferencePage},
    {"zero", "`number(\"abc\")` is 0", kReported, kSdkEvaluators},
};
constexpr SwitchValue kBooleanOfFalseText[] = {
    {"false", "`boolean(\"false\")` is false, as a condition, too", kDocumented,
     "docs.mixpanel.com/docs/data-structure/property-reference/data-type"},
    {"true", "`boolean(\"false\")` is true, like every text that is not empty", kReported, kSdkEvaluators},
};
constexpr SwitchValue kStringOfUndefined[] = {
    {"undefined", "`string(undefined)` is undefined", kDocumented, kReferencePage},
    {"text", "`string(undefined)` is \"undefined\"", kReported,
     "Mixpanel's people delete sample of 2013 to 2016 compares with \"undefined\""},
};
constexpr SwitchValue kNotNull[] = {
    {"true", "`not null` is true", kReported, kSdkEvaluators},
    {"undefined", "`not null` is undefined", kDocumented,
     "docs.mixpanel.com/reference/segmentation-expressions, read literally"},
};
constexpr SwitchValue kNullEqualsUndefined[] = {
    {"false", "`null == undefined` is false", kReported, "ak--47/dungeon-master cites the server's `value.c`"},
    {"true", "`null == undefined` is true", kReported, kSdkEvaluators},
};
constexpr SwitchValue kLogicalOperands[] = {
    {"coerce", "`and` and `or` take every value by its truth", kReported, kSdkEvaluators},
    {"refuse", "400 when an operand is neither a boolean nor undefined", kDocumented,
     "docs.mixpanel.com/reference/segmentation-expressions (\"any other types will result in an error\")"},
};
constexpr SwitchValue kCompression[] = {
    {"off", "answers are not compressed", kOwn, "a page would be 30 to 100 times dearer to serve"},
    {"gzip", "gzip for clients that accept it", kImplied,
     "the recorded `Vary: Accept-Encoding` (NangoHQ/integration-templates, grouparoo/grouparoo)"},
};
constexpr SwitchValue kFraming[] = {
    {"length", "answers announce their `Content-Length`", kOwn, "a page is finished before it is sent"},
    {"chunked", "`Transfer-Encoding: chunked`", kRecorded,
     "NangoHQ/integration-templates 2026-07-03, grouparoo/grouparoo 2021-09-23"},
};
constexpr SwitchValue kBearer[] = {
    {"off", "a token is a 401: a fixture has no OAuth server", kOwn, ""},
    {"on", "the tokens of the project's `oauth_tokens` are let in", kRecorded,
     "NangoHQ/integration-templates (`www-authenticate: … Bearer realm=\"mixpanel-api\"`); mixpanel/mixpanel-headless"},
};
constexpr SwitchValue kRegion[] = {
    {"error",
     "400, when the project names its `cluster` and the host is another region's; of the App API 401, when all "
     "projects of the account are of other regions",
     kReported,
     "dragonkhoi/mixpanel-mcp #5 (\"invalid project id for cluster\"); mixpanel/mixpanel-headless and "
     "NangoHQ/integration-templates ask `/api/app/me` of one region after the other until they get no 401"},
    {"answer", "the project answers on every host", kAssumed, kNoEvidence},
};
constexpr SwitchValue kHeader[] = {
    {"off", "answers carry the recorded headers only", kOwn, ""},
    {"on", "answers say in `Engage-Emulator-Fidelity` which behaviours they rest on", kOwn, ""},
};
constexpr SwitchValue kStrict[] = {
    {"off", "assumed behaviours answer", kOwn, ""},
    {"on", "an answer that would rest on an assumed behaviour, an error too, is refused with 501", kOwn, ""},
};

constexpr SwitchInfo kSwitches[] = {
    {SwitchId::kSessionMissing, "session.missing", "What does a page above 0 without `session_id` answer?",
     kSessionMissing},
    {SwitchId::kSessionUnknown, "session.unknown",
     "What does a page above 0 answer whose `session_id` is unknown, expired or of another project?", kSessionUnknown},
    {SwitchId::kSessionChangedParams, "session.changed_params",
     "What does a page answer whose parameters differ from those of its session?", kSessionChanged},
    {SwitchId::kSessionExpiry, "session.expiry", "From when does a session's life run?", kSessionExpiry},
    {SwitchId::kSessionTtl, "session.ttl", "How long does a session live?", kSessionTtl, 3600},
    {SwitchId::kPageTotals, "page.totals", "Do pages above 0 carry `total` and `page_size`?", kPageTotals},
    {SwitchId::kRowOrder, "row_order", "In which order do rows come that nothing else orders?", kRowOrder},
    {SwitchId::kSortOrderDefault, "sort_order.default", "How does `sort_key` sort without `sort_order`?",
     kSortOrderDefault},
    {SwitchId::kQuotaSessionPages, "quota.session_pages", "Do page requests count against the hourly quota?",
     kQuotaPages},
    {SwitchId::kConcurrencySessionPages, "concurrency.session_pages", "Do page requests take a concurrency slot?",
     kConcurrencyPages},
    {SwitchId::kQuotaRetryAfter, "quota.retry_after", "What does `Retry-After` of the hourly 429 say?", kRetryAfter},
    {SwitchId::kOutputLastSeen, "output_properties.last_seen", "Does `output_properties` keep `$last_seen`?",
     kLastSeen},
    {SwitchId::kDistinctIdAlias, "distinct_id.alias", "Do `distinct_id` and `distinct_ids` find profiles by an alias?",
     kAlias},
    {SwitchId::kCohortProfilelessRow, "cohort.profileless_row", "How does a cohort member without a profile look?",
     kProfileless},
    {SwitchId::kCohortUnknown, "cohort.unknown", "What does an unknown cohort id answer?", kCohortUnknown},
    {SwitchId::kCohortRawSelectorNull, "cohort.raw_selector_null",
     "What does a `selector` that is null answer, in a `raw_cohort` or in its behaviors?", kRawSelectorNull},
    {SwitchId::kDataGroupUnknown, "data_group.unknown", "What does an unknown `data_group_id` answer?", kGroupUnknown},
    {SwitchId::kBehaviorsUndeclared, "behaviors.undeclared",
     "What is a behavior that `where` reads and `behaviors` does not declare?", kBehaviorsUndeclared},
    {SwitchId::kBehaviorsPageWithoutAsOf, "behaviors.page_without_as_of",
     "What answers a page above 0 of a query with `behaviors` but no `as_of_timestamp`?", kBehaviorsPage},
    {SwitchId::kWhereGrammar, "where.grammar", "How much of the expression language does `where` accept?", kGrammar},
    {SwitchId::kWhereModSign, "where.mod_sign", "Whose sign does `%` take?", kModSign},
    {SwitchId::kWhereNumberOfBadString, "where.number_of_bad_string", "What is `number()` of a text that is no number?",
     kNumberOfBadString},
    {SwitchId::kWhereBooleanOfFalseText, "where.boolean_of_false_text", "Is the text \"false\" true?",
     kBooleanOfFalseText},
    {SwitchId::kWhereStringOfUndefined, "where.string_of_undefined", "What is `string()` of a missing property?",
     kStringOfUndefined},
    {SwitchId::kWhereNotNull, "where.not_null", "What is `not null`?", kNotNull},
    {SwitchId::kWhereNullEqualsUndefined, "where.null_equals_undefined", "Is null equal to undefined?",
     kNullEqualsUndefined},
    {SwitchId::kWhereLogicalOperands, "where.logical_operands", "Which operands do `and` and `or` take?",
     kLogicalOperands},
    {SwitchId::kHttpCompression, "http.compression", "Are answers compressed?", kCompression},
    {SwitchId::kHttpFraming, "http.framing", "How does an answer say where it ends?", kFraming},
    {SwitchId::kAuthBearer, "auth.bearer", "Does an OAuth token authenticate?", kBearer},
    {SwitchId::kRegionWrong, "region.wrong", "What does the host of another region answer?", kRegion},
    {SwitchId::kFidelityHeader, "fidelity.header", "Do answers name the behaviours that they rest on?", kHeader},
    {SwitchId::kFidelityStrict, "fidelity.strict", "May an answer rest on an assumed behaviour?", kStrict},
};

static_assert(is_complete_table(kSwitches, &SwitchInfo::id), "one row per SwitchId, in order");

bool is_number(const SwitchInfo& info) { return info.values.front().name == kNumber; }

std::string accepted_values(const SwitchInfo& info) {
    if (is_number(info)) return "a number of seconds from 1 to 4294967295";
    std::string text;
    for (const auto& value : info.values) {
        if (!text.empty()) text += &value == &info.values.back() ? " or " : ", ";
        text += value.name;
    }
    return text;
}

}  // namespace

std::span<const SwitchInfo> all_switches() { return kSwitches; }

Switches::Switches() {
    for (const auto& info : kSwitches) values_[static_cast<std::size_t>(info.id)] = info.default_number;
}

Expected<void, std::string> Switches::set(std::string_view assignment) {
    const auto equals = assignment.find('=');
    const auto name = assignment.substr(0, equals);
    const auto text = equals == std::string_view::npos ? std::string_view{} : assignment.substr(equals + 1);
    for (const auto& info : kSwitches) {
        if (info.name != name) continue;
        auto& value = values_[static_cast<std::size_t>(info.id)];
        if (is_number(info)) {
            std::uint32_t number = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
            if (error == std::errc{} && end == text.data() + text.size() && number > 0)
                return value = number, Expected<void, std::string>{};
        } else {
            for (std::uint32_t i = 0; i < info.values.size(); ++i)
                if (info.values[i].name == text) return value = i, Expected<void, std::string>{};
        }
        return unexpected("switch " + std::string(name) + ": expected " + accepted_values(info) + ", found \"" +
                          std::string(text) + "\"");
    }
    std::string names;
    for (const auto& info : kSwitches) names += (names.empty() ? "" : ", ") + std::string(info.name);
    return unexpected("unknown switch \"" + std::string(name) + "\": expected name=value with one of " + names);
}

bool Switches::is(SwitchId id, std::string_view value_name) const {
    const auto& info = kSwitches[static_cast<std::size_t>(id)];
    assert(std::any_of(info.values.begin(), info.values.end(),
                       [&](const auto& value) { return value.name == value_name; }));
    return info.values[value(id)].name == value_name;
}

const SwitchValue& Switches::chosen(SwitchId id) const {
    const auto& info = kSwitches[static_cast<std::size_t>(id)];
    return is_number(info) ? info.values.front() : info.values[value(id)];
}

std::string Switches::value_text(SwitchId id) const {
    const auto& info = kSwitches[static_cast<std::size_t>(id)];
    return is_number(info) ? std::to_string(value(id)) : std::string(info.values[value(id)].name);
}

}  // namespace engage::server::catalogue
