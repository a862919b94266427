#include "server/app/app.hpp"

#include <exception>

#include "server/app/routes.hpp"
#include "server/app_api/app_api.hpp"
#include "server/catalogue/errors/emulator.hpp"
#include "server/catalogue/errors/requests.hpp"
#include "server/catalogue/switches/dialect.hpp"
#include "server/catalogue/switches/service.hpp"
#include "server/control/control_endpoint.hpp"
#include "server/http/authority.hpp"
#include "server/http/error_response.hpp"
#include "server/http/gzip.hpp"
#include "server/http/headers.hpp"
#include "server/http/limits.hpp"
#include "server/query/endpoints/query_pipeline.hpp"
#include "server/space/exchange.hpp"
#include "server/time/time_text.hpp"

namespace engage::server::app {

namespace {

std::optional<catalogue::ApiError> fault_of(const http::HttpRequest& request) {
    switch (request.fault) {
        case http::RequestFault::kNone:
            return std::nullopt;
        case http::RequestFault::kMalformed:
            return catalogue::ApiError{catalogue::errors::kMalformedRequest};
        case http::RequestFault::kTargetTooLong:
            return catalogue::ApiError{catalogue::errors::kTargetTooLong, {std::to_string(http::kMaxTarget)}};
        case http::RequestFault::kBodyTooLarge:
            return catalogue::ApiError{catalogue::errors::kBodyTooLarge, {std::to_string(http::kMaxBody)}};
        case http::RequestFault::kBodyIncomplete:
            return catalogue::ApiError{catalogue::errors::kBodyIncomplete};
        case http::RequestFault::kForeignHost:
            return catalogue::ApiError{catalogue::errors::kForeignHost, {std::string(request.header("Host"))}};
        case http::RequestFault::kUnreachableHost:
            return catalogue::ApiError{catalogue::errors::kUnreachableHost, {std::string(request.header("Host"))}};
        case http::RequestFault::kNotForProxy:
            return catalogue::ApiError{catalogue::errors::kNotForProxy};
        case http::RequestFault::kTransferCoding:
            return catalogue::ApiError{catalogue::errors::kTransferCoding, {request.header_list("Transfer-Encoding")}};
        case http::RequestFault::kContentCoding:
            return catalogue::ApiError{catalogue::errors::kContentCoding, {request.header_list("Content-Encoding")}};
        case http::RequestFault::kBrokenGzip:
            return catalogue::ApiError{catalogue::errors::kBrokenGzip};
    }
    return catalogue::ApiError{catalogue::errors::kInternal};
}

}  // namespace

struct App::Impl {
    explicit Impl(catalogue::Settings chosen) : settings(std::move(chosen)), space(settings) {}

    /// Where a request belongs: there is one space.
    space::Space& space_of(const http::HttpRequest&) { return space; }
    http::HttpResponse answer(const space::Call& call) const;
    /// Whether pages of other origins may read the answer.
    bool allows_origin(const http::HttpRequest& request) const;
    /// The headers that depend on the request, beside those of http/headers.hpp.
    void add_headers(const space::Call& call, http::HttpResponse& response) const;
    /// The same, and how an answer travels.
    void dress(const space::Call& call, http::HttpResponse& response) const;
    http::HttpResponse dressed_answer(const space::Call& call) const noexcept;

