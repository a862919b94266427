#include "tests/support/scenario.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "server/app.hpp"
#include "server/time_text.hpp"
#include "tests/support/request_builder.hpp"
#include "tests/support/test_project.hpp"

namespace engage::test {

namespace {

using nlohmann::ordered_json;

struct Line {
    int number = 0;
    bool is_indented = false;
    std::string word;
    std::string rest;
};

std::vector<Line> read_lines(const std::string& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("cannot read " + path);
    std::vector<Line> lines;
    int number = 0;
    for (std::string text; std::getline(file, text);) {
        ++number;
        const auto start = text.find_first_not_of(' ');
        if (start == std::string::npos || text[start] == '#') continue;
        const auto space = text.find(' ', start);
        lines.push_back({number, start > 0, text.substr(start, space - start),
                         space == std::string::npos ? "" : text.substr(space + 1)});
    }
    return lines;
}

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
    explicit Replay(std::string path) : path_(std::move(path)), lines_(read_lines(path_)) {}

    std::set<std::string> evidence() {
        REQUIRE(settings_.switches.set("fidelity.header=on"));
        is_checking_ = false;
        run();
        return evidence_;
    }

    void run() {
        settings_.clock = server::parse_instant("2026-09-01T00:00:00Z");
        settings_.seed = 1;
        while (at_ < lines_.size() && read_setting(lines_[at_])) ++at_;
        app_ = std::make_unique<server::App>(settings_);
        const auto published = app_->publish(std::move(projects_));
        REQUIRE(published.has_value());
        while (at_ < lines_.size()) step();
    }

private:
    [[noreturn]] void fail(const Line& line, const std::string& why) const {
        throw std::runtime_error(path_ + ":" + std::to_string(line.number) + ": " + why);
    }

    bool read_setting(const Line& line) {
        if (line.word == "project")
            projects_.push_back(committed_project(line.rest));
        else if (line.word == "profiles")
            projects_.push_back(numbered_project(std::stoul(line.rest)));
        else if (line.word == "clock" && line.rest.front() != '+' && line.rest.front() != '-')
            settings_.clock = server::parse_instant(line.rest);
        else if (line.word == "set")
            REQUIRE(settings_.switches.set(line.rest).has_value());
        else if (line.word == "flag")
            read_flag(line);
        else
            return false;
        return true;
    }

    void read_flag(const Line& line) {
        const auto space = line.rest.find(' ');
        const auto name = line.rest.substr(0, space);
        const auto number = [&] { return static_cast<std::uint32_t>(std::stoul(line.rest.substr(space + 1))); };
        if (line.rest == "auth off")
            settings_.auth_required = false;
        else if (name == "no-rate-limit")
            settings_.rate_limited = false;
        else if (name == "quota")
            settings_.per_hour = number();
        else if (name == "concurrency")
            settings_.concurrent = number();
        else if (name == "per-second")
            settings_.per_second = number();
        else
            fail(line, "unknown flag");
    }

    std::string with_names(std::string text) const {
        for (const auto& [name, value] : saved_)
            for (auto found = text.find("$" + name); found != std::string::npos; found = text.find("$" + name))
                text.replace(found, name.size() + 1, value);
        return text;
    }

    void step() {
        const auto& line = lines_[at_];
        if (line.is_indented) fail(line, "an indented line without a step above it");
        if (line.word == "clock") {
            send({.method = "POST",
                  .target = "/__admin/clock/advance",
                  .headers = {},
                  .body = R"({"duration":")" + line.rest.substr(line.rest.front() == '+') + "\"}"},
                 1);
            ++at_;
        } else if (line.word == "expect") {
            check_answer();
        } else {
            read_request();
        }
    }

    void read_request() {
        const auto& first = lines_[at_];
        server::HttpRequest request{.method = first.word, .target = with_names(first.rest), .headers = {}, .body = {}};
        std::string credentials = "sa:secret";
        unsigned long times = 1;
        for (++at_; at_ < lines_.size() && lines_[at_].is_indented; ++at_) {
            const auto& line = lines_[at_];
            const auto rest = with_names(line.rest);
            if (line.word == "auth")
                credentials = rest;
            else if (line.word == "form")
                request.body += (request.body.empty() ? "" : "&") + rest.substr(0, rest.find('=')) + "=" +
                                percent_encode(rest.substr(rest.find('=') + 1));
            else if (line.word == "body")
                request.body = rest;
            else if (line.word == "header")
                request.headers.emplace_back(rest.substr(0, rest.find(": ")), rest.substr(rest.find(": ") + 2));
            else if (line.word == "times")
                times = std::stoul(rest);
            else
                fail(line, "unknown word in a request");
        }
        if (credentials != "none") request.headers.emplace_back("Authorization", basic(credentials));
        send(request, times);
    }

    void send(const server::HttpRequest& request, unsigned long times) {
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

    void take_names() {
        const auto body = ordered_json::parse(answer_.body, nullptr, false);
        for (++at_; at_ < lines_.size() && lines_[at_].is_indented; ++at_)
            if (lines_[at_].word == "save") saved_[lines_[at_].rest] = body.value("session_id", "");
    }

    void check_answer() {
        if (!is_checking_) return take_names();
        const auto& first = lines_[at_];
        INFO(path_ << ":" << first.number << "  expect " << first.rest << "\n" << answer_.body.substr(0, 600));
        CHECK(std::to_string(answer_.status) == first.rest);
        const auto body = ordered_json::parse(answer_.body, nullptr, false);
        for (++at_; at_ < lines_.size() && lines_[at_].is_indented; ++at_) check(lines_[at_], body);
        if (body.is_object()) seen_.insert(body.value("session_id", ""));
    }

    void check(const Line& line, const ordered_json& body) {
        INFO(path_ << ":" << line.number << "  " << line.word << " " << line.rest);
        const auto expected = with_names(line.rest);
        if (line.word == "body") {
            CHECK(answer_.body == expected);
        } else if (line.word == "text") {
            CHECK(answer_.body == expected + "\n");
        } else if (line.word == "header") {
            CHECK(header(expected.substr(0, expected.find(": "))) == expected.substr(expected.find(": ") + 2));
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
            fail(line, "unknown word in an expectation");
        }
    }

    void check_session(const Line& line, const std::string& expected, const std::string& session) {
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
            if (key == name) return value;
        return {};
    }

    std::string path_;
    std::vector<Line> lines_;
    std::size_t at_ = 0;
    server::Settings settings_;
    std::vector<fixtures::Project> projects_;
    std::unique_ptr<server::App> app_;
    server::HttpResponse answer_;
    std::map<std::string, std::string> saved_;
    std::set<std::string> seen_;
    std::set<std::string> evidence_;
    bool is_checking_ = true;
};

}  // namespace

void replay_scenario(const std::string& path) { Replay(path).run(); }

std::set<std::string> evidence_of_scenario(const std::string& path) { return Replay(path).evidence(); }

}  // namespace engage::test
