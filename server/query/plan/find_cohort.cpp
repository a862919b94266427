#include "server/query/plan/find_cohort.hpp"

#include "server/catalogue/dialect.hpp"
#include "server/definitions/definition.hpp"
#include "server/definitions/references.hpp"

namespace engage::server::query::plan {

namespace {

using CohortPtr = std::shared_ptr<const definitions::ReadyCohort>;

Expected<CohortPtr, catalogue::ApiError> find_saved(std::uint64_t id, const definitions::ReadyCohorts& cohorts,
                                                    const catalogue::Switches& switches,
                                                    catalogue::Evidence& evidence) {
    // It points into the cohorts and owns nothing.
    if (const auto cohort = cohorts.find(id); cohort != cohorts.end()) return CohortPtr(CohortPtr{}, &cohort->second);
    evidence.note(catalogue::SwitchId::kCohortUnknown);
    if (switches.is(catalogue::SwitchId::kCohortUnknown, "error"))
        return unexpected(catalogue::ApiError{catalogue::ErrorCode::kUnknownCohort, {std::to_string(id)}});
    if (switches.is(catalogue::SwitchId::kCohortUnknown, "not-found"))
        return unexpected(catalogue::ApiError{catalogue::ErrorCode::kCohortNotFound, {std::to_string(id)}});
    return nullptr;
}

Expected<CohortPtr, catalogue::ApiError> prepare_raw(const request::RawCohort& raw, std::string_view data_group_id,
                                                     const definitions::ReadyCohorts& cohorts,
                                                     const catalogue::Switches& switches,
                                                     catalogue::Evidence& evidence) {
    evidence.note(catalogue::Behaviour::kRawCohort);
    if (raw.has_null_selector) {
        evidence.note(catalogue::SwitchId::kCohortRawSelectorNull);
        if (switches.is(catalogue::SwitchId::kCohortRawSelectorNull, "error"))
            return unexpected(catalogue::ApiError{catalogue::ErrorCode::kRawSelectorNull});
    }
    auto definition = definitions::read_definition({.where = {}, .selector = raw.selector, .behaviors = raw.behaviors},
                                                   catalogue::grammar_of(switches));
    if (!definition)
        return unexpected(request::bad_filter("/raw_cohort" + definition.error().pointer, definition.error().message));
    auto cohort = std::make_shared<definitions::ReadyCohort>();
    cohort->data_group_id = raw.data_group_id.empty() ? data_group_id : raw.data_group_id;
    for (const auto id : definition->references)
        if (const auto problem = definitions::reference_problem(id, cohort->data_group_id, cohorts); !problem.empty())
            return unexpected(request::bad_filter("/raw_cohort/selector", problem));
    cohort->program = std::move(definition->program);
    cohort->behaviors = std::move(definition->behaviors);
    cohort->references = std::move(definition->references);
    cohort->has_selector = true;
    return cohort;
}

}  // namespace

Expected<CohortPtr, catalogue::ApiError> find_cohort(const request::CohortFilter& filter,
                                                     std::string_view data_group_id,
                                                     const definitions::ReadyCohorts& cohorts,
                                                     const catalogue::Switches& switches,
                                                     catalogue::Evidence& evidence) {
    auto cohort = filter.id ? find_saved(*filter.id, cohorts, switches, evidence)
                            : prepare_raw(*filter.raw, data_group_id, cohorts, switches, evidence);
    if (cohort && *cohort && (*cohort)->has_selector) evidence.note(catalogue::Behaviour::kCohortSelector);
    if (cohort && *cohort && !(*cohort)->references.empty()) evidence.note(catalogue::Behaviour::kCohortReferences);
    return cohort;
}

}  // namespace engage::server::query::plan
