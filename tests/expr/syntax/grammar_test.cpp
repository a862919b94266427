#include <catch2/catch.hpp>
#include <tao/pegtl/contrib/analyze.hpp>

#include "expr/syntax/grammar.hpp"

TEST_CASE("no rule of the grammar can loop without progress", "[expr][grammar]") {
    CHECK(tao::pegtl::analyze<engage::expr::syntax::grammar::where>() == 0);
}
