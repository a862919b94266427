#include <catch2/catch.hpp>
#include <random>

#include "expr/syntax/parse.hpp"
#include "server/query/execution/computation.hpp"
#include "tests/support/test_project.hpp"

using namespace engage;

namespace {

using Random = std::mt19937;

constexpr std::int64_t kNow = 1'788'220'800;
/// Of the project's zone from UTC, the whole year.
constexpr std::int64_t kOffset = 5 * 3600;
constexpr auto kZone = "Asia/Karachi";

std::size_t below(Random& random, std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
}

struct Event {
    std::string name;
    std::string who;
    std::int64_t time = 0;
    int amount = 0;
    std::vector<std::string> teams{};
};

constexpr const char* kNames[] = {"A", "B", "C"};
constexpr const char* kUsers[] = {"u0", "u1", "u2", "u3", "nobody", "stranger"};
constexpr const char* kTeams[] = {"t0", "t1", "t2", "closed"};

/// How the project keeps the times of events.
struct Frame {
    bool is_local = false;

    std::int64_t now() const { return is_local ? kNow + kOffset : kNow; }
    std::chrono::sys_days day_of(std::int64_t time) const {
        return std::chrono::floor<std::chrono::days>(
            std::chrono::sys_seconds(std::chrono::seconds(is_local ? time : time + kOffset)));
    }
};

/// Times lie close together, so that many fall on the ends of windows and days: it is five o'clock in the project.
std::vector<Event> random_events(Random& random, const Frame& frame) {
    std::vector<Event> events(below(random, 60));
    for (auto& event : events) {
        event = {.name = kNames[below(random, std::size(kNames))],
                 .who = kUsers[below(random, std::size(kUsers))],
                 .time = frame.now() + 3600 * (static_cast<std::int64_t>(below(random, 8)) - 5) +
                         static_cast<std::int64_t>(below(random, 3)) - 1,
                 .amount = static_cast<int>(below(random, 4))};
        for (const auto* team : kTeams)
            if (below(random, 3) == 0) event.teams.emplace_back(team);
    }
    return events;
}

std::string text_of(const std::vector<Event>& events) {
    std::string lines;
    for (const auto& event : events) {
        std::string teams;
        for (const auto& team : event.teams) teams += (teams.empty() ? "\"" : ",\"") + team + '"';
        lines += R"({"event":")" + event.name + R"(","properties":{"time":)" + std::to_string(event.time) +
                 R"(,"distinct_id":")" + event.who + R"(","amount":)" + std::to_string(event.amount) +
                 (event.teams.size() == 1 ? R"(,"team":)" + teams : R"(,"team":[)" + teams + "]") + "}}\n";
    }
    return lines;
}

fixtures::project::Project project_of(const std::vector<Event>& events, const Frame& frame) {
    std::string users;
    std::string teams;
    for (int i = 0; i < 4; ++i)
        users +=
            R"({"$distinct_id":"u)" + std::to_string(i) + R"(","$properties":{"level":)" + std::to_string(i) + "}}\n";
    for (int i = 0; i < 3; ++i)
        teams += R"({"$distinct_id":"t)" + std::to_string(i) +
                 R"(","$properties":{}})"
                 "\n";
    return test::load(
        {{"project.json", R"({"project_id":1,"name":"x","timezone":")" + std::string(kZone) + R"(","event_time":")" +
                              (frame.is_local ? "project" : "utc") + R"(","data_groups":[
                           {"property_name":"team","display_name":"Team","data_group_id":"7"}]})"},
         {"profiles.ndjson", users},
         {"groups/team.ndjson", teams},
         {"events.ndjson", text_of(events)}});
}

/// A selector with what it means.
struct Selector {
    const char* text;
    bool (*fits)(const Event&);
};
int level_of(const Event& event) { return event.who.front() == 'u' ? event.who[1] - '0' : -1; }
constexpr Selector kSelectors[] = {
    {"", [](const Event&) { return true; }},
    {"event[\"amount\"] > 1", [](const Event& event) { return event.amount > 1; }},
    {"properties[\"amount\"] != 2", [](const Event& event) { return event.amount != 2; }},
    {"user[\"level\"] >= 2", [](const Event& event) { return level_of(event) >= 2; }},
    {"user[\"$distinct_id\"] == \"nobody\"", [](const Event& event) { return event.who == "nobody"; }},
    {"event[\"amount\"] == user[\"level\"]", [](const Event& event) { return event.amount == level_of(event); }},
};

/// A behavior, and the selectors that it is made of.
struct Model {
    server::definitions::Behavior behavior;
    std::vector<const Selector*> conditions;
    Frame frame;

    bool is_in_time(const Event& event) const {
        if (const auto* window = std::get_if<server::definitions::Window>(&behavior.when))
            return event.time <= frame.now() && event.time > frame.now() - window->seconds;
        const auto& days = std::get<server::definitions::Days>(behavior.when);
        const auto day = frame.day_of(event.time);
        return day >= std::chrono::sys_days(days.from) && day <= std::chrono::sys_days(days.to);
    }
    bool counts(const Event& event) const {
        if (!is_in_time(event)) return false;
        for (std::size_t i = 0; i < conditions.size(); ++i) {
            const auto& name = behavior.selectors[i].event;
            if ((name.empty() || name == event.name) && conditions[i]->fits(event)) return true;
        }
        return false;
    }
};

