#include "server/definitions/behaviors_parameter.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "expr/text/shortened.hpp"
#include "expr/values/children.hpp"
#include "fixtures/json/read.hpp"
#include "server/definitions/event_days.hpp"
#include "server/definitions/event_selector.hpp"

namespace engage::server::definitions {

namespace {

using namespace std::string_view_literals;

constexpr std::array kBehaviorKeys{"name"sv, "window"sv, "from_date"sv, "to_date"sv, "event_selectors"sv};
constexpr std::string_view kExpectedArray =
    R"(a JSON array such as [{"window":"90d","name":"bought","event_selectors":[{"event":"Purchase"}]}])";

struct Unit {
    char letter;
    std::int64_t seconds;
};
constexpr std::array kWindowUnits{Unit{'h', 3600}, Unit{'d', 86'400}, Unit{'w', 7 * 86'400}, Unit{'m', 30 * 86'400}};

std::optional<Window> parse_window(std::string_view text) {
    std::int64_t count = 0;
    const auto* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, count);
    if (error != std::errc{} || stop + 1 != end || count < 1 || count > kLongestWindow) return std::nullopt;
    const auto* const unit = std::find_if(kWindowUnits.begin(), kWindowUnits.end(),
                                          [unit = *stop](const Unit& known) { return known.letter == unit; });
    if (unit == kWindowUnits.end()) return std::nullopt;
    return Window{count * unit->seconds};
}

void read_time(const expr::values::Cursor& value, Behavior& behavior) {
    constexpr std::string_view kExpected = R"(a window such as "90d", with h, d, w or m)";
    const auto window = value["window"];
    const bool has_days = value["from_date"].is_present() || value["to_date"].is_present();
    if (has_days && window.is_present()) window.refuse("expected either a window or from_date and to_date, found both");
    if (has_days) {
        behavior.when = read_days(value);
        behavior.is_extended = true;
        return;
    }
    const auto text = value.required("window").text(kExpected).value();
    const auto length = parse_window(text);
    if (!length) window.refuse_type(kExpected);
    behavior.when = *length;
    behavior.is_extended = !text.ends_with('d');
}

class BehaviorReader {
public:
    explicit BehaviorReader(expr::syntax::Grammar grammar) : grammar_(grammar) {}

    std::vector<Behavior> read(const expr::values::Cursor& list) {
        if (!list.is(expr::values::Type::kList)) list.refuse_type(kExpectedArray);
        std::vector<Behavior> behaviors;
        for (const auto& item : expr::values::Children(list)) {
            auto behavior = read_behavior(item);
            const auto is_same = [&](const Behavior& other) { return other.name == behavior.name; };
            if (std::any_of(behaviors.begin(), behaviors.end(), is_same))
                item["name"].refuse("duplicate name \"" + behavior.name + '"');
            behaviors.push_back(std::move(behavior));
        }
        return behaviors;
    }

private:
    [[noreturn]] static void refuse_selectors(const expr::values::Cursor& selectors) {
        const std::string expected = R"(a list of at least one event selector such as {"event":"Purchase"})";
        if (selectors.is(expr::values::Type::kList)) selectors.refuse("expected " + expected + ", found an empty list");
        selectors.refuse_type(expected);
    }
    Behavior read_behavior(const expr::values::Cursor& value) {
        if (!value.is(expr::values::Type::kObject))
            value.refuse_type("an object with name, window and event_selectors");
        value.allow_keys(kBehaviorKeys);
        Behavior behavior;
        const auto name = value.required("name");
        behavior.name = name.text("a name").value();
        if (behavior.name.empty()) name.refuse("expected a name, found \"\"");
        read_time(value, behavior);
        const auto selectors = value.required("event_selectors");
        if (!selectors.is(expr::values::Type::kList) || selectors.size() == 0) refuse_selectors(selectors);
        for (const auto& selector : expr::values::Children(selectors)) {
            if (++selectors_ > kMostEventSelectors)
                selector.refuse("more than " + std::to_string(kMostEventSelectors) + " event selectors");
            behavior.selectors.push_back(read_event_selector(selector, grammar_));
            const bool is_any = behavior.selectors.back().event.empty();
            if (is_any || selector["selector"].is(expr::values::Type::kObject)) behavior.is_extended = true;
        }
        return behavior;
    }

    expr::syntax::Grammar grammar_;
    std::size_t selectors_ = 0;
};

}  // namespace

Expected<std::vector<Behavior>, expr::values::DocumentError> parse_behaviors(std::string_view text,
                                                                             expr::syntax::Grammar grammar) {
    constexpr std::size_t kMaxShown = 80;
    const auto value = fixtures::json::read_document(text);
    if (!value && value.error().pointer.empty())
        return unexpected(expr::values::DocumentError{"", "expected " + std::string(kExpectedArray) + ", found " +
                                                              expr::text::shortened(std::string(text), kMaxShown)});
    if (!value) return unexpected(value.error());
    return read_behaviors(expr::values::Cursor(*value), grammar);
}

Expected<std::vector<Behavior>, expr::values::DocumentError> read_behaviors(const expr::values::Cursor& list,
                                                                            expr::syntax::Grammar grammar) {
    try {
        return BehaviorReader(grammar).read(list);
    } catch (expr::values::DocumentRefused& refused) {
        return unexpected(std::move(refused.error));
    }
}

}  // namespace engage::server::definitions
