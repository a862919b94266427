#include "server/cli/eval.hpp"

#include <algorithm>
#include <cmath>
#include <istream>
#include <ostream>
#include <variant>

#include "expr/evaluation/program.hpp"
#include "expr/syntax/parse.hpp"
#include "expr/trees/json_tree.hpp"
#include "expr/values/children.hpp"
#include "expr/values/json.hpp"
#include "fixtures/json/json_value.hpp"
#include "fixtures/json/read.hpp"
#include "fixtures/json/write.hpp"
#include "server/catalogue/switches/dialect.hpp"
#include "server/cli/syntax_error.hpp"
#include "server/time/time_text.hpp"

namespace engage::server::cli {

namespace {

using expr::values::Cursor;
using expr::values::Type;
using fixtures::json::ObjectText;

/// One evaluation, wherever it was asked for.
struct Task {
    std::string where;
    std::optional<std::string> tree;  ///< JSON text of an expression tree, in place of `where`.
    std::vector<std::pair<std::string, std::string>> properties;  ///< Name and JSON text.
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
                texts_.push_back(fixtures::json::literal(*task.distinct_id));
            else
                texts_.push_back(is_profile ? property_text(task, name) : "");
        }
    }
    expr::values::View value(std::size_t reference, expr::values::Arena& arena) const override {
        const auto& text = texts_[reference];
        return text.empty() ? expr::values::View{} : fixtures::json::decode_json(text, arena);
    }

private:
    static std::string property_text(const Task& task, const std::string& name) {
        const auto found = std::find_if(task.properties.begin(), task.properties.end(),
                                        [&](const auto& property) { return property.first == name; });
        return found == task.properties.end() ? "" : found->second;
    }

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

/// One answer: a line of JSON, or what is wrong and the line that says so.
struct Answer {
    std::string line;
    std::string error{};
};

Answer refused(ObjectText error, const std::string& message) {
    return {ObjectText().add_json("error", error.add("message", message).text()).text(), message};
}
Answer refused(const expr::syntax::ParseError& error) {
    return refused(ObjectText().add("offset", error.offset), error.message);
}
Answer refused(const expr::values::DocumentError& error) {
    return refused(ObjectText().add("pointer", error.pointer), error.message);
}

std::string describe(const Task& task, const Mistake& mistake) {
    if (const auto* error = std::get_if<expr::syntax::ParseError>(&mistake))
        return describe_syntax_error("", task.where, *error);
    const auto& [pointer, message, offset] = std::get<expr::values::DocumentError>(mistake);
    return "engage-emulator: --tree: " + pointer + (pointer.empty() ? "" : ": ") + message + '\n';
}

std::string describe_properties(const std::string& text, const expr::values::DocumentError& error) {
    const auto place = error.pointer.empty() ? std::string() : error.pointer + ": ";
    if (error.offset) return describe_syntax_error("--properties: ", text, {*error.offset, place + error.message});
    return "engage-emulator: --properties: " + place + error.message + '\n';
}

/// The line that answers one task.
Answer answer(const Task& task, expr::syntax::Ast ast, const EvalOptions& options) {
    ObjectText notation;
    if (options.parse_only) notation.add("tree", expr::syntax::to_tree(ast));
    if (options.as_text) notation.add("text", expr::syntax::to_text(ast));
    if (options.parse_only || options.as_text) return {notation.text()};
    const expr::evaluation::Program program(std::move(ast));
    for (const auto& [scope, name] : program.references())
        if (scope == expr::values::Scope::kBehaviors || scope == expr::values::Scope::kCohorts)
            return refused({}, std::string(scope == expr::values::Scope::kBehaviors ? "behaviors" : "cohort") + " \"" +
                                   name +
                                   "\": eval has one profile and nothing else; query and explain take --behaviors");
    const TaskRecord record(task, program.references());
    const auto context =
        catalogue::switches::context_of(time::TimePoint(std::chrono::seconds(task.now)), task.zone, options.switches);
    expr::values::Arena arena;
    std::optional<expr::evaluation::LogicalFault> fault;
    const bool matches = program.matches(record, context, arena, &fault);
    if (fault) return refused({}, catalogue::switches::fault_text(*fault));
    // A blank expression has no value; it matches.
    const auto value = program.ast().root ? program.evaluate(record, context, arena) : expr::values::View{};
    return {ObjectText()
                .add("matches", matches)
                .add_json("value", expr::values::to_json(value, task.zone))
                .add("type", expr::values::type_name(value.type()))
                .text()};
}

std::int64_t present() {
    return std::chrono::floor<std::chrono::seconds>(time::Clock().now()).time_since_epoch().count();
}

Expected<void, std::string> read_expression_keys(const Cursor& object, Task& task) {
    if (const auto tree = object["tree"]; tree.is_present()) {
        if (object["where"].is_present()) return unexpected<std::string>("expected one of where and tree, found both");
        task.tree = tree.json();
        return {};
    }
    if (!object["where"].is(Type::kString)) return unexpected<std::string>("where: expected a string");
    task.where = object["where"].as_string();
    return {};
}

Expected<void, std::string> read_properties(const Cursor& properties, Task& task) {
    if (!properties.is(Type::kObject)) return unexpected<std::string>("properties: expected an object");
    for (const auto& property : expr::values::Children(properties))
        task.properties.emplace_back(property.name(), fixtures::json::compact_text(property));
    return {};
}

Expected<void, std::string> read_circumstances(const Cursor& object, Task& task) {
    if (const auto id = object["distinct_id"]; id.is_present()) {
        if (!id.is(Type::kString)) return unexpected<std::string>("distinct_id: expected a string");
        task.distinct_id = id.as_string();
    }
    if (const auto name = object["timezone"]; name.is_present()) {
        if (!name.is(Type::kString)) return unexpected<std::string>("timezone: expected a string");
        auto zone = expr::values::TimeZone::find(std::string(name.as_string()));
        if (!zone) return unexpected("timezone: " + zone.error());
        task.zone = std::move(*zone);
    }
    task.now = present();
    if (const auto now = object["now"]; now.is_present()) {
        const auto text = now.is(Type::kString) ? now.as_string() : now.is(Type::kNumber) ? now.json() : "";
        const auto instant = time::parse_instant(std::string(text));
        if (!instant) return unexpected<std::string>("now: expected Unix seconds or an ISO 8601 time");
        task.now = std::chrono::floor<std::chrono::seconds>(*instant).time_since_epoch().count();
    }
    return {};
}

Expected<Task, std::string> task_of_line(const std::string& line) {
    constexpr std::string_view kKeys[] = {"where", "tree", "properties", "distinct_id", "timezone", "now"};
    const auto read = fixtures::json::read_document(line);
    if (!read && read.error().message == fixtures::json::kDuplicateKey)
        return unexpected(read.error().pointer + ": " + read.error().message);
    if (!read || read->node(0).type != Type::kObject) return unexpected<std::string>("expected a JSON object a line");
    const Cursor object(*read);
    for (const auto& member : expr::values::Children(object))
        if (std::find(std::begin(kKeys), std::end(kKeys), member.name()) == std::end(kKeys))
            return unexpected("unknown key \"" + std::string(member.name()) +
                              "\": expected where, tree, properties, distinct_id, timezone or now");
    Task task;
    if (auto expression = read_expression_keys(object, task); !expression) return unexpected(expression.error());
    if (const auto properties = object["properties"]; properties.is_present())
        if (auto done = read_properties(properties, task); !done) return unexpected(done.error());
    if (auto done = read_circumstances(object, task); !done) return unexpected(done.error());
    return task;
}

Answer answer_line(const std::string& line, const EvalOptions& options) {
    const auto task = task_of_line(line);
    if (!task) return refused(expr::syntax::ParseError{0, task.error()});
    auto ast = read_expression(*task, catalogue::switches::grammar_of(options.switches));
    if (!ast) return std::visit([](const auto& error) { return refused(error); }, ast.error());
    return answer(*task, std::move(*ast), options);
}

int run_batch(const EvalOptions& options, std::istream& input, std::ostream& output) {
    for (std::string line; std::getline(input, line);) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        output << answer_line(line, options).line << '\n';
    }
    return 0;
}

}  // namespace

