#include "server/query/endpoints/engage_endpoint.hpp"

#include <algorithm>
#include <charconv>

#include "server/catalogue/dialect.hpp"
#include "server/catalogue/errors/sessions.hpp"
#include "server/catalogue/facts/answers.hpp"
#include "server/catalogue/facts/cohorts.hpp"
#include "server/catalogue/switches/answers.hpp"
#include "server/catalogue/switches/filters.hpp"
#include "server/catalogue/switches/sessions.hpp"
#include "server/query/endpoints/page.hpp"
#include "server/query/execution/arrange.hpp"
#include "server/query/execution/execute.hpp"
#include "server/query/execution/query_fault.hpp"
#include "server/query/plan/ordering.hpp"
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

/// Ends the cache's key of what depends on the time.
std::string at_second(const expr::evaluation::Context& context) { return '@' + std::to_string(context.now); }

void note_page(const space::Session& session, const request::EngageQuery& query, catalogue::Readings& readings) {
    for (const auto behaviour :
         {catalogue::facts::kResponseShape, catalogue::facts::kRowShape, catalogue::facts::kTotal,
          catalogue::facts::kSessionIdForm, catalogue::facts::kComputedAt, catalogue::facts::kResponseHeaders})
        readings.note(behaviour);
    const auto total = session.matches->total();
    if (total > 1) readings.note(catalogue::switches::kRowOrder);
    if (query.page > 0) readings.note(catalogue::switches::kPageTotals);
    const bool is_past_the_end = query.page > 0 && (total == 0 || query.page > (total - 1) / session.page_size);
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

}  // namespace

Expected<std::string, catalogue::ApiError> EngageEndpoint::operator()(const QueryRequest& request) const {
    const auto query = request::parse_engage_query(request.parameters, request.readings);
    if (!query) return unexpected(query.error());
    const auto session = session_for(*query, request.served, request.now, request.readings);
    if (!session) return unexpected(session.error());
    return page_of(**session, *query, request.now, request.readings);
}

Expected<space::SessionPtr, catalogue::ApiError> EngageEndpoint::session_for(const request::EngageQuery& query,
                                                                             const space::ServedProject& served,
                                                                             time::TimePoint now,
                                                                             catalogue::Readings& readings) const {
    if (is_uncached_page(query, readings)) return unexpected(catalogue::ApiError{catalogue::errors::kUncachedPage});
    if (query.session_id.empty()) {
        if (query.page == 0) return run(query, served, now, readings);
        if (readings.choose(catalogue::switches::kSessionMissing) == catalogue::switches::SessionMissing::kError)
            return unexpected(catalogue::ApiError{catalogue::errors::kPageWithoutSession});
        return run(query, served, now, readings);
    }
    auto session = sessions.find(query.session_id, now);
    if (!session) readings.note(catalogue::switches::kSessionTtl);
    if (!session) readings.note(catalogue::switches::kSessionExpiry);
    const bool is_own = session && session->project_id == served.project->project_id;
    const bool is_same = is_own && session->fingerprint == query.fingerprint();
    if (is_same) {
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
        return run(query, served, now, readings);
    }
    const bool is_refused =
        is_own ? readings.choose(catalogue::switches::kSessionChangedParams) ==
                     catalogue::switches::SessionChangedParams::kError
               : readings.choose(catalogue::switches::kSessionUnknown) == catalogue::switches::SessionUnknown::kError;
    if (is_refused) return unexpected(catalogue::ApiError{catalogue::errors::kUncachedPage});
    return run(query, served, now, readings);
}

