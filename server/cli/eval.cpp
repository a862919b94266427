#include "server/cli/eval.hpp"

#include <cmath>
#include <istream>
#include <nlohmann/json.hpp>
#include <ostream>
#include <variant>

#include "expr/evaluation/program.hpp"
#include "expr/syntax/parse.hpp"
#include "expr/trees/json_tree.hpp"
#include "expr/values/json.hpp"
#include "fixtures/json/json_value.hpp"
#include "fixtures/json/read.hpp"
#include "server/catalogue/switches/dialect.hpp"
#include "server/cli/syntax_error.hpp"
#include "server/http/bounded_json.hpp"
#include "server/time/time_text.hpp"

namespace engage::server::cli {

namespace {

using nlohmann::json;
using nlohmann::ordered_json;

/// One evaluation, wherever it was asked for.
struct Task {
    std::string where;
    std::optional<std::string> tree;  ///< JSON text of an expression tree, in place of `where`.
    json properties = json::object();
    std::optional<std::string> distinct_id;
    expr::values::TimeZone zone;
    std::int64_t now = 0;
};

class TaskRecord final : public expr::values::Record {
public:
    TaskRecord(const Task& task, const std::vector<expr::values::Reference>& references) {
        for (const auto& [scope, name] : references) {
            const bool is_profile = scope == expr::values::Scope::kProperties || scope == expr::values::Scope::kUser;
            if (is_profile && name == "$distinct_id" && task.distinct_id)
                texts_.push_back(json(*task.distinct_id).dump());
            else
                texts_.push_back(is_profile && task.properties.contains(name) ? task.properties[name].dump() : "");
        }
    }
    expr::values::View value(std::size_t reference, expr::values::Arena& arena) const override {
        const auto& text = texts_[reference];
        return text.empty() ? expr::values::View{} : fixtures::json::decode_json(text, arena);
    }

private:
    std::vector<std::string> texts_;  ///< JSON text of each reference's value, empty when undefined.
};

/// Why an expression was refused: its text or its JSON tree.
using Mistake = std::variant<expr::syntax::ParseError, expr::values::DocumentError>;

Expected<expr::syntax::Ast, Mistake> read_expression(const Task& task, expr::syntax::Grammar grammar) {
    if (!task.tree) {
        auto ast = expr::syntax::parse(task.where, grammar);
        if (!ast) return unexpected(Mistake(std::move(ast.error())));
        return std::move(*ast);
    }
    const auto tree = fixtures::json::read_document(*task.tree);
    if (!tree) return unexpected(Mistake(tree.error()));
    auto ast = expr::trees::parse_tree(expr::values::Cursor(*tree));
    if (!ast) return unexpected(Mistake(std::move(ast.error())));
    return std::move(*ast);
}

ordered_json error_json(const expr::syntax::ParseError& error) {
    return {{"error", {{"offset", error.offset}, {"message", error.message}}}};
}
ordered_json error_json(const expr::values::DocumentError& error) {
    return {{"error", {{"pointer", error.pointer}, {"message", error.message}}}};
}

ordered_json error_json(const std::string& message) { return {{"error", {{"message", message}}}}; }

std::string describe(const Task& task, const Mistake& mistake) {
    if (const auto* error = std::get_if<expr::syntax::ParseError>(&mistake))
        return describe_syntax_error("", task.where, *error);
    const auto& [pointer, message] = std::get<expr::values::DocumentError>(mistake);
    return "engage-emulator: --tree: " + pointer + (pointer.empty() ? "" : ": ") + message + '\n';
}

/// The line that answers one task.
ordered_json answer(const Task& task, expr::syntax::Ast ast, const EvalOptions& options) {
    ordered_json notation;
    if (options.parse_only) notation["tree"] = expr::syntax::to_tree(ast);
    if (options.as_text) notation["text"] = expr::syntax::to_text(ast);
    if (!notation.is_null()) return notation;
    const expr::evaluation::Program program(std::move(ast));
    for (const auto& [scope, name] : program.references())
        if (scope == expr::values::Scope::kBehaviors || scope == expr::values::Scope::kCohorts)
            return error_json(std::string(scope == expr::values::Scope::kBehaviors ? "behaviors" : "cohort") + " \"" +
                              name + "\": eval has one profile and nothing else; query and explain take --behaviors");
    const TaskRecord record(task, program.references());
    const auto context =
        catalogue::switches::context_of(time::TimePoint(std::chrono::seconds(task.now)), task.zone, options.switches);
    expr::values::Arena arena;
    std::optional<expr::evaluation::LogicalFault> fault;
    const bool matches = program.matches(record, context, arena, &fault);
    if (fault) return error_json(catalogue::switches::fault_text(*fault));
    // A blank expression has no value; it matches.
    const auto value = program.ast().root ? program.evaluate(record, context, arena) : expr::values::View{};
    return {{"matches", matches},
            {"value", ordered_json::parse(expr::values::to_json(value, task.zone), nullptr, false)},
            {"type", expr::values::type_name(value.type())}};
}

std::string to_line(const ordered_json& line) { return line.dump(-1, ' ', false, json::error_handler_t::replace); }

std::int64_t present() {
    return std::chrono::floor<std::chrono::seconds>(time::Clock().now()).time_since_epoch().count();
}

Expected<void, std::string> read_expression_keys(const json& object, Task& task) {
    if (object.contains("tree")) {
        if (object.contains("where")) return unexpected<std::string>("expected one of where and tree, found both");
        task.tree = object["tree"].dump();
        return {};
    }
    if (!object.contains("where") || !object["where"].is_string())
        return unexpected<std::string>("where: expected a string");
    task.where = object["where"];
    return {};
}

Expected<Task, std::string> task_of_line(const std::string& line) {
    constexpr std::string_view kKeys[] = {"where", "tree", "properties", "distinct_id", "timezone", "now"};
    const auto read = http::parse_bounded_json(line);
    if (!read || !read->is_object()) return unexpected<std::string>("expected a JSON object a line");
    const auto& object = *read;
    for (const auto& [key, value] : object.items())
        if (std::find(std::begin(kKeys), std::end(kKeys), key) == std::end(kKeys))
            return unexpected("unknown key \"" + key +
                              "\": expected where, tree, properties, distinct_id, timezone or now");
    Task task;
    task.now = present();
    if (auto expression = read_expression_keys(object, task); !expression) return unexpected(expression.error());
    if (object.contains("properties")) {
        if (!object["properties"].is_object()) return unexpected<std::string>("properties: expected an object");
        task.properties = object["properties"];
    }
    if (object.contains("distinct_id")) {
        if (!object["distinct_id"].is_string()) return unexpected<std::string>("distinct_id: expected a string");
        task.distinct_id = object["distinct_id"].get<std::string>();
    }
    if (object.contains("timezone")) {
        if (!object["timezone"].is_string()) return unexpected<std::string>("timezone: expected a string");
        auto zone = expr::values::TimeZone::find(object["timezone"].get<std::string>());
        if (!zone) return unexpected("timezone: " + zone.error());
        task.zone = std::move(*zone);
    }
    if (object.contains("now")) {
        const auto& now = object["now"];
        const auto instant = now.is_string()   ? time::parse_instant(now.get<std::string>())
                             : now.is_number() ? time::parse_instant(now.dump())
                                               : std::nullopt;
        if (!instant) return unexpected<std::string>("now: expected Unix seconds or an ISO 8601 time");
        task.now = std::chrono::floor<std::chrono::seconds>(*instant).time_since_epoch().count();
    }
    return task;
}

ordered_json answer_line(const std::string& line, const EvalOptions& options) {
    const auto task = task_of_line(line);
    if (!task) return error_json(expr::syntax::ParseError{0, task.error()});
    auto ast = read_expression(*task, catalogue::switches::grammar_of(options.switches));
    if (!ast) return std::visit([](const auto& error) { return error_json(error); }, ast.error());
    return answer(*task, std::move(*ast), options);
}

int run_batch(const EvalOptions& options, std::istream& input, std::ostream& output) {
    for (std::string line; std::getline(input, line);) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        output << to_line(answer_line(line, options)) << '\n';
    }
    return 0;
}

}  // namespace

int run(const EvalOptions& options, std::istream& input, std::ostream& output, std::ostream& errors) {
    if (options.batch) return run_batch(options, input, output);
    Task task{.where = options.expression,
              .tree = options.tree,
              .properties = http::parse_bounded_json(options.properties).value_or(json()),
              .distinct_id = options.distinct_id,
              .zone = {},
              .now = options.now ? std::chrono::floor<std::chrono::seconds>(*options.now).time_since_epoch().count()
                                 : present()};
    if (!task.properties.is_object())
        return errors << "engage-emulator: --properties: expected a JSON object\n", kExitUsage;
    auto zone = expr::values::TimeZone::find(options.timezone);
    if (!zone) return errors << "engage-emulator: --timezone: " << zone.error() << '\n', kExitUsage;
    task.zone = std::move(*zone);
    auto ast = read_expression(task, catalogue::switches::grammar_of(options.switches));
    if (!ast) return errors << describe(task, ast.error()), kExitUsage;
    const auto line = answer(task, std::move(*ast), options);
    if (line.contains("error"))
        return errors << "engage-emulator: " << line["error"]["message"].get<std::string>() << '\n', kExitUsage;
    output << to_line(line) << '\n';
    return 0;
}

}  // namespace engage::server::cli
