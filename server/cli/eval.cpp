#include "server/cli/eval.hpp"

#include <cmath>
#include <istream>
#include <nlohmann/json.hpp>
#include <ostream>

#include "expr/parse.hpp"
#include "expr/program.hpp"
#include "fixtures/json_value.hpp"
#include "server/time_text.hpp"

namespace engage::server {

namespace {

using nlohmann::json;
using nlohmann::ordered_json;

/// One evaluation, wherever it was asked for.
struct Task {
    std::string where;
    json properties = json::object();
    std::optional<std::string> distinct_id;
    expr::TimeZone zone;
    std::int64_t now = 0;
};

class TaskRecord final : public expr::Record {
public:
    TaskRecord(const Task& task, const std::vector<expr::Reference>& references) {
        for (const auto& [scope, name] : references) {
            const bool is_profile = scope == expr::Scope::kProperties || scope == expr::Scope::kUser;
            if (is_profile && name == "$distinct_id" && task.distinct_id)
                texts_.push_back(json(*task.distinct_id).dump());
            else
                texts_.push_back(is_profile && task.properties.contains(name) ? task.properties[name].dump() : "");
        }
    }
    expr::View value(std::size_t reference, expr::Arena& arena) const override {
        const auto& text = texts_[reference];
        return text.empty() ? expr::View{} : fixtures::decode_json(text, arena);
    }

private:
    std::vector<std::string> texts_;  ///< JSON text of each reference's value, empty when undefined.
};

ordered_json error_json(std::size_t offset, const std::string& message) {
    return {{"error", {{"offset", offset}, {"message", message}}}};
}

/// The line that answers one task.
ordered_json answer(const Task& task, bool parse_only) {
    auto ast = expr::parse(task.where);
    if (!ast) return error_json(ast.error().offset, ast.error().message);
    if (parse_only) return {{"tree", to_tree(*ast)}};
    const expr::Program program(std::move(*ast));
    const TaskRecord record(task, program.references());
    const expr::Context context{.now = task.now, .zone = task.zone};
    expr::Arena arena;
    const bool matches = program.matches(record, context, arena);
    // A blank expression has no value; it matches.
    const auto value = program.ast().root ? program.evaluate(record, context, arena) : expr::View{};
    return {{"matches", matches},
            {"value", ordered_json::parse(expr::to_json(value, task.zone), nullptr, false)},
            {"type", type_name(value.type())}};
}

std::string to_line(const ordered_json& line) { return line.dump(-1, ' ', false, json::error_handler_t::replace); }

std::int64_t present() { return std::chrono::floor<std::chrono::seconds>(Clock().now()).time_since_epoch().count(); }

Expected<Task, std::string> task_of_line(const std::string& line) {
    constexpr std::string_view kKeys[] = {"where", "properties", "distinct_id", "timezone", "now"};
    const auto object = json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (!object.is_object()) return unexpected<std::string>("expected a JSON object a line");
    for (const auto& [key, value] : object.items())
        if (std::find(std::begin(kKeys), std::end(kKeys), key) == std::end(kKeys))
            return unexpected("unknown key \"" + key + "\": expected where, properties, distinct_id, timezone or now");
    Task task;
    task.now = present();
    if (!object.contains("where") || !object["where"].is_string())
        return unexpected<std::string>("where: expected a string");
    task.where = object["where"];
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
        auto zone = expr::TimeZone::find(object["timezone"].get<std::string>());
        if (!zone) return unexpected("timezone: " + zone.error());
        task.zone = std::move(*zone);
    }
    if (object.contains("now")) {
        const auto& now = object["now"];
        const auto instant = now.is_string()   ? parse_instant(now.get<std::string>())
                             : now.is_number() ? parse_instant(now.dump())
                                               : std::nullopt;
        if (!instant) return unexpected<std::string>("now: expected Unix seconds or an ISO 8601 time");
        task.now = std::chrono::floor<std::chrono::seconds>(*instant).time_since_epoch().count();
    }
    return task;
}

int run_batch(const EvalOptions& options, std::istream& input, std::ostream& output) {
    for (std::string line; std::getline(input, line);) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        const auto task = task_of_line(line);
        output << to_line(task ? answer(*task, options.parse_only) : error_json(0, task.error())) << '\n';
    }
    return 0;
}

}  // namespace

int run(const EvalOptions& options, std::istream& input, std::ostream& output, std::ostream& errors) {
    if (options.batch) return run_batch(options, input, output);
    Task task{.where = options.expression,
              .properties = json::parse(options.properties, nullptr, /*allow_exceptions=*/false),
              .distinct_id = options.distinct_id,
              .zone = {},
              .now = options.now ? std::chrono::floor<std::chrono::seconds>(*options.now).time_since_epoch().count()
                                 : present()};
    if (!task.properties.is_object())
        return errors << "engage-emulator: --properties: expected a JSON object\n", kExitUsage;
    auto zone = expr::TimeZone::find(options.timezone);
    if (!zone) return errors << "engage-emulator: --timezone: " << zone.error() << '\n', kExitUsage;
    task.zone = std::move(*zone);
    if (const auto ast = expr::parse(task.where); !ast) {
        errors << "engage-emulator: at character " << ast.error().offset << ": " << ast.error().message << '\n'
               << expr::caret_lines(task.where, ast.error().offset) << '\n';
        return kExitUsage;
    }
    output << to_line(answer(task, options.parse_only)) << '\n';
    return 0;
}

}  // namespace engage::server
