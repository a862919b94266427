#include "expr/value.hpp"

#include <array>
#include <catch2/catch.hpp>

using namespace engage::expr;

TEST_CASE("every type has the name that the documentation uses", "[expr][value]") {
    CHECK(type_name(View().type()) == "undefined");
    CHECK(type_name(View::null().type()) == "null");
    CHECK(type_name(View::boolean(true).type()) == "boolean");
    CHECK(type_name(View::number(1).type()) == "number");
    CHECK(type_name(View::string("a").type()) == "string");
    CHECK(type_name(View::datetime(1).type()) == "datetime");
    CHECK(type_name(View::list({}).type()) == "list");
    CHECK(type_name(View::object({}).type()) == "object");
}

TEST_CASE("a view gives back what it was made of", "[expr][value]") {
    const std::array items{View::number(1.5), View::string("a")};
    const std::array members{Member{"name", View::boolean(true)}};
    CHECK(View::datetime(-1).as_datetime() == -1);
    CHECK(View::list(items).as_list()[1].as_string() == "a");
    CHECK(View::list(items).as_list()[0].as_number() == 1.5);
    CHECK(View::object(members).as_object()[0].name == "name");
    CHECK(View::object(members).as_object()[0].value.as_boolean());
}
