#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "server/app/routes.hpp"
#include "server/control/commands.hpp"

using namespace engage::server;

namespace {

/// `text` with `table` in its place, which two comments mark.
std::string with_table(const std::string& text, const std::string& name, const std::string& table) {
    const auto mark = text.find("<!-- " + name + ':');
    REQUIRE(mark != std::string::npos);
    const auto begin = text.find('\n', mark) + 1;
    const auto end = text.find("<!-- end -->", begin);
    REQUIRE(end != std::string::npos);
    return text.substr(0, begin) + '\n' + table + '\n' + text.substr(end);
}

}  // namespace

TEST_CASE("docs/http-api.md lists the endpoints and the commands that there are", "[app]") {
    const std::string path = ENGAGE_SOURCE_DIR "/docs/http-api.md";
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    const auto current = with_table(with_table(text.str(), "endpoints", app::routes_markdown()), "commands",
                                    control::commands_markdown());
    if (std::getenv("UPDATE_GOLDEN")) {
        std::ofstream(path) << current;
        return;
    }
    INFO("UPDATE_GOLDEN=1 script/test writes them again; review the difference");
    const bool is_current = text.str() == current;
    CHECK(is_current);
}
