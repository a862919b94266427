#include "server/app/app.hpp"

#include <atomic>
#include <exception>
#include <functional>
#include <iostream>

#include "server/app/router.hpp"
#include "server/app_api/app_api.hpp"
#include "server/catalogue/dialect.hpp"
#include "server/catalogue/errors/emulator.hpp"
#include "server/catalogue/errors/requests.hpp"
#include "server/catalogue/switches/service.hpp"
#include "server/control/control_endpoint.hpp"
#include "server/http/error_response.hpp"
#include "server/http/gzip.hpp"
#include "server/http/headers.hpp"
#include "server/http/limits.hpp"
#include "server/query/endpoints/cohort_list.hpp"
#include "server/query/endpoints/engage_endpoint.hpp"
#include "server/query/endpoints/properties_endpoint.hpp"
#include "server/query/endpoints/revenue_endpoint.hpp"
#include "server/query/endpoints/stats_endpoint.hpp"
#include "server/query/endpoints/stream_endpoint.hpp"
#include "server/query/endpoints/values_endpoint.hpp"
#include "server/space/served_projects.hpp"
#include "server/time/time_text.hpp"

namespace engage::server::app {

namespace {

std::vector<access::ProjectPtr> pointers(const space::ServedProjects& projects) {
    std::vector<access::ProjectPtr> list;
    for (const auto& [id, served] : projects) list.push_back(served.project);
    return list;
}

http::HttpResponse text_response(int status, std::string_view text) {
    return {.status = status,
            .headers = {{"Content-Type", "text/plain"}, {"Cache-Control", "no-store"}},
            .body = std::string(text)};
}

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
    /// What exists only once the fixtures are in.
    struct Service {
        space::ServedProjects projects;
        access::Authentication authentication;
        query::endpoints::QueryPipeline pipeline;
        query::endpoints::EngageEndpoint engage;
        query::endpoints::CohortList cohort_list;
        query::endpoints::PropertiesEndpoint properties;
        query::endpoints::StatsEndpoint stats;
        query::endpoints::RevenueEndpoint revenue;
        query::endpoints::ValuesEndpoint values;
        query::endpoints::StreamEndpoint stream;
        app_api::AppApi app_api;
        control::ControlEndpoint control;

        Service(space::ServedProjects served, Impl& app)
            : projects(std::move(served)),
              authentication(pointers(projects), app.settings.auth_required, app.settings.switches),
              pipeline{authentication, projects, app.settings, app.limiter, app.clock, app.ids},
              engage{app.settings, app.sessions, app.cache, app.ids},
              cohort_list{app.settings},
              properties(app.settings),
              stats{app.settings},
              revenue(app.ids),
              values{app.settings},
              stream{},
              app_api{authentication, projects, app.settings, app.clock},
              control{projects,  app.settings, app.limiter, app.sessions,
                      app.cache, app.clock,    app.started, app.environment} {}

        /// An endpoint of the query API, or nothing if the route leads elsewhere.
        std::optional<query::endpoints::QueryEndpoint> endpoint(Route route) const {
            switch (route) {
                case Route::kEngage:
                    return query::endpoints::QueryEndpoint{std::cref(engage), /*has_sessions=*/true};
                case Route::kCohortList:
                    return query::endpoints::QueryEndpoint{std::cref(cohort_list)};
                case Route::kProperties:
                    return query::endpoints::QueryEndpoint{std::cref(properties)};
                case Route::kStats:
                    return query::endpoints::QueryEndpoint{std::cref(stats)};
                case Route::kRevenue:
                    return query::endpoints::QueryEndpoint{std::cref(revenue)};
                case Route::kValues:
                    return query::endpoints::QueryEndpoint{std::cref(values)};
                case Route::kStream:
                    return query::endpoints::QueryEndpoint{std::cref(stream)};
                default:
                    return std::nullopt;
            }
        }
    };

    explicit Impl(catalogue::Settings chosen)
        : settings(std::move(chosen)), clock(settings.clock), ids(settings.seed) {}

    http::HttpResponse answer(const http::HttpRequest& request);
    /// How an answer travels, and when it was made by the emulator's clock.
    void dress(const http::HttpRequest& request, http::HttpResponse& response) const;

    const catalogue::Settings settings;
    time::Clock clock;
    space::IdSource ids;
    access::RateLimiter limiter{settings.switches};
    space::SessionStore sessions{settings.switches};
    space::MatchCache cache;
    const std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();
    control::ControlEndpoint::Environment environment;
    std::unique_ptr<const Service> service;
    std::atomic<const Service*> published = nullptr;  ///< Null until the fixtures are in.
};

App::App(catalogue::Settings settings) : impl_(std::make_unique<Impl>(std::move(settings))) {}
App::~App() = default;

Expected<void, std::vector<fixtures::files::Problem>> App::publish(std::vector<fixtures::project::Project> projects) {
    const auto& given = impl_->settings.clock;
    auto served =
        space::serve_together(std::move(projects), catalogue::grammar_of(impl_->settings.switches), given.has_value());
    if (!served) return unexpected(std::move(served.error()));
    impl_->clock.set_start(given ? given : space::common_clock(*served));
    impl_->service = std::make_unique<const Impl::Service>(std::move(*served), *impl_);
    impl_->published.store(impl_->service.get(), std::memory_order_release);
    return {};
}

void App::set_environment(std::string shell, std::string json) {
    impl_->environment = {std::move(shell), std::move(json)};
}

http::HttpResponse App::Impl::answer(const http::HttpRequest& request) {
    if (const auto fault = fault_of(request)) return http::to_response(*fault, request.target);
    const auto path = request.path();
    const auto where = route(path);
    const auto* ready = published.load(std::memory_order_acquire);
    if (where == Route::kLive) return text_response(catalogue::kOk, "ok\n");
    if (!ready) return http::to_response({catalogue::errors::kNotReady}, request.target);
    if (const auto endpoint = ready->endpoint(where)) {
        if (request.method == "GET" || request.method == "POST" || request.method == "HEAD")
            return ready->pipeline.run(request, *endpoint);
        if (request.method == "OPTIONS") return ready->pipeline.preflight(request);
        return http::to_response({catalogue::errors::kMethodNotAllowed, {request.method}}, request.target);
    }
    switch (where) {
        case Route::kApp:
            return request.method == "OPTIONS" ? ready->pipeline.preflight(request) : ready->app_api(request);
        case Route::kControl:
            return ready->control(request);
        case Route::kReady:
            return text_response(catalogue::kOk, "ready\n");
        case Route::kNotEmulated:
            return http::to_response({catalogue::errors::kEndpointNotEmulated, {std::string(path)}}, request.target);
        case Route::kInvalidEndpoint:
            return http::to_response({catalogue::errors::kInvalidEndpoint}, request.target);
        default:
            return http::to_response({catalogue::errors::kUnknownPath, {std::string(path)}}, request.target);
    }
}

void App::Impl::dress(const http::HttpRequest& request, http::HttpResponse& response) const {
    if (!request.path().starts_with("/api/")) return;
    response.headers.emplace_back("Date", time::format_http_date(clock.now()));
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

http::HttpResponse App::handle(const http::HttpRequest& request) noexcept {
    try {
        auto response = impl_->answer(request);
        impl_->dress(request, response);
        return response;
    } catch (const std::exception& error) {
        // Out of memory or a bug of ours: the client gets the catalogue's answer, the operator the reason.
        std::cerr << "engage-emulator: internal error: " << error.what() << '\n';
        return http::to_response({catalogue::errors::kInternal}, request.target);
    }
}

}  // namespace engage::server::app
