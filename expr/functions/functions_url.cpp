#include <algorithm>
#include <array>

#include "expr/functions/formula_functions.hpp"
#include "expr/text/text.hpp"

namespace engage::expr::functions::formula {
namespace {

/// Second-level labels below which countries register names, as in co.uk.
constexpr std::array<std::string_view, 9> kCountryLevels{"ac", "co", "com", "edu", "go", "gov", "ne", "net", "org"};

/// What stands between the scheme with the user, and the port or the path.
std::string_view host_of(std::string_view url) {
    if (const auto scheme = url.find("://"); scheme != std::string_view::npos)
        url.remove_prefix(scheme + 3);
    else if (url.starts_with("//"))
        url.remove_prefix(2);
    url = url.substr(0, url.find_first_of("/?#"));
    if (const auto user = url.rfind('@'); user != std::string_view::npos) url.remove_prefix(user + 1);
    return url.substr(0, url.find(':'));
}

bool is_address(std::string_view host) { return host.find_first_not_of("0123456789.") == std::string_view::npos; }

/// The start of the label that ends before `end`.
std::size_t label_before(std::string_view host, std::size_t end) {
    if (end == 0) return 0;
    const auto dot = host.rfind('.', end - 1);
    return dot == std::string_view::npos ? 0 : dot + 1;
}

/// The start of what is registered for everybody: "com" of google.com, "co.uk" of google.co.uk.
std::size_t suffix_of(std::string_view host) {
    const auto last = label_before(host, host.size());
    if (last < 2 || host.size() - last != 2) return last;
    const auto second = label_before(host, last - 1);
    const auto label = host.substr(second, last - 1 - second);
    const bool is_level = std::any_of(kCountryLevels.begin(), kCountryLevels.end(),
                                      [&](std::string_view level) { return text::equal_ignoring_case(level, label); });
    return is_level && second > 0 ? second : last;
}

}  // namespace

values::View parse_url(Arguments arguments, const Environment&) {
    if (!arguments[0].is(values::Type::kString) || !arguments[1].is(values::Type::kString)) return {};
    const auto part = arguments[1].as_string();
    const bool is_full = text::equal_ignoring_case(part, "full_domain");
    if (!is_full && !text::equal_ignoring_case(part, "domain")) return {};

    const auto host = host_of(arguments[0].as_string());
    if (host.empty()) return {};
    const auto suffix = suffix_of(host);
    if (suffix < 2 || is_address(host)) return values::View::string(host);
    const auto domain = label_before(host, suffix - 1);
    return values::View::string(is_full ? host.substr(domain) : host.substr(domain, suffix - 1 - domain));
}

}  // namespace engage::expr::functions::formula
