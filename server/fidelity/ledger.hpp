#pragma once

#include <bitset>
#include <span>
#include <string>
#include <string_view>

#include "server/fidelity/basis.hpp"
#include "server/fidelity/switches.hpp"

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
    kRowOrder,
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

/// Which imitated behaviours one answer rests on.
class Evidence {
public:
    explicit Evidence(const Switches& switches) : switches_(switches) {}
    void note(Behaviour behaviour) { behaviours_.set(static_cast<std::size_t>(behaviour)); }
    void note(SwitchId id) { used_switches_.set(static_cast<std::size_t>(id)); }

    /// `response-shape=recorded, row-order=assumed`: the value of the header `Engage-Emulator-Fidelity`.
    std::string summary() const;
    /// Names of the assumed ones, empty when there is none.
    std::string assumed() const;

private:
    const Switches& switches_;
    std::bitset<static_cast<std::size_t>(Behaviour::kCount)> behaviours_;
    std::bitset<static_cast<std::size_t>(SwitchId::kCount)> used_switches_;
};

/// The text of docs/fidelity.md: behaviours, switches and errors with basis and source.
std::string fidelity_markdown();
/// The same as JSON, with the switches as they stand.
std::string fidelity_json(const Switches& switches);

}  // namespace engage::server
