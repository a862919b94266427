#pragma once

#include <span>
#include <string_view>

#include "server/fidelity/basis.hpp"

namespace engage::server {

/// What the emulator imitates without leaving a choice. Choices are switches, refusals stand in the error catalogue.
enum class Behaviour : unsigned char {
    kPaths,
    kMethods,
    kParameterMerge,
    kEmptyIsAbsent,
    kUnknownParameters,
    kSelectorAlias,
    kServiceAccount,
    kProjectSecret,
    kSecretWithoutColon,
    kSecretDoubled,
    kForbiddenProject,
    kUnknownProject,
    kSecretWithProject,
    kChallenge,
    kCheckOrder,
    kRefusedNotCounted,
    kLimitOrder,
    kConcurrencyHeaders,
    kHead,
    kIgnoredParameters,
    kHourlyWindow,
    kConcurrencyLimit,
    kPerSecondLimit,
    kResponseShape,
    kSessionIdForm,
    kComputedAt,
    kResponseHeaders,
    kRequestEcho,
    kRowShape,
    kNumericDistinctId,
    kCanonicalIds,
    kSortKey,
    kSortTypes,
    kSearch,
    kSearchTexts,
    kLimit,
    kTotal,
    kPageSize,
    kLargestPage,
    kPastTheEnd,
    kSessionAlways,
    kPagesInAnyOrder,
    kSnapshot,
    kSessionOfProject,
    kPageZeroWithSession,
    kDistinctIds,
    kDistinctIdForms,
    kDistinctIdsAndWhere,
    kOutputProperties,
    kDistinctIdProperty,
    kBehaviors,
    kBehaviorWindow,
    kBehaviorExtensions,
    kBehaviorMeasures,
    kReportFilters,
    kEventSelectors,
    kAsOfTimestamp,
    kBehaviorsOfGroups,
    kCohortById,
    kCohortSelector,
    kCohortBehaviors,
    kCohortReferences,
    kRawCohort,
    kCohortAndWhere,
    kCohortAndDistinctIds,
    kIncludeAllUsers,
    kBooleanForms,
    kMemberWithoutProfile,
    kGroupRows,
    kCohortOfOtherGroup,
    kCohortList,
    kCohortCount,
    kAppCohorts,
    kPropertiesShape,
    kPropertiesOrder,
    kPropertyTypes,
    kStatsShape,
    kStatsNumbers,
    kStatsPercentile,
    kStatsVariance,
    kStatsSegments,
    kRevenueShape,
    kRevenueDays,
    kValuesShape,
    kValuesOrder,
    kStreamShape,
    kStreamIds,
    kStreamDays,
    kMe,
    kMembership,
    kDataGroupList,
    kWhereExtensions,
    kWhereFormulas,
    kWhereSemantics,
    kDatetimeZone,
    kCount,
};

struct BehaviourInfo {
    Behaviour behaviour;
    std::string_view name;
    std::string_view statement;
    Basis basis;
    std::string_view source;
};
std::span<const BehaviourInfo> all_behaviours();
const BehaviourInfo& info(Behaviour behaviour);

}  // namespace engage::server
