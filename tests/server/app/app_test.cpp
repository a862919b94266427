#include "server/app/app.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/support/request_builder.hpp"
#include "tests/support/test_project.hpp"

using namespace engage;
using nlohmann::json;

namespace {

server::http::HttpRequest get(const std::string& target) {
    return {.method = "GET", .target = target, .headers = {}, .body = {}};
}

std::vector<fixtures::project::Project> only(fixtures::project::Project project) {
    std::vector<fixtures::project::Project> projects;
    projects.push_back(std::move(project));
    return projects;
}

fixtures::project::Project project_with(const std::string& extra,
                                        const std::vector<std::pair<std::string, std::string>>& files = {}) {
    auto all = files;
    all.emplace_back("project.json", R"({"project_id":1,"name":"x")" + extra + "}");
    return test::load(all);
}

}  // namespace

TEST_CASE("before the fixtures are in, only the liveness probe answers", "[app]") {
    server::app::App app({});
    CHECK(app.handle(get("/livez")).status == 200);
    CHECK(app.handle(get("/readyz")).status == 503);
    CHECK(app.handle(get("/readyz")).body == R"({"error": "engage-emulator is still loading its fixtures"})");
    CHECK(app.handle(get("/__admin/health")).status == 503);
    CHECK(app.handle(test::engage_request({})).status == 503);
    REQUIRE(app.publish(only(test::numbered_project(1))));
    CHECK(app.handle(get("/readyz")).status == 200);
}

TEST_CASE("a control token is asked of whoever steers the emulator", "[app]") {
    server::catalogue::Settings settings;
    settings.control_token = "t0ken";
    server::app::App app(settings);
    REQUIRE(app.publish(only(test::numbered_project(1))));
    const auto steered = [&](std::vector<server::catalogue::Header> headers) {
        auto request = get("/__admin/clock");
        request.headers = std::move(headers);
        return app.handle(request);
    };
    const std::string refusal =
        R"({"error": "Expected the header Authorization: Bearer with the token of --control-token"})";
    CHECK(steered({}).status == 401);
    CHECK(steered({}).body == refusal);
    CHECK(steered({{"Authorization", "Bearer other"}}).body == refusal);
    CHECK(steered({{"Authorization", "t0ken"}}).body == refusal);
    CHECK(steered({{"Authorization", "Bearer t0ken"}}).status == 200);
    // Whoever knows it may come from another machine, but not from somebody else's page.
    CHECK(steered({{"Authorization", "Bearer t0ken"}, {"Host", "ci.internal:9797"}}).status == 200);
    CHECK(steered({{"Authorization", "Bearer t0ken"}, {"Origin", "https://x.example"}}).status == 403);
    CHECK(app.handle(get("/livez")).status == 200);
}

TEST_CASE("health counts what is served", "[app]") {
    server::catalogue::Settings settings;
    settings.clock = server::time::TimePoint{};
    server::app::App app(settings);
    REQUIRE(app.publish(only(test::numbered_project(7))));
    auto health = json::parse(app.handle(get("/__admin/health")).body);
    CHECK(health["uptimeInSeconds"].is_number_unsigned());
    health.erase("uptimeInSeconds");
    CHECK(health == json{{"status", "healthy"},
                         {"version", "0.1.0"},
                         {"timestamp", "1970-01-01T00:00:00Z"},
                         {"projects", 1},
                         {"profiles", 7},
                         {"sessions", 0}});
}

TEST_CASE("an answer holds its slot until it is gone, and the control plane needs none", "[app]") {
    server::app::App app({});
    REQUIRE(app.publish(only(test::numbered_project(3))));
    std::vector<server::http::HttpResponse> held;
    for (int i = 0; i < 5; ++i) held.push_back(app.handle(test::engage_request({})));
    CHECK(held.back().status == 200);
    CHECK(app.handle(test::engage_request({})).status == 429);
    CHECK(app.handle(get("/__admin/health")).status == 200);
    CHECK(app.handle(get("/__admin/limits")).body == R"({"limits":[{"project_id":1,"last_hour":5,"running":5}]})");
    held.clear();
    CHECK(app.handle(test::engage_request({})).status == 200);
    CHECK(app.handle(get("/__admin/limits")).body == R"({"limits":[{"project_id":1,"last_hour":6,"running":0}]})");
}

