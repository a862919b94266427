#include "server/query/endpoints/stream_endpoint.hpp"

#include <algorithm>
#include <array>

#include "server/catalogue/errors/endpoints.hpp"
#include "server/catalogue/errors/parameters.hpp"
#include "server/catalogue/facts/endpoints.hpp"
#include "server/query/request/day_range.hpp"
#include "server/query/request/parameter_rules.hpp"
#include "server/query/request/refusal.hpp"
#include "server/query/request/string_array.hpp"

namespace engage::server::query::endpoints {

namespace {

using fixtures::events::ActorIndex;
using fixtures::events::EventIndex;

constexpr std::array kStreamRules = {request::ParameterRule{"distinct_ids"}, request::ParameterRule{"from_date"},
                                     request::ParameterRule{"to_date"}};

Expected<std::vector<std::string>, catalogue::ApiError> read_ids(const http::Parameters& parameters) {
    const auto* ids = parameters.find("distinct_ids");
    if (!ids) return unexpected(catalogue::ApiError{catalogue::errors::kDistinctIdsMissing});
    auto list = request::parse_string_array(ids->text);
    if (!list) return unexpected(request::refusal(catalogue::errors::kBadDistinctIds, ids->text));
    return std::move(*list);
}

/// Who did something among those that the ids name, each once.
std::vector<ActorIndex> actors_of(const fixtures::project::Project& project, const std::vector<std::string>& ids) {
    std::vector<ActorIndex> actors;
    for (const auto& id : ids)
        if (const auto actor = project.events->find_actor(project.identities->canonical(id))) actors.push_back(*actor);
    std::sort(actors.begin(), actors.end());
    actors.erase(std::unique(actors.begin(), actors.end()), actors.end());
    return actors;
}

std::vector<EventIndex> events_of(const fixtures::project::Project& project, const std::vector<ActorIndex>& actors,
                                  const request::DayRange& days) {
    const auto times = project.events->times();
    const bool is_local = project.event_time == fixtures::project::EventTime::kProject;
    std::vector<EventIndex> events;
    for (const auto actor : actors)
        for (const auto event : project.events->of_actor(actor))
            if (days.holds(request::day_of(is_local ? times[event] : project.zone.to_local(times[event]))))
                events.push_back(event);
    std::stable_sort(events.begin(), events.end(),
                     [&](EventIndex left, EventIndex right) { return times[left] < times[right]; });
    return events;
}

}  // namespace

Expected<std::string, catalogue::ApiError> stream(const QueryRequest& request) {
    if (auto checked = request::check_names(request.parameters, "stream/query", kStreamRules, request.readings);
        !checked)
        return unexpected(std::move(checked.error()));
    const auto ids = read_ids(request.parameters);
    if (!ids) return unexpected(ids.error());
    const auto days = request::read_day_range(request.parameters);
    if (!days) return unexpected(days.error());

    for (const auto fact :
         {catalogue::facts::kStreamShape, catalogue::facts::kStreamIds, catalogue::facts::kStreamDays})
        request.readings.note(fact);
    const auto& project = *request.snapshot->project;
    std::string body = R"({"status":"ok","results":{"events":[)";
    bool is_first = true;
    for (const auto event : events_of(project, actors_of(project, *ids), *days)) {
        if (!is_first) body += ',';
        is_first = false;
        body += project.events->row(event);
    }
    return body + "]}}";
}

}  // namespace engage::server::query::endpoints