std::variant<server::definitions::Window, server::definitions::Days> random_time(Random& random, const Frame& frame) {
    if (below(random, 2) == 0)
        return server::definitions::Window{3600 * (static_cast<std::int64_t>(below(random, 4)) + 1)};
    const auto day = [&] { return frame.day_of(frame.now()) - std::chrono::days(below(random, 2)); };
    const auto from = day();
    return server::definitions::Days{from, std::max(from, day())};
}

Model random_model(Random& random, const Frame& frame) {
    constexpr server::definitions::Measure kMeasures[] = {
        server::definitions::Measure::kCount, server::definitions::Measure::kUnique,
        server::definitions::Measure::kTotal, server::definitions::Measure::kAverage,
        server::definitions::Measure::kMin,   server::definitions::Measure::kMax,
        server::definitions::Measure::kMedian};
    Model model;
    model.behavior.name = "b";
    model.behavior.when = random_time(random, frame);
    model.frame = frame;
    model.behavior.measure = kMeasures[below(random, std::size(kMeasures))];
    if (model.behavior.measure != server::definitions::Measure::kCount) model.behavior.property = "amount";
    for (auto count = below(random, 3) + 1; count > 0; --count) {
        const auto& selector = kSelectors[below(random, std::size(kSelectors))];
        std::shared_ptr<const expr::evaluation::Program> program;
        if (*selector.text != '\0')
            program = std::make_shared<expr::evaluation::Program>(std::move(*expr::syntax::parse(selector.text)));
        const bool is_any = below(random, 4) == 0;
        model.behavior.selectors.push_back({is_any ? "" : kNames[below(random, std::size(kNames))], program});
        model.conditions.push_back(&selector);
    }
    return model;
}

/// What the measure is of some numbers; nothing for undefined.
std::optional<double> measured(server::definitions::Measure measure, std::vector<int> numbers) {
    std::sort(numbers.begin(), numbers.end());
    const auto count = numbers.size();
    double sum = 0;
    for (const auto number : numbers) sum += number;
    switch (measure) {
        case server::definitions::Measure::kCount:
            return static_cast<double>(count);
        case server::definitions::Measure::kUnique:
            return static_cast<double>(std::unique(numbers.begin(), numbers.end()) - numbers.begin());
        case server::definitions::Measure::kTotal:
            return sum;
        default:
            break;
    }
    if (numbers.empty()) return std::nullopt;
    if (measure == server::definitions::Measure::kMin) return numbers.front();
    if (measure == server::definitions::Measure::kMax) return numbers.back();
    if (measure == server::definitions::Measure::kAverage) return sum / static_cast<double>(count);
    return (numbers[(count - 1) / 2] + numbers[count / 2]) / 2.0;
}

std::optional<double> number_of(const expr::values::View& view) {
    return view.is(expr::values::Type::kNumber) ? std::optional(view.as_number()) : std::nullopt;
}

/// Compares what the query computes for all profiles and for those without one with a loop over all events.
void check(const server::space::SnapshotPtr& snapshot,
           const std::shared_ptr<const fixtures::profiles::ProfileSet>& profiles, const std::vector<Event>& events,
           const Model& model, const std::vector<std::string>& ids) {
    const server::query::plan::QueryPlan plan{.snapshot = snapshot,
                                              .profiles = profiles,
                                              .columns = snapshot->columns.at(profiles.get()),
                                              .where = expr::evaluation::Program(*expr::syntax::parse("")),
                                              .distinct_ids = {},
                                              .cohort = nullptr,
                                              .behaviors = {}};
    const expr::evaluation::Program reader(*expr::syntax::parse("behaviors[\"b\"]"));
    const expr::evaluation::Context context{.now = kNow};
    server::query::execution::Computation computation(plan, context);
    const std::span<const server::definitions::Behavior> behaviors(&model.behavior, 1);
    const auto bindings = computation.bind({reader, behaviors});
    REQUIRE(bindings);
    const auto* computed = bindings->find(reader.references().front());
    for (const auto& id : ids) {
        std::vector<int> numbers;
        for (const auto& event : events) {
            const bool is_theirs =
                event.who == id || std::find(event.teams.begin(), event.teams.end(), id) != event.teams.end();
            if (is_theirs && model.counts(event)) numbers.push_back(event.amount);
        }
        const auto expected = measured(model.behavior.measure, numbers);
        expr::values::Arena arena;
        INFO(id);
        const auto row = profiles->find(id);
        CHECK(number_of(row ? computed->column()->value(*row, arena) : computed->of_member(id)) == expected);
    }
}

}  // namespace

TEST_CASE("a behavior is what a loop over all events makes of it, for users and for groups", "[behaviors]") {
    for (unsigned seed = 0; seed < 300; ++seed) {
        INFO("seed " << seed);
        Random random(seed);
        const Frame frame{.is_local = below(random, 2) == 0};
        const auto events = random_events(random, frame);
        const auto snapshot = std::make_shared<const server::space::Snapshot>(
            std::make_shared<const fixtures::project::Project>(project_of(events, frame)));
        for (int i = 0; i < 5; ++i) {
            const auto model = random_model(random, frame);
            check(snapshot, snapshot->project->users, events, model, {std::begin(kUsers), std::end(kUsers)});
            check(snapshot, snapshot->project->groups.at("7"), events, model, {std::begin(kTeams), std::end(kTeams)});
        }
    }
}
