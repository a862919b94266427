#include "server/query/plan/find_cohort.hpp"

#include "server/catalogue/errors/cohorts.hpp"
#include "server/catalogue/errors/requests.hpp"
#include "server/catalogue/facts/cohorts.hpp"
#include "server/catalogue/switches/dialect.hpp"
#include "server/catalogue/switches/filters.hpp"
#include "server/definitions/definition.hpp"
#include "server/definitions/groups_definition.hpp"
#include "server/definitions/references.hpp"

namespace engage::server::query::plan {

namespace {

using CohortPtr = std::shared_ptr<const definitions::ReadyCohort>;

Expected<CohortPtr, catalogue::ApiError> find_saved(std::uint64_t id, const space::SnapshotPtr& snapshot,
                                                    catalogue::Readings& readings) {
    const auto& cohorts = snapshot->cohorts;
    if (const auto cohort = cohorts.find(id); cohort != cohorts.end()) return CohortPtr(snapshot, &cohort->second);
    using enum catalogue::switches::CohortUnknown;
    switch (readings.choose(catalogue::switches::kCohortUnknown)) {
        case kError:
            return unexpected(catalogue::ApiError{catalogue::errors::kUnknownCohort, {std::to_string(id)}});
        case kNotFound:
            return unexpected(catalogue::ApiError{catalogue::errors::kCohortNotFound, {std::to_string(id)}});
        case kEmpty:
            break;
    }
    return nullptr;
}

Expected<definitions::CohortDefinition, catalogue::ApiError> read_definition(const request::RawCohort& raw,
                                                                             catalogue::Readings& readings) {
    if (!raw.groups) {
        auto definition = definitions::read_definition(definitions::DefinitionTree{raw.selector, raw.behaviors},
                                                       catalogue::switches::grammar_of(readings.switches()));
        if (definition) return std::move(*definition);
        return unexpected(request::bad_filter(definition.error().pointer, definition.error().message));
    }
    readings.note(catalogue::facts::kCohortGroups);
    if (raw.groups->size() > 0) readings.note(catalogue::facts::kCohortGroupsMeaning);
    auto definition = definitions::read_groups(*raw.groups);
    if (definition) return std::move(*definition);
    const auto& [error, is_unknown_form] = definition.error();
    if (!is_unknown_form) return unexpected(request::bad_filter(error.pointer, error.message));
    return unexpected(catalogue::ApiError{catalogue::errors::kParameterNotEmulated,
                                          {"filter_by_cohort: " + error.pointer + ": " + error.message}});
}

Expected<CohortPtr, catalogue::ApiError> prepare_raw(const request::RawCohort& raw, std::string_view data_group_id,
                                                     const definitions::ReadyCohorts& cohorts,
                                                     catalogue::Readings& readings) {
    readings.note(catalogue::facts::kRawCohort);
    if (raw.has_null_selector) {
        if (readings.choose(catalogue::switches::kCohortRawSelectorNull) ==
            catalogue::switches::CohortRawSelectorNull::kError)
            return unexpected(catalogue::ApiError{catalogue::errors::kRawSelectorNull});
    }
    auto definition = read_definition(raw, readings);
    if (!definition) return unexpected(std::move(definition.error()));
    auto cohort = std::make_shared<definitions::ReadyCohort>();
    cohort->data_group_id = raw.data_group_id.empty() ? data_group_id : raw.data_group_id;
    for (const auto id : definition->references)
        if (const auto problem = definitions::reference_problem(id, cohort->data_group_id, cohorts); !problem.empty())
            return unexpected(request::bad_filter(raw.groups ? "/raw_cohort/groups" : "/raw_cohort/selector", problem));
    cohort->program = std::move(definition->program);
    cohort->behaviors = std::move(definition->behaviors);
    cohort->references = std::move(definition->references);
    cohort->has_selector = !raw.groups;
    return cohort;
}

}  // namespace

Expected<CohortPtr, catalogue::ApiError> find_cohort(const request::CohortFilter& filter,
                                                     std::string_view data_group_id, const space::SnapshotPtr& snapshot,
                                                     catalogue::Readings& readings) {
    auto cohort = filter.id ? find_saved(*filter.id, snapshot, readings)
                            : prepare_raw(*filter.raw, data_group_id, snapshot->cohorts, readings);
    if (cohort && *cohort && (*cohort)->has_selector) readings.note(catalogue::facts::kCohortSelector);
    if (cohort && *cohort && !(*cohort)->references.empty()) readings.note(catalogue::facts::kCohortReferences);
    return cohort;
}

}  // namespace engage::server::query::plan
