#include "server/explain/survey.hpp"

#include <catch2/catch.hpp>

#include "expr/evaluation/operators.hpp"

using namespace engage;
using expr::syntax::BinaryOp;
using expr::values::View;

TEST_CASE("types go together for explain exactly where the operator makes something of them", "[explain]") {
    const View item = View::number(7);
    const expr::values::Member member{"a", item};
    // The text spells the datetime, so that the two can be compared.
    const View samples[] = {View(),
                            View::null(),
                            View::boolean(true),
                            item,
                            View::string("2026-01-01"),
                            View::datetime(1'767'225'600),
                            View::list({&item, 1}),
                            View::object({&member, 1})};
    expr::values::Arena arena;
    const expr::values::TimeZone utc;
    const expr::syntax::Semantics semantics;
    for (const auto& left : samples) {
        for (const auto& right : samples) {
            for (auto op = BinaryOp::kEqual; op <= BinaryOp::kModulo;
                 op = static_cast<BinaryOp>(static_cast<int>(op) + 1)) {
                INFO(expr::values::type_name(left.type())
                     << ' ' << expr::syntax::symbol(op) << ' ' << expr::values::type_name(right.type()));
                const auto result = expr::evaluation::apply(op, left, right, {utc, semantics, arena});
                const bool is_equality = op == BinaryOp::kEqual || op == BinaryOp::kNotEqual;
                // Samples of types that go together are equal to each other.
                const bool is_used = is_equality ? result.as_boolean() == (op == BinaryOp::kEqual)
                                                 : !result.is(expr::values::Type::kUndefined);
                CHECK(server::explain::go_together(op, left.type(), right.type()) == is_used);
            }
        }
    }
}
