#pragma once

#include <vector>

#include "expr/record.hpp"

namespace engage::test {

/// Every reference has a value that its name chooses, so that all types meet all operators.
class AnyRecord final : public expr::Record {
public:
    explicit AnyRecord(const std::vector<expr::Reference>& references) : references_(references) {}
    expr::View value(std::size_t reference, expr::Arena&) const override {
        static const expr::View kItems[] = {expr::View::string("a"), expr::View::number(1), expr::View::null()};
        static const expr::Member kMembers[] = {{"a", expr::View::number(2)}, {"b", expr::View::list(kItems)}};
        static const expr::View kValues[] = {expr::View(),
                                             expr::View::null(),
                                             expr::View::boolean(true),
                                             expr::View::number(-2.5),
                                             expr::View::string("2026-09-01T00:00:00"),
                                             expr::View::list(kItems),
                                             expr::View::object(kMembers),
                                             expr::View::string("Pro"),
                                             expr::View::number(0),
                                             expr::View::string("")};
        return kValues[references_[reference].name.size() % std::size(kValues)];
    }

private:
    const std::vector<expr::Reference>& references_;
};

}  // namespace engage::test
