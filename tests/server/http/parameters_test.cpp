#include "server/http/parameters.hpp"

#include <catch2/catch.hpp>

using namespace engage;
using namespace engage::server;

namespace {

std::string merged(const std::string& target, const std::string& body) {
    const auto parameters = http::Parameters::of({.method = "POST", .target = target, .headers = {}, .body = body});
    std::string text;
    for (const auto& [name, parameter] : parameters.all()) text += name + "=" + parameter.text + ";";
    return text;
}

}  // namespace

TEST_CASE("a form is split at the first equals sign and decoded once", "[parameters]") {
    struct Case {
        const char* form;
        const char* expected;
    };
    const auto c = GENERATE(values<Case>({
        {R"(where=properties["plan"] == "pro")", R"(where=properties["plan"] == "pro";)"},
        {"where=a%3D%3Db", "where=a==b;"},
        {"where=a%253Db", "where=a%3Db;"},
        {"a+b=c+d%2B", "a b=c d+;"},
        {"a=1&a=2", "a=1;"},
        {"a=&b=2", "b=2;"},
        {"a&b=2", "b=2;"},
        {"&&a=1&&", "a=1;"},
        {"=x", "=x;"},
        {"a=%", "a=%;"},
        {"a=%4", "a=%4;"},
        {"a=%zz", "a=%zz;"},
        {"a=%E2%82%AC", "a=€;"},
        {"", ""},
    }));
    CHECK(merged("/x", c.form) == c.expected);
    CHECK(merged(std::string("/x?") + c.form, "") == c.expected);
}

TEST_CASE("JSON is read first, whatever it is called, and wins over the URL", "[parameters]") {
    CHECK(merged("/x?a=1&b=2", R"({"b":3,"c":"4"})") == "a=1;b=3;c=4;");
    CHECK(merged("/x?a=1", R"( {"a":""})") == "");
    CHECK(merged("/x?a=1", R"({"a":null})") == "");
    CHECK(merged("/x", R"({"ids":["a","b"],"f":{"id":1},"t":true,"n":1.5})") ==
          R"(f={"id":1};ids=["a","b"];n=1.5;t=true;)");
    CHECK(merged("/x", R"({"id":-1405123841946871899})") == "id=-1405123841946871899;");
    CHECK(merged("/x", "{\"a\"=1&b=2") == "b=2;{\"a\"=1;");
}

TEST_CASE("of a body that has a key twice nothing is merged", "[parameters]") {
    const auto repeated = [](const std::string& body) {
        return http::Parameters::of({.method = "POST", .target = "/x?a=1", .headers = {}, .body = body});
    };
    CHECK(merged("/x?a=1", R"({"b":1,"b":2})") == "a=1;");
    CHECK(repeated(R"({"b":1,"b":2})").repeated_key() == "/b");
    CHECK(repeated(R"({"b":[{"c":1,"c":2}]})").repeated_key() == "/b/0/c");
    CHECK(repeated(R"({"b":1})").repeated_key().empty());
}

TEST_CASE("a number keeps every digit", "[parameters]") {
    CHECK(merged("/x", R"({"a":9007199254740993,"b":1e3,"c":[18446744073709551616, 1.0]})") ==
          "a=9007199254740993;b=1e3;c=[18446744073709551616,1.0];");
}

TEST_CASE("a body that nests too deep adds nothing", "[parameters]") {
    const std::string open(100'000, '[');
    CHECK(merged("/x?a=1", "{\"b\":" + open).substr(0, 4) == "a=1;");
    std::string deep = "1";
    for (int i = 0; i < 200; ++i) deep = "[" + deep + "]";
    CHECK_FALSE(http::Parameters::of({.method = "POST", .target = "/x", .headers = {}, .body = "{\"b\":" + deep + "}"})
                    .find("b"));
}

TEST_CASE("a hundred thousand parameters are read", "[parameters]") {
    std::string form;
    for (int i = 0; i < 100'000; ++i) form += "p" + std::to_string(i) + "=" + std::to_string(i) + "&";
    const auto parameters = http::Parameters::of({.method = "POST", .target = "/x", .headers = {}, .body = form});
    CHECK(parameters.all().size() == 100'000);
    CHECK(parameters.text("p99999") == "99999");
}

TEST_CASE("the target is split at its first question mark, and header names ignore case", "[parameters]") {
    const http::HttpRequest request{.method = "GET",
                                    .target = "/a/b?c=d?e",
                                    .headers = {{"AUTHORIZATION", "x"}, {"authorization", "y"}},
                                    .body = {}};
    CHECK(request.path() == "/a/b");
    CHECK(request.query() == "c=d?e");
    CHECK(request.header("Authorization") == "x");
    CHECK(request.header("Accept").empty());
}
