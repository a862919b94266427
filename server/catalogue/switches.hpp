#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "expr/expected.hpp"
#include "server/catalogue/basis.hpp"

namespace engage::server::catalogue {

/// A choice between readings that the public evidence leaves open, or a number that it does not give.
enum class SwitchId : unsigned char {
    kSessionMissing,
    kSessionUnknown,
    kSessionChangedParams,
    kSessionExpiry,
    kSessionTtl,
    kPageTotals,
    kRowOrder,
    kSortOrderDefault,
    kQuotaSessionPages,
    kConcurrencySessionPages,
    kQuotaRetryAfter,
    kOutputLastSeen,
    kDistinctIdAlias,
    kCohortProfilelessRow,
    kCohortUnknown,
    kCohortRawSelectorNull,
    kDataGroupUnknown,
    kBehaviorsUndeclared,
    kBehaviorsPageWithoutAsOf,
    kWhereGrammar,
    kWhereModSign,
    kWhereNumberOfBadString,
    kWhereBooleanOfFalseText,
    kWhereStringOfUndefined,
    kWhereNotNull,
    kWhereNullEqualsUndefined,
    kWhereLogicalOperands,
    kHttpCompression,
    kHttpFraming,
    kAuthBearer,
    kRegionWrong,
    kFidelityHeader,
    kFidelityStrict,
    kCount,
};

struct SwitchValue {
    std::string_view name;
    std::string_view meaning;
    Basis basis;
    std::string_view source;
};

/// A row of the table of switches. The first value is the default; a switch whose only value is `<seconds>` takes a
/// number.
struct SwitchInfo {
    SwitchId id;
    std::string_view name;  ///< As `--set name=value` writes it.
    std::string_view question;
    std::span<const SwitchValue> values;
    std::uint32_t default_number = 0;
};

std::span<const SwitchInfo> all_switches();

/// The chosen value of every switch.
class Switches {
public:
    Switches();
    /// `assignment` is `name=value`. The error lists what would have been accepted.
    Expected<void, std::string> set(std::string_view assignment);

    /// Index into `SwitchInfo::values`, or the number of a numeric switch.
    std::uint32_t value(SwitchId id) const { return values_[static_cast<std::size_t>(id)]; }
    /// Whether the switch stands on its value of that name, which must exist.
    bool is(SwitchId id, std::string_view value_name) const;
    /// The row of the chosen value, for its basis.
    const SwitchValue& chosen(SwitchId id) const;
    /// What `set` would take to get here.
    std::string value_text(SwitchId id) const;

private:
    std::array<std::uint32_t, static_cast<std::size_t>(SwitchId::kCount)> values_{};
};

}  // namespace engage::server::catalogue
