#pragma once

#include <string>
#include <utility>

#include "fixtures/events/event_set.hpp"
#include "tests/support/fixture_files.hpp"

namespace engage::fixtures {

/// The events of a project of these files; the test fails when it does not load.
inline std::shared_ptr<const events::EventSet> events_of(std::vector<files::SourceFile> files) {
    files.push_back(file("project.json", kSmallProject));
    const auto project = project::load_project("demo", files);
    return project ? project->events.shared() : nullptr;
}

/// The problems of a project whose file `name` is `text`.
inline std::string problems_of_events(std::string text, std::string name = "events") {
    return problems_of({file("project.json", kSmallProject), file(std::move(name), std::move(text))});
}

/// The rows, one a line, in the order of the set.
inline std::string rows_of(const events::EventSet& events) {
    std::string text;
    for (events::EventIndex event = 0; event < events.size(); ++event) text.append(events.row(event)).append("\n");
    return text;
}

/// By event, its name.
inline std::vector<std::string> names_of(const events::EventSet& events) {
    std::vector<std::string> names;
    for (const auto& name : events.names()) {
        const auto range = events.named(name);
        names.insert(names.end(), range.end - range.begin, name);
    }
    return names;
}

/// All that the set knows of each event, one a line.
inline std::string dump(const events::EventSet& events) {
    std::string text;
    const auto names = names_of(events);
    for (events::EventIndex event = 0; event < events.size(); ++event) {
        text.append(names[event]).append(" ").append(std::to_string(events.times()[event])).append(" ");
        text.append(events.actor_id(events.actors()[event])).append(":");
        for (const auto name : events.property_names(event)) {
            const auto& decoded = events.shapes().names()[name];
            text.append(" ").append(decoded).append("=").append(events.property(event, decoded));
        }
        text += '\n';
    }
    return text;
}

}  // namespace engage::fixtures
