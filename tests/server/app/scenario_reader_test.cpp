// What the reader of scenarios refuses: a typo in a file must fail, never test less.
#include <catch2/catch.hpp>

#include "server/catalogue/switches/sessions.hpp"
#include "tests/support/scenario_file.hpp"

using namespace engage;
using namespace engage::test;

namespace {

const std::string kSettings = "profiles 3\n";
const std::string kExchange = "GET /x\nexpect 200\n";

std::string problem_of(const std::string& text) {
    try {
        test::parse_scenario(text, "x.scenario");
    } catch (const test::DataError& error) {
        return error.what();
    }
    return "none";
}

/// Of steps, the first of which stands in line 1.
std::string problem(const std::string& steps) {
    auto text = problem_of(kSettings + steps);
    const std::string_view file = "x.scenario:";
    if (!text.starts_with(file)) return text;
    const auto number = std::stoul(text.substr(file.size())) - 1;
    return std::to_string(number) + text.substr(text.find(':', file.size()));
}

/// Of a line below a request, and of one below an expectation.
std::string in_request(const std::string& line) { return problem("GET /x\n  " + line + "\nexpect 200\n"); }
std::string in_expectation(const std::string& line) { return problem(kExchange + "  " + line + "\n"); }

}  // namespace

TEST_CASE("a scenario is read with its settings and steps", "[scenario]") {
    const auto scenario = test::parse_scenario(
        "# comment\nproject shop\nprofiles 3\nclock 2026-07-01\nset page.totals=first\nflag quota 2\nflag auth off\n"
        "flag no-rate-limit\n\nPOST /a?b=$c\n  auth none\n  form a=b=c\n  form d=\n  header X-A: b: c\n  times 2\n"
        "# comment\nexpect 429\n  save s\nclock +PT1H\nGET /x\n  header Y: $s\nexpect 200\n  body\n",
        "x.scenario");
    CHECK(scenario.projects == std::vector<std::string>{"shop"});
    CHECK(scenario.numbered_profiles == 3);
    CHECK(scenario.settings.clock);
    CHECK(scenario.settings.per_hour == 2);
    CHECK_FALSE(scenario.settings.auth_required);
    CHECK_FALSE(scenario.settings.rate_limited);
    CHECK(scenario.settings.switches.choice(server::catalogue::switches::kPageTotals) ==
          server::catalogue::switches::PageTotals::kFirst);
    REQUIRE(scenario.steps.size() == 3);
    const auto& [request, at, status, checks] = std::get<test::Exchange>(scenario.steps[0]);
    using Pairs = std::vector<std::pair<std::string, std::string>>;
    CHECK(request.method == "POST");
    CHECK(request.target == "/a?b=$c");
    CHECK(request.credentials == "none");
    CHECK(request.form == Pairs{{"a", "b=c"}, {"d", ""}});
    CHECK(request.headers == Pairs{{"X-A", "b: c"}});
    CHECK(request.times == 2);
    CHECK(at.text() == "x.scenario:17");
    CHECK(status == 429);
    REQUIRE(checks.size() == 1);
    CHECK(checks[0].rest == "s");
    CHECK(std::get<test::ClockMove>(scenario.steps[1]).duration == "PT1H");
}

TEST_CASE("a scenario has a project and a request", "[scenario]") {
    CHECK(problem_of("") == "x.scenario:1: expected project NAME or profiles N above the first step");
    CHECK(problem_of(kExchange) == "x.scenario:1: expected project NAME or profiles N above the first step");
    CHECK(problem_of("profiles 3\n# comment\n") == "x.scenario:2: expected a request, found the end");
    CHECK(problem("clock +PT1H\n") == "1: expected a request, found the end");
    CHECK(problem(kExchange + "clock +PT1H\n") == "3: expected a request, found the end");
    CHECK_THROWS_WITH(test::read_scenario("/nowhere/x.scenario"), "cannot read /nowhere/x.scenario");
}

