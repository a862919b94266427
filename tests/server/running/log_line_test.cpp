#include "server/running/log_line.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include "server/app/app.hpp"
#include "tests/support/request_builder.hpp"
#include "tests/support/test_project.hpp"

using namespace engage;
using server::http::HttpRequest;
using server::running::LogForm;

namespace {

/// What each request takes and when it comes is the same.
class Lines final : public server::space::ExchangeObserver {
public:
    void answered(const server::space::Exchange& exchange) noexcept override {
        const server::space::Exchange at_a_time{
            .request = exchange.request,
            .response = exchange.response,
            .decisions = exchange.decisions,
            .space = exchange.space,
            .now = exchange.now,
            .received = std::chrono::system_clock::time_point(std::chrono::microseconds(1'700'000'000'500'000)),
            .took = std::chrono::microseconds(12'034)};
        last = log_line(at_a_time, form);
        is_logged = server::running::is_logged(exchange);
    }

    LogForm form;
    std::string last;
    bool is_logged = false;
};

/// The emulator with a clock of its own, and the line of a request.
class Logged {
public:
    explicit Logged(LogForm form = {}) {
        lines_->form = form;
        server::catalogue::Settings settings;
        settings.clock = server::time::TimePoint{std::chrono::hours(1)};
        app_ = std::make_unique<server::app::App>(std::move(settings));
        std::vector<fixtures::project::Project> projects;
        projects.push_back(test::committed_project("shop"));
        REQUIRE(app_->publish(std::move(projects)));
        app_->observe(lines_);
    }
    std::string line(const HttpRequest& request) const {
        app_->handle(request);
        return lines_->last;
    }
    bool is_logged(const std::string& target) const {
        app_->handle({.method = "GET", .target = target, .headers = {}, .body = {}});
        return lines_->is_logged;
    }

private:
    std::shared_ptr<Lines> lines_ = std::make_shared<Lines>();
    std::unique_ptr<server::app::App> app_;
};

HttpRequest get(std::string target) {
    return {.method = "GET", .target = std::move(target), .headers = {}, .body = {}};
}

const std::string kTime = "2023-11-14T22:13:20.500000Z ";

}  // namespace

TEST_CASE("a line says when, what was asked, and what came of it", "[log]") {
    const Logged logged;
    CHECK(logged.line(test::engage_request({{"where", "properties[\"plan\"] == \"pro\""}, {"page_size", "2"}})) ==
          kTime +
              "POST /api/query/engage where='properties[\"plan\"] == \"pro\"' page_size=2 -> 200 (project 1, counted, "
              "12.034 ms)\n");
    CHECK(logged.line(test::engage_request({{"where", "("}})) ==
          kTime +
              "POST /api/query/engage where='(' -> 400 Error in where: syntax error at character 1: expected a "
              "value, e.g. properties[\"plan\"] == \"pro\" (project 1, counted, 12.034 ms)\n");
    CHECK(logged.line(get("/__admin/limits?x=1")) == kTime + "GET /__admin/limits -> 200 (not counted, 12.034 ms)\n");
    CHECK(logged
              .line({.method = "",
                     .target = "",
                     .headers = {},
                     .body = {},
                     .fault = server::http::RequestFault::kMalformed})
              .starts_with(kTime + "- - -> 400 "));
}

TEST_CASE("a line for programs is one object", "[log]") {
    const Logged logged({.is_json = true});
    CHECK(
        logged.line(test::engage_request({{"where", "("}, {"page", "0"}})) ==
        "{\"event\":\"request\",\"time\":\"2023-11-14T22:13:20.500000Z\",\"emulator_time\":\"1970-01-01T01:00:00Z\","
        "\"method\":\"POST\",\"path\":\"/api/query/engage\",\"asked\":{\"where\":\"(\",\"page\":\"0\"},\"status\":400,"
        "\"error\":\"bad-where\",\"message\":\"Error in where: syntax error at character 1: expected a value, e.g. "
        "properties[\\\"plan\\\"] == \\\"pro\\\"\",\"project_id\":1,\"counted\":true,\"ms\":12.034}\n");
}

TEST_CASE("colour is for the status alone", "[log]") {
    const Logged logged({.is_coloured = true});
    CHECK(logged.line(get("/__admin/limits")) ==
          kTime + "GET /__admin/limits -> \033[32m200\033[0m (not counted, 12.034 ms)\n");
    CHECK(logged.line(get("/api/query/engage")).find("\033[33m401\033[0m") != std::string::npos);
    CHECK(logged.line(get("/api/query/funnels")).find("\033[31m501\033[0m") != std::string::npos);
}

TEST_CASE("secrets are in no line", "[log]") {
    for (const bool is_json : {false, true}) {
        const Logged logged({.is_json = is_json});
        auto request = test::engage_request(
            {{"sig", "hush1"}, {"api_key", "hush2"}, {"api_secret", "hush3"}, {"token", "hush4"}, {"expire", "hush5"}});
        request.headers.push_back({"X-Api-Key", "hush6"});
        request.headers.push_back({"Cookie", "hush7"});
        auto bearer = get("/api/query/engage?access_token=hush8");
        bearer.headers = {{"Authorization", "Bearer hush9"}};
        HttpRequest foreign = get("/");
        foreign.headers = {{"Host", "ann:hush10@example.com"}};
        foreign.fault = server::http::RequestFault::kForeignHost;
        for (const auto& asked :
             {request, bearer, foreign, get("/http://ann:hush11@host/"), get("/http://hush12@host/"),
              get("/" + std::string(110, 'a') + "/b:hush13" + std::string(30, 'c') + "@host/"),
              get("/api/query/engage?where=%22http://ann:hush14@host/%22")}) {
            const auto line = logged.line(asked);
            CAPTURE(line);
            CHECK(line.find("hush") == std::string::npos);
        }
    }
}

TEST_CASE("nothing that a client sends can start a line or steer a terminal", "[log]") {
    for (const bool is_json : {false, true}) {
        const Logged logged({.is_json = is_json});
        std::string every;
        for (int byte = 0; byte < 256; ++byte) every += static_cast<char>(byte);
        auto request = test::engage_request({{"where", every},
                                             {"distinct_id",
                                              "\xC2\x9B"
                                              "31m\xE2\x80\xAE"}});
        request.method = "PO\x1B[31mST";
        for (const auto& asked : {request, get("/" + every), get("/a\r\n2023 forged"), get("/\x7F")}) {
            const auto line = logged.line(asked);
            CAPTURE(line);
            CHECK(line.find('\n') == line.size() - 1);
            CHECK(std::all_of(line.begin(), line.end() - 1, [](char c) { return c >= ' ' && c <= '~'; }));
        }
    }
}

TEST_CASE("a line is short however much was asked", "[log]") {
    const std::string much(100'000, 'x');
    for (const bool is_json : {false, true}) {
        const Logged logged({.is_json = is_json});
        auto request =
            test::engage_request({{"where", much}, {"search", much}, {"distinct_id", much}, {"sort_key", much}},
                                 "/api/query/engage?project_id=1&x=" + much);
        CHECK(logged.line(request).size() < 2000);
        request.method = much;
        CHECK(logged.line(request).size() < 2000);
        CHECK(logged.line(get("/" + much)).size() < 2000);
    }
}

TEST_CASE("who only asks whether the emulator lives is not told of", "[log]") {
    const Logged logged;
    CHECK_FALSE(logged.is_logged("/livez"));
    CHECK_FALSE(logged.is_logged("/readyz?verbose"));
    CHECK(logged.is_logged("/__admin/clock"));
    CHECK(logged.is_logged("/nothing"));
}
