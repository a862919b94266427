#include <cstdint>
#include <cstdlib>

#include "expr/values/arena.hpp"
#include "fixtures/json/json_value.hpp"
#include "fixtures/project/project.hpp"

namespace {

using namespace engage;

Expected<fixtures::project::Project, std::vector<fixtures::files::Problem>> load(std::string_view events) {
    return fixtures::project::load_project("fuzz",
                                           {{"events", events, {}}, {"project.json", R"({"project_id":1})", {}}});
}

void check(bool holds) {
    if (!holds) std::abort();
}

/// Every event is found again from its name, from who did it and by its properties.
void check_indices(const fixtures::events::EventSet& events) {
    expr::values::Arena arena;
    fixtures::events::EventIndex named = 0;
    for (const auto& name : events.names()) {
        const auto range = events.named(name);
        check(range.begin == named && range.begin < range.end);
        for (auto event = range.begin + 1; event < range.end; ++event)
            check(events.times()[event - 1] <= events.times()[event]);
        named = range.end;
    }
    check(named == events.size());
    for (fixtures::events::EventIndex event = 0; event < events.size(); ++event) {
        const auto actor = events.actors()[event];
        check(events.find_actor(events.actor_id(actor)) == actor);
        const auto id = fixtures::json::decode_json(events.property(event, "distinct_id"), arena);
        check(id.as_string() == events.actor_id(actor));
        check(events.property(event, "time") == std::to_string(events.times()[event]));
        for (const auto name : events.property_names(event))
            fixtures::json::decode_json(events.property(event, name), arena);
    }
    std::size_t of_actors = 0;
    for (fixtures::events::ActorIndex actor = 0; actor < events.actor_count(); ++actor)
        of_actors += events.of_actor(actor).size();
    check(of_actors == events.size());
}

}  // namespace

/// A file of events (NDJSON, array, flat lines or CSV) loads or has problems with a text; what was loaded loads again
/// to the same rows, as long as its events do not say who is who: their order decides then.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto project = load({reinterpret_cast<const char*>(data), size});
    if (!project) {
        check(!project.error().empty());
        for (const auto& problem : project.error()) check(!problem.message.empty());
        return 0;
    }
    const auto& events = *project->events;
    check_indices(events);
    std::string text;
    for (fixtures::events::EventIndex event = 0; event < events.size(); ++event)
        text += std::string(events.row(event)) + "\n";
    const auto again = load(text);
    check(again.has_value() && again->events->size() == events.size());
    if (!project->identities->clusters().empty()) return 0;
    for (fixtures::events::EventIndex event = 0; event < events.size(); ++event)
        check(again->events->row(event) == events.row(event));
    return 0;
}
