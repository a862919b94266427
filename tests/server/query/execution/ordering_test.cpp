#include "server/query/plan/ordering.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "expr/syntax/parse.hpp"
#include "fixtures/profiles/column_store.hpp"
#include "fixtures/profiles/profile_record.hpp"
#include "server/query/execution/member_record.hpp"
#include "server/query/execution/run.hpp"
#include "tests/support/random_expression.hpp"
#include "tests/support/random_profiles.hpp"
#include "tests/support/test_project.hpp"

using namespace engage;
using namespace engage::server;
using expr::columns::Direction;

namespace {

/// A key in the plainest form that has the order that docs/http-api.md tells.
struct ModelKey {
    int type = 0;  ///< Its place among the types; 0: missing.
    double number = 0;
    std::string text;
};

ModelKey model_key(const expr::values::View& value) {
    switch (value.type()) {
        case expr::values::Type::kUndefined:
        case expr::values::Type::kNull:
            return {};
        case expr::values::Type::kNumber:
            return {1, value.as_number(), ""};
        case expr::values::Type::kBoolean:
            return {2, value.as_boolean() ? 1.0 : 0.0, ""};
        case expr::values::Type::kString: {
            ModelKey key{3, 0, std::string(value.as_string())};
            for (auto& c : key.text)
                if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
            return key;
        }
        case expr::values::Type::kDatetime:
            return {4, static_cast<double>(value.as_datetime()), ""};
        case expr::values::Type::kList:
        case expr::values::Type::kObject:
            return {5, 0, ""};
    }
    return {};
}

bool stands_before(const ModelKey& a, const ModelKey& b, Direction direction) {
    if (a.type == 0 || b.type == 0) return a.type != 0 && b.type == 0;
    const auto fields = [](const ModelKey& key) { return std::tie(key.type, key.number, key.text); };
    return direction == Direction::kAscending ? fields(a) < fields(b) : fields(b) < fields(a);
}

std::string to_text(const std::vector<space::Place>& places) {
    std::string text;
    for (const auto place : places)
        text += place.is_member() ? " m" + std::to_string(place.member()) : " " + std::to_string(place.row());
    return text;
}

/// Sorted by comparing the keys of two places at a time.
std::string sorted_plainly(const space::Matches& matches, const expr::evaluation::Program& program,
                           const fixtures::profiles::ProfileSet& profiles, const expr::evaluation::Context& context,
                           Direction direction) {
    expr::values::Arena arena;
    const query::execution::Bindings nothing;
    fixtures::profiles::ProfileRecord record(profiles, program.references());
    query::execution::MemberRecord member(program.references(), nothing);
    std::vector<std::pair<ModelKey, space::Place>> keyed;
    for (const auto place : matches.places(0, matches.total())) {
        arena.reset();
        if (place.is_member()) {
            member.select(matches.without_profile[place.member()]);
            keyed.emplace_back(model_key(program.evaluate(member, context, arena)), place);
        } else {
            record.select(place.row());
            keyed.emplace_back(model_key(program.evaluate(record, context, arena)), place);
        }
    }
    std::stable_sort(keyed.begin(), keyed.end(),
                     [&](const auto& a, const auto& b) { return stands_before(a.first, b.first, direction); });
    std::vector<space::Place> places;
    for (const auto& [key, place] : keyed) places.push_back(place);
    return to_text(places);
}

expr::evaluation::Program program_of(const std::string& text) {
    return expr::evaluation::Program(expr::syntax::parse(text, expr::syntax::Grammar::kFull).value());
}

/// A project of these profiles, and plans over them.
class Planner {
public:
    explicit Planner(std::shared_ptr<const fixtures::profiles::ProfileSet> profiles)
        : snapshot_(std::make_shared<const space::Snapshot>(project_of(profiles))) {}

    query::plan::QueryPlan plan(const expr::columns::ColumnLimits& limits = {}) const {
        const auto& profiles = snapshot_->project->users;
        return {.snapshot = snapshot_,
                .profiles = profiles,
                .columns = std::make_shared<const fixtures::profiles::ColumnStore>(profiles, limits),
                .where = expr::evaluation::Program(expr::syntax::Ast{}),
                .distinct_ids = std::nullopt,
                .cohort = nullptr};
    }

private:
    static std::shared_ptr<const fixtures::project::Project> project_of(
        std::shared_ptr<const fixtures::profiles::ProfileSet> profiles) {
        auto project = test::numbered_project(1);
        project.users = std::move(profiles);
        return std::make_shared<const fixtures::project::Project>(std::move(project));
    }