TEST_CASE("a setting of a scenario is known, right, and given once", "[scenario]") {
    const auto [line, expected] = GENERATE(table<std::string, std::string>({
        {"project", "expected project NAME, found \"project\""},
        {"project a b", "expected project NAME, found \"project a b\""},
        {"profiles 5", "a second profiles"},
        {"profiles 5x", "expected profiles and a number above 0, found \"profiles 5x\""},
        {"clock noon", "expected clock TIME, found \"clock noon\""},
        {"clock", "expected clock TIME, found \"clock\""},
        {"set page.totals=none", "switch page.totals: expected always or first, found \"none\""},
        {"flag auth on",
         "expected flag auth off, no-rate-limit, or quota, concurrency or per-second and a number, "
         "found \"flag auth on\""},
        {"flag quota",
         "expected flag auth off, no-rate-limit, or quota, concurrency or per-second and a number, found "
         "\"flag quota\""},
        {"flag quota 2 3",
         "expected flag auth off, no-rate-limit, or quota, concurrency or per-second and a number, "
         "found \"flag quota 2 3\""},
        {"flag quota 4294967296",
         "expected flag auth off, no-rate-limit, or quota, concurrency or per-second and a "
         "number, found \"flag quota 4294967296\""},
        {"flag no-rate-limits",
         "expected flag auth off, no-rate-limit, or quota, concurrency or per-second and a "
         "number, found \"flag no-rate-limits\""},
        {"  flag auth off", "a setting stands at the start of its line: flag auth off"},
        {"flags auth off",
         "expected project, profiles, clock, set, flag, or a request by GET, POST, HEAD, PUT, PATCH, "
         "DELETE, OPTIONS, found \"flags auth off\""},
    }));
    CHECK(problem(line + '\n' + kExchange) == "1: " + expected);
    for (const auto* const setting : {"project shop", "clock 2026-07-01", "flag auth off", "flag no-rate-limit"}) {
        const std::string twice = std::string(setting) + '\n' + setting + '\n' + kExchange;
        const std::string name = setting;
        const auto known = name.starts_with("clock") ? "clock" : name.starts_with("flag auth") ? "flag auth" : name;
        CHECK(problem(twice) == "2: a second " + known);
    }
    CHECK(problem("set page.totals=first\nset page.totals=always\n" + kExchange) == "2: a second set page.totals");
    CHECK(problem("flag quota 2\nflag quota 3\n" + kExchange) == "2: a second flag quota");
}

TEST_CASE("a step of a scenario is known and in its place", "[scenario]") {
    CHECK(problem(kExchange + "GTE /x\nexpect 200\n") ==
          "3: expected clock, or a request by GET, POST, HEAD, PUT, PATCH, DELETE, OPTIONS, found \"GTE /x\"");
    CHECK(problem(kExchange + "get /x\nexpect 200\n") ==
          "3: expected clock, or a request by GET, POST, HEAD, PUT, PATCH, DELETE, OPTIONS, found \"get /x\"");
    CHECK(problem(kExchange + "ids a\n") ==
          "3: expected clock, or a request by GET, POST, HEAD, PUT, PATCH, DELETE, OPTIONS, found \"ids a\"");
    CHECK(problem(kExchange + "set page.totals=first\n") ==
          "3: a setting stands above the first step: set page.totals=first");
    CHECK(problem(kExchange + "clock 2026-07-01\n") ==
          "3: expected clock and a duration such as +PT1H, found \"clock 2026-07-01\"");
    CHECK(problem(kExchange + "clock +1H\n" + kExchange) ==
          "3: expected clock and a duration such as +PT1H, found \"clock +1H\"");
    CHECK(problem(kExchange + "clock +PT1H\n  times 2\n") ==
          "4: an indented line below no request and no expectation: times 2");
    CHECK(problem("  GET /x\nexpect 200\n") == "1: an indented line below no request and no expectation: GET /x");
}

TEST_CASE("a request of a scenario has an expectation, and the other way round", "[scenario]") {
    const std::string wanted = "expected expect STATUS below the request, found ";
    CHECK(problem("GET /x\n") == "1: " + wanted + "nothing");
    CHECK(problem("GET /x\n  form a=b\n" + kExchange) == "3: " + wanted + "\"GET /x\"");
    CHECK(problem("GET /x\nclock +PT1H\nexpect 200\n") == "2: " + wanted + "\"clock +PT1H\"");
    CHECK(problem("GET /x\nexpected 200\n") == "2: " + wanted + "\"expected 200\"");
    CHECK(problem("expect 200\n") == "1: an expectation without a request above it: expect 200");
    CHECK(problem(kExchange + "expect 200\n") == "3: an expectation without a request above it: expect 200");
    CHECK(problem(kExchange + "clock +PT1H\nexpect 200\n") ==
          "4: an expectation without a request above it: expect 200");
    for (const std::string status : {"expect", "expect 20", "expect 2000", "expect 200 ", "expect 600", "expect ok"})
        CHECK(problem("GET /x\n" + status + '\n') ==
              "2: expected expect and a status from 100 to 599, found \"" + status + '"');
}

