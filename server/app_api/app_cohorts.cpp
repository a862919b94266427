#include "server/app_api/app_cohorts.hpp"

#include <algorithm>
#include <set>

#include "expr/text/parse_whole.hpp"
#include "fixtures/json/write.hpp"
#include "server/catalogue/errors/app_api.hpp"
#include "server/catalogue/facts/cohorts.hpp"
#include "server/query/execution/member_count.hpp"

namespace engage::server::app_api {

namespace {

catalogue::ApiError bad_parameter(std::string name, std::string expected, const std::string& found) {
    return {catalogue::errors::kAppBadParameter, {std::move(name), std::move(expected), found}};
}

/// Which cohorts a list shows.
struct Shown {
    std::optional<std::string> data_group_id;
    std::optional<std::set<std::uint64_t>> ids;

    bool has(const fixtures::project::Cohort& cohort) const {
        return (!data_group_id || cohort.data_group_id == *data_group_id) && (!ids || ids->contains(cohort.id));
    }
};

Expected<Shown, catalogue::ApiError> parse_shown(const http::Parameters& parameters) {
    Shown shown;
    if (const auto* group = parameters.find("data_group_id")) {
        const auto id = expr::text::parse_whole<std::int64_t>(group->text);
        if (!id) return unexpected(bad_parameter("data_group_id", "a 64-bit integer", group->text));
        shown.data_group_id = std::to_string(*id);
    }
    const auto* ids = parameters.find("ids");
    if (!ids) return shown;
    shown.ids.emplace();
    for (std::string_view rest = ids->text; !rest.empty();) {
        const auto part = rest.substr(0, rest.find(','));
        const auto id = expr::text::parse_whole<std::uint64_t>(part);
        if (!id) return unexpected(bad_parameter("ids", "ids of cohorts with commas between them", ids->text));
        shown.ids->insert(*id);
        rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    }
    return shown;
}

std::string list_of(const std::vector<std::uint64_t>& ids) {
    std::string list;
    for (const auto id : ids) list.append(list.empty() ? "" : ",").append(std::to_string(id));
    return '[' + list + ']';
}

Expected<std::string, catalogue::ApiError> object_of(const fixtures::project::Cohort& cohort,
                                                     const space::SnapshotPtr& snapshot,
                                                     query::execution::MemberCounts& counts) {
    const auto count = counts.of(cohort);
    if (!count) return unexpected(count.error());
    const auto& ready = snapshot->cohorts.at(cohort.id);
    return "{\"id\":" + std::to_string(cohort.id) + ",\"name\":" + fixtures::json::ascii_literal(cohort.name) +
           ",\"description\":" + fixtures::json::ascii_literal(cohort.description) +
           ",\"count\":" + std::to_string(*count) + ",\"is_visible\":" + (cohort.is_visible ? "true" : "false") +
           ",\"is_locked\":false,\"data_group_id\":" +
           (cohort.data_group_id ? fixtures::json::ascii_literal(*cohort.data_group_id) : "null") +
           ",\"last_edited\":null,\"created_by\":null,\"referenced_by\":" + list_of(ready.referrers) +
           ",\"verified\":false,\"last_queried\":null" +
           ",\"referenced_directly_by\":" + list_of(ready.direct_referrers) + ",\"active_integrations\":[]}";
}

}  // namespace

Expected<std::string, catalogue::ApiError> app_cohorts(const AppRequest& request, const space::SnapshotPtr& snapshot,
                                                       std::string_view id) {
    request.readings.note(catalogue::facts::kAppCohorts);
    const auto& cohorts = snapshot->project->cohorts;
    query::execution::MemberCounts counts(snapshot, request.now, request.readings);
    if (!id.empty()) {
        const auto number = expr::text::parse_whole<std::uint64_t>(id);
        const auto found = std::find_if(cohorts.begin(), cohorts.end(),
                                        [&](const fixtures::project::Cohort& cohort) { return cohort.id == number; });
        if (found != cohorts.end()) return object_of(*found, snapshot, counts);
        return unexpected(catalogue::ApiError{catalogue::errors::kAppNotFound, {std::string(request.http.path())}});
    }
    const auto shown = parse_shown(request.parameters);
    if (!shown) return unexpected(shown.error());
    std::string list;
    for (const auto& cohort : cohorts) {
        if (!shown->has(cohort)) continue;
        auto object = object_of(cohort, snapshot, counts);
        if (!object) return object;
        if (!list.empty()) list += ',';
        list += *object;
    }
    return '[' + list + ']';
}

}  // namespace engage::server::app_api
