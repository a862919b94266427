#include "server/cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <limits>

#include "expr/text/spelling.hpp"
#include "server/cli/options.hpp"
#include "server/cli/unknown_words.hpp"
#include "server/version.hpp"

namespace engage::server::cli {

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
    "  engage-emulator exec -- npm test\n"
    "  engage-emulator eval 'properties[\"age\"] >= 18' --properties '{\"age\": 21}'\n"
    "\n"
    "Every flag may also come from the environment, under the name that the command's --help shows (--port:\n"
    "ENGAGE_EMULATOR_PORT), those of serve and exec from the file of --config as well; the flag wins over the\n"
    "environment, the environment over the file.\n"
    "Exit codes: 0 done, 1 failure at run time (port taken, unhealthy), 2 bad flags, configuration or fixtures.";

/// The last of a command's flags: all of them may stand in the file and in the environment.
void add_config(CLI::App* app, std::string& config) {
    app->add_option("--config", config, "TOML file with any of these flags as keys")->type_name("FILE");
    with_environment(app);
}

void add_serve(CLI::App& root, running::ServeOptions& options, std::string& config) {
    auto* app = root.add_subcommand("serve", "Serve the projects over HTTP (the default command)");
    app->add_flag("--tls", options.tls, "Serve HTTPS as well, on 127.0.0.1, with a certificate of the local CA")
        ->check(CLI::IsMember({"true", "false", "1", "0"}));
    app->add_option("--port-file", options.port_file, "File that is given the port once the emulator is ready")
        ->type_name("PATH");
    app->add_option_function<std::string>(
           "--ready-format", [&options](const std::string& format) { options.ready_as_json = format == "json"; },
           "Form of the ready line on stdout: text or json (default: text)")
        ->check(CLI::IsMember({"text", "json"}))
        ->type_name("FORMAT");
    app->add_flag("--quiet", options.is_quiet, "Do not tell of each request on stderr")
        ->check(CLI::IsMember({"true", "false", "1", "0"}));
    add_serve_flags(app, options);
    add_config(app, config);
}

void add_exec(CLI::App& root, running::ExecOptions& options, std::string& config) {
    auto* app = root.add_subcommand(
        "exec", "Run a command whose requests to Mixpanel the emulator answers: exec [OPTIONS] -- COMMAND");
    // Runs side by side must not fight for ports.
    options.serve.port = 0;
    options.serve.tls_port = 0;
    options.serve.tls = true;
    options.serve.proxy_port = 0;
    options.serve.is_quiet = true;
    app->add_flag_function(
           "-v,--verbose", [&options](std::int64_t count) { options.serve.is_quiet = count <= 0; },
           "Tell of each request on stderr")
        ->check(CLI::IsMember({"true", "false", "1", "0"}));
    add_serve_flags(app, options.serve);
    app->add_option_function<std::string>(
           "--print-env",
           [&options](const std::string& form) {
               options.print_environment =
                   form == "json" ? running::ExecOptions::Print::kJson : running::ExecOptions::Print::kShell;
           },
           "Print the environment that the command gets: sh or json")
        ->check(CLI::IsMember({"sh", "json"}))
        ->type_name("FORM");
    add_config(app, config);
}

void add_environment(CLI::App& root, running::EnvironmentOptions& options) {
    auto* app = root.add_subcommand("env", "Print the environment in which clients find a running emulator");
    app->add_option("--host", options.host, "Where it listens")->capture_default_str();
    app->add_option("--port", options.port, "Where it listens")
        ->check(CLI::Range(1, 65535))
        ->capture_default_str()
        ->type_name("N");
    app->add_option_function<std::string>(
           "--print-env", [&options](const std::string& form) { options.as_json = form == "json"; },
           "sh or json (default: sh)")
        ->check(CLI::IsMember({"sh", "json"}))
        ->type_name("FORM");
    app->add_option("--control-token", options.control_token, "As the emulator was given it")->type_name("TOKEN");
    with_environment(app);
}

void add_ca(CLI::App& root, running::CaOptions& options) {
    auto* app = root.add_subcommand("ca", "Create the local CA of this user if there is none, and say where it is");
    auto* print = app->add_flag("--print", options.print, "Print its certificate");
    app->add_flag("--remove", options.remove, "Remove it: what was signed with it is no longer trusted")
        ->excludes(print);
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

/// One `key = value` of a configuration file; a list has several values.
struct ConfigEntry {
    std::string key;
    std::vector<std::string> values;
};

/// Reads a TOML file of plain `key = value` lines. The error names the file and what is wrong with it.
Expected<std::vector<ConfigEntry>, std::string> read_config_file(const std::string& path) {
    std::ifstream file(path);
    if (!file) return unexpected("--config: cannot read " + path);
    std::vector<ConfigEntry> entries;
    try {
        for (const auto& item : CLI::ConfigTOML().from_config(file)) {
            if (!item.parents.empty())
                return unexpected("--config: " + path + ": sections are not known: [" + item.parents.front() + "]");
            entries.push_back({item.name, item.inputs});
        }
    } catch (const CLI::Error& error) {
        return unexpected("--config: " + path + ": " + error.what());
    }
    return entries;
}

/// The flags of a command, without their dashes.
std::vector<std::string> flags_of(const CLI::App& app) {
    std::vector<std::string> names;
    for (const auto* option : app.get_options())
        if (!option->get_lnames().empty()) names.push_back(option->get_lnames().front());
    return names;
}

FlagsOfCommands flags_of_all(const CLI::App& root) {
    FlagsOfCommands flags;
    for (const auto* command : root.get_subcommands(nullptr)) flags[command->get_name()] = flags_of(*command);
    return flags;
}

std::string unknown_key(const CLI::App& app, const std::string& key) {
    const auto names = flags_of(app);
    std::vector<std::string_view> known;
    for (const auto& name : names)
        if (name != "help" && name != "config") known.emplace_back(name);
    return "unknown key \"" + key + '"' + expr::text::suggestion(key, known);
}

/// Fills what neither a flag nor the environment gave. Throws CLI11's errors for values.
void apply_config(CLI::App& app, const std::string& path) {
    const auto entries = read_config_file(path);
    if (!entries) throw CLI::ParseError(entries.error(), kExitUsage);
    for (const auto& [key, values] : *entries) {
        auto* option = app.get_option_no_throw("--" + key);
        if (!option || key == "config" || key == "help")
            throw CLI::ParseError("--config: " + path + ": " + unknown_key(app, key), kExitUsage);
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

/// What stands behind `--` is taken out: it has flags of its own.
std::vector<std::string> take_command(std::vector<std::string>& arguments) {
    const auto dashes = std::find(arguments.begin(), arguments.end(), "--");
    if (dashes == arguments.end()) return {};
    std::vector<std::string> command(std::next(dashes), arguments.end());
    arguments.erase(dashes, arguments.end());
    return command;
}

const CLI::App* find_command(const CLI::App& root, const std::string& word) {
    const auto commands = root.get_subcommands(nullptr);
    const auto found = std::find_if(commands.begin(), commands.end(),
                                    [&](const CLI::App* command) { return command->check_name(word); });
    return found == commands.end() ? nullptr : *found;
}

/// `help`, `help COMMAND` and `COMMAND help` are what `--help` is, unless the command takes such a word.
void read_help(std::vector<std::string>& arguments, const CLI::App& root) {
    if (arguments.empty()) return;
    if (arguments.front() == "help") {
        arguments.front() = "--help";
        if (arguments.size() > 1) std::rotate(arguments.begin(), arguments.begin() + 1, arguments.begin() + 2);
        return;
    }
    const auto* command = find_command(root, arguments.front());
    if (command == nullptr || arguments.size() != 2 || arguments.back() != "help") return;
    const auto options = command->get_options();
    const bool takes_words =
        std::any_of(options.begin(), options.end(), [](const CLI::Option* option) { return option->get_positional(); });
    if (!takes_words) arguments.back() = "--help";
}

/// Those of all commands: which one is meant is seen while they are read.
struct AllOptions {
    running::ServeOptions serve;
    QueryOptions query;
    ExplainOptions explain;
    EvalOptions eval;
    ValidateOptions validate;
    GenerateOptions generate;
    HealthcheckOptions healthcheck;
    VersionOptions version;
    running::ExecOptions exec;
    running::EnvironmentOptions environment;
    running::CaOptions ca;
    std::string config;
};

void add_commands(CLI::App& root, AllOptions& all) {
    add_serve(root, all.serve, all.config);
    add_query(root, all.query);
    add_explain(root, all.explain);
    add_eval(root, all.eval);
    add_validate(root, all.validate);
    add_generate(root, all.generate);
    add_healthcheck(root, all.healthcheck);
    add_exec(root, all.exec, all.config);
    add_environment(root, all.environment);
    add_ca(root, all.ca);
    root.add_subcommand("version", "Print the version")->add_flag("--json", all.version.as_json, "As a JSON object");
}

Usage refusal_of(const std::string& command, const std::string& problem) {
    return {kExitUsage, "engage-emulator: " + problem + " (engage-emulator " + command + " --help tells more)\n"};
}

Command chosen(const std::string& command, AllOptions& all) {
    for (auto* options : {&all.serve, &all.exec.serve}) options->settings.rate_limited = !options->no_rate_limit;
    if (command == "serve") return all.serve;
    if (command == "query") return all.query;
    if (command == "explain") return all.explain;
    if (command == "eval") return all.eval;
    if (command == "validate") return all.validate;
    if (command == "generate") return all.generate;
    if (command == "healthcheck") return all.healthcheck;
    if (command == "exec") return all.exec;
    if (command == "env") return all.environment;
    if (command == "ca") return all.ca;
    return all.version;
}

}  // namespace

Expected<Command, Usage> parse_command_line(std::vector<std::string> arguments) {
    AllOptions all;

    CLI::App root{kDescription, "engage-emulator"};
    root.footer(kFooter);
    root.set_version_flag("--version", std::string(kVersion));
    root.require_subcommand(1);
    add_commands(root, all);

    const auto is_of_root = [](const std::string& word) {
        return word == "--help" || word == "-h" || word == "--version";
    };
    read_help(arguments, root);
    if (arguments.empty() || (arguments.front().starts_with('-') && !is_of_root(arguments.front())))
        arguments.insert(arguments.begin(), "serve");
    if (!is_of_root(arguments.front()) && !find_command(root, arguments.front()))
        return unexpected(
            Usage{kExitUsage, "engage-emulator: " + unknown_command(arguments.front(), flags_of_all(root)) +
                                  " (engage-emulator --help lists them)\n"});
    const auto command = arguments.front();
    if (command == "exec") all.exec.command = take_command(arguments);
    std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back.
    try {
        root.parse(arguments);
        if ((command == "serve" || command == "exec") && !all.config.empty())
            apply_config(*root.get_subcommand(command), all.config);
        if (command == "exec" && all.exec.command.empty()) throw CLI::RequiredError("-- COMMAND");
    } catch (const CLI::CallForVersion&) {
        return unexpected(Usage{0, std::string(kVersion) + "\n"});
    } catch (const CLI::CallForHelp&) {
        const auto* shown = find_command(root, command);
        return unexpected(Usage{0, shown ? shown->help("engage-emulator") : root.help()});
    } catch (const CLI::ExtrasError&) {
        return unexpected(
            refusal_of(command, unexpected_words(root.remaining(/*recurse=*/true), command, flags_of_all(root))));
    } catch (const std::exception& error) {
        // CLI11's own errors, and what its conversion of odd flag values lets through.
        return unexpected(refusal_of(command, error.what()));
    }
    return chosen(command, all);
}

std::string environment_warnings(const std::vector<std::string>& environment) {
    if (environment.empty()) return {};
    AllOptions all;
    CLI::App root;
    add_commands(root, all);
    std::vector<std::string> known;
    for (const auto* command : root.get_subcommands(nullptr))
        for (const auto* option : command->get_options())
            if (!option->get_envname().empty()) known.push_back(option->get_envname());
    std::string warnings;
    for (const auto& line : unknown_variables(environment, known))
        warnings += "engage-emulator: warning: " + line + '\n';
    return warnings;
}

}  // namespace engage::server::cli