    const catalogue::Settings settings;
    space::Space space;
    control::Emulator emulator{.started = std::chrono::steady_clock::now()};
    std::vector<std::shared_ptr<space::ExchangeObserver>> observers;
};

App::App(catalogue::Settings settings) : impl_(std::make_unique<Impl>(std::move(settings))) {}
App::~App() = default;

Expected<void, std::vector<fixtures::files::Problem>> App::publish(std::vector<fixtures::project::Project> projects) {
    const auto& given = impl_->settings.clock;
    auto served = space::serve_together(std::move(projects), catalogue::switches::grammar_of(impl_->settings.switches),
                                        given.has_value());
    if (!served) return unexpected(std::move(served.error()));
    impl_->space.clock.set_start(given ? given : space::common_clock(*served));
    impl_->space.publish(std::move(*served));
    return {};
}

void App::set_environment(std::string shell, std::string json) {
    impl_->emulator.shell_environment = std::move(shell);
    impl_->emulator.json_environment = std::move(json);
}

void App::observe(std::shared_ptr<space::ExchangeObserver> observer) {
    impl_->observers.push_back(std::move(observer));
}

space::Space& App::space() { return impl_->space; }

http::HttpResponse App::Impl::answer(const space::Call& call) const {
    const auto& request = call.http;
    if (const auto fault = fault_of(request)) return space::refuse(call, *fault);
    const auto path = request.path();
    const auto* route = find_route(path);
    if (!call.projects && (route == nullptr || route->needs_projects))
        return space::refuse(call, {catalogue::errors::kNotReady});
    if (route == nullptr)
        return space::refuse(call, path.starts_with("/api/") && path != "/api/"
                                       ? catalogue::ApiError{catalogue::errors::kInvalidEndpoint}
                                       : catalogue::ApiError{catalogue::errors::kUnknownPath, {std::string(path)}});
    if (route->handler == nullptr)
        return space::refuse(call, {catalogue::errors::kEndpointNotEmulated, {std::string(path)}});
    const bool is_for_pages = route->area == Area::kQuery || route->area == Area::kAppApi;
    if (is_for_pages && (request.has_header("Origin") || allows_origin(request)))
        call.decisions.readings.note(catalogue::switches::kHttpAllowOrigin);
    if (is_for_pages && request.method == "OPTIONS") return query::endpoints::preflight(call);
    if (!takes(*route, request.method))
        return space::refuse(call, {catalogue::errors::kMethodNotAllowed,
                                    {request.method},
                                    {{"Allow", std::string(route->methods) + ", OPTIONS"}}});
    return route->handler({.call = call, .emulator = emulator});
}

bool App::Impl::allows_origin(const http::HttpRequest& request) const {
    using enum catalogue::switches::HttpAllowOrigin;
    const auto chosen = settings.switches.choice(catalogue::switches::kHttpAllowOrigin);
    return chosen == kAlways || (chosen == kOrigin && request.has_header("Origin"));
}

void App::Impl::add_headers(const space::Call& call, http::HttpResponse& response) const {
    auto& headers = response.headers;
    headers.emplace_back("Date", time::format_http_date(call.now));
    if (call.decisions.error && http::is_of_emulator(*call.decisions.error)) return;
    headers.emplace_back("X-Server-Elapsed", time::format_elapsed(call.elapsed()));
    // A browser remembers it of every port of that name: nobody's other servers on this machine are to be asked by TLS.
    if (response.status == catalogue::kOk && http::is_mixpanel(http::host_of(call.http.header("Host"))))
        headers.emplace_back("Strict-Transport-Security", "max-age=63072000; includeSubDomains; preload");
    if (allows_origin(call.http)) headers.emplace_back("Access-Control-Allow-Origin", "*");
}

void App::Impl::dress(const space::Call& call, http::HttpResponse& response) const {
    const auto& request = call.http;
    if (!request.path().starts_with("/api/")) return;
    add_headers(call, response);
    const auto& switches = settings.switches;
    if (!response.body.empty() &&
        switches.choice(catalogue::switches::kHttpCompression) == catalogue::switches::HttpCompression::kGzip &&
        http::accepts_gzip(request.header("Accept-Encoding"))) {
        response.body = http::gzip(response.body);
        response.headers.emplace_back("Content-Encoding", "gzip");
    }
    response.is_chunked =
        switches.choice(catalogue::switches::kHttpFraming) == catalogue::switches::HttpFraming::kChunked;
}

http::HttpResponse App::Impl::dressed_answer(const space::Call& call) const noexcept {
    try {
        auto response = answer(call);
        dress(call, response);
        return response;
    } catch (const std::exception& error) {
        // Out of memory or a bug of ours: the client gets the catalogue's answer, observers the reason.
        call.decisions.failure = error.what();
        return space::refuse(call, {catalogue::errors::kInternal});
    }
}

http::HttpResponse App::handle(const http::HttpRequest& request) noexcept {
    auto& space = impl_->space_of(request);
    space::Decisions decisions{.readings = catalogue::Readings(impl_->settings.switches)};
    const space::Call call{.http = request,
                           .space = space,
                           .projects = space.projects(),
                           .now = space.clock.now(),
                           .begun = std::chrono::steady_clock::now(),
                           .decisions = decisions};
    const auto received = std::chrono::system_clock::now();
    auto response = impl_->dressed_answer(call);
    const space::Exchange exchange{.request = request,
                                   .response = response,
                                   .decisions = decisions,
                                   .space = space,
                                   .now = call.now,
                                   .received = received,
                                   .took = std::chrono::steady_clock::now() - call.begun};
    for (const auto& observer : impl_->observers) observer->answered(exchange);
    return response;
}

}  // namespace engage::server::app
