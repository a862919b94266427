#pragma once

#include <vector>

#include "expr/values/record.hpp"

namespace engage::test {

/// Every reference has a value that its name chooses, so that all types meet all operators.
class AnyRecord final : public expr::values::Record {
public:
    explicit AnyRecord(const std::vector<expr::values::Reference>& references) : references_(references) {}
    expr::values::View value(std::size_t reference, expr::values::Arena&) const override {
        static const expr::values::View kItems[] = {expr::values::View::string("a"), expr::values::View::number(1),
                                                    expr::values::View::null()};
        static const expr::values::Member kMembers[] = {{"a", expr::values::View::number(2)},
                                                        {"b", expr::values::View::list(kItems)}};
        static const expr::values::View kValues[] = {expr::values::View(),
                                                     expr::values::View::null(),
                                                     expr::values::View::boolean(true),
                                                     expr::values::View::number(-2.5),
                                                     expr::values::View::string("2026-09-01T00:00:00"),
                                                     expr::values::View::list(kItems),
                                                     expr::values::View::object(kMembers),
                                                     expr::values::View::string("Pro"),
                                                     expr::values::View::number(0),
                                                     expr::values::View::string("")};
        return kValues[references_[reference].name.size() % std::size(kValues)];
    }

private:
    const std::vector<expr::values::Reference>& references_;
};

}  // namespace engage::test
