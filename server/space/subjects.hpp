#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "fixtures/events/event_set.hpp"
#include "fixtures/profiles/profile_set.hpp"

namespace engage::server::space {

using SubjectIndex = std::uint32_t;

/// Whom events count for: the users who did them, or the groups of one key that they name. Some have no profile.
/// Immutable.
class Subjects {
public:
    static Subjects users(std::shared_ptr<const fixtures::events::EventSet> events,
                          const fixtures::profiles::ProfileSet& profiles);
    /// An event names a group by its property `key`, which is the group's id or a list that holds it. An id is a text
    /// or an integer; another value names no group.
    static Subjects groups(std::shared_ptr<const fixtures::events::EventSet> events, std::string_view key,
                           const fixtures::profiles::ProfileSet& profiles);

    Subjects(const Subjects&) = delete;
    Subjects& operator=(const Subjects&) = delete;
    Subjects(Subjects&&) = default;  ///< Ids stay where they are.
    Subjects& operator=(Subjects&&) = default;

    std::size_t size() const { return rows_.size(); }
    std::string_view id(SubjectIndex subject) const;
    std::optional<SubjectIndex> find(std::string_view id) const;
    std::optional<fixtures::profiles::RowIndex> row(SubjectIndex subject) const {
        return rows_[subject] == kNoRow ? std::nullopt : std::optional(rows_[subject]);
    }
    /// Those without a profile, ascending.
    const std::vector<SubjectIndex>& without_profile() const { return without_profile_; }

    /// Whom an event counts for, each once.
    std::span<const SubjectIndex> of(fixtures::events::EventIndex event) const {
        if (!is_grouped_) return events_->actors().subspan(event, 1);
        return std::span(of_events_).subspan(begins_[event], begins_[event + 1] - begins_[event]);
    }

private:
    static constexpr fixtures::profiles::RowIndex kNoRow = ~fixtures::profiles::RowIndex{0};

    explicit Subjects(std::shared_ptr<const fixtures::events::EventSet> events) : events_(std::move(events)) {}
    SubjectIndex group(std::string_view id);
    std::vector<SubjectIndex> groups_in(std::string_view json);
    void find_rows(std::size_t count, const fixtures::profiles::ProfileSet& profiles);

    std::shared_ptr<const fixtures::events::EventSet> events_;
    std::vector<fixtures::profiles::RowIndex> rows_;
    std::vector<SubjectIndex> without_profile_;

    bool is_grouped_ = false;
    std::unordered_map<std::string, SubjectIndex> numbers_;  ///< Of groups, by id.
    std::vector<std::string_view> ids_;                      ///< Of groups.
    std::vector<std::uint32_t> begins_;                      ///< In `of_events_`, of each event, and the end.
    std::vector<SubjectIndex> of_events_;
};

}  // namespace engage::server::space