int run(const EvalOptions& options, std::istream& input, std::ostream& output, std::ostream& errors) {
    if (options.batch) return run_batch(options, input, output);
    Task task{.where = options.expression,
              .tree = options.tree,
              .properties = {},
              .distinct_id = options.distinct_id,
              .zone = {},
              .now = options.now ? std::chrono::floor<std::chrono::seconds>(*options.now).time_since_epoch().count()
                                 : present()};
    const auto properties = fixtures::json::read_document(options.properties);
    if (!properties) {
        errors << describe_properties(options.properties, properties.error());
        return kExitUsage;
    }
    if (!read_properties(Cursor(*properties), task)) {
        errors << "engage-emulator: --properties: expected a JSON object\n";
        return kExitUsage;
    }
    auto zone = expr::values::TimeZone::find(options.timezone);
    if (!zone) {
        errors << "engage-emulator: --timezone: " << zone.error() << '\n';
        return kExitUsage;
    }
    task.zone = std::move(*zone);
    auto ast = read_expression(task, catalogue::switches::grammar_of(options.switches));
    if (!ast) {
        errors << describe(task, ast.error());
        return kExitUsage;
    }
    const auto line = answer(task, std::move(*ast), options);
    if (!line.error.empty()) {
        errors << "engage-emulator: " << line.error << '\n';
        return kExitUsage;
    }
    output << line.line << '\n';
    return 0;
}

}  // namespace engage::server::cli
