#pragma once

#include <string>
#include <string_view>

#include "expr/expected.hpp"
#include "server/catalogue/settings.hpp"
#include "server/space/served_projects.hpp"
#include "server/time/clock.hpp"

namespace engage::server::control {

/// Explains the `where` of the JSON object in `body`: `project_id` (not needed when one project is served), `where`,
/// `distinct_id`, `data_group_id`; it is read as the switches `where.*` say. The answer is a JSON object, for an
/// expression that does not parse one with `error`. The error says what was expected of the body.
Expected<std::string, std::string> run_explain_command(std::string_view body, const space::ServedProjects& projects,
                                                       const catalogue::Settings& settings, const time::Clock& clock);

}  // namespace engage::server::control
