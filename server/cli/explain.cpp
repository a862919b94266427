#include "server/cli/explain.hpp"

#include <ostream>

#include "server/catalogue/switches/dialect.hpp"
#include "server/catalogue/switches/filters.hpp"
#include "server/cli/syntax_error.hpp"
#include "server/explain/explain_json.hpp"
#include "server/explain/explain_text.hpp"
#include "server/running/projects.hpp"

namespace engage::server::cli {

namespace {

int refuse(const ExplainOptions& options, const explain::ExplainError& error, std::ostream& output,
           std::ostream& errors) {
    const auto* mistake = std::get_if<expr::syntax::ParseError>(&error);
    if (mistake == nullptr)
        errors << "engage-emulator: " << std::get<std::string>(error) << '\n';
    else if (options.as_json)
        output << explain::syntax_error_json(options.where, *mistake) << '\n';
    else
        errors << describe_syntax_error("", options.where, *mistake);
    return kExitUsage;
}

}  // namespace

int run(const ExplainOptions& options, std::ostream& output, std::ostream& errors) {
    auto projects = running::load_projects(
        options.fixtures.empty() ? std::vector<std::string>{} : std::vector{options.fixtures}, errors);
    if (!projects) return kExitUsage;
    const auto snapshot = std::make_shared<const space::Snapshot>(
        std::make_shared<const fixtures::project::Project>(std::move(projects->front())));
    const auto& project = *snapshot->project;
    auto now = options.now;
    if (!now && project.clock) now = *project.clock;
    const explain::ExplainQuery query{
        .where = options.where,
        .data_group_id = options.data_group_id,
        .distinct_id = options.distinct_id,
        .grammar = catalogue::switches::grammar_of(options.switches),
        .behaviors = options.behaviors,
        .as_of = options.as_of,
        .undeclared_is_zero = options.switches.choice(catalogue::switches::kBehaviorsUndeclared) ==
                              catalogue::switches::BehaviorsUndeclared::kZero};
    const auto explanation = explain::explain(
        snapshot, query,
        catalogue::switches::context_of(now.value_or(time::Clock().now()), project.zone, options.switches));
    if (!explanation) return refuse(options, explanation.error(), output, errors);
    output << (options.as_json ? explain::explanation_json(*explanation) + '\n'
                               : explain::explanation_text(*explanation));
    return 0;
}

}  // namespace engage::server::cli
