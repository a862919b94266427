#include "server/cli/command_line.hpp"
#include "server/catalogue/switches/sessions.hpp"

#include <unistd.h>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace engage;
using namespace engage::server;

namespace {

template <class Options>
Options parsed(std::vector<std::string> arguments) {
    auto command = cli::parse_command_line(std::move(arguments));
    if (!command) FAIL(command.error().text);
    return std::get<Options>(std::move(*command));
}

std::string refusal(std::vector<std::string> arguments) {
    const auto command = cli::parse_command_line(std::move(arguments));
    REQUIRE_FALSE(command.has_value());
    CHECK(command.error().exit_code == 2);
    return command.error().text;
}

/// An environment variable for the time of one test.
class Environment {
public:
    Environment(const char* name, const char* value) : name_(name) { ::setenv(name, value, 1); }
    ~Environment() { ::unsetenv(name_); }
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;

private:
    const char* name_;
};

/// A configuration file for the time of one test.
class ConfigFile {
public:
    explicit ConfigFile(const std::string& text) { std::ofstream(path_) << text; }
    ~ConfigFile() { std::filesystem::remove(path_); }
    ConfigFile(const ConfigFile&) = delete;
    ConfigFile& operator=(const ConfigFile&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_ =
        std::filesystem::temp_directory_path() / ("engage-config-test-" + std::to_string(::getpid()) + ".toml");
};

}  // namespace

TEST_CASE("without a command the emulator serves, and the defaults are the documented ones", "[cli]") {
    for (const auto& arguments : {std::vector<std::string>{}, {"serve"}}) {
        const auto options = parsed<running::ServeOptions>(arguments);
        CHECK(options.fixtures.empty());
        CHECK(options.host == "127.0.0.1");
        CHECK(options.port == 9797);
        CHECK(options.port_file.empty());
        CHECK_FALSE(options.ready_as_json);
        CHECK(options.settings.auth_required);
        CHECK(options.settings.rate_limited);
        CHECK_FALSE(options.settings.per_hour);
        CHECK_FALSE(options.settings.clock);
    }
}

TEST_CASE("every flag of serve is read, with and without the command's name", "[cli]") {
    const auto options = parsed<running::ServeOptions>({"--fixtures",
                                                        "a",
                                                        "--fixtures",
                                                        "b",
                                                        "--host",
                                                        "::1",
                                                        "--port",
                                                        "0",
                                                        "--port-file",
                                                        "p",
                                                        "--ready-format",
                                                        "json",
                                                        "--clock",
                                                        "2026-09-01T00:00:00Z",
                                                        "--auth",
                                                        "off",
                                                        "--no-rate-limit",
                                                        "--quota",
                                                        "7",
                                                        "--concurrency",
                                                        "3",
                                                        "--per-second",
                                                        "2",
                                                        "--set",
                                                        "session.missing=recompute",
                                                        "--set",
                                                        "session.ttl=5,page.totals=first",
                                                        "--seed",
                                                        "9"});
    CHECK(options.fixtures == std::vector<std::string>{"a", "b"});
    CHECK(options.host == "::1");
    CHECK(options.port == 0);
    CHECK(options.port_file == "p");
    CHECK(options.ready_as_json);
    CHECK(options.settings.clock == time::TimePoint{std::chrono::seconds{1'788'220'800}});
    CHECK_FALSE(options.settings.auth_required);
    CHECK_FALSE(options.settings.rate_limited);
    CHECK(options.settings.per_hour == 7);
    CHECK(options.settings.concurrent == 3);
    CHECK(options.settings.per_second == 2);
    CHECK(options.settings.switches.choice(catalogue::switches::kSessionMissing) ==
          catalogue::switches::SessionMissing::kRecompute);
    CHECK(options.settings.switches.number(catalogue::switches::kSessionTtl) == 5);
    CHECK(options.settings.switches.choice(catalogue::switches::kPageTotals) ==
          catalogue::switches::PageTotals::kFirst);
    CHECK(options.settings.seed == 9);
}

TEST_CASE("a flag wins over the environment, that over the file, that over the default", "[cli]") {
    const ConfigFile config(
        "port = 1111\nquota = 5\nhost = \"127.0.0.2\"\nno-rate-limit = true\nfixtures = [\"a\", \"b\"]\nset = "
        "[\"page.totals=first\"]\n");
    const Environment port("ENGAGE_EMULATOR_PORT", "2222");
    const Environment concurrency("ENGAGE_EMULATOR_CONCURRENCY", "4");
    const Environment file("ENGAGE_EMULATOR_CONFIG", config.path().c_str());
    const auto options = parsed<running::ServeOptions>({"--host", "127.0.0.3"});
    CHECK(options.host == "127.0.0.3");
    CHECK(options.port == 2222);
    CHECK(options.settings.per_hour == 5);
    CHECK(options.settings.concurrent == 4);
    CHECK_FALSE(options.settings.rate_limited);
    CHECK(options.fixtures == std::vector<std::string>{"a", "b"});
    CHECK(options.settings.switches.choice(catalogue::switches::kPageTotals) ==
          catalogue::switches::PageTotals::kFirst);
    CHECK_FALSE(options.ready_as_json);
}

TEST_CASE("wrong words are refused in one line that names them", "[cli]") {
    const std::string hint = " (engage-emulator serve --help tells more)\n";
    CHECK(refusal({"--prot", "1"}) ==
          "engage-emulator: The following arguments were not expected: --prot 1; did you mean '--port'?" + hint);
    CHECK(refusal({"serve", "a", "--where=x", "--qota=1", "b"}) ==
          "engage-emulator: The following arguments were not expected: a --where=x --qota=1 b; --where is a flag of "
          "explain; did you mean '--quota'?" +
              hint);
    CHECK(
        refusal({"--prot", "1", "--tsl"}) ==
        "engage-emulator: The following arguments were not expected: --prot 1 --tsl; did you mean '--port', '--tls'?" +
            hint);
    CHECK(refusal({"exec", "npm", "test"}) ==
          "engage-emulator: The following arguments were not expected: npm test; the command stands behind -- "
          "(engage-emulator exec --help tells more)\n");
    CHECK(refusal({"serv"}) ==
          "engage-emulator: unknown command 'serv'; did you mean 'serve'? (engage-emulator --help lists them)\n");
    CHECK(refusal({"help", "qeury"}) ==
          "engage-emulator: unknown command 'qeury'; did you mean 'query'? (engage-emulator --help lists them)\n");
    CHECK(refusal({"my-project"}) ==
          "engage-emulator: unknown command 'my-project' (engage-emulator --help lists them)\n");
    CHECK(refusal({"--port", "x"}) == "engage-emulator: --port: Value x not in range 0 to 65535" + hint);
    CHECK(refusal({"--port", "70000"}) == "engage-emulator: --port: Value 70000 not in range 0 to 65535" + hint);
    CHECK(refusal({"--auth", "maybe"}) == "engage-emulator: --auth: maybe not in {on,off}" + hint);
    CHECK(refusal({"--clock", "noon"}) ==
          "engage-emulator: --clock: expected an ISO 8601 time such as 2026-09-01T00:00:00Z or Unix seconds, found "
          "\"noon\"" +
              hint);
    CHECK(refusal({"--set", "page.totals=none"}) ==
          "engage-emulator: --set: switch page.totals: expected always or first, found \"none\"" + hint);
    CHECK(refusal({"eval"}) ==
          "engage-emulator: EXPR, --tree or --batch is required (engage-emulator eval --help tells more)\n");
    CHECK(refusal({"explain"}) ==
          "engage-emulator: EXPR or --where is required (engage-emulator explain --help tells more)\n");
    CHECK(refusal({"explain", "true", "--where", "false"}) ==
          "engage-emulator: expression excludes --where (engage-emulator explain --help tells more)\n");
    CHECK(refusal({"generate"}) ==
          "engage-emulator: --output is required (engage-emulator generate --help tells more)\n");
    CHECK(refusal({"query", "--output", "csv"}) ==
          "engage-emulator: --output: csv not in {ids,ndjson,count} (engage-emulator query --help tells more)\n");
    const std::string query_hint = " (engage-emulator query --help tells more)\n";
    CHECK(refusal({"query", "--sort-key", "true", "--sort-order", "up"}) ==
          "engage-emulator: --sort-order: up not in {ascending,descending}" + query_hint);
    CHECK(refusal({"query", "--sort-order", "ascending"}) ==
          "engage-emulator: --sort-order requires --sort-key" + query_hint);
    CHECK(refusal({"query", "--limit", "0"}) ==
          "engage-emulator: --limit: Value 0 not in range 1 to 18446744073709551615" + query_hint);
    const Environment port("ENGAGE_EMULATOR_PORT", "many");
    CHECK(refusal({}) == "engage-emulator: --port: Value many not in range 0 to 65535" + hint);
}

TEST_CASE("a wrong configuration file is refused with its name", "[cli]") {
    const std::string hint = " (engage-emulator serve --help tells more)\n";
    CHECK(refusal({"--config", "/does/not/exist"}) == "engage-emulator: --config: cannot read /does/not/exist" + hint);
    SECTION("unknown key") {
        const ConfigFile config("prot = 1\n");
        CHECK(refusal({"--config", config.path()}) ==
              "engage-emulator: --config: " + config.path() + ": unknown key \"prot\"; did you mean 'port'?" + hint);
    }
    SECTION("section") {
        const ConfigFile config("[serve]\nport = 1\n");
        CHECK(refusal({"--config", config.path()}) ==
              "engage-emulator: --config: " + config.path() + ": sections are not known: [serve]" + hint);
    }
    SECTION("wrong value") {
        const ConfigFile config("port = 70000\n");
        CHECK(refusal({"--config", config.path()}) ==
              "engage-emulator: --port: Value 70000 not in range 0 to 65535" + hint);
    }
    SECTION("a flag that is neither true nor false") {
        const ConfigFile config("no-rate-limit = 2\n");
        CHECK(refusal({"--config", config.path()}) ==
              "engage-emulator: --config: " + config.path() + ": no-rate-limit: expected true or false" + hint);
    }
}

TEST_CASE("a flag without a value takes true and false from wherever it comes", "[cli]") {
    CHECK_FALSE(parsed<running::ServeOptions>({"--no-rate-limit"}).settings.rate_limited);
    CHECK(parsed<running::ServeOptions>({"--no-rate-limit=false"}).settings.rate_limited);
    for (const auto* lifted : {"true", "1"}) {
        const Environment environment("ENGAGE_EMULATOR_NO_RATE_LIMIT", lifted);
        CHECK_FALSE(parsed<running::ServeOptions>({}).settings.rate_limited);
    }
    for (const auto* kept : {"false", "0"}) {
        const Environment environment("ENGAGE_EMULATOR_NO_RATE_LIMIT", kept);
        CHECK(parsed<running::ServeOptions>({}).settings.rate_limited);
    }
    const ConfigFile config("no-rate-limit = false\n");
    CHECK(parsed<running::ServeOptions>({"--config", config.path()}).settings.rate_limited);
    for (const auto* odd : {"maybe", "99999999999999999999"}) {
        CHECK_FALSE(refusal({std::string("--no-rate-limit=") + odd}).empty());
        const Environment environment("ENGAGE_EMULATOR_NO_RATE_LIMIT", odd);
        CHECK_FALSE(refusal({}).empty());
    }
}

TEST_CASE("a limit of nothing is refused", "[cli]") {
    for (const auto* flag : {"--quota", "--concurrency", "--per-second"})
        CHECK(refusal({flag, "0"}) ==
              std::string("engage-emulator: ") + flag +
                  ": Value 0 not in range 1 to 4294967295 (engage-emulator serve --help tells more)\n");
}

TEST_CASE("a host that the proxy could never let through is refused", "[cli]") {
    CHECK(parsed<running::ServeOptions>({"--proxy-allow", "Example.COM,*.Internal"}).proxy_allow ==
          std::vector<std::string>{"example.com", "*.internal"});
    CHECK(refusal({"--proxy-allow", "example.com,http://x/"}) ==
          "engage-emulator: --proxy-allow: expected a host or *.DOMAIN, without scheme and port, found \"http://x/\" "
          "(engage-emulator serve --help tells more)\n");
    const Environment environment("ENGAGE_EMULATOR_PROXY_ALLOW", "mixpanel.com");
    CHECK(refusal({}).find("mixpanel.com: the emulator answers for it itself") != std::string::npos);
}

TEST_CASE("help and version are answers, not errors", "[cli]") {
    for (const auto& arguments :
         {std::vector<std::string>{"--help"}, {"-h"}, {"serve", "--help"}, {"eval", "-h"}, {"--version"}, {"help"}}) {
        const auto command = cli::parse_command_line(arguments);
        REQUIRE_FALSE(command.has_value());
        CHECK(command.error().exit_code == 0);
        CHECK_FALSE(command.error().text.empty());
    }
    const auto of_serve = cli::parse_command_line({"serve", "--help"}).error().text;
    CHECK(of_serve.find("--port-file PATH") != std::string::npos);
    CHECK(cli::parse_command_line({"help", "serve"}).error().text == of_serve);
    CHECK(cli::parse_command_line({"serve", "help"}).error().text == of_serve);
    CHECK(parsed<cli::ValidateOptions>({"validate", "help"}).fixtures == std::vector<std::string>{"help"});
}

TEST_CASE("the other commands read their flags", "[cli]") {
    const auto query = parsed<cli::QueryOptions>(
        {"query", "--fixtures", "d", "--where", "true", "--cohort", "5", "--output", "count"});
    CHECK(query.fixtures == "d");
    CHECK(query.where == "true");
    CHECK(query.cohort == 5);
    CHECK(query.output == cli::QueryOptions::Output::kCount);
    const auto sorted = parsed<cli::QueryOptions>(
        {"query", "--sort-key", "true", "--sort-order", "ascending", "--limit", "7", "--search", "ada"});
    CHECK(sorted.order == query::request::OrderParameters{"true", expr::columns::Direction::kAscending, 7});
    CHECK(sorted.search == "ada");
    const auto explain = parsed<cli::ExplainOptions>({"explain", "true", "--id", "a", "--data-group-id", "5", "--clock",
                                                      "5", "--output", "json", "--fixtures", "d"});
    CHECK(explain.where == "true");
    CHECK(explain.distinct_id == "a");
    CHECK(explain.data_group_id == "5");
    CHECK(explain.now == time::TimePoint{std::chrono::seconds{5}});
    CHECK(explain.as_json);
    CHECK(explain.fixtures == "d");
    CHECK(parsed<cli::ExplainOptions>({"explain", "--where", "true"}).where == "true");
    const Environment where("ENGAGE_EMULATOR_EXPLAIN_WHERE", "false");
    CHECK(parsed<cli::ExplainOptions>({"explain", "true"}).where == "true");
    CHECK(parsed<cli::EvalOptions>({"eval", "--tree", "null", "--text"}).tree == "null");
    const auto eval =
        parsed<cli::EvalOptions>({"eval", "NOW", "--properties", "{}", "--timezone", "US/Pacific", "--now", "5"});
    CHECK(eval.expression == "NOW");
    CHECK(eval.timezone == "US/Pacific");
    CHECK(eval.now == time::TimePoint{std::chrono::seconds{5}});
    CHECK(parsed<cli::EvalOptions>({"eval", "--parse", "--batch"}).batch);
    CHECK(parsed<cli::ValidateOptions>({"validate", "a", "b"}).fixtures == std::vector<std::string>{"a", "b"});
    CHECK(parsed<cli::ValidateOptions>({"validate", "--fixtures", "a"}).fixtures == std::vector<std::string>{"a"});
    CHECK(parsed<cli::GenerateOptions>({"generate", "--output", "o", "--profiles", "5", "--force"}).profiles == 5);
    CHECK(
        parsed<cli::HealthcheckOptions>({"healthcheck", "--port", "5", "--wait", "--timeout", "1.5"}).timeout_seconds ==
        1.5);
    CHECK(parsed<cli::VersionOptions>({"version", "--json"}).as_json);
}

TEST_CASE("exec takes flags from the environment and from a file, as serve does", "[cli]") {
    const ConfigFile file("quota = 7\nseed = 3\n");
    const Environment quota("ENGAGE_EMULATOR_QUOTA", "8");
    const Environment port_file("ENGAGE_EMULATOR_PORT_FILE", "port");
    const auto options = parsed<running::ExecOptions>({"exec", "--config", file.path(), "--", "true"});
    CHECK(options.serve.settings.per_hour == 8U);
    CHECK(options.serve.settings.seed == 3U);
    CHECK(options.command == std::vector<std::string>{"true"});
    CHECK(options.serve.port_file.empty());
}

TEST_CASE("a variable means one thing: those of other commands than serve have the command's name", "[cli]") {
    const Environment fixtures("ENGAGE_EMULATOR_FIXTURES", "shared");
    const Environment output("ENGAGE_EMULATOR_QUERY_OUTPUT", "count");
    const Environment seed("ENGAGE_EMULATOR_SEED", "5");
    CHECK(parsed<cli::QueryOptions>({"query"}).output == cli::QueryOptions::Output::kCount);
    CHECK(parsed<cli::QueryOptions>({"query"}).fixtures == "shared");
    CHECK_FALSE(parsed<cli::ExplainOptions>({"explain", "true"}).as_json);
    CHECK(parsed<cli::GenerateOptions>({"generate", "--output", "o"}).seed == 1);
}

TEST_CASE("variables that nobody reads are named with the nearest that somebody does", "[cli]") {
    CHECK(cli::environment_warnings({"ENGAGE_EMULATOR_PROT=1", "PATH=/bin", "ENGAGE_EMULATOR_PORT=2",
                                     "ENGAGE_EMULATOR_URL=http://127.0.0.1", "ENGAGE_EMULATOR_NOTHING_LIKE_IT=3",
                                     "ENGAGE_EMULATOR_HEALTHCHECK_TIMEOUT=4"}) ==
          "engage-emulator: warning: unknown variable ENGAGE_EMULATOR_NOTHING_LIKE_IT\n"
          "engage-emulator: warning: unknown variable ENGAGE_EMULATOR_PROT; did you mean 'ENGAGE_EMULATOR_PORT'?\n");
    CHECK(cli::environment_warnings({}).empty());
}

TEST_CASE("exec does not have the flags that only serve heeds", "[cli]") {
    for (const auto* flag : {"--port-file=x", "--ready-format=json", "--tls=false"})
        CHECK(refusal({"exec", flag, "--", "true"}) ==
              "engage-emulator: The following argument was not expected: " + std::string(flag) + "; " +
                  std::string(flag).substr(0, std::string(flag).find('=')) +
                  " is a flag of serve (engage-emulator exec --help tells more)\n");
    const ConfigFile file("port-file = \"x\"\n");
    CHECK(refusal({"exec", "--config", file.path(), "--", "true"}) ==
          "engage-emulator: --config: " + file.path() +
              ": unknown key \"port-file\" (engage-emulator exec --help tells more)\n");
}

TEST_CASE("the file of the environment is for the commands that have its flags", "[cli]") {
    const Environment config("ENGAGE_EMULATOR_CONFIG", "/nonexistent");
    CHECK(parsed<cli::VersionOptions>({"version"}).as_json == false);
}
