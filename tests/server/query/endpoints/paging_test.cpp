#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "server/app/app.hpp"
#include "tests/support/request_builder.hpp"
#include "tests/support/test_project.hpp"

using namespace engage;
using nlohmann::json;

namespace {

/// An App over a numbered project, and the requests that a paging client sends.
class PagingClient {
public:
    explicit PagingClient(std::size_t profiles, const std::string& assignment = "row_order=fixtures")
        : app_(test::unlimited_settings(assignment)) {
        std::vector<fixtures::project::Project> projects;
        projects.push_back(test::numbered_project(profiles));
        REQUIRE(app_.publish(std::move(projects)).has_value());
    }

    json get(test::Form form, const std::string& session = {}, std::uint64_t page = 0) {
        if (!session.empty()) form.insert(form.end(), {{"session_id", session}, {"page", std::to_string(page)}});
        const auto response = app_.handle(test::engage_request(form));
        INFO(response.body.substr(0, 300));
        REQUIRE(response.status == 200);
        return json::parse(response.body);
    }

private:
    server::app::App app_;
};

std::vector<std::string> ids_of(const json& page) {
    std::vector<std::string> ids;
    for (const auto& row : page["results"]) ids.push_back(row["$distinct_id"]);
    return ids;
}

std::vector<std::string> expected_ids(std::size_t from, std::size_t to) {
    std::vector<std::string> ids;
    for (auto n = from; n < to; ++n) ids.push_back(test::numbered_id(n + 1));
    return ids;
}

/// What must hold for every page of `total` profiles, wherever it lies.
void check_page(const json& page, std::uint64_t number, std::size_t size, std::size_t total) {
    const auto begin = std::min<std::uint64_t>(total, number > total ? total : number * size);
    CHECK(ids_of(page) == expected_ids(begin, std::min<std::size_t>(total, begin + size)));
    CHECK(page["page"] == number);
    CHECK(page["page_size"] == size);
    CHECK(page["total"] == total);
    CHECK(page["status"] == "ok");
}

}  // namespace

TEST_CASE("the documented loop reads every profile once, for totals around the page size", "[paging]") {
    const auto total = GENERATE(0U, 1U, 999U, 1000U, 1001U, 1999U, 2000U, 2001U, 2503U);
    CAPTURE(total);
    PagingClient client(total);
    auto page = client.get({});
    const auto session = page["session_id"].get<std::string>();
    auto ids = ids_of(page);
    std::size_t requests = 1;
    while (page["results"].size() >= page["page_size"].get<std::size_t>()) {
        page = client.get({}, session, page["page"].get<std::uint64_t>() + 1);
        CHECK(page["session_id"] == session);
        const auto more = ids_of(page);
        ids.insert(ids.end(), more.begin(), more.end());
        ++requests;
    }
    CHECK(ids == expected_ids(0, total));
    // A full last page costs one request past the end.
    CHECK(requests == total / 1000 + 1);
}