TEST_CASE("the quota and the clock of a project hold unless a flag says otherwise", "[app]") {
    const auto project = [] {
        return project_with(R"(,"clock":"2026-01-01T00:00:00Z","quota":{"per_hour":1,"concurrent":2,"per_second":3})");
    };
    server::catalogue::Settings settings;
    settings.auth_required = false;
    SECTION("the project's own") {
        server::app::App app(settings);
        REQUIRE(app.publish(only(project())));
        CHECK(app.handle(get("/__admin/clock")).body == R"({"now":"2026-01-01T00:00:00Z","frozen":true})");
        CHECK(app.handle(get("/api/query/engage")).status == 200);
        CHECK(app.handle(get("/api/query/engage")).status == 429);
    }
    SECTION("the flags'") {
        settings.clock = server::time::TimePoint{};
        settings.per_hour = 2;
        server::app::App app(settings);
        REQUIRE(app.publish(only(project())));
        CHECK(app.handle(get("/__admin/clock")).body == R"({"now":"1970-01-01T00:00:00Z","frozen":true})");
        CHECK(app.handle(get("/api/query/engage")).status == 200);
        CHECK(app.handle(get("/api/query/engage")).status == 200);
        CHECK(app.handle(get("/api/query/engage")).status == 429);
    }
}