    space::SnapshotPtr snapshot_;
};

space::Matches random_matches(std::mt19937& random, std::size_t rows) {
    const std::size_t one_in[] = {1, 2, 30};
    const auto share = one_in[random() % std::size(one_in)];
    expr::columns::Bitmap bits(rows, false);
    for (std::size_t row = 0; row < rows; ++row)
        if (random() % share == 0) bits.set(row);
    std::vector<std::string> members;
    if (random() % 2 == 0) members = {"User-12x", "a", "zz"};
    return {space::RowSet(std::move(bits)), std::move(members), std::nullopt};
}

}  // namespace

TEST_CASE("a sort by columns is a stable sort of one row after the other, whatever the expression",
          "[ordering][property]") {
    const auto seed = GENERATE(range(1U, 9U));
    std::mt19937 random(seed);
    const std::size_t sizes[] = {0, 1, 40, 700};
    const auto profiles = test::random_profiles(random, sizes[seed % std::size(sizes)]);
    const Planner planner(profiles);
    const query::plan::QueryPlan layouts[] = {planner.plan(), planner.plan({.distinct_to_decide = 1}),
                                              planner.plan({.distinct_to_decide = 30})};
    const expr::evaluation::Context context{.now = 1'772'400'000};
    const auto& names = test::random_names();
    for (int i = 0; i < 100; ++i) {
        const auto text = i < 14 ? "properties[\"" + names[static_cast<std::size_t>(i) % names.size()] + "\"]"
                                 : test::random_expression(random, expr::syntax::Grammar::kFull, names);
        const auto direction = random() % 2 == 0 ? Direction::kAscending : Direction::kDescending;
        const auto matches = random_matches(random, profiles->size());
        const auto program = program_of(text);
        const auto expected = sorted_plainly(matches, program, *profiles, context, direction);
        for (const auto& plan : layouts) {
            INFO("seed " << seed << "  layout " << &plan - layouts << "  " << text);
            query::plan::Ordering ordering{.key = program_of(text), .direction = direction, .limit = std::nullopt};
            const auto sorted = query::execution::Run(plan, context).arrange(matches, ordering);
            REQUIRE(sorted);
            REQUIRE(to_text(sorted->places(0, sorted->total())) == expected);
            ordering.limit = 5;
            const auto cut = query::execution::Run(plan, context).arrange(matches, ordering);
            REQUIRE(cut->total() == std::min<std::size_t>(5, matches.total()));
            REQUIRE(expected.starts_with(to_text(cut->places(0, cut->total()))));
        }
    }
}

TEST_CASE("a shuffle has every place once, the same for a seed and another for another", "[ordering]") {
    std::mt19937 random(1);
    const auto profiles = test::random_profiles(random, 300);
    const Planner planner(profiles);
    const auto plan = planner.plan();
    const space::Matches matches{space::RowSet::all(300), {"x", "y"}, std::nullopt};
    const auto shuffled = [&](std::uint64_t seed) {
        const auto result = query::execution::Run(plan, {}).arrange(matches, {}, seed);
        return to_text(result->places(0, result->total()));
    };
    auto places = query::execution::Run(plan, {}).arrange(matches, {}, 7)->places(0, 302);
    CHECK(to_text(places) == shuffled(7));
    CHECK(to_text(places) != shuffled(8));
    CHECK(to_text(places) != to_text(matches.places(0, 302)));
    const auto code = [](space::Place place) { return place.is_member() ? 1000 + place.member() : place.row(); };
    std::sort(places.begin(), places.end(), [&](space::Place a, space::Place b) { return code(a) < code(b); });
    CHECK(to_text(places) == to_text(matches.places(0, 302)));
}

TEST_CASE("what is cut off by a limit takes no memory", "[ordering]") {
    std::mt19937 random(1);
    const auto profiles = test::random_profiles(random, 1000);
    const Planner planner(profiles);
    const auto plan = planner.plan();
    const space::Matches matches{space::RowSet::all(1000), {}, std::nullopt};
    const query::plan::Ordering ordering{.key = program_of(R"(properties["unique"])"), .limit = 10};
    const auto sorted = query::execution::Run(plan, {}).arrange(matches, ordering);
    CHECK(sorted->bytes() == sizeof(space::Matches) + 10 * sizeof(space::Place));
}