TEST_CASE("the last page, the one behind it and one far away are what arithmetic says", "[paging]") {
    const auto total = GENERATE(0U, 1U, 999U, 1000U, 1001U, 1999U, 2000U, 2001U, 2503U);
    CAPTURE(total);
    PagingClient client(total);
    const auto first = client.get({});
    check_page(first, 0, 1000, total);
    const auto last = total == 0 ? 0 : (total - 1) / 1000;
    for (const std::uint64_t number :
         {std::uint64_t{last}, std::uint64_t{last} + 1, std::uint64_t{1'000'000'000}, ~std::uint64_t{0}})
        check_page(client.get({}, first["session_id"], number), number, 1000, total);
}

TEST_CASE("pages come right in any order, again, and from sessions in turns", "[paging]") {
    PagingClient client(2503);
    struct Open {
        std::size_t size;
        std::string session;
    };
    std::vector<Open> sessions;
    for (const std::size_t size : {1, 7, 250, 1000, 2502, 2503, 2504, 100'000})
        sessions.push_back({size, client.get({{"page_size", std::to_string(size)}})["session_id"]});
    std::mt19937 random(7);
    for (int i = 0; i < 400; ++i) {
        const auto& [size, session] = sessions[random() % sessions.size()];
        const auto number = random() % (2503 / size + 3);
        CAPTURE(size, number);
        check_page(client.get({{"page_size", std::to_string(size)}}, session, number), number, size, 2503);
    }
}

TEST_CASE("the pages of a filtered query cover its matches, each once", "[paging]") {
    PagingClient client(2503);
    const std::string where = R"(properties["even"] == true and properties["n"] > 100)";
    const test::Form form = {{"where", where}, {"page_size", "97"}};
    const auto first = client.get(form);
    const auto total = first["total"].get<std::size_t>();
    CHECK(total == 1201);
    std::vector<std::string> ids = ids_of(first);
    for (std::uint64_t number = 1; number <= total / 97; ++number) {
        const auto more = ids_of(client.get(form, first["session_id"], number));
        ids.insert(ids.end(), more.begin(), more.end());
    }
    CHECK(ids.size() == total);
    CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == total);
    CHECK(std::is_sorted(ids.begin(), ids.end()));
    CHECK(ids.front() == "p0102");
    CHECK(ids.back() == "p2502");
}

TEST_CASE("pages of a sorted, shuffled or limited session, in any order, have each of its profiles once", "[paging]") {
    const auto total = GENERATE(0U, 1U, 99U, 100U, 101U, 503U);
    const auto* assignment = GENERATE("row_order=fixtures", "row_order=shuffled");
    const auto size = GENERATE(1U, 100U, 101U, 1000U);
    const auto limit = GENERATE(0U, 1U, 100U, 502U);
    CAPTURE(total, assignment, size, limit);
    PagingClient client(total, assignment);
    test::Form form = {{"page_size", std::to_string(size)}};
    if (limit > 0) form.emplace_back("limit", std::to_string(limit));
    if (limit != 1) form.insert(form.end(), {{"sort_key", R"(properties["n"])"}, {"sort_order", "descending"}});
    const auto first = client.get(form);
    const auto count = limit == 0 ? total : std::min(total, limit);
    CHECK(first["total"] == count);
    std::map<std::uint64_t, std::vector<std::string>> pages;
    for (std::uint64_t number = count / size + 1; number-- > 0;)
        pages[number] = ids_of(client.get(form, first["session_id"], number));
    CHECK(pages[0] == ids_of(first));
    std::vector<std::string> ids;
    for (const auto& [number, page] : pages) ids.insert(ids.end(), page.begin(), page.end());
    CHECK(ids.size() == count);
    CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == count);
    if (limit == 1) return;
    auto expected = expected_ids(0, total);
    std::reverse(expected.begin(), expected.end());
    expected.resize(count);
    CHECK(ids == expected);
}

TEST_CASE("a shuffled session has its own order, also among equal keys", "[paging]") {
    PagingClient client(200, "row_order=shuffled");
    for (const auto& form : {test::Form{}, test::Form{{"sort_key", R"(properties["even"])"}, {"page_size", "1000"}}}) {
        const auto one = client.get(form);
        const auto other = client.get(form);
        CHECK(ids_of(one) != ids_of(other));
        CHECK(ids_of(one) == ids_of(client.get(form, one["session_id"], 0)));
        CHECK(ids_of(other) == ids_of(client.get(form, other["session_id"], 0)));
    }
}

TEST_CASE("output_properties changes no paging", "[paging]") {
    PagingClient client(1001);
    const test::Form form = {{"output_properties", R"(["n"])"}};
    const auto first = client.get(form);
    check_page(first, 0, 1000, 1001);
    CHECK(first["results"][0]["$properties"] == json({{"n", 1}, {"$last_seen", "2026-06-30T12:00:00"}}));
    check_page(client.get(form, first["session_id"], 1), 1, 1000, 1001);
}
