#include "server/query/endpoints/engage_endpoint.hpp"

#include <algorithm>
#include <charconv>

#include "server/catalogue/errors/sessions.hpp"
#include "server/catalogue/facts/answers.hpp"
#include "server/catalogue/facts/cohorts.hpp"
#include "server/catalogue/switches/answers.hpp"
#include "server/catalogue/switches/dialect.hpp"
#include "server/catalogue/switches/filters.hpp"
#include "server/catalogue/switches/sessions.hpp"
#include "server/query/endpoints/cached_run.hpp"
#include "server/query/endpoints/page.hpp"
#include "server/query/plan/ordering.hpp"
#include "server/query/request/engage_query.hpp"
#include "server/query/request/query_key.hpp"
#include "server/time/time_text.hpp"

namespace engage::server::query::endpoints {

namespace {

/// The first digits of an id's random part as a number.
std::uint64_t seed_of(std::string_view hex) {
    constexpr std::size_t kDigits = 16;
    std::uint64_t seed = 0;
    std::from_chars(hex.data(), hex.data() + std::min(kDigits, hex.size()), seed, /*base=*/16);
    return seed;
}

void note_page(const space::Session& session, const request::EngageQuery& query, catalogue::Readings& readings) {
    for (const auto fact :
         {catalogue::facts::kResponseShape, catalogue::facts::kRowShape, catalogue::facts::kTotal,
          catalogue::facts::kSessionIdForm, catalogue::facts::kComputedAt, catalogue::facts::kResponseHeaders})
        readings.note(fact);
    const auto total = session.matches->total();
    if (total > 1) readings.note(catalogue::switches::kRowOrder);
    if (query.page > 0) {
        readings.note(catalogue::switches::kPageTotals);
        readings.note(catalogue::switches::kPagePageSize);
    }
    const bool is_past_the_end =
        query.page > 0 && session.page_size > 0 && (total == 0 || query.page > (total - 1) / session.page_size);
    if (is_past_the_end) readings.note(catalogue::facts::kPastTheEnd);
    if (is_past_the_end || total == 0) readings.note(catalogue::facts::kSessionAlways);
    if (!session.matches->without_profile.empty()) {
        readings.note(catalogue::switches::kCohortProfilelessRow);
        readings.note(catalogue::facts::kMemberWithoutProfile);
    }
}

/// Without `as_of_timestamp` the windows of behaviors end at each request's own time: its pages are of another query.
bool is_uncached_page(const request::EngageQuery& query, catalogue::Readings& readings) {
    if (query.page == 0 || query.behaviors.empty() || query.as_of) return false;
    return readings.choose(catalogue::switches::kBehaviorsPageWithoutAsOf) ==
           catalogue::switches::BehaviorsPageWithoutAsOf::kError;
}

/// Answers one request with a page of a session, which may have to be opened.
class Pages {
public:
    Pages(const QueryRequest& request, const request::EngageQuery& query)
        : request_(request), query_(query), key_(query) {}

    Expected<space::SessionPtr, catalogue::ApiError> session() const;
    std::string page_of(const space::Session& session) const;

private:
    Expected<space::SessionPtr, catalogue::ApiError> run() const;
    /// Whether nothing but a page of a session is asked for, and that is enough.
    bool is_page_alone() const;