TEST_CASE("projects that cannot be served together are refused with every reason", "[app]") {
    server::app::App app({});
    std::vector<fixtures::project::Project> projects;
    projects.push_back(project_with(R"(,"clock":"2026-01-01T00:00:00Z")"));
    projects.push_back(project_with(R"(,"clock":"2026-02-01T00:00:00Z")"));
    projects.push_back(project_with(
        "", {{"cohorts.json",
              R"([{"id":5,"name":"x","where":"properties[plan]"},{"id":6,"name":"y","where":"behaviors[\"b\"] > 0"},
              {"id":7,"name":"z","selector":{"operator":"and","children":[{"property":"usr","value":"a"}]}},
              {"id":8,"name":"w","selector":{"property":"behaviors","value":"b","operator":">","operand":0}}])"}}));
    const auto published = app.publish(std::move(projects));
    REQUIRE_FALSE(published);
    std::vector<std::string> texts;
    for (const auto& problem : published.error()) texts.push_back(fixtures::files::to_string(problem));
    CHECK(
        texts ==
        std::vector<std::string>{
            "test/project.json: /project_id: 1 is also the id of test",
            "test/project.json: /clock: another project freezes the one clock at another time; use --clock",
            "test/project.json: /project_id: 1 is also the id of test",
            "test/cohorts.json: /0/where: at character 11: expected a quoted property name, e.g. properties[\"plan\"]",
            "test/cohorts.json: /1/where: behaviors[\"b\"] is not declared in behaviors",
            "test/cohorts.json: /2/selector/children/0/property: unknown property \"usr\"; did you mean 'user'?",
            "test/cohorts.json: /3/selector: behaviors[\"b\"] is not declared in behaviors",
        });
}

TEST_CASE("pages of elsewhere may not use the control plane, with a token or without", "[app]") {
    const auto answer = [](const std::string& token, std::vector<server::catalogue::Header> headers) {
        server::catalogue::Settings settings;
        settings.clock = server::time::TimePoint{};
        settings.control_token = token;
        server::app::App app(settings);
        REQUIRE(app.publish(only(test::numbered_project(1))));
        return app.handle({.method = "GET", .target = "/__admin/clock", .headers = std::move(headers), .body = {}})
            .body;
    };
    const auto* const clock = R"({"now":"1970-01-01T00:00:00Z","frozen":true})";
    const auto* const foreign_origin = R"({"error": "A page of https://x.example may not steer the emulator"})";
    const auto* const foreign_host =
        R"({"error": "The emulator is steered under the name of this machine or of mixpanel.com only, found x.example"})";
    const auto* const no_token =
        R"({"error": "Expected the header Authorization: Bearer with the token of --control-token"})";
    CHECK(answer("", {}) == clock);
    CHECK(answer("", {{"Host", "localhost:9797"}, {"Origin", "http://127.0.0.1:3000"}}) == clock);
    CHECK(answer("", {{"Host", "eu.mixpanel.com"}, {"Origin", "https://mixpanel.com"}}) == clock);
    CHECK(answer("", {{"Host", "x.example"}}) == foreign_host);
    CHECK(answer("", {{"Host", "localhost"}, {"Origin", "https://x.example"}}) == foreign_origin);
    CHECK(answer("", {{"Origin", "null"}}) == R"({"error": "A page of null may not steer the emulator"})");
    CHECK(answer("", {{"Origin", "localhost"}}) == R"({"error": "A page of localhost may not steer the emulator"})");
    // Each of several counts.
    CHECK(answer("", {{"Host", "localhost"}, {"Host", "x.example"}}) == foreign_host);
    CHECK(answer("", {{"Origin", "http://localhost"}, {"Origin", "https://x.example"}}) == foreign_origin);
    // Who has the token comes by any name, but not from any page.
    CHECK(answer("t", {{"Host", "localhost"}}) == no_token);
    CHECK(answer("t", {{"Host", "localhost"}, {"Authorization", "Bearer x"}}) == no_token);
    CHECK(answer("t", {{"Host", "x.example"}, {"Authorization", "Bearer t"}}) == clock);
    CHECK(answer("t", {{"Origin", "https://x.example"}, {"Authorization", "Bearer t"}}) == foreign_origin);
}

TEST_CASE("threads that ask first for the same columns, and for others, get the same answers", "[app][threads]") {
    server::catalogue::Settings settings;
    settings.rate_limited = false;
    server::app::App app(settings);
    REQUIRE(app.publish(only(test::committed_project("shop"))));
    const std::pair<const char*, int> queries[] = {
        {R"(properties["plan"] == "free")", 2},
        {R"(properties["plan"] != "free" and defined(properties["age"]))", 1},
        {R"(properties["$last_seen"] >= datetime("2026-08-30"))", 3},
        {R"(user["age"] > 16 or "a" in properties["tags"])", 2},
        {R"(properties["$distinct_id"] in ["ann", "eve"])", 2}};
    std::atomic<int> wrong{0};
    const auto ask = [&](std::size_t first) {
        for (std::size_t i = 0; i < 40; ++i) {
            const auto& [where, total] = queries[(first + i) % std::size(queries)];
            const auto answer = app.handle(test::engage_request({{"where", where}}));
            if (answer.status != 200 || json::parse(answer.body)["total"] != total) ++wrong;
            if (i % 10 == 9) app.handle({.method = "POST", .target = "/__admin/reset", .headers = {}, .body = {}});
        }
    };
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < 6; ++i) threads.emplace_back(ask, i);
    for (auto& thread : threads) thread.join();
    CHECK(wrong == 0);
}

TEST_CASE("many threads may page, query, reset and move the clock at once", "[app][threads]") {
    server::catalogue::Settings settings;
    settings.rate_limited = false;
    settings.clock = server::time::TimePoint{};
    server::app::App app(settings);
    REQUIRE(app.publish(only(test::numbered_project(300))));
    std::atomic<int> wrong{0};
    const auto page_through = [&] {
        for (int i = 0; i < 60; ++i) {
            const auto first = app.handle(test::engage_request({{"page_size", "100"}}));
            const auto body = json::parse(first.body);
            const std::string session = body["session_id"];
            const auto last =
                app.handle(test::engage_request({{"page_size", "100"}, {"page", "2"}, {"session_id", session}}));
            // A reset in between makes the session unknown; anything else would be wrong.
            if (first.status != 200 || (last.status != 200 && last.body.find("uncached query") == std::string::npos))
                ++wrong;
            if (last.status == 200 && json::parse(last.body)["results"][0]["$distinct_id"] != "p0201") ++wrong;
        }
    };
    const auto control = [&] {
        for (int i = 0; i < 100; ++i) {
            for (const auto* path : {"/__admin/reset", "/__admin/clock/resume", "/__admin/clock/freeze"})
                if (app.handle({.method = "POST", .target = path, .headers = {}, .body = {}}).status != 200) ++wrong;
            if (app.handle(get("/__admin/limits")).status != 200) ++wrong;
        }
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back(page_through);
    threads.emplace_back(control);
    for (auto& thread : threads) thread.join();
    CHECK(wrong == 0);
}
