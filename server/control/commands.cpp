#include "server/control/commands.hpp"

#include "fixtures/json/write.hpp"
#include "server/catalogue/errors/emulator.hpp"
#include "server/catalogue/ledger.hpp"
#include "server/control/clock_command.hpp"
#include "server/control/explain_command.hpp"
#include "server/time/time_text.hpp"
#include "server/version.hpp"

namespace engage::server::control {

namespace {

using fixtures::json::ObjectText;
using Result = Expected<std::string, catalogue::ApiError>;

catalogue::ApiError bad_request(std::string text) { return {catalogue::errors::kBadControlRequest, {std::move(text)}}; }

Result health(const Request& request) {
    const auto& call = request.call;
    std::size_t profiles = 0;
    for (const auto& [id, snapshot] : call.projects->snapshots) profiles += snapshot->project->users->size();
    const auto uptime = std::chrono::duration_cast<std::chrono::seconds>(call.begun - request.emulator.started);
    return ObjectText()
        .add("status", "healthy")
        .add("version", kVersion)
        .add("uptimeInSeconds", uptime.count())
        .add("timestamp", time::format_instant(call.now))
        .add("projects", call.projects->snapshots.size())
        .add("profiles", profiles)
        .add("sessions", call.space.sessions.size())
        .text();
}

Result limits(const Request& request) {
    const auto limits = fixtures::json::list_text(request.call.projects->snapshots, [&](const auto& project) {
        const auto usage = request.call.space.limiter.usage(project.first, request.call.now);
        return ObjectText()
            .add("project_id", project.first)
            .add("last_hour", usage.last_hour)
            .add("running", usage.running)
            .text();
    });
    return ObjectText().add_json("limits", limits).text();
}

Result clock_state(const Request& request) {
    const auto& clock = request.call.space.clock;
    return ObjectText().add("now", time::format_instant(clock.now())).add("frozen", clock.is_frozen()).text();
}

Result environment(const Request& request) { return request.emulator.json_environment; }

Result shell_environment(const Request& request) { return request.emulator.shell_environment; }

Result fidelity(const Request& request) { return catalogue::fidelity_json(request.call.space.settings.switches); }

Result explain(const Request& request) {
    auto explanation = run_explain_command(request.call);
    if (!explanation) return unexpected(bad_request(explanation.error()));
    return std::move(*explanation);
}

Result reset(const Request& request) {
    request.call.space.reset();
    return clock_state(request);
}

Result change_clock(const Request& request, std::string_view how) {
    if (auto done = run_clock_command(how, request.call.http.body, request.call.space.clock); !done)
        return unexpected(bad_request(done.error()));
    return clock_state(request);
}

Result freeze(const Request& request) { return change_clock(request, "freeze"); }
Result advance(const Request& request) { return change_clock(request, "advance"); }
Result set(const Request& request) { return change_clock(request, "set"); }
Result resume(const Request& request) { return change_clock(request, "resume"); }

constexpr Command kCommands[] = {
    {"GET", "health", health, "status, version, counts"},
    {"GET", "clock", clock_state, "`{\"now\":\"…\",\"frozen\":false}`; every clock command answers the same"},
    {"POST", "clock/freeze", freeze, "stand still, at `{\"time\":\"2026-09-01T00:00:00Z\"}` or where it is"},
    {"POST", "clock/advance", advance, "`{\"seconds\":3600}`, `{\"milliseconds\":1}` or `{\"duration\":\"PT1H\"}`"},
    {"POST", "clock/set", set, "`{\"time\":…}`: ISO 8601 or Unix seconds"},
    {"POST", "clock/resume", resume, "run on from where it stands"},
    {"GET", "limits", limits, "counted and running queries of each project"},
    {"GET", "environment", environment,
     "the variables that make clients find the emulator, as JSON (`engage-emulator env`); those of `NODE_OPTIONS` and "
     "`JAVA_TOOL_OPTIONS` go behind what is there"},
    {"GET", "environment.sh", shell_environment, "the same as lines for a shell, in plain text",
     "text/plain; charset=utf-8"},
    {"GET", "fidelity", fidelity, "the ledger as JSON, with the switches as they stand"},
    {"POST", "explain", explain, "what an expression matches, why, and what to change; see below"},
    {"POST", "reset", reset, "forget sessions and counted queries, set the clock back to its start"},
};

}  // namespace

std::span<const Command> all_commands() { return kCommands; }

std::string commands_markdown() {
    std::string text = "| command | does |\n|---|---|\n";
    for (const auto& command : kCommands)
        text += "| `" + std::string(command.method) + " /__admin/" + std::string(command.path) + "` | " +
                std::string(command.help) + " |\n";
    return text;
}

}  // namespace engage::server::control