Expected<space::SessionPtr, catalogue::ApiError> EngageEndpoint::run(const request::EngageQuery& query,
                                                                     const space::ServedProject& served,
                                                                     time::TimePoint now,
                                                                     catalogue::Readings& readings) const {
    const auto plan = plan::make_plan(query, served, readings);
    if (!plan) return unexpected(plan.error());
    const auto ordering = plan::make_ordering(query.order, *plan, readings);
    if (!ordering) return unexpected(ordering.error());
    const auto second = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    const expr::evaluation::Context context{
        .now = second, .zone = served.project->zone, .semantics = catalogue::semantics_of(settings.switches)};
    const auto hex = ids.next();
    const auto key = std::to_string(served.project->project_id) + ' ' + query.selection();
    auto matches = arranged(query, *plan, *ordering, context, key, seed_of(hex));
    if (!matches) return unexpected(std::move(matches.error()));
    auto session = std::make_shared<space::Session>();
    session->id = space::make_session_id(now, hex);
    session->project_id = served.project->project_id;
    session->fingerprint = query.fingerprint();
    session->profiles = plan->profiles;
    session->reads_clock = plan->reads_clock || ordering->reads_clock;
    session->matches = std::move(*matches);
    session->page_size = query.page_size;
    if (query.output_properties) {
        auto names = *query.output_properties;
        if (settings.switches.choice(catalogue::switches::kOutputLastSeen) ==
            catalogue::switches::OutputLastSeen::kAlways)
            names.emplace_back("$last_seen");
        session->projection = space::Projection(*session->profiles, names);
    }
    sessions.keep(session, now);
    return session;
}

Expected<space::MatchesPtr, catalogue::ApiError> EngageEndpoint::selected(const request::EngageQuery& query,
                                                                          const plan::QueryPlan& plan,
                                                                          const expr::evaluation::Context& context,
                                                                          const std::string& key) const {
    const auto timed_key = plan.reads_clock ? key + at_second(context) : key;
    if (auto known = cache.find(timed_key)) return known;
    auto matches = execution::execute(plan, context);
    if (!matches) return unexpected(execution::to_error(matches.error(), query.where_parameter));
    auto shared = std::make_shared<const space::Matches>(std::move(*matches));
    cache.keep(timed_key, shared);
    return shared;
}

Expected<space::MatchesPtr, catalogue::ApiError> EngageEndpoint::arranged(
    const request::EngageQuery& query, const plan::QueryPlan& plan, const plan::Ordering& ordering,
    const expr::evaluation::Context& context, const std::string& key, std::uint64_t shuffle_seed) const {
    const bool is_shuffled =
        settings.switches.choice(catalogue::switches::kRowOrder) == catalogue::switches::RowOrder::kShuffled;
    const bool reads_time = plan.reads_clock || ordering.reads_clock;
    // What is shuffled belongs to one session.
    const auto own_key = key + ' ' + query.arrangement() + (reads_time ? at_second(context) : "");
    if (!is_shuffled)
        if (auto known = cache.find(own_key)) return known;
    auto matches = selected(query, plan, context, key);
    if (!matches) return matches;
    const bool keeps_order = !ordering.key && !is_shuffled;
    if (keeps_order && ordering.limit.value_or((*matches)->total()) >= (*matches)->total()) return matches;
    auto ordered = execution::arrange(**matches, ordering, plan, context,
                                      is_shuffled ? std::optional(shuffle_seed) : std::nullopt);
    if (!ordered) return unexpected(std::move(ordered.error()));
    auto shared = std::make_shared<const space::Matches>(std::move(*ordered));
    if (!is_shuffled) cache.keep(own_key, shared);
    return shared;
}

std::string EngageEndpoint::page_of(const space::Session& session, const request::EngageQuery& query,
                                    time::TimePoint now, catalogue::Readings& readings) const {
    note_page(session, query, readings);
    const auto computed_at = time::format_computed_at(now);
    const PageFrame frame{
        .page = query.page,
        .page_size = session.page_size,
        .session_id = session.id,
        .computed_at = computed_at,
        .has_totals = query.page == 0 || settings.switches.choice(catalogue::switches::kPageTotals) ==
                                             catalogue::switches::PageTotals::kAlways,
        .member_has_properties = settings.switches.choice(catalogue::switches::kCohortProfilelessRow) ==
                                 catalogue::switches::CohortProfilelessRow::kEmpty};
    return render_page(*session.profiles, *session.matches, session.projection, frame);
}

}  // namespace engage::server::query::endpoints
