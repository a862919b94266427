#include "server/app/routes.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace engage::server;

TEST_CASE("a route takes the methods that it names and no part of one", "[app]") {
    const auto* const engage = app::find_route("/api/query/engage");
    REQUIRE(engage != nullptr);
    for (const std::string method : {"GET", "POST", "HEAD"}) CHECK(app::takes(*engage, method));
    for (const std::string method : {"", "ET", "PO", "T, P", "get", "DELETE"}) CHECK_FALSE(app::takes(*engage, method));
}
