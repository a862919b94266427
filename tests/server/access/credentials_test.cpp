#include <catch2/catch.hpp>

#include "server/access/basic_credentials.hpp"
#include "server/space/ids.hpp"
#include "tests/support/request_builder.hpp"

using namespace engage;
using server::access::parse_basic;

TEST_CASE("Basic credentials are read with and without padding, colon and password", "[credentials]") {
    for (const std::string user : {"a", "ab", "abc", "abcd", "ünï", ""}) {
        for (const std::string password : {"", "x", "with:colon", "trailing "}) {
            const auto text = user + ":" + password;
            CAPTURE(text);
            auto header = test::basic(text);
            for (int pass = 0; pass < 2; ++pass) {
                const auto credentials = server::access::parse_basic(header);
                REQUIRE(credentials);
                CHECK(credentials->user == user);
                CHECK(credentials->password == password);
                CHECK(credentials->has_colon);
                while (header.back() == '=') header.pop_back();
            }
        }
    }
    const auto secret = server::access::parse_basic(test::basic("topsecret"));
    REQUIRE(secret);
    CHECK(secret->user == "topsecret");
    CHECK_FALSE(secret->has_colon);
    CHECK(server::access::parse_basic("basic YTpi")->password == "b");
}

TEST_CASE("what is no Basic header is none", "[credentials]") {
    for (const std::string header :
         {"", "Basic", "Basic ", "Basic =", "Basic a", "Basic *****", "Bearer YTpi", "YTpi"}) {
        CAPTURE(header);
        CHECK_FALSE(server::access::parse_basic(header));
    }
    CHECK_FALSE(server::access::parse_basic("Basic " + std::string(20'000, 'A')));
}

TEST_CASE("secrets are compared whole", "[credentials]") {
    CHECK(server::access::equal_secret("abc", "abc"));
    CHECK_FALSE(server::access::equal_secret("abc", "abd"));
    CHECK_FALSE(server::access::equal_secret("abc", "abcd"));
    CHECK_FALSE(server::access::equal_secret("", "a"));
}

TEST_CASE("ids are 32 hexadecimal digits, repeatable with a seed and different without", "[ids]") {
    server::space::IdSource first(1);
    server::space::IdSource second(1);
    const auto id = first.next();
    CHECK(id == second.next());
    CHECK(id != first.next());
    CHECK(id.size() == 32);
    CHECK(id.find_first_not_of("0123456789abcdef") == std::string::npos);
    CHECK(server::space::IdSource().next() != server::space::IdSource().next());
}