    const QueryRequest& request_;
    const request::EngageQuery& query_;
    const request::QueryKey key_;
};

bool Pages::is_page_alone() const {
    if (query_.page == 0 || key_.fingerprint() != request::QueryKey(request::EngageQuery{}).fingerprint()) return false;
    return request_.readings.choose(catalogue::switches::kSessionPageAlone) ==
           catalogue::switches::SessionPageAlone::kSession;
}

Expected<space::SessionPtr, catalogue::ApiError> Pages::session() const {
    const auto& query = query_;
    auto& readings = request_.readings;
    if (is_uncached_page(query, readings)) return unexpected(catalogue::ApiError{catalogue::errors::kUncachedPage});
    if (query.session_id.empty()) {
        if (query.page == 0) return run();
        if (readings.choose(catalogue::switches::kSessionMissing) == catalogue::switches::SessionMissing::kError)
            return unexpected(catalogue::ApiError{catalogue::errors::kPageWithoutSession});
        return run();
    }
    auto session = request_.space.sessions.find(query.session_id, request_.now);
    if (!session) readings.note(catalogue::switches::kSessionTtl);
    if (!session) readings.note(catalogue::switches::kSessionExpiry);
    const bool is_own = session && session->snapshot->project->project_id == request_.snapshot->project->project_id;
    const bool is_same = is_own && session->fingerprint == key_.fingerprint();
    if (is_same || (is_own && is_page_alone())) {
        readings.note(catalogue::facts::kPagesInAnyOrder);
        if (session->reads_clock) readings.note(catalogue::facts::kSnapshot);
        return session;
    }
    // On page 0 the switch has a say only if it makes the session answer.
    if (is_own && readings.switches().choice(catalogue::switches::kSessionChangedParams) ==
                      catalogue::switches::SessionChangedParams::kIgnore) {
        readings.note(catalogue::switches::kSessionChangedParams);
        return session;
    }
    if (query.page == 0) {
        readings.note(catalogue::facts::kPageZeroWithSession);
        return run();
    }
    const bool is_refused =
        is_own ? readings.choose(catalogue::switches::kSessionChangedParams) ==
                     catalogue::switches::SessionChangedParams::kError
               : readings.choose(catalogue::switches::kSessionUnknown) == catalogue::switches::SessionUnknown::kError;
    if (is_refused) return unexpected(catalogue::ApiError{catalogue::errors::kUncachedPage});
    return run();
}

Expected<space::SessionPtr, catalogue::ApiError> Pages::run() const {
    const auto& snapshot = request_.snapshot;
    auto& readings = request_.readings;
    const auto plan = plan::make_plan(query_, snapshot, readings);
    if (!plan) return unexpected(plan.error());
    const auto ordering = plan::make_ordering(query_.order, *plan, readings);
    if (!ordering) return unexpected(ordering.error());
    const auto hex = request_.space.ids.next();
    auto matches =
        CachedRun(request_, {.query = query_, .key = key_, .plan = *plan, .ordering = *ordering}).matches(seed_of(hex));
    if (!matches) return unexpected(std::move(matches.error()));
    auto session = std::make_shared<space::Session>();
    session->id = space::make_session_id(request_.now, hex);
    session->snapshot = snapshot;
    session->fingerprint = key_.fingerprint();
    session->profiles = plan->profiles;
    session->reads_clock = plan->reads_clock || ordering->reads_clock;
    session->matches = std::move(*matches);
    session->page_size = query_.page_size;
    if (query_.output_properties) {
        auto names = *query_.output_properties;
        if (request_.readings.switches().choice(catalogue::switches::kOutputLastSeen) ==
            catalogue::switches::OutputLastSeen::kAlways)
            names.emplace_back("$last_seen");
        session->projection = space::Projection(*session->profiles, names);
    }
    request_.space.sessions.keep(session, request_.now);
    return session;
}

std::string Pages::page_of(const space::Session& session) const {
    note_page(session, query_, request_.readings);
    const auto& switches = request_.readings.switches();
    const auto computed_at = time::format_computed_at(request_.now);
    const PageFrame frame{.page = query_.page,
                          .page_size = session.page_size,
                          .session_id = session.id,
                          .computed_at = computed_at,
                          .has_page_size = query_.page == 0 || switches.choice(catalogue::switches::kPagePageSize) ==
                                                                   catalogue::switches::PagePageSize::kAlways,
                          .has_total = query_.page == 0 || switches.choice(catalogue::switches::kPageTotals) ==
                                                               catalogue::switches::PageTotals::kAlways,
                          .member_has_properties = switches.choice(catalogue::switches::kCohortProfilelessRow) ==
                                                   catalogue::switches::CohortProfilelessRow::kEmpty};
    return render_page(*session.profiles, *session.matches, session.projection, frame);
}

}  // namespace

Expected<std::string, catalogue::ApiError> engage(const QueryRequest& request) {
    const auto query = request::parse_engage_query(request.parameters, request.readings);
    if (!query) return unexpected(query.error());
    const Pages pages(request, *query);
    return pages.session().map([&](const space::SessionPtr& session) {
        request.decisions.session_id = session->id;
        request.decisions.page = query->page;
        return pages.page_of(*session);
    });
}

}  // namespace engage::server::query::endpoints
