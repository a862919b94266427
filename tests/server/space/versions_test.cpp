#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

#include "server/app/app.hpp"
#include "tests/support/request_builder.hpp"
#include "tests/support/test_project.hpp"

using namespace engage;
using nlohmann::json;

namespace {

constexpr std::size_t kVersions = 1000;
constexpr std::size_t kClients = 8;
constexpr std::size_t kPageSize = 5;

using ProjectPtr = std::shared_ptr<const fixtures::project::Project>;

/// Project 1 with profiles `v<k>-0`, `v<k>-1`, …, each `k` as many as no other.
ProjectPtr project_of(std::size_t k) {
    std::string profiles;
    for (std::size_t n = 0; n < 10 + 3 * k; ++n)
        profiles += R"({"$distinct_id":"v)" + std::to_string(k) + '-' + std::to_string(n) + R"(","$properties":{"k":)" +
                    std::to_string(k) + R"(,"x":)" + std::to_string(n % 7) + "}}\n";
    return std::make_shared<const fixtures::project::Project>(
        test::load({{"project.json", R"({"project_id":1,"name":"x"})"}, {"profiles.ndjson", profiles}}));
}

/// What went on in all threads.
struct Traffic {
    std::atomic<std::size_t> pages = 0;
    std::atomic<std::size_t> outlived = 0;  ///< Sessions whose version was replaced before their last page.
    std::atomic<bool> is_over = false;

    void fail(const std::string& what) {
        const std::scoped_lock lock(mutex);
        if (problem.empty()) problem = what;
    }
    std::mutex mutex;
    std::string problem;  ///< The first one.
};

/// Opens a session and pages through it.
class Client {
public:
    Client(server::app::App& app, Traffic& traffic) : app_(app), traffic_(traffic) {}

    void read_a_session(const test::Form& filter) {
        const auto version = app_.space().current(1)->version;
        form_ = filter;
        form_.emplace_back("page_size", std::to_string(kPageSize));
        ids_.clear();
        const auto first = page();
        if (!first) return;
        const std::size_t total = (*first)["total"];
        form_.emplace_back("session_id", (*first)["session_id"]);
        for (std::size_t number = 1; number * kPageSize < total; ++number) {
            form_.emplace_back("page", std::to_string(number));
            if (!page()) return;
            form_.pop_back();
        }
        check(total, filter.empty());
        if (app_.space().current(1)->version != version) ++traffic_.outlived;
    }

private:
    std::optional<json> page() {
        const auto response = app_.handle(test::engage_request(form_));
        ++traffic_.pages;
        if (response.status != 200) {
            traffic_.fail(response.body);
            return std::nullopt;
        }
        auto page = json::parse(response.body);
        for (const auto& row : page["results"]) ids_.push_back(row["$distinct_id"]);
        return page;
    }

    /// Each row of one version once, and no other.
    void check(std::size_t total, bool is_whole) {
        if (ids_.empty()) return traffic_.fail("no rows");
        const auto prefix = ids_.front().substr(0, ids_.front().find('-') + 1);
        const auto profiles = 10 + 3 * std::stoul(prefix.substr(1));
        if (ids_.size() != total || (is_whole && total != profiles))
            traffic_.fail(prefix + ": total " + std::to_string(total) + ", rows " + std::to_string(ids_.size()));
        std::vector<std::string> expected;
        for (std::size_t n = 0; n < profiles; ++n)
            if (is_whole || n % 7 > 2) expected.push_back(prefix + std::to_string(n));
        if (!is_whole) std::sort(expected.begin(), expected.end());
        if (!is_whole) std::sort(ids_.begin(), ids_.end());
        if (ids_ != expected) traffic_.fail(prefix + ": other rows than those of the version");
    }

    server::app::App& app_;
    Traffic& traffic_;
    test::Form form_;
    std::vector<std::string> ids_;
};

}  // namespace

TEST_CASE("every session keeps the version it was opened on while a thousand others are published", "[sessions]") {
    server::catalogue::Settings settings;
    settings.auth_required = false;
    settings.rate_limited = false;
    server::app::App app(settings);
    std::vector<ProjectPtr> projects;
    for (std::size_t k = 0; k < 10; ++k) projects.push_back(project_of(k));
    const auto publish = [&](std::size_t k) {
        app.space().publish(std::make_shared<const server::space::Snapshot>(projects[k % projects.size()]));
    };
    publish(0);
    Traffic traffic;
    std::vector<std::thread> clients;
    for (std::size_t i = 0; i < kClients; ++i)
        clients.emplace_back([&, i] {
            const test::Form sorted{{"where", R"(properties["x"] > 2)"}, {"sort_key", R"(properties["x"])"}};
            for (Client client(app, traffic); !traffic.is_over;)
                client.read_a_session(i % 2 == 0 ? test::Form{} : sorted);
        });
    // One for each page or so, so that versions change in the middle of sessions.
    for (std::size_t version = 1; version <= kVersions; ++version) {
        while (traffic.pages < version) std::this_thread::yield();
        publish(version);
    }
    traffic.is_over = true;
    for (auto& client : clients) client.join();
    CHECK(traffic.problem == "");
    CHECK(traffic.outlived > 0);
    CHECK(app.space().current(1)->project == projects[kVersions % projects.size()]);
}
