#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "server/query/request/engage_query.hpp"

namespace engage::server::query::request {

/// Texts that tell queries to one project apart, whatever bytes they hold. Made once for a request; each of them begins
/// with the one before.
class QueryKey {
public:
    explicit QueryKey(const EngageQuery& query);

    /// Equal for queries that select the same profiles at one time.
    std::string_view selection() const { return std::string_view(text_).substr(0, selection_end_); }
    /// Equal for queries that also put them into the same order and cut them at the same place.
    std::string_view arrangement() const { return std::string_view(text_).substr(0, arrangement_end_); }
    /// Equal for queries that may share a session: everything but `session_id` and `page`.
    const std::string& fingerprint() const { return text_; }

private:
    QueryKey& add(std::string_view part);
    QueryKey& add_list(const std::vector<std::string>& parts);
    std::size_t end_section();

    std::string text_;
    std::size_t selection_end_ = 0;
    std::size_t arrangement_end_ = 0;
};

}  // namespace engage::server::query::request
