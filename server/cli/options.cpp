#include "server/cli/options.hpp"

#include <algorithm>

#include "server/time/time_text.hpp"

namespace engage::server::cli {

namespace {

// CLI11 reports a bad value through an exception of its own; it never leaves parse_command_line.
time::TimePoint to_instant(const std::string& flag, const std::string& text) {
    const auto instant = time::parse_instant(text);
    if (!instant || !time::Clock::can_show(*instant))
        throw CLI::ValidationError(
            flag, "expected an ISO 8601 time such as 2026-09-01T00:00:00Z or Unix seconds, found \"" + text + "\"");
    return *instant;
}

}  // namespace

CLI::Option* instant_option(CLI::App* app, const std::string& name, std::optional<time::TimePoint>& target,
                            const std::string& help) {
    return app
        ->add_option_function<std::string>(
            name, [name, &target](const std::string& text) { target = to_instant(name, text); }, help)
        ->type_name("TIME");
}

void add_switches(CLI::App* app, catalogue::Switches& switches) {
    app->add_option_function<std::vector<std::string>>(
           "--set",
           [&switches](const std::vector<std::string>& assignments) {
               for (const auto& assignment : assignments)
                   if (auto done = switches.set(assignment); !done) throw CLI::ValidationError("--set", done.error());
           },
           "Choose between readings of the real service, see docs/fidelity.md; repeat it or separate with commas")
        ->type_name("SWITCH=VALUE")
        ->expected(1)
        ->take_all()
        ->allow_extra_args(false)
        ->delimiter(',');
}

void with_environment(CLI::App* app) {
    for (auto* option : app->get_options()) {
        if (option->get_lnames().empty() || option->get_lnames().front() == "help") continue;
        auto name = "ENGAGE_EMULATOR_" + option->get_lnames().front();
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return c == '-' ? '_' : static_cast<char>(std::toupper(c)); });
        option->envname(name);
    }
}

}  // namespace engage::server::cli
