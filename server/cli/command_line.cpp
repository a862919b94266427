#include "server/cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <limits>

#include "server/cli/config_file.hpp"
#include "server/cli/options.hpp"
#include "server/version.hpp"

namespace engage::server {

namespace {

constexpr const char* kDescription =
    "engage-emulator answers like Mixpanel's Query Profiles endpoint (/api/query/engage) from fixture profiles, "
    "offline.\n"
    "Without a command it serves; without --fixtures it serves the built-in demo project.";
constexpr const char* kFooter =
    "Examples:\n"
    "  engage-emulator                                   serve the demo project on http://127.0.0.1:9797\n"
    "  engage-emulator serve --fixtures my-project --port 0 --port-file port.txt\n"
    "  engage-emulator query --where 'properties[\"plan\"] == \"pro\"' --output count\n"
    "  engage-emulator explain 'properties[\"plan\"] == \"por\"'\n"
    "  engage-emulator eval 'properties[\"age\"] >= 18' --properties '{\"age\": 21}'\n"
    "\n"
    "Every flag of serve may also come from the environment (--port: ENGAGE_EMULATOR_PORT) or from the file of "
    "--config;\n"
    "the flag wins over the environment, the environment over the file.\n"
    "Exit codes: 0 done, 1 failure at run time (port taken, unhealthy), 2 bad flags, configuration or fixtures.";

CLI::Range at_least_one() { return CLI::Range(std::uint32_t{1}, std::numeric_limits<std::uint32_t>::max()); }

void add_limits(CLI::App* app, ServeOptions& options) {
    auto& settings = options.settings;
    app->add_flag("--no-rate-limit", options.no_rate_limit, "Lift every limit")
        ->check(CLI::IsMember({"true", "false", "1", "0"}));
    app->add_option("--quota", settings.per_hour,
                    "Counted queries per project and rolling hour (default: of the project, else 60)")
        ->check(at_least_one())
        ->type_name("N");
    app->add_option("--concurrency", settings.concurrent,
                    "Queries of a project that run at a time (default: of the project, else 5)")
        ->check(at_least_one())
        ->type_name("N");
    app->add_option("--per-second", settings.per_second,
                    "Counted queries per project and rolling second (default: no such limit)")
        ->check(at_least_one())
        ->type_name("N");
}

CLI::App* add_serve(CLI::App& root, ServeOptions& options, std::string& config) {
    auto* app = root.add_subcommand("serve", "Serve the projects over HTTP (the default command)");
    app->add_option("--fixtures", options.fixtures,
                    "Directory of a project; repeat it to serve several (default: the built-in demo)")
        ->type_name("DIR")
        ->expected(1)
        ->take_all()
        ->delimiter(':');
    app->add_option("--host", options.host, "Address to listen on")->capture_default_str();
    app->add_option("--port", options.port, "Port to listen on, 0 for any free one")
        ->check(CLI::Range(0, 65535))
        ->capture_default_str()
        ->type_name("N");
    app->add_option("--port-file", options.port_file, "File that is given the port once the emulator is ready")
        ->type_name("PATH");
    app->add_option_function<std::string>(
           "--ready-format", [&options](const std::string& format) { options.ready_as_json = format == "json"; },
           "Form of the ready line on stdout: text or json (default: text)")
        ->check(CLI::IsMember({"text", "json"}))
        ->type_name("FORMAT");
    instant_option(app, "--clock", options.settings.clock, "Freeze the clock at this time");
    app->add_option_function<std::string>(
           "--auth", [&options](const std::string& mode) { options.settings.auth_required = mode == "on"; },
           "off: anybody may query any project (default: on)")
        ->check(CLI::IsMember({"on", "off"}))
        ->type_name("on|off");
    add_limits(app, options);
    add_switches(app, options.settings.switches);
    app->add_option("--seed", options.settings.seed, "Make session and query ids repeatable")->type_name("N");
    app->add_option("--config", config, "TOML file with any of these flags as keys")->type_name("FILE");
    with_environment(app);
    return app;
}

void add_validate(CLI::App& root, ValidateOptions& options) {
    auto* app = root.add_subcommand("validate", "Check fixtures and count what they hold");
    app->add_option("--fixtures,fixtures", options.fixtures, "Directories of projects (default: the built-in demo)")
        ->type_name("DIR");
    add_switches(app, options.switches);
    with_environment(app);
}

void add_generate(CLI::App& root, GenerateOptions& options) {
    auto* app = root.add_subcommand("generate", "Write a made-up project; the same options give the same bytes");
    app->add_option("--output", options.output, "Directory to write")->required()->type_name("DIR");
    app->add_option("--profiles", options.profiles, "Number of user profiles")->capture_default_str()->type_name("N");
    app->add_option("--groups", options.groups, "Number of group profiles")->capture_default_str()->type_name("N");
    app->add_option("--events", options.events, "Number of events")->capture_default_str()->type_name("N");
    app->add_option("--seed", options.seed, "Another seed gives other profiles")->capture_default_str()->type_name("N");
    app->add_flag("--force", options.force, "Write into a directory that is not empty");
    with_environment(app);
}

void add_healthcheck(CLI::App& root, HealthcheckOptions& options) {
    auto* app = root.add_subcommand("healthcheck", "Ask a running emulator whether it is ready: exit code 0 or 1");
    app->add_option("--host", options.host, "Where it listens")->capture_default_str();
    app->add_option("--port", options.port, "Where it listens")
        ->check(CLI::Range(1, 65535))
        ->capture_default_str()
        ->type_name("N");
    app->add_flag("--wait", options.wait, "Ask again until it is ready");
    app->add_option("--timeout", options.timeout_seconds, "Give up waiting after this many seconds")
        ->check(CLI::Range(0.0, 86400.0))
        ->capture_default_str()
        ->type_name("SECONDS");
    with_environment(app);
}

/// Fills what neither a flag nor the environment gave. Throws CLI11's errors for values.
void apply_config(CLI::App& serve, const std::string& path) {
    const auto entries = read_config_file(path);
    if (!entries) throw CLI::ParseError(entries.error(), kExitUsage);
    for (const auto& [key, values] : *entries) {
        auto* option = serve.get_option_no_throw("--" + key);
        if (!option || key == "config" || key == "help")
            throw CLI::ParseError("--config: " + path + ": unknown key \"" + key + "\"", kExitUsage);
        if (option->count() > 0) continue;
        if (option->get_expected_max() == 0) {
            if (values != std::vector<std::string>{"true"} && values != std::vector<std::string>{"false"})
                throw CLI::ParseError("--config: " + path + ": " + key + ": expected true or false", kExitUsage);
            option->add_result(values);
        } else {
            option->add_result(values);
        }
        option->run_callback();
    }
}

const CLI::App* find_command(const CLI::App& root, const std::string& word) {
    const auto commands = root.get_subcommands(nullptr);
    const auto found = std::find_if(commands.begin(), commands.end(),
                                    [&](const CLI::App* command) { return command->check_name(word); });
    return found == commands.end() ? nullptr : *found;
}

}  // namespace

Expected<Command, Usage> parse_command_line(std::vector<std::string> arguments) {
    ServeOptions serve;
    QueryOptions query;
    ExplainOptions explain;
    EvalOptions eval;
    ValidateOptions validate;
    GenerateOptions generate;
    HealthcheckOptions healthcheck;
    VersionOptions version;
    std::string config;

    CLI::App root{kDescription, "engage-emulator"};
    root.footer(kFooter);
    root.set_version_flag("--version", std::string(kVersion));
    root.require_subcommand(1);
    auto* serve_app = add_serve(root, serve, config);
    add_query(root, query);
    add_explain(root, explain);
    add_eval(root, eval);
    add_validate(root, validate);
    add_generate(root, generate);
    add_healthcheck(root, healthcheck);
    root.add_subcommand("version", "Print the version")->add_flag("--json", version.as_json, "As a JSON object");

    const auto is_of_root = [](const std::string& word) {
        return word == "--help" || word == "-h" || word == "--version";
    };
    if (arguments.empty() || (!is_of_root(arguments.front()) && !find_command(root, arguments.front())))
        arguments.insert(arguments.begin(), "serve");
    const auto command = arguments.front();
    std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back.
    try {
        root.parse(arguments);
        if (serve_app->parsed() && !config.empty()) apply_config(*serve_app, config);
    } catch (const CLI::CallForVersion&) {
        return unexpected(Usage{0, std::string(kVersion) + "\n"});
    } catch (const CLI::CallForHelp&) {
        const auto* shown = find_command(root, command);
        return unexpected(Usage{0, shown ? shown->help("engage-emulator") : root.help()});
    } catch (const std::exception& error) {
        // CLI11's own errors, and what its conversion of odd flag values lets through.
        return unexpected(Usage{kExitUsage, "engage-emulator: " + std::string(error.what()) + " (engage-emulator " +
                                                command + " --help tells more)\n"});
    }
    serve.settings.rate_limited = !serve.no_rate_limit;
    if (command == "serve") return serve;
    if (command == "query") return query;
    if (command == "explain") return explain;
    if (command == "eval") return eval;
    if (command == "validate") return validate;
    if (command == "generate") return generate;
    if (command == "healthcheck") return healthcheck;
    return version;
}

}  // namespace engage::server
