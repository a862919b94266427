#include "server/query/cohorts/find_cohort.hpp"

#include "server/query/cohorts/definition.hpp"
#include "server/query/cohorts/references.hpp"
#include "server/query/dialect.hpp"

namespace engage::server {

namespace {

using CohortPtr = std::shared_ptr<const ReadyCohort>;

Expected<CohortPtr, ApiError> find_saved(std::uint64_t id, const ReadyCohorts& cohorts, const Switches& switches,
                                         Evidence& evidence) {
    // It points into the cohorts and owns nothing.
    if (const auto cohort = cohorts.find(id); cohort != cohorts.end()) return CohortPtr(CohortPtr{}, &cohort->second);
    evidence.note(SwitchId::kCohortUnknown);
    if (switches.is(SwitchId::kCohortUnknown, "error"))
        return unexpected(ApiError{ErrorCode::kUnknownCohort, {std::to_string(id)}});
    if (switches.is(SwitchId::kCohortUnknown, "not-found"))
        return unexpected(ApiError{ErrorCode::kCohortNotFound, {std::to_string(id)}});
    return nullptr;
}

Expected<CohortPtr, ApiError> prepare_raw(const RawCohort& raw, std::string_view data_group_id,
                                          const ReadyCohorts& cohorts, const Switches& switches, Evidence& evidence) {
    evidence.note(Behaviour::kRawCohort);
    if (raw.has_null_selector) {
        evidence.note(SwitchId::kCohortRawSelectorNull);
        if (switches.is(SwitchId::kCohortRawSelectorNull, "error"))
            return unexpected(ApiError{ErrorCode::kRawSelectorNull});
    }
    auto definition =
        read_definition({.where = {}, .selector = raw.selector, .behaviors = raw.behaviors}, grammar_of(switches));
    if (!definition)
        return unexpected(bad_filter("/raw_cohort" + definition.error().pointer, definition.error().message));
    auto cohort = std::make_shared<ReadyCohort>();
    cohort->data_group_id = raw.data_group_id.empty() ? data_group_id : raw.data_group_id;
    for (const auto id : definition->references)
        if (const auto problem = reference_problem(id, cohort->data_group_id, cohorts); !problem.empty())
            return unexpected(bad_filter("/raw_cohort/selector", problem));
    cohort->program = std::move(definition->program);
    cohort->behaviors = std::move(definition->behaviors);
    cohort->references = std::move(definition->references);
    cohort->has_selector = true;
    return cohort;
}

}  // namespace

Expected<CohortPtr, ApiError> find_cohort(const CohortFilter& filter, std::string_view data_group_id,
                                          const ReadyCohorts& cohorts, const Switches& switches, Evidence& evidence) {
    auto cohort = filter.id ? find_saved(*filter.id, cohorts, switches, evidence)
                            : prepare_raw(*filter.raw, data_group_id, cohorts, switches, evidence);
    if (cohort && *cohort && (*cohort)->has_selector) evidence.note(Behaviour::kCohortSelector);
    if (cohort && *cohort && !(*cohort)->references.empty()) evidence.note(Behaviour::kCohortReferences);
    return cohort;
}

}  // namespace engage::server
