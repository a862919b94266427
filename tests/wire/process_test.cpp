#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fstream>
#include <stdexcept>

#include "tests/support/served_app.hpp"
#include "tests/support/socket_client.hpp"
#include "tests/wire/emulator_process.hpp"
#include "tests/wire/foreign_server.hpp"

using namespace engage;
using namespace engage::test;
using namespace std::chrono_literals;

namespace {

std::string text_of(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The names that inotify has reported so far, each with what happened: "+" created, "~" written, ">" moved here, "-"
/// removed.
std::string changes(int watch) {
    std::array<char, 4096> buffer{};
    const auto size = ::read(watch, buffer.data(), buffer.size());
    std::string seen;
    for (ssize_t at = 0; at < size;) {
        inotify_event event{};
        std::memcpy(&event, buffer.data() + at, sizeof event);
        const char* name = buffer.data() + at + sizeof event;
        const char* what = event.mask & IN_CREATE     ? "+"
                           : event.mask & IN_MODIFY   ? "~"
                           : event.mask & IN_MOVED_TO ? ">"
                                                      : "-";
        seen += std::string(seen.empty() ? "" : " ") + what + name;
        at += static_cast<ssize_t>(sizeof event + event.len);
    }
    return seen;
}

bool accepts_connections(int port) {
    try {
        const test::SocketClient client(port);
        return true;
    } catch (const std::runtime_error&) {
        return false;
    }
}

/// A project whose whole answer does not fit into the kernel's buffers.
void write_large_project(const test::TemporaryDirectory& directory) {
    directory.write("project.json", R"({"project_id":7,"name":"large"})");
    directory.write("profiles.ndjson", test::large_profiles(4000, 4096));
}

/// Takes minutes: some 25,000 regular expressions that are given up, each after a hundredth of a second.
std::string long_query() {
    std::string where = "false";
    for (int i = 0; i < 10; ++i)
        where +=
            " or regex_match(properties[\"$os\"] + \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" + "
            "properties[\"$created\"], \"(a|aa)+[bc]\")";
    return "/api/query/engage?project_id=2195193&where=" + test::escaped(where);
}

}  // namespace

TEST_CASE("the ready line is all that stdout gets, and SIGTERM and SIGINT exit with 0", "[wire][process]") {
    const int signal = GENERATE(SIGTERM, SIGINT);
    test::EmulatorProcess emulator({"serve", "--port", "0"});
    const auto port = emulator.port();
    CHECK(port > 0);
    test::SocketClient client(port);
    CHECK(client.ask(test::get("/readyz")).body == "ready\n");
    emulator.signal(signal);
    const auto exit = emulator.wait();
    CHECK(exit.code == 0);
    CHECK(exit.out == "engage-emulator listening on http://127.0.0.1:" + std::to_string(port) + "\n");
    CHECK(exit.err == "");
}

TEST_CASE("stderr has a line for each request when the emulator ends, unless it is quiet", "[wire][process]") {
    for (const bool is_quiet : {false, true}) {
        std::vector<std::string> arguments = {"serve", "--port", "0", "--log", "json"};
        if (is_quiet) arguments.push_back("--quiet");
        test::EmulatorProcess emulator(arguments);
        test::SocketClient client(emulator.port());
        constexpr int kRequests = 50;
        for (int i = 0; i < kRequests; ++i) client.ask(test::get("/__admin/limits"));
        emulator.signal(SIGTERM);
        const auto exit = emulator.wait();
        CHECK(exit.code == 0);
        CHECK(std::count(exit.err.begin(), exit.err.end(), '\n') == (is_quiet ? 0 : kRequests));
        CHECK(exit.err.starts_with(is_quiet ? "" : "{\"event\":\"request\",\"time\":\"20"));
    }
}

TEST_CASE("exec tells of each request before its report if it is to be verbose", "[wire][process]") {
    const test::TemporaryDirectory data;
    ::setenv("XDG_DATA_HOME", data.path().c_str(), /*overwrite=*/1);
    for (const bool is_verbose : {false, true}) {
        std::vector<std::string> arguments = {"exec"};
        if (is_verbose) arguments.push_back("-v");
        arguments.insert(arguments.end(), {"--", "curl", "-s", "http://mixpanel.com/api/query/engage"});
        test::EmulatorProcess emulator(arguments);
        const auto exit = emulator.wait();
        CHECK(exit.code == 0);
        const auto line = exit.err.find(" GET /api/query/engage -> 401 Unable to authenticate request (not counted, ");
        CHECK((line != std::string::npos) == is_verbose);
        if (is_verbose) CHECK(line < exit.err.find("engage-emulator: 1 request\n"));
    }
}

TEST_CASE("SIGTERM ends the emulator in the middle of a long query", "[wire][process]") {
    test::EmulatorProcess emulator({"--port", "0", "--auth", "off", "--set", "where.grammar=A"});
    const auto port = emulator.port();
    test::SocketClient client(port);
    REQUIRE(client.send(test::get(long_query())));
    test::SocketClient watcher(port);
    while (watcher.ask(test::get("/__admin/limits")).body.find("\"running\":1") == std::string::npos) {
    }
    emulator.signal(SIGTERM);
    CHECK(emulator.wait().code == 0);
}

TEST_CASE("a long query does not keep back the exit code of a command", "[wire][process]") {
    const test::TemporaryDirectory data;
    ::setenv("XDG_DATA_HOME", data.path().c_str(), /*overwrite=*/1);
    test::EmulatorProcess emulator(
        {"exec", "--auth", "off", "--set", "where.grammar=A", "--", "bash", "-c",
         "curl -sg \"$ENGAGE_EMULATOR_URL" + long_query() +
             "\" & until curl -s $ENGAGE_EMULATOR_URL/__admin/limits | grep -q '\"running\":1'; "
             "do :; done; exit 3"});
    CHECK(emulator.wait().code == 3);
}

TEST_CASE("the ready line as JSON names url, port, pid, projects and profiles", "[wire][process]") {
    test::EmulatorProcess emulator({"--port", "0", "--ready-format", "json", "--host", "localhost"});
    const auto line = emulator.ready_line();
    const auto port = line.substr(line.find("\"port\":") + 7, line.find(",\"pid\"") - line.find("\"port\":") - 7);
    CHECK(line == R"({"event":"ready","url":"http://localhost:)" + port + R"(","port":)" + port + R"(,"pid":)" +
                      std::to_string(emulator.pid()) + R"(,"projects":1,"profiles":2503})");
    test::SocketClient client(std::stoi(port));
    CHECK(client.ask(test::get("/readyz")).body == "ready\n");
    emulator.signal(SIGTERM);
    CHECK(emulator.wait().out == line + "\n");
}

TEST_CASE("the port file appears whole under its name and never holds the port of an earlier run", "[wire][process]") {
    const test::TemporaryDirectory directory;
    const auto path = directory.write("port", "1\n");
    const int watch = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    REQUIRE(::inotify_add_watch(watch, directory.path().c_str(), IN_CREATE | IN_MODIFY | IN_MOVED_TO | IN_DELETE) >= 0);
    test::EmulatorProcess emulator({"--port", "0", "--port-file", path});
    const auto port = emulator.port();
    // The file is written after the ready line; SIGTERM is only looked at behind both.
    emulator.signal(SIGTERM);
    CHECK(emulator.wait().code == 0);
    CHECK(text_of(path) == std::to_string(port) + "\n");
    const auto seen = changes(watch);
    ::close(watch);
    CAPTURE(seen);
    CHECK(seen.starts_with("-port "));
    CHECK(seen.ends_with(" >port"));
    CHECK(seen.find("+port ") == std::string::npos);
    CHECK(seen.find("~port ") == std::string::npos);
}

TEST_CASE("a second emulator on a port that is taken exits with 1 and one line", "[wire][process]") {
    test::EmulatorProcess first({"--port", "0"});
    const auto port = std::to_string(first.port());
    test::EmulatorProcess second({"--port", port});
    const auto exit = second.wait();
    CHECK(exit.code == 1);
    CHECK(exit.out == "");
    CHECK(exit.err == "engage-emulator: cannot listen on 127.0.0.1:" + port +
                          ": Address already in use by engage-emulator (process " + std::to_string(first.pid()) +
                          "); --port 0 takes any free port\n");
}

TEST_CASE("who asks for an emulator learns what answers in its place", "[wire][process]") {
    const auto answer_of = [](const std::vector<std::string>& arguments) {
        test::EmulatorProcess asking(arguments);
        const auto exit = asking.wait();
        CHECK(exit.code == 1);
        return exit.err;
    };
    int port = 0;
    std::string answer;
    SECTION("nothing") {
        {
            const test::ForeignServer server("");
            port = server.port();
        }
        answer = "connection refused; start it with `engage-emulator serve --port " + std::to_string(port) + "`";
    }
    SECTION("a web page, whatever its status") {
        const auto status = GENERATE("200 OK", "404 Not Found");
        const test::ForeignServer server("HTTP/1.1 " + std::string(status) +
                                         "\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<p>\n");
        port = server.port();
        answer = "something else answers there: " + std::string(status).substr(0, 3) + " with text/html";
        const auto url = "engage-emulator: http://127.0.0.1:" + std::to_string(port);
        CHECK(answer_of({"healthcheck", "--port", std::to_string(port)}) == url + " is not ready: " + answer + "\n");
        CHECK(answer_of({"env", "--port", std::to_string(port)}) == url + ": " + answer + "\n");
        return;
    }
    SECTION("what speaks no HTTP") {
        const test::ForeignServer server("SSH-2.0-OpenSSH_9.2p1\r\n");
        port = server.port();
        answer = "something else answers there, or nothing in time: what came is no HTTP";
        const auto url = "engage-emulator: http://127.0.0.1:" + std::to_string(port);
        CHECK(answer_of({"healthcheck", "--port", std::to_string(port)}) == url + " is not ready: " + answer + "\n");
        return;
    }
    const auto url = "engage-emulator: http://127.0.0.1:" + std::to_string(port);
    CHECK(answer_of({"healthcheck", "--port", std::to_string(port)}) == url + " is not ready: " + answer + "\n");
    CHECK(answer_of({"env", "--port", std::to_string(port)}) == url + ": " + answer + "\n");
}

TEST_CASE("port 0 chooses every port that was not given", "[wire][process]") {
    const test::TemporaryDirectory data;
    ::setenv("XDG_DATA_HOME", data.path().c_str(), /*overwrite=*/1);
    test::EmulatorProcess first({"serve", "--port", "0", "--tls", "--ready-format", "json"});
    test::EmulatorProcess second({"serve", "--port", "0", "--tls", "--ready-format", "json"});
    CHECK(first.ready_line().find("\"tls_port\":9798") == std::string::npos);
    CHECK(second.ready_line().find("\"tls_port\":9798") == std::string::npos);
}

TEST_CASE("a port can be taken again at once after its emulator ended with open connections", "[wire][process]") {
    test::EmulatorProcess first({"--port", "0"});
    const auto port = first.port();
    test::SocketClient client(port);
    REQUIRE(client.ask(test::get("/livez")).status == 200);
    first.signal(SIGTERM);
    REQUIRE(first.wait().code == 0);
    test::EmulatorProcess second({"--port", std::to_string(port)});
    CHECK(second.port() == port);
}

TEST_CASE("bad flags, values and fixtures exit with 2 and say why", "[wire][process]") {
    struct Case {
        std::vector<std::string> arguments;
        std::string error;
    };
    const auto [arguments, error] = GENERATE(values<Case>({
        {{"--port", "70000"},
         "engage-emulator: --port: Value 70000 not in range 0 to 65535 (engage-emulator serve --help tells more)\n"},
        {{"--nonsense"},
         "engage-emulator: The following argument was not expected: --nonsense (engage-emulator serve --help tells "
         "more)\n"},
        {{"--auth", "maybe"},
         "engage-emulator: --auth: maybe not in {on,off} (engage-emulator serve --help tells more)\n"},
        {{"--set", "page.totals=never"},
         "engage-emulator: --set: switch page.totals: expected always or first, found \"never\" (engage-emulator serve "
         "--help tells more)\n"},
        {{"--clock", "noon"},
         "engage-emulator: --clock: expected an ISO 8601 time such as 2026-09-01T00:00:00Z or Unix seconds, found "
         "\"noon\" (engage-emulator serve --help tells more)\n"},
        {{"--port", "0", "--fixtures", "/nonexistent/project"},
         "engage-emulator: /nonexistent/project: expected the directory of a project, found nothing of this name\n"},
    }));
    test::EmulatorProcess emulator(arguments);
    const auto exit = emulator.wait();
    CHECK(exit.code == 2);
    CHECK(exit.out == "");
    CHECK(exit.err == error);
}

TEST_CASE("a host that is no address of this machine exits with 1 and one line", "[wire][process]") {
    test::EmulatorProcess emulator({"--host", "192.0.2.1", "--port", "0", "--allow-remote", "--control-token", "t"});
    const auto exit = emulator.wait();
    CHECK(exit.code == 1);
    CHECK(exit.err == "engage-emulator: cannot listen on 192.0.2.1:0: Cannot assign requested address\n");
}

TEST_CASE("flags that would do nothing are refused", "[wire][process]") {
    const auto refusal = [](const std::vector<std::string>& arguments) {
        test::EmulatorProcess emulator(arguments);
        const auto exit = emulator.wait();
        CHECK(exit.code == 2);
        return exit.err;
    };
    CHECK(refusal({"--port", "0", "--tls-cert", "a.pem", "--tls-key", "a.key"}) ==
          "engage-emulator: --tls-cert: nothing shows it; that needs --tls or --proxy-port\n");
    CHECK(refusal({"--port", "0", "--proxy-allow", "example.com"}) ==
          "engage-emulator: --proxy-allow: that needs --proxy-port\n");
    CHECK(refusal({"--port", "0", "--tls", "--tls-port", "0", "--tls-cert", "/nonexistent", "--tls-key",
                   "/nonexistent"}) == "engage-emulator: /nonexistent: cannot be read: No such file or directory\n");
}

TEST_CASE("a host that others can reach needs two more flags", "[wire][process]") {
    for (const auto& more : std::vector<std::vector<std::string>>{{}, {"--allow-remote"}, {"--control-token", "t"}}) {
        std::vector<std::string> arguments = {"--host", "0.0.0.0", "--port", "0"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        test::EmulatorProcess emulator(arguments);
        const auto exit = emulator.wait();
        CHECK(exit.code == 2);
        CHECK(exit.err ==
              "engage-emulator: --host: 0.0.0.0 can be reached from other machines; that needs --allow-remote and a "
              "--control-token\n");
    }
}

TEST_CASE("SIGTERM does not wait for idle connections, half requests or clients that pipeline without an end",
          "[wire][process]") {
    test::EmulatorProcess emulator({"--port", "0"});
    const auto port = emulator.port();
    std::vector<test::SocketClient> clients;
    for (int i = 0; i < 32; ++i) REQUIRE(clients.emplace_back(port).ask(test::get("/livez")).status == 200);
    for (int i = 0; i < 8; ++i) clients.emplace_back(port).send("GET /livez HTTP/1.1\r\nHo");
    for (int i = 0; i < 8; ++i)
        clients.emplace_back(port).send(test::request_head("POST", "/livez") + "Content-Length: 100\r\n\r\n");
    for (int i = 0; i < 8; ++i) clients.emplace_back(port);
    const auto asked = std::chrono::steady_clock::now();
    emulator.signal(SIGTERM);
    CHECK(emulator.wait().code == 0);
    // The library alone takes 5 s.
    CHECK(std::chrono::steady_clock::now() - asked < 3s);
}

TEST_CASE("an answer in flight to a slow reader is finished after SIGTERM", "[wire][process]") {
    const test::TemporaryDirectory directory;
    write_large_project(directory);
    test::EmulatorProcess emulator({"--port", "0", "--auth", "off", "--fixtures", directory.path()});
    const auto port = emulator.port();
    test::SocketClient client(port, 4096);
    REQUIRE(client.send(test::get("/api/query/engage?project_id=7&page_size=4000")));
    client.await_input();
    emulator.signal(SIGTERM);
    while (accepts_connections(port)) {
    }
    CHECK(client.receive().body.size() > 16'000'000);
    CHECK(client.receive_to_end() == "");
    CHECK(emulator.wait().code == 0);
}

TEST_CASE("an emulator that was stopped and continued serves on", "[wire][process]") {
    test::EmulatorProcess emulator({"--port", "0"});
    const auto port = emulator.port();
    test::SocketClient before(port);
    REQUIRE(before.ask(test::get("/livez")).status == 200);
    emulator.signal(SIGSTOP);
    emulator.signal(SIGCONT);
    CHECK(before.ask(test::get("/livez")).status == 200);
    test::SocketClient after(port);
    CHECK(after.ask(test::get("/livez")).status == 200);
}
