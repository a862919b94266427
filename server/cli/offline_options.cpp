#include <limits>

#include "server/cli/options.hpp"

#include "server/query/request/engage_query.hpp"

namespace engage::server::cli {

namespace {

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
