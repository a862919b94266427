#pragma once

#include <string_view>

/// Where rows of the catalogue come from, when several come from one place. For the tables alone.
namespace engage::server::catalogue::sources {

inline constexpr std::string_view kNone = "no public evidence";
inline constexpr std::string_view kParamStyle =
    "text in the style \"Error in <param>: <reason>\" that live logs of sibling endpoints show";
inline constexpr std::string_view kPacer =
    "mixpanel/mixpanel-headless `tests/unit/test_pacer.py` (\"a real Query API 429\")";
inline constexpr std::string_view kReference = "docs.mixpanel.com/reference/engage-query";
inline constexpr std::string_view kPacerRules = "mixpanel/mixpanel-headless `_internal/pacer.py` and its tests";
inline constexpr std::string_view kBuilders = "mixpanel/mixpanel-headless `_internal/query/user_builders.py`";
inline constexpr std::string_view kQueryUserDesign = "jaredmcfarland/mixpanel_data `context/query-user-design.md`";
inline constexpr std::string_view kRecordings =
    "recordings of the endpoint: NangoHQ/integration-templates 2026-07-03, grouparoo/grouparoo 2021-09-23";
inline constexpr std::string_view kPacerMirror =
    "mixpanel/mixpanel-headless `_internal/pacer.py` and its tests (\"the rules mirror the server\")";
inline constexpr std::string_view kCacheKey =
    "docs.mixpanel.com/reference/engage-query: \"request for page in uncached query for params\" and \"using the same "
    "where param\" suggest a cache that is keyed by session and parameters";
inline constexpr std::string_view kNoOrder =
    "recordings of the endpoint (NangoHQ/integration-templates, grouparoo/grouparoo) show no order and none that lasts "
    "from one session to the next; jaredmcfarland/mixpanel_data says so in its live test L1.02";
inline constexpr std::string_view kReferencePage = "docs.mixpanel.com/reference/segmentation-expressions";
inline constexpr std::string_view kSdkEvaluators =
    "mixpanel/mixpanel-js `property-filters.js`, mixpanel/mixpanel-android and mixpanel/mixpanel-iphone "
    "`SelectorEvaluator`";

}  // namespace engage::server::catalogue::sources
