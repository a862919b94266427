#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/support/socket_client.hpp"
#include "tests/wire/emulator_process.hpp"

using namespace engage;
using namespace engage::test;

namespace {

namespace fs = std::filesystem;

/// Local ports of the TCP sockets that the process can see, by inode.
std::map<std::string, int> local_ports(const std::string& table) {
    std::ifstream lines(table);
    std::map<std::string, int> ports;
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
        std::istringstream fields(line);
        std::array<std::string, 10> field;  // sl local rem state queues timer retransmits uid timeout inode
        for (auto& text : field) fields >> text;
        ports[field[9]] = std::stoi(field[1].substr(field[1].rfind(':') + 1), nullptr, 16);
    }
    return ports;
}

/// Inodes of the sockets that a process holds.
std::vector<std::string> sockets_of(pid_t pid) {
    std::vector<std::string> inodes;
    const std::string prefix = "socket:[";
    for (const auto& entry : fs::directory_iterator("/proc/" + std::to_string(pid) + "/fd")) {
        std::error_code gone;
        const auto target = fs::read_symlink(entry.path(), gone).string();
        if (target.starts_with(prefix))
            inodes.push_back(target.substr(prefix.size(), target.size() - prefix.size() - 1));
    }
    return inodes;
}

}  // namespace

TEST_CASE("nothing leaves the machine: the emulator opens no connection and holds no socket but those of its ports",
          "[wire][process]") {
    const test::TemporaryDirectory data;
    ::setenv("XDG_DATA_HOME", data.path().c_str(), /*overwrite=*/1);
    test::EmulatorProcess emulator(
        {"--port", "0", "--auth", "off", "--tls", "--tls-port", "0", "--proxy-port", "0", "--ready-format", "json"},
        /*connect_is_fatal=*/true);
    const auto ready = nlohmann::json::parse(emulator.ready_line());
    const int port = ready["port"];
    const int proxy_port = ready["proxy_port"];
    const int tls_port = ready["tls_port"];
    test::SocketClient client(port);
    const std::string target = "/api/query/engage?project_id=2195193";
    CHECK(client.ask(test::get(target + "&page_size=100")).status == 200);
    CHECK(client.ask(test::post_form(target, R"(where=properties["$region"] == "California")")).status == 200);
    CHECK(client.ask(test::post_form(target, R"(filter_by_cohort={"id": 1})")).status == 400);
    CHECK(client.ask(test::get("/api/2.0/engage?project_id=2195193&where=%28")).status == 400);
    CHECK(test::SocketClient(port).ask(test::get("http://example.com/api/query/engage")).status == 403);
    CHECK(client.ask(test::get("http://mixpanel.com" + target)).status == 200);
    CHECK(client.ask(test::get("/api/query/insights?project_id=2195193")).status == 501);
    CHECK(client.ask(test::post_form("/__admin/clock/advance", R"({"seconds": 60})")).status == 200);
    CHECK(client.ask(test::get("/__admin/health")).status == 200);
    CHECK(test::SocketClient(proxy_port).ask(test::get("http://example.com/")).status == 403);
    CHECK(test::SocketClient(proxy_port).ask("CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n").status ==
          403);
    CHECK(test::SocketClient(proxy_port).ask(test::get(target)).status == 400);
    CHECK(test::SocketClient(proxy_port).ask(test::get("http://eu.mixpanel.com" + target + "&page_size=1")).status ==
          200);
    // Held open: a connection that ends just now has a socket but no row in the table.
    test::SocketClient garbage(port);
    garbage.send("hello\r\n\r\n");
    CHECK(garbage.receive().status == 400);

    const auto ports = local_ports("/proc/" + std::to_string(emulator.pid()) + "/net/tcp");
    const auto sockets = sockets_of(emulator.pid());
    CHECK(sockets.size() >= 2);
    for (const auto& inode : sockets) {
        const auto found = ports.find(inode);
        CAPTURE(inode);
        REQUIRE(found != ports.end());
        CHECK(std::set{port, proxy_port, tls_port}.contains(found->second));
    }
    emulator.signal(SIGTERM);
    CHECK(emulator.wait().code == 0);
}
