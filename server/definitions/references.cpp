#include "server/definitions/references.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

namespace engage::server::definitions {

namespace {

std::string group_text(std::string_view data_group_id) {
    return data_group_id.empty() ? "users" : "the data group " + std::string(data_group_id);
}

/// Walks from every cohort to those that it refers to, each once.
class ChainWalk {
public:
    explicit ChainWalk(const ReadyCohorts& cohorts) : cohorts_(cohorts) {}

    std::vector<ReferenceProblem> problems() && {
        for (const auto& [id, cohort] : cohorts_)
            if (!is_too_long_) visit(id);
        return std::move(problems_);
    }

private:
    /// How many cohorts follow each other from this one on.
    std::size_t visit(std::uint64_t id) {
        if (const auto known = lengths_.find(id); known != lengths_.end()) return known->second;
        const auto earlier = std::find(chain_.begin(), chain_.end(), id);
        if (earlier != chain_.end()) {
            report_circle(earlier);
            return 0;
        }
        chain_.push_back(id);
        std::size_t length = 1;
        if (chain_.size() <= kLongestChain)
            for (const auto next : cohorts_.at(id).references) length = std::max(length, visit(next) + 1);
        else
            length = kLongestChain + 1;
        chain_.pop_back();
        if (length > kLongestChain && !is_too_long_) report_length(chain_.empty() ? id : chain_.front());
        return lengths_[id] = length;
    }

    void report_circle(std::vector<std::uint64_t>::const_iterator first) {
        if (!reported_.insert(*first).second) return;
        std::string text = "cohorts refer to each other in a circle: ";
        for (auto id = first; id != chain_.end(); ++id) text += std::to_string(*id) + " → ";
        problems_.emplace_back(*first, text + std::to_string(*first));
    }
    void report_length(std::uint64_t id) {
        is_too_long_ = true;
        problems_.emplace_back(id,
                               "more than " + std::to_string(kLongestChain) + " cohorts refer to each other in a row");
    }

    const ReadyCohorts& cohorts_;
    std::vector<std::uint64_t> chain_;
    std::map<std::uint64_t, std::size_t> lengths_;
    std::set<std::uint64_t> reported_;
    bool is_too_long_ = false;
    std::vector<ReferenceProblem> problems_;
};

/// Walks against the references, over numbers in place of ids: a project may hold thousands of cohorts that hang
/// together, and each asks for its own walk.
class ReferrerWalk {
public:
    explicit ReferrerWalk(const std::vector<ReadyCohort*>& cohorts) : seen_by_(cohorts.size(), cohorts.size()) {
        std::unordered_map<std::uint64_t, std::size_t> numbers;
        for (const auto* cohort : cohorts) numbers.emplace(cohort->id, numbers.size());
        direct_.resize(cohorts.size());
        for (std::size_t from = 0; from < cohorts.size(); ++from)
            for (const auto to : cohorts[from]->references) direct_[numbers.at(to)].push_back(from);
    }

    /// Ascending, as the cohorts are.
    const std::vector<std::size_t>& direct(std::size_t cohort) const { return direct_[cohort]; }
    std::vector<std::size_t> all(std::size_t cohort) {
        std::vector<std::size_t> found;
        add(cohort, cohort, found);
        for (std::size_t i = 0; i < found.size(); ++i) add(found[i], cohort, found);
        std::sort(found.begin(), found.end());
        return found;
    }

private:
    void add(std::size_t of, std::size_t walk, std::vector<std::size_t>& found) {
        for (const auto referrer : direct_[of])
            if (std::exchange(seen_by_[referrer], walk) != walk) found.push_back(referrer);
    }

    std::vector<std::vector<std::size_t>> direct_;
    std::vector<std::size_t> seen_by_;  ///< The last walk that met each.
};

}  // namespace

std::string reference_problem(std::uint64_t id, std::string_view data_group_id, const ReadyCohorts& cohorts) {
    const auto found = cohorts.find(id);
    if (found == cohorts.end()) return "cohort " + std::to_string(id) + " does not exist";
    if (found->second.data_group_id == data_group_id) return {};
    return "cohort " + std::to_string(id) + " is of " + group_text(found->second.data_group_id) + ", expected one of " +
           group_text(data_group_id);
}

std::vector<ReferenceProblem> check_references(const ReadyCohorts& cohorts) {
    std::vector<ReferenceProblem> problems;
    for (const auto& [id, cohort] : cohorts)
        for (const auto reference : cohort.references)
            if (auto problem = reference_problem(reference, cohort.data_group_id, cohorts); !problem.empty())
                problems.emplace_back(id, std::move(problem));
    if (!problems.empty()) return problems;
    return ChainWalk(cohorts).problems();
}

void add_referrers(ReadyCohorts& cohorts) {
    std::vector<ReadyCohort*> list;
    for (auto& [id, cohort] : cohorts) list.push_back(&cohort);
    ReferrerWalk walk(list);
    const auto ids_of = [&](const std::vector<std::size_t>& numbers) {
        std::vector<std::uint64_t> ids;
        ids.reserve(numbers.size());
        for (const auto number : numbers) ids.push_back(list[number]->id);
        return ids;
    };
    for (std::size_t number = 0; number < list.size(); ++number) {
        list[number]->direct_referrers = ids_of(walk.direct(number));
        list[number]->referrers = ids_of(walk.all(number));
    }
}

}  // namespace engage::server::definitions
