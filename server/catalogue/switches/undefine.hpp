// Included several times: ends the meaning that a pass over the tables gave to their macros.
#undef ENGAGE_SWITCH
#undef ENGAGE_CHOICE
#undef ENGAGE_SWITCH_END
#undef ENGAGE_NUMBER
