#pragma once

#include <utility>
#include <vector>

#include "expr/values/record.hpp"
#include "server/query/execution/computed.hpp"

namespace engage::server::query::execution {

/// What a query computes for references of its expressions. Refers to what it was given.
class Bindings {
public:
    void add(const expr::values::Reference& reference, const Computed& computed) {
        all_.emplace_back(reference, &computed);
    }

    /// Null for what is read off the profile.
    const Computed* find(const expr::values::Reference& reference) const {
        for (const auto& [known, computed] : all_)
            if (known == reference) return computed;
        return nullptr;
    }
    /// By number of the reference.
    std::vector<const Computed*> resolve(const std::vector<expr::values::Reference>& references) const {
        std::vector<const Computed*> resolved;
        resolved.reserve(references.size());
        for (const auto& reference : references) resolved.push_back(find(reference));
        return resolved;
    }
    const std::vector<std::pair<expr::values::Reference, const Computed*>>& all() const { return all_; }

private:
    std::vector<std::pair<expr::values::Reference, const Computed*>> all_;
};

}  // namespace engage::server::query::execution
