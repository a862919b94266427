#include "server/app.hpp"

#include <atomic>
#include <exception>
#include <functional>
#include <iostream>

#include "server/app_api/app_api.hpp"
#include "server/control/control_endpoint.hpp"
#include "server/http/error_response.hpp"
#include "server/http/gzip.hpp"
#include "server/http/headers.hpp"
#include "server/http/limits.hpp"
#include "server/query/cohorts/cohort_list.hpp"
#include "server/query/dialect.hpp"
#include "server/query/engage_endpoint.hpp"
#include "server/query/served_projects.hpp"
#include "server/query/siblings/properties_endpoint.hpp"
#include "server/query/siblings/revenue_endpoint.hpp"
#include "server/query/siblings/stats_endpoint.hpp"
#include "server/query/siblings/stream_endpoint.hpp"
#include "server/query/siblings/values_endpoint.hpp"
#include "server/router.hpp"
#include "server/time_text.hpp"

namespace engage::server {

namespace {

std::vector<ProjectPtr> pointers(const ServedProjects& projects) {
    std::vector<ProjectPtr> list;
    for (const auto& [id, served] : projects) list.push_back(served.project);
    return list;
}

HttpResponse text_response(int status, std::string_view text) {
    return {.status = status,
            .headers = {{"Content-Type", "text/plain"}, {"Cache-Control", "no-store"}},
            .body = std::string(text)};
}

std::optional<ApiError> fault_of(const HttpRequest& request) {
    switch (request.fault) {
        case RequestFault::kNone:
            return std::nullopt;
        case RequestFault::kMalformed:
            return ApiError{ErrorCode::kMalformedRequest};
        case RequestFault::kTargetTooLong:
            return ApiError{ErrorCode::kTargetTooLong, {std::to_string(kMaxTarget)}};
        case RequestFault::kBodyTooLarge:
            return ApiError{ErrorCode::kBodyTooLarge, {std::to_string(kMaxBody)}};
        case RequestFault::kBodyIncomplete:
            return ApiError{ErrorCode::kBodyIncomplete};
        case RequestFault::kForeignHost:
            return ApiError{ErrorCode::kForeignHost, {std::string(request.header("Host"))}};
        case RequestFault::kUnreachableHost:
            return ApiError{ErrorCode::kUnreachableHost, {std::string(request.header("Host"))}};
        case RequestFault::kNotForProxy:
            return ApiError{ErrorCode::kNotForProxy};
        case RequestFault::kTransferCoding:
            return ApiError{ErrorCode::kTransferCoding, {request.header_list("Transfer-Encoding")}};
        case RequestFault::kContentCoding:
            return ApiError{ErrorCode::kContentCoding, {request.header_list("Content-Encoding")}};
        case RequestFault::kBrokenGzip:
            return ApiError{ErrorCode::kBrokenGzip};
    }
    return ApiError{ErrorCode::kInternal};
}

}  // namespace

struct App::Impl {
    /// What exists only once the fixtures are in.
    struct Service {
        ServedProjects projects;
        Authentication authentication;
        QueryPipeline pipeline;
        EngageEndpoint engage;
        CohortList cohort_list;
        PropertiesEndpoint properties;
        StatsEndpoint stats;
        RevenueEndpoint revenue;
        ValuesEndpoint values;
        StreamEndpoint stream;
        AppApi app_api;
        ControlEndpoint control;

        Service(ServedProjects served, Impl& app)
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
        std::optional<QueryEndpoint> endpoint(Route route) const {
            switch (route) {
                case Route::kEngage:
                    return QueryEndpoint{std::cref(engage), /*has_sessions=*/true};
                case Route::kCohortList:
                    return QueryEndpoint{std::cref(cohort_list)};
                case Route::kProperties:
                    return QueryEndpoint{std::cref(properties)};
                case Route::kStats:
                    return QueryEndpoint{std::cref(stats)};
                case Route::kRevenue:
                    return QueryEndpoint{std::cref(revenue)};
                case Route::kValues:
                    return QueryEndpoint{std::cref(values)};
                case Route::kStream:
                    return QueryEndpoint{std::cref(stream)};
                default:
                    return std::nullopt;
            }
        }
    };

