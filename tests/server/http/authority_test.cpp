#include "server/http/authority.hpp"

#include <catch2/catch.hpp>

#include "server/http/proxy.hpp"

namespace engage::server {
namespace {

/// "host port", or "none".
std::string shown(std::string_view text) {
    constexpr int kDefault = 80;
    const auto parsed = http::parse_authority(text, kDefault);
    return parsed ? parsed->host + ' ' + std::to_string(parsed->port) : "none";
}

}  // namespace

TEST_CASE("an authority is a host and maybe a port", "[authority]") {
    CHECK(shown("mixpanel.com") == "mixpanel.com 80");
    CHECK(shown("Mixpanel.COM:443") == "mixpanel.com 443");
    CHECK(shown("mixpanel.com.") == "mixpanel.com 80");
    CHECK(shown("mixpanel.com:") == "mixpanel.com 80");
    CHECK(shown("[::1]:8080") == "::1 8080");
    CHECK(shown("[::1]") == "::1 80");
    for (const auto* text : {"", ":80", "a:0", "a:65536", "a:x", "a:1:2", "[::1", "[::1]x", "user@a", "a b", "a/b"}) {
        CAPTURE(text);
        CHECK(shown(text) == "none");
    }
}

TEST_CASE("the host of an authority is known without its port", "[authority]") {
    CHECK(http::host_of("Mixpanel.com:8443") == "mixpanel.com");
    CHECK(http::host_of("[::1]") == "::1");
    CHECK(http::host_of("") == "");
    CHECK(http::host_of("a:x") == "");
}

TEST_CASE("only names below a domain belong to it", "[authority]") {
    CHECK(http::is_mixpanel("mixpanel.com"));
    CHECK(http::is_mixpanel("api-eu.mixpanel.com"));
    CHECK_FALSE(http::is_mixpanel("a.b.mixpanel.com"));
    CHECK_FALSE(http::is_mixpanel("notmixpanel.com"));
    CHECK_FALSE(http::is_mixpanel("mixpanel.com.example"));
    CHECK_FALSE(http::is_mixpanel(".mixpanel.com.example"));
    CHECK(http::is_loopback("localhost"));
    CHECK(http::is_loopback("127.0.0.53"));
    CHECK(http::is_loopback("::1"));
    CHECK_FALSE(http::is_loopback("127.example.com"));
    CHECK_FALSE(http::is_loopback("localhost.example"));
}

TEST_CASE("a proxy answers for Mixpanel, lets named hosts through and refuses the rest", "[authority]") {
    using enum http::ProxyPolicy::Verdict;
    const http::ProxyPolicy policy(nullptr, {"example.com", "*.internal"});
    CHECK(policy.of("eu.mixpanel.com") == kEmulated);
    CHECK(policy.of("example.com") == kAllowed);
    CHECK(policy.of("www.example.com") == kRefused);
    CHECK(policy.of("db.internal") == kAllowed);
    CHECK(policy.of("internal") == kRefused);
    CHECK(policy.of("localhost") == kRefused);
}

TEST_CASE("a host that is let through is named as a client's request names it", "[authority]") {
    CHECK(http::allowed_host("Example.COM") == "example.com");
    CHECK(http::allowed_host("*.Internal.") == "*.internal");
    CHECK(http::allowed_host("127.0.0.1") == "127.0.0.1");
    CHECK(http::allowed_host("[::1]") == "::1");
    CHECK(http::allowed_host("notmixpanel.com") == "notmixpanel.com");
    for (const std::string text :
         {"http://x/", "http://x", "a:443", "a:", "*", "*.", "", "a b", "*.[::1]", "a*", "me@a"}) {
        CAPTURE(text);
        CHECK(http::allowed_host(text).error() ==
              "expected a host or *.DOMAIN, without scheme and port, found \"" + text + '"');
    }
    for (const std::string text : {"mixpanel.com", "*.Mixpanel.com", "eu.mixpanel.com"}) {
        CAPTURE(text);
        CHECK(http::allowed_host(text).error() == text + ": the emulator answers for it itself");
    }
}

}  // namespace engage::server
