#include "server/cli/options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <limits>

#include "server/http/proxy.hpp"
#include "server/query/request/engage_query.hpp"
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

CLI::Range at_least_one() { return CLI::Range(std::uint32_t{1}, std::numeric_limits<std::uint32_t>::max()); }

void add_limits(CLI::App* app, running::ServeOptions& options) {
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

CLI::Range port_range() { return CLI::Range(0, 65535); }

/// Replaces the text; returns what is wrong with it.
std::string as_allowed_host(std::string& text) {
    auto host = http::allowed_host(text);
    if (!host) return std::move(host.error());
    text = std::move(*host);
    return {};
}

void add_other_ports(CLI::App* app, running::ServeOptions& options) {
    app->add_option("--tls-port", options.tls_port,
                    "Port of HTTPS, 0 for any free one (default: 9798, or any free one with --port 0)")
        ->check(port_range())
        ->type_name("N");
    auto* certificate = app->add_option("--tls-cert", options.tls_certificate,
                                        "Certificate in PEM to show instead of one of the local CA")
                            ->type_name("FILE");
    auto* key = app->add_option("--tls-key", options.tls_key, "Its private key")->type_name("FILE");
    certificate->needs(key);
    key->needs(certificate);
    app->add_option("--proxy-port", options.proxy_port,
                    "Be an HTTP proxy on 127.0.0.1 that answers for mixpanel.com and refuses other hosts; 0 for any "
                    "free port")
        ->check(port_range())
        ->type_name("N");
    app->add_option("--proxy-allow", options.proxy_allow,
                    "Let the proxy through to this host, or to *.DOMAIN; repeat it or separate with commas")
        ->transform(CLI::Validator(as_allowed_host, ""))
        ->type_name("HOST")
        ->expected(1)
        ->take_all()
        ->allow_extra_args(false)
        ->delimiter(',');
    app->add_flag("--allow-remote", options.allow_remote, "Accept a --host that other machines can reach")
        ->check(CLI::IsMember({"true", "false", "1", "0"}));
    app->add_option("--control-token", options.settings.control_token,
                    "Demand this token (Authorization: Bearer TOKEN) of whoever steers the emulator")
        ->type_name("TOKEN");
}

void add_order(CLI::App* app, query::request::OrderParameters& order) {
    auto* key = app->add_option("--sort-key", order.sort_key,
                                "Sort by the value of this expression (default: the order of the fixtures)")
                    ->type_name("EXPR");
    app->add_option_function<std::string>(
           "--sort-order",
           [&order](const std::string& direction) {
               order.sort_order = direction == "ascending" ? expr::columns::Direction::kAscending
                                                           : expr::columns::Direction::kDescending;
           },
           "ascending or descending (default: descending, see sort_order.default in docs/fidelity.md)")
        ->check(CLI::IsMember({"ascending", "descending"}))
        ->needs(key)
        ->type_name("ORDER");
    app->add_option("--limit", order.limit, "At most so many profiles")
        ->check(CLI::Range(std::uint64_t{1}, std::numeric_limits<std::uint64_t>::max()))
        ->type_name("N");
}

/// The parameters of a query that say what `behaviors["name"]` is.
template <class Options>
void add_behaviors(CLI::App* app, Options& options) {
    app->add_option("--behaviors", options.behaviors, "What behaviors[\"name\"] counts, as the parameter behaviors")
        ->type_name("JSON");
    app->add_option("--as-of-timestamp", options.as_of,
                    "Unix seconds at which the windows of behaviors end (default: the time of --clock)")
        ->check(CLI::Range(std::int64_t{0}, query::request::kLatestTime))
        ->type_name("SECONDS");
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
    // One variable that several commands read must mean one thing: `generate --output` is a folder.
    constexpr std::array<std::string_view, 6> kShared = {"fixtures", "host", "port", "control-token", "clock", "set"};
    const bool is_server = app->get_name() == "serve" || app->get_name() == "exec";
    for (auto* option : app->get_options()) {
        if (option->get_lnames().empty() || option->get_lnames().front() == "help") continue;
        const auto& flag = option->get_lnames().front();
        const bool is_shared = is_server || std::find(kShared.begin(), kShared.end(), flag) != kShared.end();
        auto name = "ENGAGE_EMULATOR_" + (is_shared ? flag : app->get_name() + '-' + flag);
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return c == '-' ? '_' : static_cast<char>(std::toupper(c)); });
        option->envname(name);
    }
}

