#include "server/query/engage_endpoint.hpp"

#include <algorithm>
#include <charconv>

#include "server/query/arrange.hpp"
#include "server/query/dialect.hpp"
#include "server/query/execute.hpp"
#include "server/query/ordering.hpp"
#include "server/query/page.hpp"
#include "server/query/query_fault.hpp"
#include "server/time_text.hpp"

namespace engage::server {

namespace {

/// The first digits of an id's random part as a number.
std::uint64_t seed_of(std::string_view hex) {
    constexpr std::size_t kDigits = 16;
    std::uint64_t seed = 0;
    std::from_chars(hex.data(), hex.data() + std::min(kDigits, hex.size()), seed, /*base=*/16);
    return seed;
}

/// Ends the cache's key of what depends on the time.
std::string at_second(const expr::Context& context) { return '@' + std::to_string(context.now); }

void note_page(const Session& session, const EngageQuery& query, Evidence& evidence) {
    for (const auto behaviour : {Behaviour::kResponseShape, Behaviour::kRowShape, Behaviour::kTotal,
                                 Behaviour::kSessionIdForm, Behaviour::kComputedAt, Behaviour::kResponseHeaders})
        evidence.note(behaviour);
    const auto total = session.matches->total();
    if (total > 1) evidence.note(SwitchId::kRowOrder);
    if (query.page > 0) evidence.note(SwitchId::kPageTotals);
    const bool is_past_the_end = query.page > 0 && (total == 0 || query.page > (total - 1) / session.page_size);
    if (is_past_the_end) evidence.note(Behaviour::kPastTheEnd);
    if (is_past_the_end || total == 0) evidence.note(Behaviour::kSessionAlways);
    if (!session.matches->without_profile.empty()) {
        evidence.note(SwitchId::kCohortProfilelessRow);
        evidence.note(Behaviour::kMemberWithoutProfile);
    }
}

/// Without `as_of_timestamp` the windows of behaviors end at each request's own time: its pages are of another query.
bool is_uncached_page(const EngageQuery& query, const Switches& switches, Evidence& evidence) {
    if (query.page == 0 || query.behaviors.empty() || query.as_of) return false;
    evidence.note(SwitchId::kBehaviorsPageWithoutAsOf);
    return switches.is(SwitchId::kBehaviorsPageWithoutAsOf, "error");
}

}  // namespace

Expected<std::string, ApiError> EngageEndpoint::operator()(const QueryRequest& request) const {
    const auto query = parse_engage_query(request.parameters, request.evidence);
    if (!query) return unexpected(query.error());
    const auto session = session_for(*query, request.served, request.now, request.evidence);
    if (!session) return unexpected(session.error());
    return page_of(**session, *query, request.now, request.evidence);
}

Expected<SessionPtr, ApiError> EngageEndpoint::session_for(const EngageQuery& query, const ServedProject& served,
                                                           TimePoint now, Evidence& evidence) const {
    const auto& switches = settings.switches;
    if (is_uncached_page(query, switches, evidence)) return unexpected(ApiError{ErrorCode::kUncachedPage});
    if (query.session_id.empty()) {
        if (query.page == 0) return run(query, served, now, evidence);
        evidence.note(SwitchId::kSessionMissing);
        if (switches.is(SwitchId::kSessionMissing, "error"))
            return unexpected(ApiError{ErrorCode::kPageWithoutSession});
        return run(query, served, now, evidence);
    }
    auto session = sessions.find(query.session_id, now);
    if (!session) evidence.note(SwitchId::kSessionTtl);
    if (!session) evidence.note(SwitchId::kSessionExpiry);
    const bool is_own = session && session->project_id == served.project->project_id;
    const bool is_same = is_own && session->fingerprint == query.fingerprint();
    if (is_same) {
        evidence.note(Behaviour::kPagesInAnyOrder);
        if (session->reads_clock) evidence.note(Behaviour::kSnapshot);
        return session;
    }
    const auto id = is_own ? SwitchId::kSessionChangedParams : SwitchId::kSessionUnknown;
    if (is_own && switches.is(id, "ignore")) return evidence.note(id), session;
    if (query.page == 0) {
        evidence.note(Behaviour::kPageZeroWithSession);
        return run(query, served, now, evidence);
    }
    evidence.note(id);
    if (switches.is(id, "error")) return unexpected(ApiError{ErrorCode::kUncachedPage});
    return run(query, served, now, evidence);
}

Expected<SessionPtr, ApiError> EngageEndpoint::run(const EngageQuery& query, const ServedProject& served, TimePoint now,
                                                   Evidence& evidence) const {
    const auto plan = make_plan(query, served, settings.switches, evidence);
    if (!plan) return unexpected(plan.error());
    const auto ordering = make_ordering(query.order, *plan, settings.switches, evidence);
    if (!ordering) return unexpected(ordering.error());
    const auto second = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    const expr::Context context{
        .now = second, .zone = served.project->zone, .semantics = semantics_of(settings.switches)};
    const auto hex = ids.next();
    const auto key = std::to_string(served.project->project_id) + ' ' + query.selection();
    auto matches = arranged(query, *plan, *ordering, context, key, seed_of(hex));
    if (!matches) return unexpected(std::move(matches.error()));
    auto session = std::make_shared<Session>();
    session->id = make_session_id(now, hex);
    session->project_id = served.project->project_id;
    session->fingerprint = query.fingerprint();
    session->profiles = plan->profiles;
    session->reads_clock = plan->reads_clock || ordering->reads_clock;
    session->matches = std::move(*matches);
    session->page_size = query.page_size;
    if (query.output_properties) {
        auto names = *query.output_properties;
        if (settings.switches.is(SwitchId::kOutputLastSeen, "always")) names.emplace_back("$last_seen");
        session->projection = Projection(*session->profiles, names);
    }
    sessions.keep(session, now);
    return session;
}

Expected<MatchesPtr, ApiError> EngageEndpoint::selected(const EngageQuery& query, const QueryPlan& plan,
                                                        const expr::Context& context, const std::string& key) const {
    const auto timed_key = plan.reads_clock ? key + at_second(context) : key;
    if (auto known = cache.find(timed_key)) return known;
    auto matches = execute(plan, context);
    if (!matches) return unexpected(to_error(matches.error(), query.where_parameter));
    auto shared = std::make_shared<const Matches>(std::move(*matches));
    cache.keep(timed_key, shared);
    return shared;
}

Expected<MatchesPtr, ApiError> EngageEndpoint::arranged(const EngageQuery& query, const QueryPlan& plan,
                                                        const Ordering& ordering, const expr::Context& context,
                                                        const std::string& key, std::uint64_t shuffle_seed) const {
    const bool is_shuffled = settings.switches.is(SwitchId::kRowOrder, "shuffled");
    const bool reads_time = plan.reads_clock || ordering.reads_clock;
    // What is shuffled belongs to one session.
    const auto own_key = key + ' ' + query.arrangement() + (reads_time ? at_second(context) : "");
    if (!is_shuffled)
        if (auto known = cache.find(own_key)) return known;
    auto matches = selected(query, plan, context, key);
    if (!matches) return matches;
    const bool keeps_order = !ordering.key && !is_shuffled;
    if (keeps_order && ordering.limit.value_or((*matches)->total()) >= (*matches)->total()) return matches;
    auto ordered =
        arrange(**matches, ordering, plan, context, is_shuffled ? std::optional(shuffle_seed) : std::nullopt);
    if (!ordered) return unexpected(std::move(ordered.error()));
    auto shared = std::make_shared<const Matches>(std::move(*ordered));
    if (!is_shuffled) cache.keep(own_key, shared);
    return shared;
}

std::string EngageEndpoint::page_of(const Session& session, const EngageQuery& query, TimePoint now,
                                    Evidence& evidence) const {
    note_page(session, query, evidence);
    const auto computed_at = format_computed_at(now);
    const PageFrame frame{.page = query.page,
                          .page_size = session.page_size,
                          .session_id = session.id,
                          .computed_at = computed_at,
                          .has_totals = query.page == 0 || settings.switches.is(SwitchId::kPageTotals, "always"),
                          .member_has_properties = settings.switches.is(SwitchId::kCohortProfilelessRow, "empty")};
    return render_page(*session.profiles, *session.matches, session.projection, frame);
}

}  // namespace engage::server