TEST_CASE("a line of a request is known, right, and given once", "[scenario]") {
    CHECK(problem("GET\nexpect 200\n") == "1: expected GET /TARGET, found \"GET\"");
    CHECK(problem("GET x\nexpect 200\n") == "1: expected GET /TARGET, found \"GET x\"");
    CHECK(problem("GET /x y\nexpect 200\n") == "1: expected GET /TARGET, found \"GET /x y\"");
    CHECK(in_request("from a=b") == "2: expected auth, form, body, header, times in a request, found \"from a=b\"");
    CHECK(in_request("ids a") == "2: expected auth, form, body, header, times in a request, found \"ids a\"");
    CHECK(in_request("auth") == "2: expected auth USER:SECRET or auth none, found \"auth\"");
    CHECK(in_request("form a") == "2: expected form NAME=VALUE, found \"form a\"");
    CHECK(in_request("form =a") == "2: expected form NAME=VALUE, found \"form =a\"");
    CHECK(in_request("body") == "2: expected body TEXT, found \"body\"");
    CHECK(in_request("header A:b") == "2: expected header NAME: VALUE, found \"header A:b\"");
    CHECK(in_request("times 0") == "2: expected times and a number above 0, found \"times 0\"");
    CHECK(in_request("times 2x") == "2: expected times and a number above 0, found \"times 2x\"");
    CHECK(in_request("auth none\n  auth a:b") == "3: a second auth in a request");
    CHECK(in_request("times 2\n  times 3") == "3: a second times in a request");
    CHECK(in_request("body a\n  body b") == "3: a second body in a request");
    CHECK(in_request("body a\n  form a=b") == "3: a request has either form or body");
    CHECK(in_request("form a=b\n  form a=b\n  header A: b\n  header A: b") == "none");
}

TEST_CASE("a line of an expectation is known, right, and given once", "[scenario]") {
    CHECK(in_expectation("id a") ==
          "3: expected ids, page, page_size, total, keys, save, session, error, body, text, header, no-header in an "
          "expectation, found \"id a\"");
    CHECK(in_expectation("ids") == "3: expected ids A,B or ids pFIRST..pLAST or ids none, found \"ids\"");
    for (const std::string ids : {"p0001..p0003,p0005", "p0003..p0001", "p0001..3", "p1..p", "p0001...p0003", "a, b"})
        CHECK(in_expectation("ids " + ids) ==
              "3: expected ids A,B or ids pFIRST..pLAST or ids none, found \"ids " + ids + '"');
    for (const std::string word : {"page", "page_size", "total"}) {
        CHECK(in_expectation(word + " null") == "3: expected " + word + " and a number, found \"" + word + " null\"");
        CHECK(in_expectation(word) == "3: expected " + word + " and a number, found \"" + word + '"');
    }
    CHECK(in_expectation("keys a, b") == "3: expected keys A,B, found \"keys a, b\"");
    CHECK(in_expectation("error") == "3: expected error TEXT, found \"error\"");
    CHECK(in_expectation("text") == "3: expected text TEXT, found \"text\"");
    CHECK(in_expectation("header A") == "3: expected header NAME: VALUE, found \"header A\"");
    CHECK(in_expectation("header A: ") == "3: expected header NAME: VALUE, found \"header A: \"");
    CHECK(in_expectation("no-header A: b") == "3: expected no-header NAME, found \"no-header A: b\"");
    CHECK(in_expectation("total 1\n  total 2") == "4: a second total in an expectation");
    CHECK(in_expectation("header A: b\n  header B: c\n  no-header C\n  no-header D\n  body") == "none");
}

TEST_CASE("a name of a scenario is saved once, before it is used, and used", "[scenario]") {
    const std::string saved = kExchange + "  save s\n";
    CHECK(problem(saved + "GET /x?session_id=$s\nexpect 200\n") == "none");
    CHECK(problem(saved + "GET /x\nexpect 200\n  session $s\n") == "none");
    CHECK(problem(saved + "  body {\"session_id\":\"$s\"}\n") == "none");
    CHECK(problem(kExchange + "  body {\"session_id\":\"$s\"}\n  save s\n") ==
          "3: expected the name of a saved session, found \"$s\"");
    CHECK(problem(saved) == "3: expected a later line to say $s");
    CHECK(problem(saved + "GET /x?a=$session\nexpect 200\n") == "3: expected a later line to say $s");
    CHECK(problem(saved + "GET /x\n  form session_id=$s\nexpect 200\n  save s\n") == "7: a second save s");
    CHECK(in_expectation("save S") == "3: expected save NAME, found \"save S\"");
    CHECK(in_expectation("session s") == "3: expected session new or session $NAME, found \"session s\"");
    CHECK(in_expectation("session $s") == "3: expected the name of a saved session, found \"$s\"");
    CHECK(in_request("form session_id=$s") == "2: expected the name of a saved session, found \"$s\"");
    CHECK(problem("GET /x?session_id=$s\nexpect 200\n") == "1: expected the name of a saved session, found \"$s\"");
}

TEST_CASE("only whole names are replaced", "[scenario]") {
    const std::string value = "V";
    const auto replaced =
        test::replace_names("$s $set $$s$s,$", [&](const std::string& name) { return name == "s" ? &value : nullptr; });
    CHECK(replaced == "V $set $VV,$");
}