void add_serve_flags(CLI::App* app, running::ServeOptions& options) {
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
    add_other_ports(app, options);
    instant_option(app, "--clock", options.settings.clock, "Freeze the clock at this time");
    app->add_option_function<std::string>(
           "--auth", [&options](const std::string& mode) { options.settings.auth_required = mode == "on"; },
           "off: anybody may query any project (default: on)")
        ->check(CLI::IsMember({"on", "off"}))
        ->type_name("on|off");
    add_limits(app, options);
    app->add_option_function<std::string>(
           "--log", [&options](const std::string& form) { options.log_as_json = form == "json"; },
           "Form of the line that tells of a request: text or json (default: text)")
        ->check(CLI::IsMember({"text", "json"}))
        ->type_name("FORM");
    add_switches(app, options.settings.switches);
    app->add_option("--seed", options.settings.seed, "Make session and query ids repeatable")->type_name("N");
}

void add_query(CLI::App& root, QueryOptions& options) {
    auto* app = root.add_subcommand("query", "Run one query over a project without a server");
    app->add_option("--fixtures", options.fixtures, "Directory of the project (default: the built-in demo)")
        ->type_name("DIR");
    app->add_option("--where", options.where, "Segmentation expression (default: every profile)")->type_name("EXPR");
    add_behaviors(app, options);
    app->add_option("--cohort", options.cohort, "Only members of this cohort")->type_name("ID");
    app->add_option("--data-group-id", options.data_group_id, "Group profiles of this data group")->type_name("ID");
    app->add_option("--search", options.search, "Only profiles with this text in $distinct_id or $email")
        ->type_name("TEXT");
    add_order(app, options.order);
    instant_option(app, "--clock", options.now,
                   "The time that NOW stands for (default: the project's clock, else the present)");
    app->add_option_function<std::string>(
           "--output",
           [&options](const std::string& output) {
               options.output = output == "ids"     ? QueryOptions::Output::kIds
                                : output == "count" ? QueryOptions::Output::kCount
                                                    : QueryOptions::Output::kNdjson;
           },
           "ids, ndjson (whole rows) or count (default: ids)")
        ->check(CLI::IsMember({"ids", "ndjson", "count"}))
        ->type_name("FORM");
    add_switches(app, options.switches);
    with_environment(app);
}

void add_explain(CLI::App& root, ExplainOptions& options) {
    auto* app = root.add_subcommand("explain", "Say what an expression matches in a project, why, and what to change");
    auto* expression = app->add_option("expression", options.where, "Segmentation expression")->type_name("EXPR");
    app->add_option("--fixtures", options.fixtures, "Directory of the project (default: the built-in demo)")
        ->type_name("DIR");
    add_behaviors(app, options);
    app->add_option("--id", options.distinct_id, "Show the value of each part for this profile")
        ->type_name("DISTINCT_ID");
    app->add_option("--data-group-id", options.data_group_id, "Group profiles of this data group")->type_name("ID");
    instant_option(app, "--clock", options.now,
                   "The time that NOW stands for (default: the project's clock, else the present)");
    app->add_option_function<std::string>(
           "--output", [&options](const std::string& output) { options.as_json = output == "json"; },
           "text or json (default: text)")
        ->check(CLI::IsMember({"text", "json"}))
        ->type_name("FORM");
    add_switches(app, options.switches);
    with_environment(app);
    // Not from the environment, where it would exclude the expression that the call gives.
    auto* where = app->add_option("--where", options.where, "The expression, as query has it")
                      ->type_name("EXPR")
                      ->excludes(expression);
    app->callback([expression, where] {
        if (expression->count() + where->count() == 0) throw CLI::RequiredError("EXPR or --where");
    });
}

void add_eval(CLI::App& root, EvalOptions& options) {
    auto* app = root.add_subcommand("eval", "Evaluate an expression for one profile, or a batch of them from stdin");
    auto* expression = app->add_option("expression", options.expression, "Segmentation expression")->type_name("EXPR");
    auto* tree =
        app->add_option("--tree", options.tree, "JSON expression tree in place of EXPR, as saved cohorts have it")
            ->type_name("JSON")
            ->excludes(expression);
    app->add_option("--properties", options.properties, "The profile's properties as a JSON object")
        ->capture_default_str()
        ->type_name("JSON");
    app->add_option("--distinct-id", options.distinct_id, "The profile's id")->type_name("ID");
    app->add_option("--timezone", options.timezone, "The project's time zone")
        ->capture_default_str()
        ->type_name("ZONE");
    instant_option(app, "--now", options.now, "The time that NOW stands for (default: the present)");
    app->add_flag("--parse", options.parse_only, "Print the parse tree instead of a value");
    app->add_flag("--text", options.as_text, "Print the expression as text instead of a value");
    add_switches(app, options.switches);
    auto* batch = app->add_flag(
        "--batch", options.batch,
        "Read NDJSON {\"where\":… or \"tree\":…,\"properties\":{…},\"distinct_id\":…,\"timezone\":…,\"now\":…} from "
        "stdin");
    batch->excludes(expression)->excludes(tree);
    app->callback([&options, expression, tree] {
        if (!options.batch && expression->count() + tree->count() == 0)
            throw CLI::RequiredError("EXPR, --tree or --batch");
    });
    with_environment(app);
}

}  // namespace engage::server::cli