    explicit Impl(Settings chosen) : settings(std::move(chosen)), clock(settings.clock), ids(settings.seed) {}

    HttpResponse answer(const HttpRequest& request);
    /// How an answer travels, and when it was made by the emulator's clock.
    void dress(const HttpRequest& request, HttpResponse& response) const;

    const Settings settings;
    Clock clock;
    IdSource ids;
    RateLimiter limiter{settings.switches};
    SessionStore sessions{settings.switches};
    MatchCache cache;
    const std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();
    ControlEndpoint::Environment environment;
    std::unique_ptr<const Service> service;
    std::atomic<const Service*> published = nullptr;  ///< Null until the fixtures are in.
};

App::App(Settings settings) : impl_(std::make_unique<Impl>(std::move(settings))) {}
App::~App() = default;

Expected<void, std::vector<fixtures::Problem>> App::publish(std::vector<fixtures::Project> projects) {
    const auto& given = impl_->settings.clock;
    auto served = serve_together(std::move(projects), grammar_of(impl_->settings.switches), given.has_value());
    if (!served) return unexpected(std::move(served.error()));
    impl_->clock.set_start(given ? given : common_clock(*served));
    impl_->service = std::make_unique<const Impl::Service>(std::move(*served), *impl_);
    impl_->published.store(impl_->service.get(), std::memory_order_release);
    return {};
}

void App::set_environment(std::string shell, std::string json) {
    impl_->environment = {std::move(shell), std::move(json)};
}

HttpResponse App::Impl::answer(const HttpRequest& request) {
    if (const auto fault = fault_of(request)) return to_response(*fault, request.target);
    const auto path = request.path();
    const auto where = route(path);
    const auto* ready = published.load(std::memory_order_acquire);
    if (where == Route::kLive) return text_response(kOk, "ok\n");
    if (!ready) return to_response({ErrorCode::kNotReady}, request.target);
    if (const auto endpoint = ready->endpoint(where)) {
        if (request.method == "GET" || request.method == "POST" || request.method == "HEAD")
            return ready->pipeline.run(request, *endpoint);
        if (request.method == "OPTIONS") return ready->pipeline.preflight(request);
        return to_response({ErrorCode::kMethodNotAllowed, {request.method}}, request.target);
    }
    switch (where) {
        case Route::kApp:
            return request.method == "OPTIONS" ? ready->pipeline.preflight(request) : ready->app_api(request);
        case Route::kControl:
            return ready->control(request);
        case Route::kReady:
            return text_response(kOk, "ready\n");
        case Route::kNotEmulated:
            return to_response({ErrorCode::kEndpointNotEmulated, {std::string(path)}}, request.target);
        case Route::kInvalidEndpoint:
            return to_response({ErrorCode::kInvalidEndpoint}, request.target);
        default:
            return to_response({ErrorCode::kUnknownPath, {std::string(path)}}, request.target);
    }
}

void App::Impl::dress(const HttpRequest& request, HttpResponse& response) const {
    if (!request.path().starts_with("/api/")) return;
    response.headers.emplace_back("Date", format_http_date(clock.now()));
    const auto& switches = settings.switches;
    if (!response.body.empty() && switches.is(SwitchId::kHttpCompression, "gzip") &&
        accepts_gzip(request.header("Accept-Encoding"))) {
        response.body = gzip(response.body);
        response.headers.emplace_back("Content-Encoding", "gzip");
    }
    response.is_chunked = switches.is(SwitchId::kHttpFraming, "chunked");
}

HttpResponse App::handle(const HttpRequest& request) noexcept {
    try {
        auto response = impl_->answer(request);
        impl_->dress(request, response);
        return response;
    } catch (const std::exception& error) {
        // Out of memory or a bug of ours: the client gets the catalogue's answer, the operator the reason.
        std::cerr << "engage-emulator: internal error: " << error.what() << '\n';
        return to_response({ErrorCode::kInternal}, request.target);
    }
}

}  // namespace engage::server
