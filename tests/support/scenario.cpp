#include "tests/support/scenario.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "expr/text/text.hpp"
#include "server/app/app.hpp"
#include "server/time/time_text.hpp"
#include "tests/support/request_builder.hpp"
#include "tests/support/scenario_file.hpp"
#include "tests/support/test_project.hpp"

namespace engage::test {

namespace {

using nlohmann::ordered_json;

std::string joined_ids(const ordered_json& body) {
    std::string ids;
    for (const auto& row : body.at("results"))
        ids += (ids.empty() ? "" : ",") + row.at("$distinct_id").get<std::string>();
    return ids.empty() ? "none" : ids;
}

/// `p0002..p0004` as the list that it stands for.
std::string expand_ids(const std::string& text) {
    const auto dots = text.find("..");
    if (dots == std::string::npos) return text;
    std::string ids;
    for (auto n = std::stoul(text.substr(1)), last = std::stoul(text.substr(dots + 3)); n <= last; ++n)
        ids += (ids.empty() ? "" : ",") + numbered_id(n);
    return ids;
}

class Replay {
public:
    explicit Replay(const std::filesystem::path& path) : scenario_(read_scenario(path)) {}

    std::set<std::string> evidence() {
        REQUIRE(scenario_.settings.switches.set("fidelity.header=on"));
        is_checking_ = false;
        run();
        return evidence_;
    }

    void run() {
        auto settings = scenario_.settings;
        if (!settings.clock) settings.clock = server::time::parse_instant("2026-09-01T00:00:00Z");
        settings.seed = 1;
        std::vector<fixtures::project::Project> projects;
        for (const auto& name : scenario_.projects) projects.push_back(committed_project(name));
        if (scenario_.numbered_profiles > 0) projects.push_back(numbered_project(scenario_.numbered_profiles));
        app_ = std::make_unique<server::app::App>(settings);
        const auto published = app_->publish(std::move(projects));
        REQUIRE(published.has_value());
        for (const auto& step : scenario_.steps) std::visit([&](const auto& one) { play(one); }, step);
    }

private:
    std::string with_names(std::string_view text) const {
        return replace_names(text, [&](const std::string& name) {
            const auto found = saved_.find(name);
            return found == saved_.end() ? nullptr : &found->second;
        });
    }

    void play(const ClockMove& move) {
        send({.method = "POST",
              .target = "/__admin/clock/advance",
              .headers = {},
              .body = R"({"duration":")" + move.duration + "\"}"},
             1);
        INFO(move.at.text() << "  " << answer_.body);
        REQUIRE(answer_.status == 200);
    }

    void play(const Exchange& exchange) {
        const auto& asked = exchange.request;
        server::http::HttpRequest request{
            .method = asked.method, .target = with_names(asked.target), .headers = {}, .body = with_names(asked.body)};
        for (const auto& [name, value] : asked.form)
            request.body += (request.body.empty() ? "" : "&") + name + "=" + percent_encode(with_names(value));
        for (const auto& [name, value] : asked.headers) request.headers.emplace_back(name, with_names(value));
        if (asked.credentials != "none") request.headers.emplace_back("Authorization", basic(asked.credentials));
        send(request, asked.times);
        is_checking_ ? check_answer(exchange) : take_names(exchange);
    }

    void send(const server::http::HttpRequest& request, unsigned long times) {
        for (unsigned long i = 0; i < times; ++i) {
            answer_ = {};  // Its slot is free before the next request comes.
            answer_ = app_->handle(request);
            note_evidence();
        }
    }

    void note_evidence() {
        auto names = header("Engage-Emulator-Fidelity");
        for (auto equals = names.find('='); equals != std::string::npos; equals = names.find('=')) {
            evidence_.insert(names.substr(0, equals));
            const auto comma = names.find(", ");
            names = comma == std::string::npos ? "" : names.substr(comma + 2);
        }
    }

    void take_names(const Exchange& exchange) {
        const auto body = ordered_json::parse(answer_.body, nullptr, false);
        for (const auto& line : exchange.checks)
            if (line.word == "save") saved_[line.rest] = body.value("session_id", "");
    }

    void check_answer(const Exchange& exchange) {
        INFO(exchange.at.text() << "  expect " << exchange.status << "\n" << answer_.body.substr(0, 600));
        CHECK(answer_.status == exchange.status);
        const auto body = ordered_json::parse(answer_.body, nullptr, false);
        for (const auto& line : exchange.checks) check(line, body);
        if (body.is_object()) seen_.insert(body.value("session_id", ""));
    }

    void check(const ScenarioLine& line, const ordered_json& body) {
        INFO(line.at.text() << "  " << line.word << " " << line.rest);
        const auto expected = with_names(line.rest);
        if (line.word == "body") {
            CHECK(answer_.body == expected);
        } else if (line.word == "text") {
            CHECK(answer_.body == expected + "\n");
        } else if (line.word == "header") {
            const auto [name, value] = split_header(expected);
            CHECK(header(name) == value);
        } else if (line.word == "no-header") {
            CHECK(header(expected).empty());
        } else if (!body.is_object()) {
            FAIL_CHECK("the body is no JSON object");
        } else if (line.word == "ids") {
            CHECK(joined_ids(body) == expand_ids(expected));
        } else if (line.word == "page" || line.word == "page_size" || line.word == "total") {
            CHECK(body.value(line.word, ordered_json()).dump() == expected);
        } else if (line.word == "error") {
            CHECK(body.value("error", "") == expected);
        } else if (line.word == "keys") {
            std::string keys;
            for (const auto& [key, value] : body.items()) keys += (keys.empty() ? "" : ",") + key;
            CHECK(keys == expected);
        } else if (line.word == "save" || line.word == "session") {
            check_session(line, expected, body.value("session_id", ""));
        } else {
            line.at.refuse("a check", line.word);
        }
    }

    void check_session(const ScenarioLine& line, const std::string& expected, const std::string& session) {
        CHECK_FALSE(session.empty());
        if (line.word == "save")
            saved_[line.rest] = session;
        else if (expected == "new")
            CHECK(seen_.count(session) == 0);
        else
            CHECK(session == expected);
    }

    std::string header(const std::string& name) const {
        for (const auto& [key, value] : answer_.headers)
            if (expr::text::equal_ignoring_case(key, name)) return value;
        return {};
    }

    Scenario scenario_;
    std::unique_ptr<server::app::App> app_;
    server::http::HttpResponse answer_;
    std::map<std::string, std::string> saved_;
    std::set<std::string> seen_;
    std::set<std::string> evidence_;
    bool is_checking_ = true;
};

}  // namespace

void replay_scenario(const std::filesystem::path& path) { Replay(path).run(); }

std::set<std::string> evidence_of_scenario(const std::filesystem::path& path) { return Replay(path).evidence(); }

}  // namespace engage::test
