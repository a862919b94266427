#include <catch2/catch.hpp>

#include <memory>
#include <string>
#include <vector>

#include "server/app/app.hpp"
#include "server/catalogue/error.hpp"
#include "server/space/exchange.hpp"
#include "tests/support/request_builder.hpp"
#include "tests/support/test_project.hpp"

using namespace engage;
using server::http::HttpRequest;

namespace {

/// What it is told, a line for each exchange.
class Notes final : public server::space::ExchangeObserver {
public:
    void answered(const server::space::Exchange& exchange) noexcept override {
        const auto& decisions = exchange.decisions;
        lines += exchange.request.method + ' ' + std::string(exchange.request.path()) + " -> " +
                 std::to_string(exchange.response.status);
        if (decisions.project_id) lines += ", project " + std::to_string(*decisions.project_id);
        if (decisions.is_counted) lines += ", counted";
        if (!decisions.session_id.empty()) lines += ", page " + std::to_string(decisions.page);
        if (decisions.error != nullptr) lines += ", " + std::string(decisions.error->name);
        lines += '\n';
        sessions.push_back(decisions.session_id);
        times.push_back(exchange.now);
        facts.push_back(decisions.readings.summary());
    }

    std::string lines;
    std::vector<std::string> sessions;
    std::vector<server::time::TimePoint> times;
    std::vector<std::string> facts;
};

struct Observed {
    Observed() {
        server::catalogue::Settings settings;
        settings.clock = server::time::TimePoint{std::chrono::hours(1)};
        app = std::make_unique<server::app::App>(std::move(settings));
        std::vector<fixtures::project::Project> projects;
        projects.push_back(test::committed_project("shop"));
        REQUIRE(app->publish(std::move(projects)));
        app->observe(notes);
    }
    server::http::HttpResponse ask(const HttpRequest& request) const { return app->handle(request); }

    std::shared_ptr<Notes> notes = std::make_shared<Notes>();
    std::unique_ptr<server::app::App> app;
};

HttpRequest request_of(std::string method, std::string target, std::string body = "") {
    return {.method = std::move(method), .target = std::move(target), .headers = {}, .body = std::move(body)};
}

}  // namespace

TEST_CASE("an observer is told of every request, of refused ones as well", "[app]") {
    const Observed observed;
    observed.ask(test::engage_request({{"page_size", "2"}}));
    const auto session = observed.notes->sessions.back();
    observed.ask(test::engage_request({{"page_size", "2"}, {"page", "1"}, {"session_id", session}}));
    observed.ask(test::engage_request({{"where", "("}}));
    observed.ask(test::engage_request({}, "/api/query/engage?project_id=2"));
    observed.ask(request_of("GET", "/api/query/engage"));
    observed.ask(request_of("GET", "/api/query/funnels"));
    observed.ask(request_of("POST", "/__admin/clock/advance", R"({"seconds":5})"));
    observed.ask(request_of("GET", "/livez"));
    observed.ask(
        {.method = "", .target = "", .headers = {}, .body = {}, .fault = server::http::RequestFault::kMalformed});
    CHECK(observed.notes->lines ==
          "POST /api/query/engage -> 200, project 1, counted, page 0\n"
          "POST /api/query/engage -> 200, project 1, page 1\n"
          "POST /api/query/engage -> 400, project 1, counted, bad-where\n"
          "POST /api/query/engage -> 403, not-a-member\n"
          "GET /api/query/engage -> 401, unauthorized\n"
          "GET /api/query/funnels -> 501, endpoint-not-emulated\n"
          "POST /__admin/clock/advance -> 200\n"
          "GET /livez -> 200\n"
          "  -> 400, malformed-request\n");
    CHECK(observed.notes->sessions[1] == session);
}

TEST_CASE("an exchange knows its time and what its answer rests on", "[app]") {
    const Observed observed;
    observed.ask(test::engage_request({}));
    observed.ask(request_of("POST", "/__admin/clock/advance", R"({"seconds":5})"));
    observed.ask(test::engage_request({}));
    const auto start = server::time::TimePoint{std::chrono::hours(1)};
    const std::vector<server::time::TimePoint> expected{start, start, start + std::chrono::seconds(5)};
    CHECK(observed.notes->times == expected);
    CHECK(observed.notes->facts[0].find("response-shape=recorded") != std::string::npos);
    CHECK(observed.notes->facts[1].empty());
}
